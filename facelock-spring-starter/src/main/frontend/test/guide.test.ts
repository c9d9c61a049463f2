import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Guide, type Advice } from '../src/guide';
import { FakeSource } from './fakes';

const frame = (): Promise<Blob> => Promise.resolve(new Blob(['jpeg'], { type: 'image/jpeg' }));
const said = (code: string): Response =>
  new Response(JSON.stringify({ guidance: { code, text: `text of ${code}` } }), { status: 200 });

function guide(answer: () => Promise<Response>): {
  guide: Guide;
  fetched: ReturnType<typeof vi.fn<typeof fetch>>;
  heard: Advice[];
} {
  const fetched = vi.fn<typeof fetch>(answer);
  vi.stubGlobal('fetch', fetched);
  const heard: Advice[] = [];
  return {
    guide: new Guide(
      '/api/guidance',
      'de',
      new FakeSource(),
      () => 'turn-left',
      (a) => heard.push(a),
      frame,
    ),
    fetched,
    heard,
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('The guide', () => {
  it('asks about three times in a second, and tells what it hears', async () => {
    const { guide: one, fetched, heard } = guide(() => Promise.resolve(said('turn-left')));
    one.start();
    await vi.advanceTimersByTimeAsync(1_990);
    expect(fetched.mock.calls.length).toBeGreaterThanOrEqual(6);
    expect(fetched.mock.calls.length).toBeLessThanOrEqual(7);
    expect(heard[0]).toEqual({ code: 'turn-left', text: 'text of turn-left', wanted: 'turn-left' });
    const form = fetched.mock.calls[0]?.[1]?.body as FormData;
    expect(form.get('action')).toBe('turn-left');
    expect((form.get('frame') as File).type).toBe('image/jpeg');
    one.stop();
  });

  it('never has two questions open', async () => {
    const { guide: one, fetched } = guide(() => new Promise(() => undefined));
    one.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fetched).toHaveBeenCalledTimes(1);
    one.stop();
  });

  it.each([429, 503])(
    'slows down as the server asks with %d, without taking it for a failure',
    async (status) => {
      const busy = (): Response => new Response('{}', { status, headers: { 'Retry-After': '2' } });
      const { guide: one, fetched } = guide(() => Promise.resolve(busy()));
      one.start();
      await vi.advanceTimersByTimeAsync(7_900);
      expect(fetched).toHaveBeenCalledTimes(4);
      expect(one.alive).toBe(true);
      one.stop();
    },
  );

  it.each([
    ['a broken connection', () => Promise.reject(new TypeError('failed'))],
    ['an error', () => Promise.resolve(new Response('{}', { status: 500 }))],
    ['nonsense', () => Promise.resolve(new Response('{"guidance":7}', { status: 200 }))],
  ])('counts as gone after %s three times, and as back when it answers', async (_, failure) => {
    let works = false;
    const { guide: one, fetched } = guide(() => (works ? Promise.resolve(said('too-far')) : failure()));
    one.start();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(one.alive).toBe(false);
    expect(fetched.mock.calls.length).toBeLessThan(5);
    works = true;
    await vi.advanceTimersByTimeAsync(6_000);
    expect(one.alive).toBe(true);
    one.stop();
  });

  it('is quiet after it was stopped, even if an answer is on its way', async () => {
    let answer: (response: Response) => void = () => undefined;
    const { guide: one, fetched, heard } = guide(() => new Promise((resolve) => (answer = resolve)));
    one.start();
    await vi.advanceTimersByTimeAsync(100);
    one.stop();
    expect(fetched.mock.calls[0]?.[1]?.signal?.aborted).toBe(true);
    answer(said('well-done'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(heard).toEqual([]);
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
