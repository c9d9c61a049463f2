import type { Action } from './challenge';
import { post, serverOf } from './http';
import { encodeJpeg, type Encode } from './recorder';
import type { FrameSource } from './source';

/** What the server advises. */
export interface Advice {
  readonly code: string;
  readonly text: string;
  /** What it was asked about. */
  readonly wanted: Action;
}

/** About three in a second. */
const EVERY_MS = 330;
const LONGEST_PAUSE_MS = 5_000;
/** So many failures in a row, and the guide counts as absent until it answers again. */
const GIVEN_UP = 3;

/**
 * Asks the server for advice, one picture at a time. Nothing depends on it: where it fails, the fixed
 * pace and the button remain.
 */
export class Guide {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private abort: AbortController | undefined;
  private failures = 0;
  private running = false;

  constructor(
    private readonly url: string,
    private readonly language: string,
    private readonly source: FrameSource,
    private readonly wanted: () => Action,
    private readonly heard: (advice: Advice) => void,
    private readonly encode: Encode = encodeJpeg,
  ) {}

  /** Whether it has answered lately. */
  get alive(): boolean {
    return this.running && this.failures < GIVEN_UP;
  }

  start(): void {
    this.running = true;
    this.schedule(0);
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    this.abort?.abort();
  }

  private schedule(ms: number): void {
    this.timer = setTimeout(() => {
      void this.ask();
    }, ms);
  }

  private async ask(): Promise<void> {
    const began = performance.now();
    const wanted = this.wanted();
    let pause: number | undefined;
    try {
      pause = await this.askOnce(wanted);
      this.failures = 0;
    } catch {
      this.failures++;
      pause = Math.min(LONGEST_PAUSE_MS, EVERY_MS * 2 ** this.failures);
    }
    // Stopped while it waited for the answer.
    if (this.isRunning()) {
      this.schedule(pause ?? Math.max(50, EVERY_MS - (performance.now() - began)));
    }
  }

  /** Returns how long to pause, where the server says so. */
  private async askOnce(wanted: Action): Promise<number | undefined> {
    const frame = await this.encode(this.source, 640, 0.8);
    if (frame === null || !this.isRunning()) {
      return undefined;
    }
    const form = new FormData();
    form.append('action', wanted);
    form.append('frame', frame, 'frame.jpg');
    this.abort = new AbortController();
    const answer = await post(serverOf(), this.url, form, {
      language: this.language,
      signal: this.abort.signal,
    });
    if (answer.status === 429 || (answer.status === 503 && answer.retryAfterMs !== undefined)) {
      return Math.min(LONGEST_PAUSE_MS, answer.retryAfterMs ?? 1_000);
    }
    const guidance = answer.body?.['guidance'] as { code?: unknown; text?: unknown } | undefined;
    if (answer.status !== 200 || typeof guidance?.code !== 'string') {
      throw new Error(`No advice: ${answer.status}`);
    }
    if (this.isRunning()) {
      this.heard({
        code: guidance.code,
        text: typeof guidance.text === 'string' ? guidance.text : '',
        wanted,
      });
    }
    return undefined;
  }

  private isRunning(): boolean {
    return this.running;
  }
}
