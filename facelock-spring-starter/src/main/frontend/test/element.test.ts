import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as camera from '../src/camera';
import { CaptureFault } from '../src/errors';
import { FaceLockCapture, type CapturedDetail } from '../src/facelock-capture';
import type { FrameSource } from '../src/source';
import { FakeSource, fakeCanvas, settle } from './fakes';

vi.mock('../src/camera', async (original) => ({
  ...(await original<typeof camera>()),
  openCamera: vi.fn(),
  cameras: vi.fn(() => Promise.resolve([])),
  isAllowed: vi.fn(() => Promise.resolve(false)),
}));

const CHALLENGE = {
  liveness: 'active',
  challenge: 'n1',
  actions: 'turn-left,look-up',
  'colour-ms': '500',
  'answer-within-ms': '30000',
};
const COLOURFUL = { ...CHALLENGE, colours: 'red,blue,green' };

let source: FakeSource;
let reducedMotion = false;

function add(attributes = '', challenge: Record<string, string> | null = CHALLENGE): FaceLockCapture {
  document.body.innerHTML = `<facelock-capture ${attributes}></facelock-capture>`;
  const element = document.querySelector('facelock-capture');
  if (!(element instanceof FaceLockCapture)) {
    throw new Error('not defined');
  }
  if (challenge !== null) {
    element.challenge = challenge;
  }
  return element;
}

function shadow(element: FaceLockCapture): ShadowRoot {
  if (element.shadowRoot === null) {
    throw new Error('no shadow');
  }
  return element.shadowRoot;
}

const title = (element: FaceLockCapture): string =>
  shadow(element).querySelector('.title')?.textContent ?? '';
const names = (element: FaceLockCapture): string[] =>
  [...shadow(element).querySelectorAll<HTMLElement>('button')].map((button) => button.dataset['name'] ?? '');

async function press(element: FaceLockCapture, name: string): Promise<void> {
  const button = shadow(element).querySelector<HTMLElement>(`button[data-name="${name}"]`);
  if (button === null) {
    throw new Error(`no button ${name}, but ${names(element).join()}`);
  }
  button.click();
  await settle();
}

/** Lets time go on with a camera of thirty pictures in a second. */
async function live(ms: number): Promise<void> {
  for (let now = 0; now < ms; now += 33) {
    await vi.advanceTimersByTimeAsync(33);
    source.picture();
  }
}

function on<T>(element: FaceLockCapture, name: string, prevent = true): T[] {
  const heard: T[] = [];
  element.addEventListener(name, (event) => {
    if (prevent) {
      event.preventDefault();
    }
    heard.push((event as CustomEvent<T>).detail);
  });
  return heard;
}

beforeEach(() => {
  vi.useFakeTimers({
    toFake: [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'performance',
      'Date',
      'requestAnimationFrame',
      'cancelAnimationFrame',
    ],
  });
  fakeCanvas();
  vi.mocked(camera.openCamera).mockClear();
  source = new FakeSource();
  reducedMotion = false;
  vi.mocked(camera.openCamera).mockImplementation(() => Promise.resolve(source as FrameSource));
  vi.mocked(camera.cameras).mockImplementation(() => Promise.resolve([]));
  vi.mocked(camera.isAllowed).mockImplementation(() => Promise.resolve(false));
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: reducedMotion && query.includes('reduced') }));
  localStorage.clear();
  document.documentElement.lang = 'en';
});

afterEach(() => {
  document.body.innerHTML = '';
  vi.useRealTimers();
});

