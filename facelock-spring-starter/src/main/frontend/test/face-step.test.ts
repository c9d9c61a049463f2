import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaceStep } from '../src/face-step';
import type { FaceLockCapture } from '../src/facelock-capture';
import { settle } from './fakes';

const PARAMETERS = { liveness: 'active', challenge: 'n1', actions: 'turn-left,look-up' };
const RECORDING = { frames: [new Blob(['a']), new Blob(['b'])], times: [0, 100], challenge: 'n1' };

/** What the step needs of the component. */
class FakeCapture {
  readonly element = document.createElement('div');
  readonly said: string[] = [];
  readonly challenges: unknown[] = [];
  state = 'checking';

  constructor(data: Record<string, string>) {
    Object.assign(this.element.dataset, data);
    const { said, challenges } = this;
    Object.defineProperty(this.element, 'challenge', { set: (p) => challenges.push(p) });
    Object.defineProperty(this.element, 'state', { get: () => this.state });
    Object.assign(this.element, {
      done: () => said.push('done'),
      renew: () => said.push('renew'),
      again: (text: string) => said.push(`again: ${text}`),
      report: (code: string, text = '', options: { retry?: boolean; time?: string } = {}) =>
        said.push(
          [code, text, options.time ?? '', options.retry === false ? 'no retry' : '']
            .filter((word) => word !== '')
            .join(' | '),
        ),
    });
  }

  get capture(): FaceLockCapture {
    return this.element as unknown as FaceLockCapture;
  }

  emit(name: string, detail: unknown = {}): Event {
    const event = new CustomEvent(name, { detail, cancelable: true });
    this.element.dispatchEvent(event);
    return event;
  }
}

function setUp(...answers: (Response | Error)[]): {
  fake: FakeCapture;
  fetched: ReturnType<typeof vi.fn<typeof fetch>>;
  went: string[];
} {
  const fetched = vi.fn<typeof fetch>(() => {
    const next = answers.shift() ?? new Error('no more answers');
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
  vi.stubGlobal('fetch', fetched);
  const fake = new FakeCapture({
    challenge: JSON.stringify(PARAMETERS),
    transaction: 'handle-1',
    factor: 'face',
    next: '/facelock/login/step?t=1',
  });
  const went: string[] = [];
  new FaceStep(fake.capture, { to: (address) => went.push(address) }).begin();
  return { fake, fetched, went };
}

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });
const challenge = (feedback: unknown, transaction = 'handle-2', factor = 'face'): Response =>
  json(200, {
    status: 'challenge',
    transaction,
    step: {
      number: 2,
      prompts: [{ factor, started: true, parameters: { ...PARAMETERS, challenge: 'n2' } }],
      feedback,
    },
  });
const sent = async (fetched: ReturnType<typeof vi.fn<typeof fetch>>, call = 0): Promise<unknown> => {
  const body = fetched.mock.calls[call]?.[1]?.body;
  return JSON.parse(
    body instanceof FormData ? await (body.get('request') as File).text() : (body as string),
  ) as unknown;
};

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = '<form><input type="hidden" name="transaction" value="handle-1"></form>';
});

afterEach(() => {
  vi.useRealTimers();
});

