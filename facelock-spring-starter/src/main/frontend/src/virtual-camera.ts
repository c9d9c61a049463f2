import { ACTIONS, type Action } from './challenge';
import { CaptureFault } from './errors';
import { fromVideo } from './camera';
import type { FrameSource } from './source';

/** One picture of a clip. */
interface Still {
  readonly url: string;
  /** Milliseconds since the clip began. */
  readonly at: number;
}

type Clips = Partial<Record<Action, readonly Still[]>>;

const USUAL_MS = 100;
/** Grey levels of a sensor's noise: no two pictures of a camera are equal. */
const NOISE = 2;
/** The share of a screen's light in the light on a face, about an arm's length away. */
const SCREEN_LIGHT = 0.14;

/**
 * Opens what stands in for a camera on machines without one: a video file (`.mp4`, `.webm`), or a list
 * of pictures for each action, from which any challenge can be answered:
 *
 * ```json
 * {"hold-still": [{"url": "still/000.jpg", "at": 0}, {"url": "still/001.jpg", "at": 83}],
 *  "turn-left":  ["left/000.jpg", "left/001.jpg"]}
 * ```
 *
 * Times are milliseconds since the clip's first picture, 100 apart where none are given; addresses are
 * relative to the list's. Each clip begins and ends with a look at the camera. `hold-still` is needed,
 * and goes round while nothing else is asked. An address that ends with `/` means `clips.json` in it.
 */
export async function openVirtualCamera(address: string): Promise<FrameSource> {
  const base = new URL(address.endsWith('/') ? `${address}clips.json` : address, document.baseURI);
  if (/\.(mp4|webm|ogv|mov)$/i.test(base.pathname)) {
    return fromVideo(base.href);
  }
  try {
    const answer = await fetch(base, { credentials: 'same-origin' });
    if (!answer.ok) {
      throw new CaptureFault('virtual', answer.status);
    }
    const clips = readClips(await answer.json(), base);
    const camera = new VirtualCamera(clips);
    await camera.start();
    return camera;
  } catch (cause) {
    throw cause instanceof CaptureFault ? cause : new CaptureFault('virtual', cause);
  }
}

/** Reads the list. */
export function readClips(list: unknown, base: URL): Clips {
  if (typeof list !== 'object' || list === null) {
    throw new CaptureFault('virtual');
  }
  const clips: Clips = {};
  for (const action of ACTIONS) {
    const stills = (list as Record<string, unknown>)[action];
    if (Array.isArray(stills) && stills.length > 0) {
      clips[action] = stills.map((still, index) => readStill(still, index, base));
    }
  }
  if (clips['hold-still'] === undefined) {
    throw new CaptureFault('virtual');
  }
  return clips;
}

function readStill(still: unknown, index: number, base: URL): Still {
  if (typeof still === 'string') {
    return { url: new URL(still, base).href, at: index * USUAL_MS };
  }
  const { url, at } = still as { url?: unknown; at?: unknown };
  if (typeof url !== 'string' || typeof at !== 'number' || !(at >= 0)) {
    throw new CaptureFault('virtual');
  }
  return { url: new URL(url, base).href, at };
}

class VirtualCamera implements FrameSource {
  readonly view = document.createElement('canvas');
  readonly facesPerson = true;
  readonly virtual = true;
  readonly deviceId = '';
  ratio: number | undefined;
  onLost: (() => void) | undefined;

  private readonly context = this.view.getContext('2d', { willReadFrequently: true });
  private readonly pictures = new Map<string, Promise<Blob>>();
  private readonly listeners = new Set<(now: number) => void>();
  private clip: readonly Still[];
  private began = 0;
  private next = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private light: string | undefined;

  constructor(private readonly clips: Clips) {
    this.clip = this.still();
  }

