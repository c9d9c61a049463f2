/** What a person may be asked to do; the codes of the server's `LivenessAction`. */
export const ACTIONS = [
  'hold-still',
  'turn-left',
  'turn-right',
  'look-up',
  'look-down',
  'come-closer',
  'blink',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What a person may say they cannot do; the codes of the server's `LivenessNeed`. */
export const NEEDS = ['no-turning', 'no-nodding', 'no-approaching', 'no-blinking', 'no-colours'] as const;
export type Need = (typeof NEEDS)[number];

const COLOURS = { red: '#ff0000', green: '#00ff00', blue: '#0000ff' } as const;
export type Colour = keyof typeof COLOURS;

/** Three flashes in a second are the most that WCAG 2.2 (2.3.1) allows. */
export const LEAST_COLOUR_MS = 300;

/** The longest clip that the server judges, and the shortest. */
export const LONGEST_CLIP_MS = 12_000;
export const SHORTEST_CLIP_MS = 2_000;

/** A prompt's parameters as the server sends them: names and values, all strings. */
export type Parameters = Readonly<Record<string, string>>;

/** What the server asks for. */
export interface Challenge {
  /** `active`: movements in order; `pictures`: a few frames; `unavailable`: nothing is left to ask. */
  readonly mode: 'active' | 'pictures' | 'unavailable';
  /** Names the challenge in logs. */
  readonly nonce: string;
  readonly actions: readonly Action[];
  readonly colours: readonly Colour[];
  readonly colourMs: number;
  /** From the arrival of the prompt; infinite if nothing is asked in time. */
  readonly answerWithinMs: number;
  readonly frames: number;
}

const PICTURES: Challenge = {
  mode: 'pictures',
  nonce: '',
  actions: ['hold-still'],
  colours: [],
  colourMs: 500,
  answerWithinMs: Number.POSITIVE_INFINITY,
  frames: 5,
};

/** The colour as CSS and canvas know it. */
export function rgb(colour: Colour): string {
  return COLOURS[colour];
}

/**
 * Reads a prompt's parameters.
 *
 * @throws RangeError if they ask for something that this version does not know: then the page must be
 * reloaded, and nothing is guessed.
 */
export function readChallenge(parameters: Parameters): Challenge {
  const mode = parameters['liveness'] ?? 'none';
  if (mode === 'unavailable') {
    return { ...PICTURES, mode };
  }
  if (mode !== 'active') {
    return { ...PICTURES, frames: bounded(parameters['frames'] ?? '5', 1, 30) };
  }
  const actions = words(parameters['actions']).map((word) => known(word, ACTIONS));
  if (actions.length === 0) {
    throw new RangeError('A challenge without actions');
  }
  const colours = words(parameters['colours']).map((word) => known(word, Object.keys(COLOURS) as Colour[]));
  return {
    mode: 'active',
    nonce: parameters['challenge'] ?? '',
    actions,
    colours,
    colourMs: bounded(parameters['colour-ms'] ?? '500', 1, 10_000),
    answerWithinMs: bounded(parameters['answer-within-ms'] ?? '30000', 1, 600_000),
    frames: 0,
  };
}

/** Which need would spare a person this action. */
export function needFor(action: Action): Need | undefined {
  switch (action) {
    case 'turn-left':
    case 'turn-right':
      return 'no-turning';
    case 'look-up':
    case 'look-down':
      return 'no-nodding';
    case 'come-closer':
      return 'no-approaching';
    case 'blink':
      return 'no-blinking';
    case 'hold-still':
      return undefined;
  }
}

function words(list: string | undefined): string[] {
  return list === undefined || list === '' ? [] : list.split(',');
}

function known<T extends string>(word: string, all: readonly T[]): T {
  const found = all.find((one) => one === word);
  if (found === undefined) {
    throw new RangeError(`Unknown word in a challenge: ${word.slice(0, 40)}`);
  }
  return found;
}

function bounded(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`A number of a challenge is out of range: ${text.slice(0, 20)}`);
  }
  return value;
}
