import type { Action } from './challenge';

/** Where pictures come from: a camera, a stream, a file, or a virtual camera. */
export interface FrameSource {
  /** Shows the live picture, unmirrored; also what frames are drawn from. */
  readonly view: HTMLVideoElement | HTMLCanvasElement;
  /** Whether people see themselves in it, so that the preview is shown as a mirror shows it. */
  readonly facesPerson: boolean;
  readonly virtual: boolean;
  /** Identifies a real camera. */
  readonly deviceId: string;
  /** Width and height of its pictures, in pixels. */
  size(): readonly [number, number];
  /** Width over height of the part in the middle that is shown and sent; undefined for all of it. */
  ratio: number | undefined;
  /**
   * Tells each new picture.
   *
   * @param listener gets the time by `performance.now()`
   * @returns ends it
   */
  watch(listener: (now: number) => void): () => void;
  /** Called once when pictures stop coming for good. */
  onLost: (() => void) | undefined;
  /** What the person is asked now, and by which colour of the screen they are lit. */
  act(action: Action, begins: boolean): void;
  lit(colour: string | undefined): void;
  /** Turns it off; may be called again. */
  stop(): void;
}

/** A video element that is played in the page without asking anybody. */
export function newVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.autoplay = true;
  video.disablePictureInPicture = true;
  return video;
}

/**
 * Tells each new picture of a video: by the browser's own call where it has one, else by looking
 * whether the video's time went on, so that no picture is taken twice.
 */
export function watchVideo(video: HTMLVideoElement, listener: (now: number) => void): () => void {
  if (typeof video.requestVideoFrameCallback === 'function') {
    let handle = 0;
    const seen = (now: number): void => {
      handle = video.requestVideoFrameCallback(seen);
      listener(now);
    };
    handle = video.requestVideoFrameCallback(seen);
    return () => {
      video.cancelVideoFrameCallback(handle);
    };
  }
  let before = -1;
  const timer = setInterval(() => {
    if (video.currentTime !== before) {
      before = video.currentTime;
      listener(performance.now());
    }
  }, 30);
  return () => {
    clearInterval(timer);
  };
}