  async start(): Promise<void> {
    await this.show(this.still()[0]);
    // Fetched beforehand, so that a movement is not late; a clip that cannot be had is told when asked.
    for (const stills of Object.values(this.clips)) {
      stills.forEach((still) => {
        void this.picture(still.url).catch(() => undefined);
      });
    }
    this.play(this.still());
  }

  size(): readonly [number, number] {
    return [this.view.width, this.view.height];
  }

  watch(listener: (now: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  act(action: Action, begins: boolean): void {
    // "Back to the camera" is the end of the clip that is playing.
    if (!begins || action === 'hold-still') {
      return;
    }
    const clip = this.clips[action];
    if (clip === undefined) {
      this.fail();
    } else {
      this.play(clip);
    }
  }

  lit(colour: string | undefined): void {
    this.light = colour;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.listeners.clear();
  }

  private still(): readonly Still[] {
    return this.clips['hold-still'] ?? [];
  }

  private play(clip: readonly Still[]): void {
    clearTimeout(this.timer);
    this.clip = clip;
    this.began = performance.now();
    this.next = 0;
    void this.turn(clip);
  }

  /** Shows the next picture of a clip at its time; after the last one the person looks at the camera. */
  private async turn(clip: readonly Still[]): Promise<void> {
    const still = clip[this.next];
    try {
      await this.show(still, clip);
    } catch {
      this.fail();
      return;
    }
    if (this.stopped || this.clip !== clip) {
      return;
    }
    this.next++;
    const after = clip[this.next];
    const due = this.began + (after?.at ?? (still?.at ?? 0) + USUAL_MS);
    this.timer = setTimeout(
      () => {
        if (after === undefined) {
          this.play(this.still());
        } else {
          void this.turn(clip);
        }
      },
      Math.max(0, due - performance.now()),
    );
  }

  private async show(still: Still | undefined, clip?: readonly Still[]): Promise<void> {
    if (still === undefined || this.context === null) {
      throw new CaptureFault('virtual');
    }
    const bitmap = await createImageBitmap(await this.picture(still.url));
    if (this.stopped || (clip !== undefined && this.clip !== clip)) {
      bitmap.close();
      return;
    }
    const { width, height } = bitmap;
    if (this.view.width !== width || this.view.height !== height) {
      this.view.width = width;
      this.view.height = height;
    }
    this.context.drawImage(bitmap, 0, 0);
    bitmap.close();
    if (this.light !== undefined) {
      this.context.save();
      this.context.globalCompositeOperation = 'screen';
      this.context.globalAlpha = SCREEN_LIGHT;
      this.context.fillStyle = this.light;
      this.context.fillRect(0, 0, width, height);
      this.context.restore();
    }
    addNoise(this.context, width, height);
    const now = performance.now();
    this.listeners.forEach((listener) => {
      listener(now);
    });
  }

  private picture(url: string): Promise<Blob> {
    let picture = this.pictures.get(url);
    if (picture === undefined) {
      picture = fetch(url, { credentials: 'same-origin' }).then((answer) => {
        if (!answer.ok) {
          throw new CaptureFault('virtual', answer.status);
        }
        return answer.blob();
      });
      this.pictures.set(url, picture);
    }
    return picture;
  }

  private fail(): void {
    if (!this.stopped) {
      this.stop();
      this.onLost?.();
    }
  }
}

function addNoise(context: CanvasRenderingContext2D, width: number, height: number): void {
  const pixels = context.getImageData(0, 0, width, height);
  const data = pixels.data;
  // A linear congruence with a new seed for each picture: noise, not chance that anything depends on.
  let state = Math.floor(Math.random() * 0x7fffffff) | 1;
  for (let i = 0; i < data.length; i += 4) {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    const noise = ((state >>> 16) % (2 * NOISE + 1)) - NOISE;
    data[i] = (data[i] ?? 0) + noise;
    data[i + 1] = (data[i + 1] ?? 0) + noise;
    data[i + 2] = (data[i + 2] ?? 0) + noise;
  }
  context.putImageData(pixels, 0, 0);
}
