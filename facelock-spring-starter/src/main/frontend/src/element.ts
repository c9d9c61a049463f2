import { cameras, fromStream, isAllowed, openCamera, remember, rememberCamera } from './camera';
import {
  LEAST_COLOUR_MS,
  needFor,
  readChallenge,
  rgb,
  type Action,
  type Challenge,
  type Need,
  type Parameters,
} from './challenge';
import { Director, type Cue } from './director';
import { CaptureFault, faultOf, type FaultCode } from './errors';
import { Guide, type Advice } from './guide';
import { meta } from './http';
import { languageOf, texts, type Say } from './messages';
import { Recorder, USUAL_BOUNDS, type Bounds, type Recording } from './recorder';
import type { FrameSource } from './source';
import { ratioFor, View, type Button, type ButtonName, type Scene, type State } from './view';
import { openVirtualCamera } from './virtual-camera';

/** What `facelock-captured` carries. */
export interface CapturedDetail extends Recording {
  /** Names the challenge that was answered. */
  readonly challenge: string;
}

/** The component's events; all bubble, and leave the shadow tree. */
export interface CaptureEvents {
  'facelock-captured': CapturedDetail;
  /** The person cannot do something: ask the server to ask something else. */
  'facelock-needs': { readonly needs: readonly Need[] };
  /** The challenge is too old to be answered in time: ask the server for another. */
  'facelock-expired': { readonly challenge: string };
  'facelock-another-factor': Record<string, never>;
  /** The person wants the camera on, or another try: a page that has something to do first prevents it. */
  'facelock-start': Record<string, never>;
  'facelock-retry': Record<string, never>;
  'facelock-fault': { readonly code: FaultCode };
  'facelock-state': { readonly state: State };
}

/** What is left for the upload when a recording ends. */
const UPLOAD_MS = 3_000;
/** A challenge that has just come is answered, however short it lives. */
const FRESH_MS = 2_000;
/** So many pictures in a row must fit before the recording begins by itself. */
const FITS = 2;
const SILENT_MS = 4_000;
/** Fewer frames in a second than this cannot be judged. */
const LEAST_RATE = 5;
const SPEAK = 'facelock.speak';

/**
 * `<facelock-capture>`: films what a server asks a person to do. See the documentation's page "Capture"
 * for attributes, events and the styles that can be set.
 */
export class FaceLockCapture extends HTMLElement {
  static readonly observedAttributes = ['challenge', 'lang'];

  /** A stream to film instead of a camera. */
  stream: MediaStream | undefined;

  private readonly view: View;
  private say: Say = texts('en');
  private language = 'en';
  private challengeNow: Challenge | undefined;
  private parametersNow: Parameters = {};
  private arrivedAt = 0;
  private stateNow: State = 'intro';
  private source: FrameSource | undefined;
  private guide: Guide | undefined;
  private recorder: Recorder | undefined;
  private director: Director | undefined;
  private cue: Cue | undefined;
  private advice: Advice | undefined;
  private fits = 0;
  private told = { title: '', text: '' };
  private retries = true;
  private stateBeforeNeeds: State = 'intro';
  private coloursAccepted = false;
  private sparedColours = false;
  private opening = 0;
  private animation = 0;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private speaks = false;

  constructor() {
    super();
    this.view = new View(this.attachShadow({ mode: 'open' }), {
      pressed: (button) => {
        this.pressed(button);
      },
      chose: (camera) => {
        rememberCamera(camera);
        void this.start(camera);
      },
      speak: (on) => {
        this.speaks = on;
        remember(SPEAK, on ? 'on' : 'off');
      },
    });
  }

