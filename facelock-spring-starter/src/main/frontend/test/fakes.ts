import { vi } from 'vitest';
import type { FrameSource } from '../src/source';

/** A camera that shows a picture when it is told to. */
export class FakeSource implements FrameSource {
  readonly view = document.createElement('canvas');
  facesPerson = true;
  virtual = false;
  deviceId = 'front';
  ratio: number | undefined;
  onLost: (() => void) | undefined;
  stopped = 0;
  readonly acts: string[] = [];
  readonly lights: (string | undefined)[] = [];
  private readonly listeners = new Set<(now: number) => void>();

  size(): readonly [number, number] {
    return [640, 480];
  }

  watch(listener: (now: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  picture(now = performance.now()): void {
    [...this.listeners].forEach((listener) => {
      listener(now);
    });
  }

  act(action: string, begins: boolean): void {
    this.acts.push(`${action}${begins ? '' : ' (back)'}`);
  }

  lit(colour: string | undefined): void {
    this.lights.push(colour);
  }

  stop(): void {
    this.stopped++;
  }
}

/** A canvas that encodes without drawing. */
export function fakeCanvas(bytes = 20_000): void {
  const context = { drawImage: () => undefined, imageSmoothingQuality: 'low' };
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(context as never);
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((made, type) => {
    made(new Blob([new Uint8Array(bytes)], { type: type ?? '' }));
  });
}

/** Lets promises that are due settle. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await Promise.resolve();
  }
}
