import type { CapturedDetail, FaceLockCapture } from './facelock-capture';
import type { Need, Parameters } from './challenge';
import { framesForm, post, sameOrigin, serverOf, type Answer } from './http';
import { textOf, timeOf } from './report';
import type { Travel } from './travel';

const PATIENCE_MS = 60_000;
/** Pauses before a recording is sent again when the connection broke. */
const RESEND_AFTER_MS = [800, 2_500];

interface Prompt {
  readonly factor?: unknown;
  readonly started?: unknown;
  readonly parameters?: unknown;
}

/**
 * The face step of a login page: takes what `<facelock-capture>` filmed to the server, and the person to
 * where the answer leads. What it needs stands in the element:
 *
 * - `data-challenge`: the prompt's parameters as JSON
 * - `data-transaction`, `data-factor`: which question is answered
 * - `data-next`: the page that shows the login's current step
 * - `data-another`: the page that offers other factors (optional)
 */
export class FaceStep {
  private transaction: string;
  private readonly factor: string;
  private readonly next: string;
  /** The server may or may not have got the last answer. */
  private unsure = false;

  constructor(
    private readonly capture: FaceLockCapture,
    private readonly travel: Travel,
  ) {
    this.transaction = capture.dataset['transaction'] ?? '';
    this.factor = capture.dataset['factor'] ?? 'face';
    this.next = sameOrigin(capture.dataset['next']) ?? location.href;
    capture.addEventListener('facelock-captured', (event) => {
      void this.send(event.detail);
    });
    capture.addEventListener('facelock-needs', (event) => {
      event.preventDefault();
      void this.renew(event.detail.needs);
    });
    capture.addEventListener('facelock-expired', (event) => {
      event.preventDefault();
      void this.renew();
    });
    capture.addEventListener('facelock-retry', (event) => {
      if (this.unsure) {
        event.preventDefault();
        capture.renew();
        void this.renew();
      }
    });
    const another = sameOrigin(capture.dataset['another']);
    if (another !== undefined) {
      capture.setAttribute('another-factor', '');
      capture.addEventListener('facelock-another-factor', () => {
        this.travel.to(another);
      });
    }
  }

  /** Shows what the page's challenge asks. */
  begin(): void {
    if (!this.capture.hasAttribute('guidance-url')) {
      this.capture.setAttribute('guidance-url', `${serverOf().base}/api/guidance`);
    }
    try {
      this.capture.challenge = JSON.parse(this.capture.dataset['challenge'] ?? '{}') as Parameters;
    } catch {
      this.capture.report('challenge');
    }
  }

  private async send(recording: CapturedDetail): Promise<void> {
    const server = serverOf();
    const request = { transaction: this.transaction, factor: this.factor };
    for (let attempt = 0; ; attempt++) {
      try {
        // The server answers the same handle only once, so that sending again is safe.
        this.act(
          await post(
            server,
            `${server.base}/api/login/advance`,
            framesForm(request, recording.frames, recording.times),
            { signal: AbortSignal.timeout(PATIENCE_MS) },
          ),
        );
        return;
      } catch (cause) {
        // Whoever is slow has got it; only a broken connection is worth another try.
        const slow = cause instanceof DOMException && cause.name === 'TimeoutError';
        const pause = slow ? undefined : RESEND_AFTER_MS[attempt];
        if (pause === undefined) {
          this.unsure = true;
          this.capture.report('network');
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  private async renew(needs?: readonly Need[]): Promise<void> {
    const server = serverOf();
    try {
      this.act(
        await post(
          server,
          `${server.base}/api/login/repeat`,
          { transaction: this.transaction, ...(needs ? { needs } : {}) },
          { signal: AbortSignal.timeout(PATIENCE_MS) },
        ),
      );
    } catch {
      this.unsure = true;
      this.capture.report('network');
    }
  }

  private act({ status, body, retryAfterMs }: Answer): void {
    this.unsure = false;
    if (status === 200 && body?.['status'] === 'granted') {
      this.capture.done();
      this.travel.to(sameOrigin(body['redirect']) ?? this.next);
    } else if (status === 200 && body?.['status'] === 'challenge') {
      this.goOn(body);
    } else if (status === 429) {
      this.capture.report('locked', '', { retry: false, time: timeOf(body?.['until'], retryAfterMs) });
    } else if (status === 503 || status === 502 || status === 504) {
      this.unsure = true;
      this.capture.report('server', textOf(body?.['detail']));
    } else if (status === 413 || status === 415) {
      this.capture.report('refused', textOf(body?.['detail']));
    } else {
      // Denied, expired, or no longer logged in: the server's page says so, in its words.
      this.travel.to(this.next);
    }
  }

  private goOn(body: Readonly<Record<string, unknown>>): void {
    if (typeof body['transaction'] === 'string') {
      this.transaction = body['transaction'];
      // The page's own forms (another factor, cancel) answer the same login.
      document.querySelectorAll<HTMLInputElement>('input[name="transaction"]').forEach((field) => {
        field.value = this.transaction;
      });
    }
    const step = body['step'] as { prompts?: unknown; feedback?: unknown } | undefined;
    const prompts = Array.isArray(step?.prompts) ? (step.prompts as Prompt[]) : [];
    const mine = prompts.find((prompt) => prompt.factor === this.factor && prompt.started === true);
    const feedback = step?.feedback as { kind?: unknown; guidance?: { text?: unknown } } | undefined;
    const awaited = this.capture.state === 'renewing';
    // Anything but another try at the same question is another page.
    if (mine === undefined || (!awaited && feedback?.kind !== 'not-acquired')) {
      this.capture.done();
      this.travel.to(this.next);
      return;
    }
    if (!awaited) {
      this.capture.again(textOf(feedback?.guidance?.text));
    }
    this.capture.challenge = (mine.parameters ?? {}) as Parameters;
  }
}
