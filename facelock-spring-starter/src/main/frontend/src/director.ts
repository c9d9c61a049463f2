import { LONGEST_CLIP_MS, type Action, type Challenge } from './challenge';

/** What is asked at a moment of the recording. */
export interface Cue {
  readonly kind: 'centre' | 'action' | 'return' | 'end';
  /** What the person shall do now; looking at the camera is `hold-still`. */
  readonly action: Action;
  /** Which of the challenge's actions this belongs to. */
  readonly index: number;
  /** The colour that the screen shows, as an index; −1 for none. */
  readonly colour: number;
  /** 0 to 1. */
  readonly progress: number;
}

interface Phase {
  readonly kind: Cue['kind'];
  readonly action: Action;
  readonly index: number;
  /** How long it lasts where no guidance is given. */
  readonly pace: number;
  /** How long it lasts at least, and after the guide has said that it is done. */
  readonly least: number;
}

const CENTRE_MS = 900;
const END_MS = 600;
/** A little less than the server takes, for frames that come late. */
const LONGEST_MS = LONGEST_CLIP_MS - 400;
/** A phase that waits for the guide lasts at most this many times its pace. */
const PATIENCE = 2.2;
/** Three frames of ten a second show an action; half a second has more. */
const HELD_MS = 450;

/**
 * Leads a person through a challenge: looks at the camera, one action at a time, back to the camera
 * after each, an end. The pace is fixed, so that it works without a server's guidance; where guidance
 * says "well done", the next comes sooner, and where it says nothing of the kind, a phase waits as long
 * as the clip's length allows. Knows no clock: the caller tells the time since the first frame.
 */
export class Director {
  private readonly phases: readonly Phase[];
  private readonly coloursMs: number;
  private at = 0;
  private since = 0;
  private doneAt: number | undefined;

  constructor(
    private readonly challenge: Challenge,
    private guided = false,
  ) {
    this.phases = plan(challenge);
    this.coloursMs = challenge.colours.length * challenge.colourMs;
  }

  /** How long the recording takes without guidance, in milliseconds. */
  get usualMs(): number {
    return Math.max(
      this.phases.reduce((sum, phase) => sum + phase.pace, 0),
      this.coloursMs,
    );
  }

  /** The guide answers, or no longer does. */
  set guidance(given: boolean) {
    this.guided = given;
  }

  /**
   * What the guide said of a frame.
   *
   * @param wanted what it was asked about; an answer that comes too late is ignored
   */
  advise(code: string, wanted: Action, now: number): void {
    const phase = this.phases[this.at];
    if (phase?.action !== wanted) {
      return;
    }
    // One frame does not show a blink; its guide says "blink" as long as the face is well placed.
    if (code === 'well-done') {
      this.doneAt ??= now;
    }
  }

  /**
   * Goes on as far as the time says.
   *
   * @param now milliseconds since the first frame, never less than before
   * @returns what is asked now; undefined when the recording is over
   */
  tick(now: number): Cue | undefined {
    let phase = this.phases[this.at];
    while (phase !== undefined && this.isOver(phase, now)) {
      this.at++;
      this.since = now;
      this.doneAt = undefined;
      phase = this.phases[this.at];
    }
    if (phase === undefined) {
      return undefined;
    }
    return {
      kind: phase.kind,
      action: phase.action,
      index: phase.index,
      colour: now < this.coloursMs ? Math.floor(now / this.challenge.colourMs) : -1,
      progress: Math.min(1, (this.at + this.share(phase, now)) / this.phases.length),
    };
  }

  private share(phase: Phase, now: number): number {
    return Math.min(1, (now - this.since) / phase.pace);
  }

  private isOver(phase: Phase, now: number): boolean {
    const spent = now - this.since;
    if (phase.kind === 'end') {
      return spent >= phase.pace && now >= Math.min(this.coloursMs, LONGEST_MS);
    }
    if (now + this.reserve() >= LONGEST_MS && spent >= phase.pace) {
      return true;
    }
    // A blink, and a hold that somebody asked for, last their time.
    if (!this.guided || phase.kind === 'centre' || phase.action === 'blink' || isHold(phase)) {
      return spent >= phase.pace;
    }
    if (this.doneAt !== undefined) {
      return spent >= phase.least && now - this.doneAt >= (phase.kind === 'action' ? HELD_MS : 150);
    }
    return spent >= PATIENCE * phase.pace;
  }

  /** What the phases after this one need. */
  private reserve(): number {
    return this.phases.slice(this.at + 1).reduce((sum, phase) => sum + phase.pace, 0);
  }
}

function isHold(phase: Phase): boolean {
  return phase.kind === 'action' && phase.action === 'hold-still';
}

function plan(challenge: Challenge): Phase[] {
  const phases: Phase[] = [];
  const look = { action: 'hold-still', least: 0 } as const;
  if (challenge.mode !== 'active') {
    phases.push({ kind: 'action', action: 'hold-still', index: 0, pace: 200 * challenge.frames, least: 0 });
    return phases;
  }
  phases.push({ ...look, kind: 'centre', index: -1, pace: CENTRE_MS });
  challenge.actions.forEach((action, index) => {
    const [there, back] = paceOf(action);
    phases.push({ kind: 'action', action, index, pace: there, least: Math.min(700, there) });
    if (back > 0) {
      phases.push({ ...look, kind: 'return', index, pace: back, least: 600 });
    }
  });
  phases.push({ ...look, kind: 'end', index: challenge.actions.length - 1, pace: END_MS });
  const usual = phases.reduce((sum, phase) => sum + phase.pace, 0);
  const scale = Math.min(1, LONGEST_MS / usual);
  return phases.map((phase) => ({ ...phase, pace: phase.pace * scale }));
}

/** Milliseconds there (with the time to read) and back. */
function paceOf(action: Action): readonly [number, number] {
  switch (action) {
    case 'hold-still':
      return [1_300, 0];
    case 'blink':
      return [1_800, 0];
    case 'come-closer':
      return [2_200, 1_300];
    case 'turn-left':
    case 'turn-right':
    case 'look-up':
    case 'look-down':
      return [1_900, 1_200];
  }
}
