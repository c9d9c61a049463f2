import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FaceEnrolment } from '../src/face-enrolment';
import type { FaceLockCapture } from '../src/facelock-capture';
import { settle } from './fakes';

const RECORDING = { frames: [new Blob(['a'])], times: [0], challenge: 'n1' };
const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });

interface Set {
  readonly emit: (name: string, detail?: unknown) => Event;
  readonly said: string[];
  readonly challenges: unknown[];
  readonly went: string[];
  readonly fetched: ReturnType<typeof vi.fn<typeof fetch>>;
  readonly box: HTMLInputElement;
}

function setUp(consent: boolean, ...answers: Response[]): Set {
  document.body.innerHTML = `<form><input name="label" value="Desk"><input type="hidden" name="_csrf" value="t">
    <input type="checkbox" name="consent" value="yes"><div id="c" data-submit="/me/faces" data-next="/me"></div></form>`;
  const fetched = vi.fn<typeof fetch>(() =>
    Promise.resolve(answers.shift() ?? new Response('', { status: 500 })),
  );
  vi.stubGlobal('fetch', fetched);
  const element = document.querySelector<HTMLElement>('#c');
  const box = document.querySelector<HTMLInputElement>('[name=consent]');
  if (element === null || box === null) {
    throw new Error('no page');
  }
  box.checked = consent;
  const said: string[] = [];
  const challenges: unknown[] = [];
  const went: string[] = [];
  Object.defineProperty(element, 'challenge', { set: (p) => challenges.push(p) });
  Object.assign(element, {
    done: () => said.push('done'),
    renew: () => said.push('renew'),
    again: (text: string) => said.push(`again: ${text}`),
    report: (code: string, text = '') => said.push(`${code}: ${text}`),
  });
  new FaceEnrolment(element as unknown as FaceLockCapture, { to: (address) => went.push(address) });
  const emit = (name: string, detail: unknown = {}): Event => {
    const event = new CustomEvent(name, { detail, cancelable: true });
    element.dispatchEvent(event);
    return event;
  };
  return { emit, said, challenges, went, fetched, box };
}

beforeEach(() => {
  document.documentElement.lang = 'en';
});

describe('Enrolment', () => {
  it('keeps the camera off without consent, and says what is missing', async () => {
    const { emit, fetched, box } = setUp(false);
    expect(emit('facelock-start').defaultPrevented).toBe(true);
    await settle();
    expect(fetched).not.toHaveBeenCalled();
    expect(box.validationMessage).toBe('Please agree first: tick the box.');
    expect(document.activeElement).toBe(box);
    box.checked = true;
    box.dispatchEvent(new Event('change'));
    expect(box.validationMessage).toBe('');
  });

  it('keeps it off where the page has no box at all', async () => {
    const { emit, fetched, box, said } = setUp(true);
    box.remove();
    emit('facelock-start');
    await settle();
    expect(fetched).not.toHaveBeenCalled();
    expect(said[0]).toContain('refused');
  });

  it('draws a challenge, and sends what was filmed with the consent and the form', async () => {
    const { emit, fetched, challenges, said, went } = setUp(
      true,
      json(200, { parameters: { liveness: 'active', challenge: 'n1' } }),
      json(201, { references: ['r1'] }),
    );
    emit('facelock-start');
    await settle();
    expect(fetched.mock.calls[0]?.[0]).toBe(`${location.origin}/me/faces/challenge`);
    expect(challenges).toEqual([{ liveness: 'active', challenge: 'n1' }]);
    emit('facelock-captured', RECORDING);
    await settle();
    const form = fetched.mock.calls[1]?.[1]?.body as FormData;
    expect(JSON.parse(await (form.get('request') as File).text())).toEqual({
      label: 'Desk',
      challenge: 'n1',
      consent: true,
      times: [0],
    });
    expect(said.at(-1)).toBe('done');
    expect(went).toEqual([`${location.origin}/me`]);
  });

  it('sends nothing when the consent was taken back meanwhile', async () => {
    const { emit, fetched, box } = setUp(true);
    box.checked = false;
    emit('facelock-captured', RECORDING);
    await settle();
    expect(fetched).not.toHaveBeenCalled();
  });

  it.each([
    [json(422, { guidance: { code: 'too-dark', text: 'Too dark.' } }), 'again: Too dark.'],
    [json(409, { detail: 'Somebody else has this face.' }), 'refused: Somebody else has this face.'],
    [json(503, {}), 'server: '],
  ])('tells what the server says', async (answer, words) => {
    const { emit, said } = setUp(true, answer);
    emit('facelock-captured', RECORDING);
    await settle();
    expect(said).toEqual([words]);
  });

  it('draws another challenge for the next try, and for who cannot do it', async () => {
    const parameters = { liveness: 'active', challenge: 'n2' };
    const { emit, fetched, challenges } = setUp(true, json(200, parameters), json(200, parameters));
    emit('facelock-retry');
    await settle();
    emit('facelock-needs', { needs: ['no-nodding'] });
    await settle();
    expect(challenges).toEqual([parameters, parameters]);
    expect(fetched.mock.calls[1]?.[1]?.body).toBe('{"needs":["no-nodding"]}');
  });
});