  connectedCallback(): void {
    this.speaks = remember(SPEAK) === 'on';
    this.view.speaking('speechSynthesis' in window, this.speaks);
    this.view.preview(undefined);
    this.view.offer([], '', this.say, false);
    this.readLanguage();
    if (this.challengeNow === undefined) {
      // After the scripts of the page, so that whoever listens to events is there.
      queueMicrotask(() => {
        this.readAttribute();
      });
    }
    document.addEventListener('visibilitychange', this.onHidden);
    window.addEventListener('pagehide', this.onLeave);
    this.addEventListener('keydown', this.onKey);
    this.render();
    if (this.hasAttribute('autostart') && this.stateNow === 'intro') {
      void this.startIfAllowed();
    }
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.onHidden);
    window.removeEventListener('pagehide', this.onLeave);
    this.removeEventListener('keydown', this.onKey);
    this.release();
    this.stateNow = 'intro';
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected) {
      return;
    }
    if (name === 'lang') {
      this.readLanguage();
      this.render();
    } else {
      this.readAttribute();
    }
  }

  /** What the component is doing. */
  get state(): State {
    return this.stateNow;
  }

  /** The prompt's parameters. */
  get challenge(): Parameters {
    return this.parametersNow;
  }

  /**
   * Takes what the server asks for. While new instructions are awaited, the recording goes on with
   * them; after a failure they are what the next try shows.
   */
  set challenge(parameters: Parameters) {
    this.parametersNow = { ...parameters };
    this.arrivedAt = performance.now();
    try {
      this.challengeNow = readChallenge(parameters);
    } catch (cause) {
      this.challengeNow = undefined;
      this.fail(new CaptureFault('challenge', cause));
      return;
    }
    if (this.challengeNow.mode === 'unavailable') {
      this.fail(new CaptureFault('unavailable'));
      return;
    }
    if (this.mustNotFlash(this.challengeNow) && !this.sparedColours) {
      // Asked once; a server that goes on with colours leaves the choice to the person.
      this.sparedColours = true;
      this.askFor(['no-colours']);
    } else if (this.stateNow === 'renewing') {
      this.proceed();
    } else {
      this.render();
    }
  }

  /** Turns the camera on. */
  async start(camera?: string): Promise<void> {
    if (this.challengeNow?.mode === 'unavailable' || this.isBusy()) {
      return;
    }
    if (this.mustTellOfColours()) {
      this.go('colours');
      return;
    }
    const ticket = ++this.opening;
    this.release();
    this.go('starting');
    try {
      const source = await this.open(camera);
      if (ticket !== this.opening || !this.isConnected) {
        source.stop();
        return;
      }
      this.source = source;
      source.onLost = () => {
        this.fail(new CaptureFault(source.virtual ? 'virtual' : 'unplugged'));
      };
      source.ratio = ratioFor(...source.size());
      this.view.preview(source);
      await this.offerCameras();
      if (this.source === source) {
        this.place();
      }
    } catch (cause) {
      if (ticket === this.opening) {
        this.fail(faultOf(cause));
      }
    }
  }

  /** Begins to record what is asked; a challenge that is too old is exchanged first. */
  begin(): void {
    const challenge = this.challengeNow;
    if (challenge === undefined || this.source === undefined || this.stateNow === 'recording') {
      return;
    }
    if (this.mustTellOfColours()) {
      this.stopGuide();
      this.go('colours');
      return;
    }
    const director = new Director(challenge, this.guide?.alive ?? false);
    const age = performance.now() - this.arrivedAt;
    if (age > FRESH_MS && age + director.usualMs + UPLOAD_MS > challenge.answerWithinMs) {
      this.go('renewing');
      if (!this.emit('facelock-expired', { challenge: challenge.nonce })) {
        return;
      }
      // Nobody listens: the server would refuse an answer to it.
      this.fail(new CaptureFault('challenge'));
      return;
    }
    this.record(this.source, challenge, director);
  }

  /** Begins again with the camera. */
  retry(): void {
    this.told = { title: '', text: '' };
    void this.start();
  }

  /** Says that new instructions are awaited; with them it goes on by itself. */
  renew(): void {
    this.go('renewing');
  }

  /** The answer was good: the page is about to change. */
  done(): void {
    this.release();
    this.go('done');
  }

  /**
   * Tells what became of an answer, or what hinders the next.
   *
   * @param code of a text of the component's own
   * @param text of the server, in the person's language; shown instead of the component's own
   * @param options `retry: false` where only another way is left; values for the text
   */
  report(
    code: FaultCode,
    text = '',
    options: { readonly retry?: boolean; readonly time?: string; readonly title?: string } = {},
  ): void {
    this.release();
    this.retries = options.retry ?? true;
    this.told = {
      title: options.title ?? this.say(`error.${code}.title`),
      text: text || this.say(`error.${code}.text`, { time: options.time ?? '' }),
    };
    this.go('failed');
    this.view.announce(`${this.told.title}. ${this.told.text}`, true);
    this.view.focusTitle();
  }

  /** Says that the answer could not be judged, and why: the person tries again. */
  again(text: string): void {
    this.report('refused', text, { title: this.say('again.title') });
  }

  /* ------------------------------------------------------------ a recording */

  private record(source: FrameSource, challenge: Challenge, director: Director): void {
    const recorder = new Recorder(source, this.bounds());
    this.recorder = recorder;
    this.director = director;
    this.cue = undefined;
    this.go('recording');
    const first = challenge.colours[0];
    if (first !== undefined) {
      // The first colour is there before the first frame is.
      source.lit(rgb(first));
      this.render({ colour: rgb(first) });
    }
    this.watch();
    requestAnimationFrame(() => {
      if (this.recorder !== recorder) {
        return;
      }
      recorder.start((began) => {
        const turn = (): void => {
          if (this.recorder === recorder) {
            this.turn(performance.now() - began);
            this.animation = requestAnimationFrame(turn);
          }
        };
        turn();
      });
    });
  }

  private turn(now: number): void {
    const director = this.director;
    if (director === undefined) {
      return;
    }
    director.guidance = this.guide?.alive ?? false;
    const cue = director.tick(now);
    if (cue === undefined) {
      void this.finish(now);
      return;
    }
    const before = this.cue;
    this.cue = cue;
    if (cue.kind !== before?.kind || cue.index !== before.index) {
      this.advice = undefined;
      this.source?.act(cue.action, cue.kind === 'action');
      this.tell(cue);
    }
    if (cue.colour !== before?.colour) {
      this.source?.lit(this.colourOf(cue));
    }
    this.render();
  }

  private async finish(lasted: number): Promise<void> {
    const recorder = this.recorder;
    const challenge = this.challengeNow;
    this.recorder = undefined;
    this.director = undefined;
    this.stopGuide();
    if (recorder === undefined || challenge === undefined) {
      return;
    }
    this.go('checking');
    const recording = await recorder.stop();
    this.release();
    // The state may have changed while the last frames were encoded.
    if (this.state !== 'checking') {
      return;
    }
    if (challenge.mode === 'active' && recording.frames.length < (LEAST_RATE * lasted) / 1_000) {
      this.fail(new CaptureFault('slow'));
      return;
    }
    this.view.announce(this.say('checking.title'), false);
    this.emit('facelock-captured', { ...recording, challenge: challenge.nonce });
  }

  /* ------------------------------------------------------- before and after */

  private place(): void {
    this.fits = 0;
    this.advice = undefined;
    this.go('placing');
    this.watch();
    const url = this.getAttribute('guidance-url');
    if (url !== null && url !== '' && this.source !== undefined) {
      this.guide = new Guide(
        url,
        this.language,
        this.source,
        () => this.cue?.action ?? 'hold-still',
        (advice) => {
          this.heard(advice);
        },
      );
      this.guide.start();
    }
    this.view.announce(this.say('placing.title'), false);
  }

  private heard(advice: Advice): void {
    this.advice = advice;
    if (this.stateNow === 'recording' && this.director !== undefined) {
      this.director.advise(advice.code, advice.wanted, this.lastFrameAt());
      this.render();
      return;
    }
    if (this.stateNow !== 'placing') {
      return;
    }
    this.fits = advice.code === 'well-done' ? this.fits + 1 : 0;
    this.view.announce(advice.code === 'well-done' ? this.say('placing.good') : advice.text, false);
    if (this.fits >= FITS) {
      this.begin();
    } else {
      this.render();
    }
  }

  private lastFrameAt(): number {
    return this.recorder?.elapsed(performance.now()) ?? 0;
  }

  private proceed(): void {
    if (this.source === undefined) {
      void this.start();
    } else {
      this.begin();
    }
  }

  private async open(camera?: string): Promise<FrameSource> {
    if (this.stream !== undefined) {
      return fromStream(this.stream);
    }
    const virtual = this.getAttribute('virtual-camera') ?? meta(document, 'facelock-virtual-camera') ?? '';
    return virtual !== '' ? openVirtualCamera(virtual) : openCamera(camera);
  }

  private async offerCameras(): Promise<void> {
    const source = this.source;
    const choices = source === undefined || source.virtual ? [] : await cameras().catch(() => []);
    this.view.offer(choices, source?.deviceId ?? '', this.say, this.stream === undefined);
  }

  private async startIfAllowed(): Promise<void> {
    if ((await isAllowed()) && this.stateNow === 'intro') {
      await this.start();
    }
  }

  private askFor(needs: readonly Need[]): void {
    this.stopGuide();
    this.go('renewing');
    if (this.emit('facelock-needs', { needs })) {
      // Nobody listens, so nothing else will come.
      this.fail(new CaptureFault('unavailable'));
    }
  }

  private mustTellOfColours(): boolean {
    return !this.coloursAccepted && (this.challengeNow?.colours.length ?? 0) > 0;
  }

  private mustNotFlash(challenge: Challenge): boolean {
    return (
      challenge.colours.length > 0 &&
      (challenge.colourMs < LEAST_COLOUR_MS || matchMedia('(prefers-reduced-motion: reduce)').matches)
    );
  }

  private pressed(button: ButtonName): void {
    switch (button) {
      case 'start':
        if (this.emit('facelock-start', {})) {
          void this.start();
        }
        break;
      case 'begin':
        this.begin();
        break;
      case 'retry':
        if (this.emit('facelock-retry', {})) {
          this.retry();
        }
        break;
      case 'another':
        this.release();
        this.emit('facelock-another-factor', {});
        break;
      case 'cannot':
        this.openNeeds();
        break;
      case 'stop':
        this.interrupt();
        break;
      case 'cancel':
        this.leaveNeeds();
        break;
      case 'ask':
        this.askFor(this.view.ticked());
        break;
      case 'colours-accept':
        this.coloursAccepted = true;
        if (this.source === undefined) {
          void this.start();
        } else {
          this.place();
        }
        break;
      case 'colours-without':
        this.askFor(['no-colours']);
        break;
    }
  }

  private openNeeds(): void {
    this.stateBeforeNeeds = this.stateNow === 'recording' ? 'placing' : this.stateNow;
    this.view.tick(this.cue === undefined ? undefined : needFor(this.cue.action));
    this.stopRecording();
    this.stopGuide();
    this.go('needs');
    this.view.focusTitle();
  }

  private leaveNeeds(): void {
    if (this.stateBeforeNeeds === 'placing' && this.source !== undefined) {
      this.place();
    } else {
      this.go(this.stateBeforeNeeds === 'failed' ? 'failed' : 'intro');
    }
  }

  private fail(fault: CaptureFault): void {
    this.report(fault.code, '', { retry: fault.code !== 'unavailable' && fault.code !== 'unsupported' });
    this.emit('facelock-fault', { code: fault.code });
  }

  /* --------------------------------------------------------------- clearing */

  private readonly onHidden = (): void => {
    if (document.visibilityState === 'hidden' && this.stateNow === 'recording') {
      this.fail(new CaptureFault('hidden'));
    }
  };

  /** Escape ends a recording, and with it the colours. */
  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.stateNow === 'recording') {
      event.preventDefault();
      this.interrupt();
    }
  };

  private readonly onLeave = (): void => {
    this.release();
  };

  /** A camera that falls silent is told, not waited for. */
  private watch(): void {
    clearTimeout(this.watchdog);
    const source = this.source;
    if (source === undefined) {
      return;
    }
    let seen = false;
    const end = source.watch(() => {
      seen = true;
    });
    this.watchdog = setTimeout(() => {
      end();
      if (this.source !== source || (this.stateNow !== 'placing' && this.stateNow !== 'recording')) {
        return;
      }
      // A page in the background gets no pictures, and that is nobody's fault.
      if (!seen && document.visibilityState === 'visible') {
        this.fail(new CaptureFault('silent'));
      } else {
        this.watch();
      }
    }, SILENT_MS);
  }

  private interrupt(): void {
    this.stopRecording();
    this.stopGuide();
    this.place();
  }

  private stopRecording(): void {
    cancelAnimationFrame(this.animation);
    this.recorder?.cancel();
    this.recorder = undefined;
    this.director = undefined;
    this.cue = undefined;
    this.source?.lit(undefined);
  }

  private stopGuide(): void {
    this.guide?.stop();
    this.guide = undefined;
  }

  private release(): void {
    clearTimeout(this.watchdog);
    this.stopGuide();
    this.stopRecording();
    if (this.source !== undefined) {
      this.source.onLost = undefined;
      this.source.stop();
      this.source = undefined;
    }
  }

  private isBusy(): boolean {
    return this.stateNow === 'recording' || this.stateNow === 'checking' || this.stateNow === 'done';
  }

  /* -------------------------------------------------------------- attributes */

  private readAttribute(): void {
    const json = this.getAttribute('challenge') ?? '';
    if (json === '') {
      return;
    }
    try {
      this.challenge = JSON.parse(json) as Parameters;
    } catch (cause) {
      this.fail(new CaptureFault('challenge', cause));
    }
  }

  private readLanguage(): void {
    const tag = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    this.language = languageOf(tag || navigator.language);
    this.say = texts(this.language);
    this.view.label(this.say, this.language);
  }

  private bounds(): Bounds {
    const number = (name: string, least: number, most: number, usual: number): number => {
      const value = Number(this.getAttribute(name) ?? Number.NaN);
      return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : usual;
    };
    return {
      rate: number('rate', 8, 12, USUAL_BOUNDS.rate),
      maxFrames: number('max-frames', 20, 300, USUAL_BOUNDS.maxFrames),
      maxSide: number('max-side', 320, 1280, USUAL_BOUNDS.maxSide),
      quality: number('quality', 0.5, 0.98, USUAL_BOUNDS.quality),
      maxBytes: number('max-bytes', 1 << 20, 64 << 20, USUAL_BOUNDS.maxBytes),
    };
  }

  /* ---------------------------------------------------------------- showing */

  private go(state: State): void {
    if (state !== 'recording') {
      this.cue = undefined;
    }
    const changed = this.stateNow !== state;
    this.stateNow = state;
    this.setAttribute('state', state);
    this.render();
    if (changed) {
      this.emit('facelock-state', { state });
    }
  }

  private colourOf(cue: Cue): string | undefined {
    const colour = this.challengeNow?.colours[cue.colour];
    return colour === undefined ? undefined : rgb(colour);
  }

  private tell(cue: Cue): void {
    const text = this.wordsOf(cue);
    this.view.announce(text, true);
    if (cue.kind === 'action' && typeof navigator.vibrate === 'function') {
      navigator.vibrate(40);
    }
    if (this.speaks && 'speechSynthesis' in window) {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = this.language;
      utterance.rate = 1.1;
      speechSynthesis.cancel();
      speechSynthesis.speak(utterance);
    }
  }

  private wordsOf(cue: Cue): string {
    switch (cue.kind) {
      case 'centre':
        return this.say('centre');
      case 'action':
        return this.say(`action.${cue.action}`);
      case 'return':
        return this.say('return');
      case 'end':
        return this.say('finishing');
    }
  }

  private render(over: Partial<Scene> = {}): void {
    this.view.render({ ...this.describe(), ...over });
  }

  private describe(): Scene {
    const cue = this.cue;
    const good =
      this.advice?.code === 'well-done' && (cue === undefined || this.advice.wanted === cue.action);
    return {
      state: this.stateNow,
      ...this.words(cue, good),
      step: this.stepOf(cue),
      action: cue?.action,
      good: good && (this.stateNow === 'placing' || cue?.kind === 'action'),
      progress: cue?.progress ?? (this.stateNow === 'checking' || this.stateNow === 'done' ? 1 : 0),
      colour: cue === undefined ? undefined : this.colourOf(cue),
      buttons: this.buttons(),
      needs: this.needsOffered(),
    };
  }

  private stepOf(cue: Cue | undefined): string {
    const actions = this.challengeNow?.actions.length ?? 0;
    return cue === undefined || cue.index < 0 || this.challengeNow?.mode !== 'active'
      ? ''
      : this.say('step', { n: cue.index + 1, m: actions });
  }

  private words(cue: Cue | undefined, good: boolean): { title: string; text: string } {
    const titled = (name: 'intro' | 'starting' | 'checking' | 'done' | 'renewing' | 'needs') => ({
      title: this.say(`${name}.title`),
      text: this.say(`${name}.text`),
    });
    const advised = this.advice?.text ?? '';
    switch (this.stateNow) {
      case 'colours':
        return {
          title: this.say('colours.title'),
          text: this.say('colours.text', {
            n: this.challengeNow?.colours.length ?? 0,
            s: ((this.challengeNow?.colourMs ?? 0) / 1_000).toLocaleString(this.language),
          }),
        };
      case 'placing':
        return good
          ? { title: this.say('placing.good'), text: '' }
          : {
              title: this.advice === undefined ? this.say('placing.title') : advised,
              text: this.say(this.guide?.alive ? 'placing.auto' : 'placing.press'),
            };
      case 'recording':
        return {
          title: cue === undefined ? this.say('centre') : this.wordsOf(cue),
          text: cue?.kind === 'action' && this.advice !== undefined ? advised : '',
        };
      case 'failed':
        return this.told;
      case 'intro':
      case 'starting':
      case 'checking':
      case 'done':
      case 'renewing':
      case 'needs':
        return titled(this.stateNow);
    }
  }

  private buttons(): readonly Button[] {
    const button = (name: ButtonName, rank: Button['rank'], text: string): Button => ({ name, rank, text });
    const others: Button[] = [];
    const needs = this.needsOffered().length > 0;
    if (needs && this.challengeNow !== undefined) {
      others.push(button('cannot', 'quiet', this.say('cannot')));
    }
    if (this.hasAttribute('another-factor')) {
      others.push(button('another', 'quiet', this.say('another')));
    }
    switch (this.stateNow) {
      case 'intro':
        return [button('start', 'primary', this.say('intro.start')), ...others];
      case 'colours':
        return [
          button('colours-accept', 'primary', this.say('colours.accept')),
          button('colours-without', 'secondary', this.say('colours.without')),
        ];
      case 'starting':
        return others.filter((one) => one.name === 'another');
      case 'placing':
        return [button('begin', 'primary', this.say('begin')), ...others];
      case 'recording':
        return [button('stop', 'quiet', this.say('stop')), ...others.filter((one) => one.name === 'cannot')];
      case 'needs':
        return [
          button('ask', 'primary', this.say('needs.ask')),
          button('cancel', 'secondary', this.say('cancel')),
        ];
      case 'failed':
        return this.retries ? [button('retry', 'primary', this.say('retry')), ...others] : others;
      case 'renewing':
      case 'checking':
      case 'done':
        return [];
    }
  }

  /** What this challenge asks, and so what a person may be unable to do. */
  private needsOffered(): readonly Need[] {
    const challenge = this.challengeNow;
    if (challenge?.mode !== 'active') {
      return [];
    }
    return [
      'no-turning',
      'no-nodding',
      'no-approaching',
      'no-blinking',
      ...(challenge.colours.length > 0 ? (['no-colours'] as const) : []),
    ];
  }

  private emit<K extends keyof CaptureEvents>(name: K, detail: CaptureEvents[K]): boolean {
    return this.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }),
    );
  }
}

/** The actions that this version can ask for. */
export type { Action };
