import { describe, expect, it } from 'vitest';
import { ACTIONS, LONGEST_CLIP_MS, SHORTEST_CLIP_MS, type Action, type Challenge } from '../src/challenge';
import { Director, type Cue } from '../src/director';

const FRAME_MS = 33;

function challenge(actions: readonly Action[], colours = 0): Challenge {
  const three = ['red', 'green', 'blue'] as const;
  return {
    mode: 'active',
    nonce: 'n',
    actions,
    colours: Array.from({ length: colours }, (_, i) => three[i % 3] ?? 'red'),
    colourMs: 500,
    answerWithinMs: 30_000,
    frames: 0,
  };
}

/** Plays a recording; `guide` says what the guide would of what is wanted, a third of a second late. */
function play(
  director: Director,
  guide?: (cue: Cue, since: number) => string,
): { cues: (Cue & { from: number })[]; all: Cue[]; ms: number } {
  const cues: (Cue & { from: number })[] = [];
  const all: Cue[] = [];
  for (let now = 0; ; now += FRAME_MS) {
    const cue = director.tick(now);
    if (cue === undefined) {
      return { cues, all, ms: now };
    }
    all.push(cue);
    const last = cues.at(-1);
    if (cue.kind !== last?.kind || cue.index !== last.index) {
      cues.push({ ...cue, from: now });
    }
    const from = cues.at(-1)?.from ?? 0;
    if (guide !== undefined && now - from > 330) {
      director.advise(guide(cue, now - from), cue.action, now);
    }
    if (now > 60_000) {
      throw new Error('It does not end');
    }
  }
}

const three: Action[][] = ACTIONS.flatMap((a) =>
  ACTIONS.flatMap((b) => [[a, b], ...ACTIONS.map((c) => [a, b, c])]),
);
/** All of two and three actions, and every fifth of four. */
const orders: Action[][] = [
  ...three,
  ...three
    .flatMap((order) => ACTIONS.map((d) => [...order, d]))
    .filter((order, i) => order.length === 4 && i % 5 === 0),
];

describe('The director', () => {
  it('asks each action in order, with a look at the camera before, between and after', () => {
    const { cues } = play(new Director(challenge(['turn-left', 'look-up'])));
    expect(cues.map((cue) => [cue.kind, cue.action, cue.index])).toEqual([
      ['centre', 'hold-still', -1],
      ['action', 'turn-left', 0],
      ['return', 'hold-still', 0],
      ['action', 'look-up', 1],
      ['return', 'hold-still', 1],
      ['end', 'hold-still', 1],
    ]);
  });

  it('gives time enough to read, to turn and to come back', () => {
    const { cues } = play(new Director(challenge(['turn-left', 'come-closer', 'look-down'])));
    cues.slice(1).forEach((cue, i) => {
      const lasted = cue.from - (cues[i]?.from ?? 0);
      const kind = cues[i]?.kind;
      expect(lasted).toBeGreaterThanOrEqual(kind === 'action' ? 1_850 : kind === 'return' ? 1_150 : 850);
    });
  });

  it(`keeps each of ${String(orders.length)} challenges within the clip's length, guided and not`, () => {
    for (const order of orders) {
      for (const colours of [0, 12]) {
        for (const guide of [undefined, () => 'turn-left', () => 'well-done']) {
          const director = new Director(challenge(order, colours), guide !== undefined);
          const { cues, ms } = play(director, guide);
          expect(ms).toBeLessThan(LONGEST_CLIP_MS);
          expect(ms).toBeGreaterThan(SHORTEST_CLIP_MS);
          expect(cues.filter((cue) => cue.kind === 'action').map((cue) => cue.action)).toEqual(order);
        }
      }
    }
  });

  it('goes on sooner where the guide is content, but not before some frames have shown it', () => {
    const usual = play(new Director(challenge(['turn-left', 'turn-right'])));
    const guided = play(new Director(challenge(['turn-left', 'turn-right']), true), () => 'well-done');
    expect(guided.ms).toBeLessThan(usual.ms - 2_000);
    const [, action, back] = guided.cues;
    expect((back?.from ?? 0) - (action?.from ?? 0)).toBeGreaterThan(330 + 400);
  });

  it('waits for somebody slow, where a guide sees that they are not there yet', () => {
    const slow = (cue: Cue, since: number): string =>
      cue.kind === 'action' && since < 3_000 ? 'turn-left' : 'well-done';
    const { cues } = play(new Director(challenge(['turn-left', 'turn-right']), true), slow);
    expect((cues[2]?.from ?? 0) - (cues[1]?.from ?? 0)).toBeGreaterThan(3_000);
  });

  it('falls back to its own pace when the guide is gone', () => {
    const director = new Director(challenge(['turn-left', 'look-up']), true);
    director.tick(0);
    director.tick(950);
    expect(director.tick(950 + 2_500)).toMatchObject({ kind: 'action', index: 0 });
    director.guidance = false;
    expect(director.tick(950 + 2_510)).toMatchObject({ kind: 'return', index: 0 });
  });

  it('does not take an answer about an action that is over for one about the next', () => {
    const director = new Director(challenge(['turn-left', 'look-up']), true);
    director.tick(0);
    director.tick(1_000);
    director.advise('well-done', 'look-up', 1_100);
    expect(director.tick(2_600)).toMatchObject({ kind: 'action', action: 'turn-left' });
  });

  it('lets nobody shorten a blink or a hold', () => {
    for (const action of ['blink', 'hold-still'] as const) {
      const { cues } = play(new Director(challenge(['turn-left', action]), true), () => 'well-done');
      const at = cues.findIndex((cue) => cue.kind === 'action' && cue.index === 1);
      expect((cues[at + 1]?.from ?? 0) - (cues[at]?.from ?? 0)).toBeGreaterThan(1_200);
    }
  });

  it('shows each colour for its time from the first frame on, then none', () => {
    const director = new Director(challenge(['turn-left', 'look-up'], 6));
    const at = (now: number): number | undefined => director.tick(now)?.colour;
    expect([0, 499, 500, 1_400, 2_999, 3_000, 5_000].map(at)).toEqual([0, 0, 1, 2, 5, -1, -1]);
  });

  it('does not end before the colours do', () => {
    const { ms } = play(new Director(challenge(['turn-left', 'blink'], 20)));
    expect(ms).toBeGreaterThanOrEqual(10_000);
  });

  it('only ever goes forward', () => {
    const { all } = play(new Director(challenge(['turn-left', 'look-up', 'come-closer'])));
    all.slice(1).forEach((cue, i) => {
      expect(cue.progress).toBeGreaterThanOrEqual(all[i]?.progress ?? 0);
      expect(cue.progress).toBeLessThanOrEqual(1);
    });
  });

  it('takes a few pictures where no movement is asked for', () => {
    const pictures: Challenge = { ...challenge(['hold-still']), mode: 'pictures', frames: 5 };
    const { cues, ms } = play(new Director(pictures));
    expect(cues).toHaveLength(1);
    expect(ms).toBeGreaterThanOrEqual(1_000);
    expect(ms).toBeLessThan(1_100);
  });
});
