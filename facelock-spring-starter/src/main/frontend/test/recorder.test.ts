import { describe, expect, it } from 'vitest';
import { Recorder, USUAL_BOUNDS, visiblePart } from '../src/recorder';
import { FakeSource } from './fakes';

const jpeg = (bytes = 10): Promise<Blob> => Promise.resolve(new Blob([new Uint8Array(bytes)]));

function film(rate: number, everyMs: number, ms: number): { source: FakeSource; recorder: Recorder } {
  const source = new FakeSource();
  const recorder = new Recorder(source, { ...USUAL_BOUNDS, rate }, () => jpeg());
  recorder.start(() => undefined);
  return { source, recorder: feed(source, recorder, everyMs, ms) };
}

function feed(source: FakeSource, recorder: Recorder, everyMs: number, ms: number): Recorder {
  for (let now = 0; now < ms; now += everyMs) {
    source.picture(1_000 + now);
  }
  return recorder;
}

describe('The recorder', () => {
  it.each([
    [10, 1000 / 30, 10],
    [12, 1000 / 30, 10],
    [8, 1000 / 30, 7.5],
    [10, 1000 / 60, 10],
    [10, 1000 / 24, 8],
    [10, 200, 5],
  ])('at a rate of %d takes a camera of a picture each %d ms at %d per second', async (rate, every, fps) => {
    const source = new FakeSource();
    const recorder = new Recorder(source, { ...USUAL_BOUNDS, rate }, () => jpeg());
    recorder.start(() => undefined);
    for (let now = 0; now < 4_000; now += every) {
      source.picture(now);
      // Encoding keeps up.
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(recorder.count / 4).toBeGreaterThanOrEqual(fps - 0.5);
    expect(recorder.count / 4).toBeLessThanOrEqual(fps + 0.5);
  });

  it('tells times from the first frame on, whole and in order', async () => {
    const { recorder } = film(10, 100.3, 350);
    const { times, frames } = await recorder.stop();
    expect(times).toEqual([0, 100, 201, 301]);
    expect(frames).toHaveLength(4);
  });

  it('tells when the first frame was', () => {
    const source = new FakeSource();
    const recorder = new Recorder(source, USUAL_BOUNDS, () => jpeg());
    const began: number[] = [];
    recorder.start((now) => began.push(now));
    source.picture(77);
    source.picture(177);
    expect(began).toEqual([77]);
    expect(recorder.elapsed(100)).toBe(23);
  });

  it('leaves frames out rather than falling behind', async () => {
    const source = new FakeSource();
    const waiting: ((blob: Blob) => void)[] = [];
    const recorder = new Recorder(
      source,
      USUAL_BOUNDS,
      () => new Promise((resolve) => waiting.push(resolve)),
    );
    recorder.start(() => undefined);
    feed(source, recorder, 100, 2_000);
    expect(waiting).toHaveLength(4);
    waiting.forEach((done) => {
      done(new Blob(['x']));
    });
    const { frames, times } = await recorder.stop();
    expect(frames).toHaveLength(4);
    expect(times).toHaveLength(4);
  });

  it('leaves out, with its time, what could not be encoded', async () => {
    const source = new FakeSource();
    let made = 0;
    const recorder = new Recorder(source, USUAL_BOUNDS, () =>
      ++made === 2 ? Promise.reject(new Error('no memory')) : made === 3 ? Promise.resolve(null) : jpeg(),
    );
    recorder.start(() => undefined);
    feed(source, recorder, 100, 400);
    expect((await recorder.stop()).times).toEqual([0, 300]);
  });

  it('makes large frames coarser, and stops at its bounds', async () => {
    const source = new FakeSource();
    const qualities: number[] = [];
    const bounds = { ...USUAL_BOUNDS, maxFrames: 20, maxBytes: 1_000 };
    const recorder = new Recorder(source, bounds, (_, __, quality) => {
      qualities.push(quality);
      return jpeg(80);
    });
    recorder.start(() => undefined);
    for (let now = 0; now < 5_000; now += 100) {
      source.picture(now);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    }
    const { frames } = await recorder.stop();
    expect(qualities.at(-1)).toBe(0.5);
    expect(frames.reduce((sum, frame) => sum + frame.size, 0)).toBeLessThanOrEqual(1_000 + 80);
  });

  it('takes nothing after its end', async () => {
    const { source, recorder } = film(10, 100, 300);
    const { frames } = await recorder.stop();
    source.picture(9_000);
    expect(recorder.count).toBe(frames.length);
  });
});

describe('What is sent', () => {
  it('is what is shown: the middle, as wide as the stage', () => {
    const source = new FakeSource();
    expect(visiblePart(source)).toEqual([0, 0, 640, 480]);
    source.ratio = 0.8;
    expect(visiblePart(source)).toEqual([128, 0, 384, 480]);
    source.ratio = 2;
    expect(visiblePart(source)).toEqual([0, 80, 640, 320]);
  });
});