describe('The component', () => {
  it('leaves the camera off until somebody turns it on', async () => {
    const element = add();
    await settle();
    expect(element.state).toBe('intro');
    expect(camera.openCamera).not.toHaveBeenCalled();
    await press(element, 'start');
    expect(element.state).toBe('placing');
  });

  it('films what is asked, in order, and hands over timed frames', async () => {
    const element = add();
    const captured = on<CapturedDetail>(element, 'facelock-captured');
    await press(element, 'start');
    await press(element, 'begin');
    await live(8_500);
    expect(element.state).toBe('checking');
    expect(source.acts).toEqual([
      'hold-still (back)',
      'turn-left',
      'hold-still (back)',
      'look-up',
      'hold-still (back)',
      'hold-still (back)',
    ]);
    const detail = captured[0];
    expect(captured).toHaveLength(1);
    expect(detail?.challenge).toBe('n1');
    expect(detail?.frames.length).toBeGreaterThan(60);
    expect(detail?.times[0]).toBe(0);
    expect(detail?.times.every((t, i) => i === 0 || t > (detail.times[i - 1] ?? t))).toBe(true);
    expect(detail?.times.at(-1)).toBeLessThan(12_000);
    expect(source.stopped).toBe(1);
  });

  it('says each instruction to eyes and ears, and counts the steps', async () => {
    const element = add();
    await press(element, 'start');
    await press(element, 'begin');
    await live(1_500);
    expect(title(element)).toBe('Turn your head to your left');
    expect(shadow(element).querySelector('[aria-live=assertive]')?.textContent).toBe(title(element));
    expect(shadow(element).querySelector('.step')?.textContent).toBe('Step 1 of 2');
    const progress = shadow(element).querySelector('[role=progressbar]');
    expect(Number(progress?.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  });

  it('speaks the language of the page, and of the element before it', async () => {
    document.documentElement.lang = 'hi';
    expect(title(add())).toBe('अपना चेहरा दिखाएँ');
    const element = add('lang="de-CH"');
    expect(title(element)).toBe('Zeigen Sie Ihr Gesicht');
    element.lang = 'bn';
    await settle();
    expect(title(element)).toBe('আপনার মুখ দেখান');
    expect(shadow(element).querySelector('section')?.lang).toBe('bn');
  });

  it('reads its challenge from the attribute, after the page’s scripts', async () => {
    document.body.innerHTML = `<facelock-capture challenge='${JSON.stringify(CHALLENGE)}'></facelock-capture>`;
    await settle();
    expect(document.querySelector('facelock-capture')?.challenge).toEqual(CHALLENGE);
  });

  it('turns the camera on by itself only where it is asked to and already allowed', async () => {
    vi.mocked(camera.isAllowed).mockImplementation(() => Promise.resolve(true));
    const plain = add();
    await settle();
    expect(plain.state).toBe('intro');
    const auto = add('autostart');
    await settle();
    expect(auto.state).toBe('placing');
  });

  it('turns the camera off when it leaves the page', async () => {
    const element = add();
    await press(element, 'start');
    element.remove();
    expect(source.stopped).toBe(1);
  });

  it('names its parts for screen readers', async () => {
    const element = add('another-factor');
    await press(element, 'start');
    const root = shadow(element);
    expect(root.querySelector('section')?.getAttribute('aria-label')).toBe('Camera for your face');
    expect(root.querySelector('.media')?.getAttribute('aria-hidden')).toBe('true');
    expect(root.querySelectorAll('[aria-live]')).toHaveLength(2);
    expect(names(element)).toEqual(['begin', 'cannot', 'another']);
    expect([...root.querySelectorAll('button')].every((button) => button.type === 'button')).toBe(true);
  });
});

describe('A fault', () => {
  it.each([
    ['insecure', 'The camera needs a secure address'],
    ['denied', 'The camera is not allowed here'],
    ['none', 'No camera was found'],
    ['busy', 'The camera is busy'],
    ['silent', 'The camera sends no picture'],
    ['policy', 'This page may not use the camera'],
  ] as const)('%s says what to do, and can be tried again', async (code, words) => {
    vi.mocked(camera.openCamera).mockImplementation(() => Promise.reject(new CaptureFault(code)));
    const element = add('another-factor');
    const faults = on<{ code: string }>(element, 'facelock-fault');
    await press(element, 'start');
    expect(element.state).toBe('failed');
    expect(title(element)).toBe(words);
    expect(shadow(element).querySelector('[aria-live=assertive]')?.textContent).toContain(words);
    expect(faults).toEqual([{ code }]);
    expect(names(element)).toEqual(['retry', 'cannot', 'another']);
    vi.mocked(camera.openCamera).mockImplementation(() => Promise.resolve(source as FrameSource));
    await press(element, 'retry');
    expect(element.state).toBe('placing');
  });

  it('is told when the camera is unplugged while it films', async () => {
    const element = add();
    const captured = on(element, 'facelock-captured');
    await press(element, 'start');
    await press(element, 'begin');
    await live(2_000);
    source.onLost?.();
    await live(12_000);
    expect(title(element)).toBe('The camera was disconnected');
    expect(captured).toEqual([]);
  });

  it('is told when pictures stop coming', async () => {
    const element = add();
    await press(element, 'start');
    await vi.advanceTimersByTimeAsync(4_100);
    expect(title(element)).toBe('The camera sends no picture');
  });

  it('is told when there are too few pictures to judge', async () => {
    const element = add();
    const captured = on(element, 'facelock-captured');
    await press(element, 'start');
    await press(element, 'begin');
    for (let i = 0; i < 30; i++) {
      await vi.advanceTimersByTimeAsync(330);
      source.picture();
    }
    expect(title(element)).toBe('The camera sends too few pictures');
    expect(captured).toEqual([]);
  });

  it('is told when the page goes to the background while it films', async () => {
    const element = add();
    await press(element, 'start');
    await press(element, 'begin');
    await live(1_000);
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(title(element)).toBe('The page was in the background');
    expect(source.stopped).toBe(1);
  });

  it('is an instruction of a later version', () => {
    expect(title(add('', { ...CHALLENGE, actions: 'juggle' }))).toBe('These instructions are not understood');
  });

  it('is nothing left to ask, without another try', () => {
    const element = add('another-factor', { liveness: 'unavailable' });
    expect(title(element)).toBe('There is nothing left that you could be asked');
    expect(names(element)).toEqual(['another']);
  });
});

describe('A challenge', () => {
  it('that is too old to be answered is exchanged, and the recording goes on with the new one', async () => {
    const element = add();
    const expired = on<{ challenge: string }>(element, 'facelock-expired');
    await press(element, 'start');
    await live(22_000);
    await press(element, 'begin');
    expect(expired).toEqual([{ challenge: 'n1' }]);
    expect(element.state).toBe('renewing');
    element.challenge = { ...CHALLENGE, challenge: 'n2' };
    expect(element.state).toBe('recording');
  });

  it('that lives shorter than it takes is answered while it is fresh', async () => {
    const element = add('', { ...CHALLENGE, 'answer-within-ms': '5000' });
    const expired = on(element, 'facelock-expired');
    await press(element, 'start');
    await press(element, 'begin');
    expect(element.state).toBe('recording');
    expect(expired).toEqual([]);
  });

  it('that nobody renews is a fault', async () => {
    const element = add();
    await press(element, 'start');
    await live(22_000);
    await press(element, 'begin');
    expect(title(element)).toBe('These instructions are not understood');
  });

  it('that somebody cannot do is exchanged for what they can', async () => {
    const element = add();
    const needs = on<{ needs: string[] }>(element, 'facelock-needs');
    await press(element, 'start');
    await press(element, 'begin');
    await live(1_500);
    await press(element, 'cannot');
    expect(element.state).toBe('needs');
    const boxes = [...shadow(element).querySelectorAll<HTMLInputElement>('.needs input')];
    expect(boxes.filter((box) => box.checked).map((box) => box.value)).toEqual(['no-turning']);
    await press(element, 'ask');
    expect(needs).toEqual([{ needs: ['no-turning'] }]);
    element.challenge = { ...CHALLENGE, actions: 'look-up,come-closer' };
    await settle();
    expect(element.state).toBe('recording');
  });

  it('can be stopped by a key', async () => {
    const element = add();
    const captured = on(element, 'facelock-captured');
    await press(element, 'start');
    await press(element, 'begin');
    await live(1_000);
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    await live(15_000);
    expect(element.state).toBe('placing');
    expect(captured).toEqual([]);
  });
});

describe('Colours', () => {
  it('are announced before, and shown from before the first frame on, each for its time', async () => {
    const element = add('', COLOURFUL);
    await press(element, 'start');
    expect(element.state).toBe('colours');
    expect(shadow(element).querySelector('.text')?.textContent).toContain('3 times');
    expect(camera.openCamera).not.toHaveBeenCalled();
    await press(element, 'colours-accept');
    expect(element.state).toBe('placing');
    await press(element, 'begin');
    expect(source.lights.at(-1)).toBe('#ff0000');
    expect(shadow(element).querySelector('.scene')?.hasAttribute('data-lit')).toBe(true);
    await live(2_000);
    expect(source.lights.filter((light) => light !== undefined)).toEqual([
      '#ff0000',
      '#ff0000',
      '#0000ff',
      '#00ff00',
    ]);
    expect(shadow(element).querySelector('.scene')?.hasAttribute('data-lit')).toBe(false);
  });

  it('can be declined', async () => {
    const element = add('', COLOURFUL);
    const needs = on(element, 'facelock-needs');
    await press(element, 'start');
    await press(element, 'colours-without');
    expect(needs).toEqual([{ needs: ['no-colours'] }]);
  });

  it.each([
    ['who wants no motion', true, COLOURFUL],
    ['whoever, where they flash too fast', false, { ...COLOURFUL, 'colour-ms': '200' }],
  ])('are not shown to %s', (_, reduced, challenge) => {
    reducedMotion = reduced;
    const element = add('', null);
    const needs = on(element, 'facelock-needs');
    element.challenge = challenge;
    expect(needs).toEqual([{ needs: ['no-colours'] }]);
    expect(element.state).toBe('renewing');
  });
});

describe('Guidance', () => {
  it('begins the recording by itself once the face fits', async () => {
    const codes = ['too-far', 'well-done', 'well-done'];
    vi.stubGlobal(
      'fetch',
      vi.fn(() =>
        Promise.resolve(
          new Response(
            JSON.stringify({ guidance: { code: codes.shift() ?? 'well-done', text: 'Come closer.' } }),
          ),
        ),
      ),
    );
    const element = add('guidance-url="/g"');
    await press(element, 'start');
    await live(150);
    expect(title(element)).toBe('Come closer.');
    expect(shadow(element).querySelector('[aria-live=polite]')?.textContent).toBe('Come closer.');
    await live(900);
    expect(element.state).toBe('recording');
  });

  it('leaves the button to press where there is none', async () => {
    const element = add();
    await press(element, 'start');
    await live(5_000);
    expect(element.state).toBe('placing');
    expect(shadow(element).querySelector('.text')?.textContent).toBe('Choose Begin when you are ready.');
  });
});

describe('Cameras', () => {
  it('are offered where there are several, and the choice is remembered', async () => {
    vi.mocked(camera.cameras).mockImplementation(() =>
      Promise.resolve([
        { id: 'front', label: 'Front' },
        { id: 'back', label: '' },
      ]),
    );
    const element = add();
    await press(element, 'start');
    const select = shadow(element).querySelector('select');
    expect([...(select?.options ?? [])].map((option) => option.textContent)).toEqual(['Front', 'Camera 2']);
    if (select !== null) {
      select.value = 'back';
      select.dispatchEvent(new Event('change'));
    }
    await settle();
    expect(camera.openCamera).toHaveBeenLastCalledWith('back');
    expect(camera.rememberedCamera()).toBe('back');
    expect(element.state).toBe('placing');
  });

  it('that show the person are mirrored, and the others are not', async () => {
    const element = add();
    await press(element, 'start');
    expect(shadow(element).querySelector('.media')?.hasAttribute('data-mirrored')).toBe(true);
    source = new FakeSource();
    source.facesPerson = false;
    element.retry();
    await settle();
    expect(shadow(element).querySelector('.media')?.hasAttribute('data-mirrored')).toBe(false);
  });
});
