import { describe, expect, it } from 'vitest';
import { readChallenge } from '../src/challenge';

const ACTIVE = {
  liveness: 'active',
  challenge: 'n0nce',
  actions: 'hold-still,turn-left,look-up',
  colours: 'red,blue',
  'colour-ms': '500',
  'answer-within-ms': '30000',
  'clip-ms': '2000-12000',
  'frames-per-second': '5-15',
};

describe('A challenge', () => {
  it('is read from the parameters of a prompt', () => {
    expect(readChallenge(ACTIVE)).toMatchObject({
      mode: 'active',
      nonce: 'n0nce',
      actions: ['hold-still', 'turn-left', 'look-up'],
      colours: ['red', 'blue'],
      colourMs: 500,
      answerWithinMs: 30_000,
    });
  });

  it('is a few pictures where no movement is asked for', () => {
    expect(readChallenge({ liveness: 'passive', frames: '5' })).toMatchObject({
      mode: 'pictures',
      frames: 5,
      actions: ['hold-still'],
    });
    expect(readChallenge({})).toMatchObject({ mode: 'pictures', frames: 5 });
  });

  it('says when there is nothing left to ask', () => {
    expect(readChallenge({ liveness: 'unavailable' }).mode).toBe('unavailable');
  });

  it.each([
    ['an action of a later version', { ...ACTIVE, actions: 'turn-left,juggle' }],
    ['a colour of a later version', { ...ACTIVE, colours: 'red,ultraviolet' }],
    ['no action', { ...ACTIVE, actions: '' }],
    ['a time that is none', { ...ACTIVE, 'colour-ms': 'soon' }],
    ['a time without an end', { ...ACTIVE, 'answer-within-ms': '1e99' }],
    ['a thousand frames', { liveness: 'none', frames: '1000' }],
  ])('is refused with %s', (_, parameters) => {
    expect(() => readChallenge(parameters)).toThrow(RangeError);
  });
});
