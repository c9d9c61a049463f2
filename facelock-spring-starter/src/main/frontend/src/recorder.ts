import type { FrameSource } from './source';

/** How much is recorded. */
export interface Bounds {
  /** Frames per second, 8 to 12. */
  readonly rate: number;
  readonly maxFrames: number;
  /** The longer side of a frame, in pixels. */
  readonly maxSide: number;
  /** JPEG quality, 0 to 1, to begin with. */
  readonly quality: number;
  /** All frames together, in bytes. */
  readonly maxBytes: number;
}

export const USUAL_BOUNDS: Bounds = {
  rate: 10,
  maxFrames: 150,
  maxSide: 640,
  quality: 0.88,
  maxBytes: 8 * 1024 * 1024,
};

/** Timed frames, unmirrored. */
export interface Recording {
  readonly frames: readonly Blob[];
  /** Whole milliseconds since the first frame, never less than the one before. */
  readonly times: readonly number[];
}

/** Makes a JPEG of what a source shows. */
export type Encode = (source: FrameSource, maxSide: number, quality: number) => Promise<Blob | null>;

/** Frames that are being encoded at once; a slow machine leaves frames out rather than falling behind. */
const IN_FLIGHT = 4;
const LEAST_QUALITY = 0.5;

/** Half a picture of a camera with 60 a second: what a frame may come early. */
const EARLY_MS = 8;

/** Takes frames of a source at a rate, each once, with its time. */
export class Recorder {
  private readonly taken: { readonly at: number; readonly jpeg: Promise<Blob | null> }[] = [];
  private first: number | undefined;
  private last = Number.NEGATIVE_INFINITY;
  private encoding = 0;
  private bytes = 0;
  private quality: number;
  private unwatch: (() => void) | undefined;

  constructor(
    private readonly source: FrameSource,
    private readonly bounds: Bounds,
    private readonly encode: Encode = encodeJpeg,
  ) {
    this.quality = bounds.quality;
  }

  /**
   * Begins with the next picture.
   *
   * @param began is told the time of the first frame, by `performance.now()`
   */
  start(began: (now: number) => void): void {
    this.unwatch = this.source.watch((now) => {
      if (this.first === undefined) {
        this.first = now;
        began(now);
      }
      this.take(now, this.first);
    });
  }

  /** How many frames there are. */
  get count(): number {
    return this.taken.length;
  }

  /** Milliseconds since the first frame; 0 before it. */
  elapsed(now: number): number {
    return this.first === undefined ? 0 : now - this.first;
  }

  /** Ends it without a result. */
  cancel(): void {
    this.unwatch?.();
    this.unwatch = undefined;
  }

  /** Ends it. */
  async stop(): Promise<Recording> {
    this.cancel();
    const frames: Blob[] = [];
    const times: number[] = [];
    for (const { at, jpeg } of this.taken) {
      const blob = await jpeg;
      if (blob !== null) {
        frames.push(blob);
        times.push(at);
      }
    }
    return { frames, times };
  }

  private take(now: number, first: number): void {
    const early = now - this.last < 1_000 / this.bounds.rate - EARLY_MS;
    const full = this.taken.length >= this.bounds.maxFrames || this.bytes >= this.bounds.maxBytes;
    if (early || full || this.encoding >= IN_FLIGHT) {
      return;
    }
    this.last = now;
    this.encoding++;
    const jpeg = this.encode(this.source, this.bounds.maxSide, this.quality)
      .catch(() => null)
      .then((blob) => {
        this.encoding--;
        this.weigh(blob?.size ?? 0);
        return blob;
      });
    this.taken.push({ at: Math.round(now - first), jpeg });
  }

  /** A detailed picture makes large files; then the next ones are made coarser. */
  private weigh(size: number): void {
    this.bytes += size;
    if (size > this.bounds.maxBytes / this.bounds.maxFrames) {
      this.quality = Math.max(LEAST_QUALITY, this.quality - 0.08);
    }
  }
}

const canvases = new WeakMap<FrameSource, HTMLCanvasElement>();

/** Draws the part of a source's picture that is shown, as it is, not mirrored, and encodes it. */
export function encodeJpeg(source: FrameSource, maxSide: number, quality: number): Promise<Blob | null> {
  const [left, top, width, height] = visiblePart(source);
  if (width === 0 || height === 0) {
    return Promise.resolve(null);
  }
  const scale = Math.min(1, maxSide / Math.max(width, height));
  let canvas = canvases.get(source);
  if (canvas === undefined) {
    canvas = document.createElement('canvas');
    canvases.set(source, canvas);
  }
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (context === null) {
    return Promise.resolve(null);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(source.view, left, top, width, height, 0, 0, canvas.width, canvas.height);
  const made = canvas;
  return new Promise((resolve) => {
    // Takes the pixels as they are at this moment; the canvas can be drawn on at once.
    made.toBlob(resolve, 'image/jpeg', quality);
  });
}

/** Left, top, width and height, in pixels of the source. */
export function visiblePart(source: FrameSource): readonly [number, number, number, number] {
  const [width, height] = source.size();
  const ratio = source.ratio ?? width / height;
  const shown = Math.min(width, Math.round(height * ratio));
  const high = Math.min(height, Math.round(width / ratio));
  return [Math.floor((width - shown) / 2), Math.floor((height - high) / 2), shown, high];
}
