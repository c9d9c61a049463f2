import { CaptureFault, faultOf } from './errors';
import { newVideo, watchVideo, type FrameSource } from './source';

const FIRST_PICTURE_MS = 8_000;
const REMEMBERED = 'facelock.camera';

/** A camera as the person may choose it. */
export interface CameraChoice {
  readonly id: string;
  /** Empty until the camera is allowed. */
  readonly label: string;
}

/** Turns a camera on: the wished one, else the remembered one, else whichever shows the person. */
export async function openCamera(wished = rememberedCamera()): Promise<FrameSource> {
  if (!window.isSecureContext) {
    throw new CaptureFault('insecure');
  }
  // Typed as always there, and absent in old browsers and some views inside apps.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (typeof devices?.getUserMedia !== 'function') {
    throw new CaptureFault('unsupported');
  }
  const picture: MediaTrackConstraints = {
    width: { ideal: 1280 },
    height: { ideal: 960 },
    frameRate: { ideal: 30, max: 60 },
  };
  try {
    if (wished !== '') {
      try {
        return await fromStream(
          await devices.getUserMedia({ video: { ...picture, deviceId: { exact: wished } } }),
        );
      } catch (cause) {
        // The remembered camera may be gone; any other will do.
        if (faultOf(cause).code !== 'none') {
          throw cause;
        }
      }
    }
    return await fromStream(await devices.getUserMedia({ video: { ...picture, facingMode: 'user' } }));
  } catch (cause) {
    throw faultOf(cause);
  }
}

/** Takes the pictures of a stream, which is ended with the source. */
export async function fromStream(stream: MediaStream): Promise<FrameSource> {
  const video = newVideo();
  video.srcObject = stream;
  const track = stream.getVideoTracks()[0];
  const settings = track?.getSettings() ?? {};
  const source: FrameSource = {
    view: video,
    facesPerson: settings.facingMode !== 'environment',
    virtual: false,
    deviceId: settings.deviceId ?? '',
    size: () => [video.videoWidth, video.videoHeight],
    ratio: undefined,
    watch: (listener) => watchVideo(video, listener),
    onLost: undefined,
    act: () => undefined,
    lit: () => undefined,
    stop: () => {
      video.pause();
      stream.getTracks().forEach((each) => {
        each.stop();
      });
    },
  };
  track?.addEventListener('ended', () => source.onLost?.());
  await firstPicture(video, source);
  return source;
}

/** Plays a video file in the place of a camera. */
export async function fromVideo(url: string): Promise<FrameSource> {
  const video = newVideo();
  video.loop = true;
  video.src = url;
  const source: FrameSource = {
    view: video,
    facesPerson: true,
    virtual: true,
    deviceId: '',
    size: () => [video.videoWidth, video.videoHeight],
    ratio: undefined,
    watch: (listener) => watchVideo(video, listener),
    onLost: undefined,
    act: () => undefined,
    lit: () => undefined,
    stop: () => {
      video.pause();
    },
  };
  await firstPicture(video, source);
  return source;
}

function firstPicture(video: HTMLVideoElement, source: FrameSource): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown): void => {
      clearTimeout(timer);
      source.stop();
      reject(new CaptureFault(source.virtual ? 'virtual' : 'silent', cause));
    };
    const timer = setTimeout(fail, FIRST_PICTURE_MS);
    video.addEventListener('error', fail, { once: true });
    video.addEventListener(
      'loadeddata',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    video.play().catch((cause: unknown) => {
      // Autoplay of muted video is always allowed; what fails here is the source.
      fail(cause);
    });
  });
}

/** All cameras, once one was allowed. */
export async function cameras(): Promise<readonly CameraChoice[]> {
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (typeof devices?.enumerateDevices !== 'function') {
    return [];
  }
  const all = await devices.enumerateDevices();
  return all
    .filter((device) => device.kind === 'videoinput' && device.deviceId !== '')
    .map((device) => ({ id: device.deviceId, label: device.label }));
}

/** Whether the camera may be turned on without a question to the person. */
export async function isAllowed(): Promise<boolean> {
  try {
    const status = await navigator.permissions.query({ name: 'camera' });
    return status.state === 'granted';
  } catch {
    return false;
  }
}

/** The camera that was chosen last in this browser. */
export function rememberedCamera(): string {
  return remember(REMEMBERED) ?? '';
}

/** Remembers a choice, where the browser keeps anything. */
export function rememberCamera(id: string): void {
  remember(REMEMBERED, id);
}

/** Reads or writes a choice; storage may be forbidden, which is no reason to fail. */
export function remember(name: string, value?: string): string | undefined {
  try {
    if (value !== undefined) {
      localStorage.setItem(name, value);
      return value;
    }
    return localStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}
