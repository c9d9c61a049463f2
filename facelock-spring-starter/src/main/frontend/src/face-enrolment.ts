import type { CapturedDetail, FaceLockCapture } from './facelock-capture';
import type { Need, Parameters } from './challenge';
import { framesForm, post, sameOrigin, serverOf, type Answer } from './http';
import { languageOf, texts } from './messages';
import { textOf, timeOf } from './report';
import type { Travel } from './travel';

const PATIENCE_MS = 45_000;

/**
 * The page on which somebody saves their face. What it needs stands in the element:
 *
 * - `data-submit`: where the recording is sent
 * - `data-challenge-url`: where a challenge is drawn; `data-submit` + `/challenge` if there is none
 * - `data-next`: the page to go to afterwards
 *
 * and in the page a check box `name="consent"`, without whose tick the camera stays off. Other named
 * fields of the form around the element are sent beside the frames.
 */
export class FaceEnrolment {
  private readonly submit: string;
  private readonly challengeUrl: string;
  private readonly next: string;

  constructor(
    private readonly capture: FaceLockCapture,
    private readonly travel: Travel,
    private readonly page: Document = document,
  ) {
    this.submit = sameOrigin(capture.dataset['submit']) ?? '';
    this.challengeUrl = sameOrigin(capture.dataset['challengeUrl']) ?? `${this.submit}/challenge`;
    this.next = sameOrigin(capture.dataset['next']) ?? location.href;
    for (const name of ['facelock-start', 'facelock-retry', 'facelock-expired'] as const) {
      capture.addEventListener(name, (event) => {
        event.preventDefault();
        if (this.hasConsent()) {
          capture.renew();
          void this.draw();
        }
      });
    }
    capture.addEventListener('facelock-needs', (event) => {
      event.preventDefault();
      void this.draw(event.detail.needs);
    });
    capture.addEventListener('facelock-captured', (event) => {
      void this.send(event.detail);
    });
    if (!capture.hasAttribute('guidance-url')) {
      capture.setAttribute('guidance-url', `${serverOf(page).base}/api/guidance`);
    }
  }

  private consentBox(): HTMLInputElement | null {
    return this.page.querySelector<HTMLInputElement>('input[type="checkbox"][name="consent"]');
  }

  /** No box, no consent: a page that forgot it enrols nobody. */
  private hasConsent(): boolean {
    const box = this.consentBox();
    if (box?.checked === true) {
      return true;
    }
    const say = texts(languageOf(this.page.documentElement.lang));
    if (box === null) {
      this.capture.report('refused', say('enrol.consent'));
      return false;
    }
    box.setCustomValidity(say('enrol.consent'));
    box.addEventListener(
      'change',
      () => {
        box.setCustomValidity('');
      },
      { once: true },
    );
    box.focus();
    box.reportValidity();
    return false;
  }

  private async draw(needs?: readonly Need[]): Promise<void> {
    const answer = await this.tryPost(this.challengeUrl, needs ? { needs } : {});
    if (answer === undefined) {
      return;
    }
    if (answer.status === 200 || answer.status === 201) {
      const body = answer.body ?? {};
      this.capture.challenge = (body['parameters'] ?? body) as Parameters;
    } else {
      this.refused(answer);
    }
  }

  private async send(recording: CapturedDetail): Promise<void> {
    if (!this.hasConsent()) {
      this.capture.report('refused', texts(languageOf(this.page.documentElement.lang))('enrol.consent'));
      return;
    }
    const request = { ...this.fields(), challenge: recording.challenge, consent: true };
    const answer = await this.tryPost(this.submit, framesForm(request, recording.frames, recording.times));
    if (answer === undefined) {
      return;
    }
    if (answer.status >= 200 && answer.status < 300) {
      this.capture.done();
      this.travel.to(this.next);
    } else {
      this.refused(answer);
    }
  }

  /** The named fields around the element, such as a label for the reference. */
  private fields(): Record<string, string> {
    const form = this.capture.closest('form');
    const fields: Record<string, string> = {};
    if (form !== null) {
      new FormData(form).forEach((value, name) => {
        if (typeof value === 'string' && name !== 'consent' && !name.startsWith('_')) {
          fields[name] = value;
        }
      });
    }
    return fields;
  }

  private async tryPost(url: string, body: FormData | object): Promise<Answer | undefined> {
    try {
      return await post(serverOf(this.page), url, body, { signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch {
      this.capture.report('network');
      return undefined;
    }
  }

  private refused({ status, body, retryAfterMs }: Answer): void {
    const guidance = body?.['guidance'] as { text?: unknown } | undefined;
    const text = textOf(guidance?.text) || textOf(body?.['detail']);
    if (status === 429) {
      this.capture.report('locked', '', { retry: false, time: timeOf(body?.['until'], retryAfterMs) });
    } else if (status >= 500) {
      this.capture.report('server', text);
    } else if (status === 401) {
      this.travel.to(location.href);
    } else if (guidance !== undefined) {
      this.capture.again(text);
    } else {
      this.capture.report('refused', text, { retry: status !== 403 });
    }
  }
}