describe('The face step', () => {
  it('gives the component its challenge and the guide', () => {
    const { fake } = setUp();
    expect(fake.challenges).toEqual([PARAMETERS]);
    expect(fake.element.getAttribute('guidance-url')).toBe('/facelock/api/guidance');
  });

  it('sends what was filmed, and follows the grant within the site', async () => {
    const { fake, fetched, went } = setUp(json(200, { status: 'granted', redirect: '/home' }));
    fake.emit('facelock-captured', RECORDING);
    await settle();
    expect(fetched.mock.calls[0]?.[0]).toBe('/facelock/api/login/advance');
    expect(await sent(fetched)).toEqual({ transaction: 'handle-1', factor: 'face', times: [0, 100] });
    expect((fetched.mock.calls[0]?.[1]?.body as FormData).getAll('frame')).toHaveLength(2);
    expect(fake.said).toEqual(['done']);
    expect(went).toEqual([`${location.origin}/home`]);
  });

  it('does not follow a redirect to another site', async () => {
    const { fake, went } = setUp(json(200, { status: 'granted', redirect: '//evil.example' }));
    fake.emit('facelock-captured', RECORDING);
    await settle();
    expect(went).toEqual([`${location.origin}/facelock/login/step?t=1`]);
  });

  it('stays for another try where nothing could be judged, with the new handle everywhere', async () => {
    const { fake, fetched, went } = setUp(
      challenge({ kind: 'not-acquired', guidance: { code: 'too-dark', text: 'Too dark.' } }),
      json(200, { status: 'granted', redirect: '/home' }),
    );
    fake.emit('facelock-captured', RECORDING);
    await settle();
    expect(fake.said).toEqual(['again: Too dark.']);
    expect(fake.challenges.at(-1)).toMatchObject({ challenge: 'n2' });
    expect(document.querySelector<HTMLInputElement>('input[name=transaction]')?.value).toBe('handle-2');
    expect(went).toEqual([]);
    fake.emit('facelock-captured', RECORDING);
    await settle();
    expect(await sent(fetched, 1)).toMatchObject({ transaction: 'handle-2' });
  });

  it.each([
    ['the next step', challenge({ kind: 'none' }, 'handle-2', 'email-code')],
    ['a face that was not verified', challenge({ kind: 'not-verified' })],
    ['a denial', json(401, { reason: 'not-verified' })],
    ['an expired login', json(401, { reason: 'expired' })],
    ['a lost session', json(403, {})],
  ])('leaves the telling to the server’s page after %s', async (_, answer) => {
    const { fake, went } = setUp(answer);
    fake.emit('facelock-captured', RECORDING);
    await settle();
    expect(went).toEqual([`${location.origin}/facelock/login/step?t=1`]);
  });

  it('tells until when it is locked', async () => {
    const { fake } = setUp(json(429, { until: '2030-01-01T10:15:00Z' }));
    fake.emit('facelock-captured', RECORDING);
    await settle();
    expect(fake.said).toEqual([expect.stringMatching(/^locked \| .*15.* \| no retry$/)]);
  });

  it('sends again where the connection broke, then says so, and asks anew for the next try', async () => {
    const broken = new TypeError('failed');
    const { fake, fetched } = setUp(broken, broken, broken, challenge({ kind: 'none' }));
    fake.emit('facelock-captured', RECORDING);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(fake.said).toEqual(['network']);
    const retry = fake.emit('facelock-retry');
    fake.state = 'renewing';
    await settle();
    expect(retry.defaultPrevented).toBe(true);
    expect(fetched.mock.calls[3]?.[0]).toBe('/facelock/api/login/repeat');
    expect(fake.challenges.at(-1)).toMatchObject({ challenge: 'n2' });
  });

  it('does not send again what a slow server has already got', async () => {
    const { fake, fetched } = setUp(new DOMException('too slow', 'TimeoutError'));
    fake.emit('facelock-captured', RECORDING);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(fake.said).toEqual(['network']);
  });

  it('gets through when the connection comes back', async () => {
    const { fake, went } = setUp(
      new TypeError('failed'),
      json(200, { status: 'granted', redirect: '/home' }),
    );
    fake.emit('facelock-captured', RECORDING);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fake.said).toEqual(['done']);
    expect(went).toHaveLength(1);
  });

  it('asks for something else for who cannot do it, and for who was too late', async () => {
    const { fake, fetched } = setUp(challenge({ kind: 'none' }), challenge({ kind: 'none' }, 'handle-3'));
    fake.state = 'renewing';
    expect(fake.emit('facelock-needs', { needs: ['no-turning'] }).defaultPrevented).toBe(true);
    await settle();
    expect(await sent(fetched)).toEqual({ transaction: 'handle-1', needs: ['no-turning'] });
    expect(fake.emit('facelock-expired').defaultPrevented).toBe(true);
    await settle();
    expect(await sent(fetched, 1)).toEqual({ transaction: 'handle-2' });
    expect(fake.challenges).toHaveLength(3);
  });

  it('lets a server that is away be tried again', async () => {
    const { fake } = setUp(json(503, { detail: 'The database is away.' }));
    fake.emit('facelock-captured', RECORDING);
    await settle();
    expect(fake.said).toEqual(['server | The database is away.']);
    expect(fake.emit('facelock-retry').defaultPrevented).toBe(true);
  });

  it('offers another factor only where the page has one', () => {
    expect(setUp().fake.element.hasAttribute('another-factor')).toBe(false);
    const fake = new FakeCapture({ another: '/facelock/login/step?t=1&choose', challenge: '{}' });
    const went: string[] = [];
    new FaceStep(fake.capture, { to: (address) => went.push(address) });
    fake.emit('facelock-another-factor');
    expect(went).toEqual([`${location.origin}/facelock/login/step?t=1&choose`]);
  });

  it('says so where the page’s challenge is broken', () => {
    const fake = new FakeCapture({ challenge: '{' });
    new FaceStep(fake.capture, { to: () => undefined }).begin();
    expect(fake.said).toEqual(['challenge']);
  });
});
