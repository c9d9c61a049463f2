import { NEEDS, type Action, type Need } from './challenge';
import css from './capture.css?inline';
import type { CameraChoice } from './camera';
import { h, show, svg, write } from './dom';
import type { Say } from './messages';
import type { FrameSource } from './source';

/** What the component is doing; also the attribute `state`, for tests and styles. */
export type State =
  | 'intro'
  | 'colours'
  | 'starting'
  | 'placing'
  | 'renewing'
  | 'recording'
  | 'checking'
  | 'done'
  | 'failed'
  | 'needs';

/** What is shown. */
export interface Scene {
  readonly state: State;
  readonly title: string;
  readonly text: string;
  /** "Step 1 of 3", or nothing. */
  readonly step: string;
  /** What the picture asks for. */
  readonly action: Action | undefined;
  /** Nobody is asked to do anything now, but has just done it. */
  readonly good: boolean;
  /** 0 to 1 round the oval. */
  readonly progress: number;
  /** Fills the screen. */
  readonly colour: string | undefined;
  readonly buttons: readonly Button[];
  /** Which needs can be stated. */
  readonly needs: readonly Need[];
}

/** What a person can press. */
export interface Button {
  readonly name: ButtonName;
  readonly text: string;
  readonly rank: 'primary' | 'secondary' | 'quiet';
}

export type ButtonName =
  | 'start'
  | 'begin'
  | 'retry'
  | 'another'
  | 'cannot'
  | 'cancel'
  | 'stop'
  | 'ask'
  | 'colours-accept'
  | 'colours-without';

/** Told when somebody does something. */
export interface Deeds {
  pressed(button: ButtonName): void;
  chose(camera: string): void;
  speak(on: boolean): void;
}

const sheets: CSSStyleSheet[] = [];

function sheet(): CSSStyleSheet {
  let made = sheets[0];
  if (made === undefined) {
    // A constructed sheet needs no exception in a Content-Security-Policy.
    made = new CSSStyleSheet();
    made.replaceSync(css);
    sheets.push(made);
  }
  return made;
}

/** The component's elements: made once, then only changed. */
export class View {
  private readonly media = h('div', { class: 'media', part: 'preview', 'aria-hidden': 'true' });
  private readonly ring = svg('path', { class: 'ring', d: RING, pathLength: '1' });
  private readonly oval = h('div', { class: 'oval', 'aria-hidden': 'true' });
  private readonly step = h('p', { class: 'step' });
  private readonly title = h('h2', { class: 'title', tabindex: '-1' });
  private readonly text = h('p', { class: 'text' });
  private readonly progress = h('div', {
    class: 'hearing',
    role: 'progressbar',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
  });
  private readonly badge = h('p', { class: 'badge' });
  private readonly veil = h('div', { class: 'veil', 'aria-hidden': 'true' }, figures());
  private readonly stage = h('div', { class: 'stage', part: 'stage' });
  private readonly scene = h('div', { class: 'scene', part: 'scene' });
  private readonly needs = h('fieldset', { class: 'needs' });
  private readonly buttons = h('div', { class: 'buttons', part: 'buttons' });
  private readonly cameraLabel = h('span', {});
  private readonly camera = h('select', { class: 'camera' });
  private readonly cameraRow = h('label', { class: 'row' }, this.cameraLabel, this.camera);
  private readonly speakBox = h('input', { type: 'checkbox', role: 'switch' });
  private readonly speakText = h('span', {});
  private readonly speakRow = h('label', { class: 'row switch' }, this.speakBox, this.speakText);
  private readonly tools = h('div', { class: 'tools', part: 'tools' }, this.cameraRow, this.speakRow);
  /** Instructions interrupt whatever a screen reader says; advice waits. */
  private readonly loud = h('p', { class: 'hearing', 'aria-live': 'assertive', 'aria-atomic': 'true' });
  private readonly soft = h('p', { class: 'hearing', 'aria-live': 'polite', 'aria-atomic': 'true' });
  private readonly card = h('section', { class: 'card', part: 'card' });
  private shownButtons = '';

  constructor(
    private readonly root: ShadowRoot,
    private readonly deeds: Deeds,
  ) {
    this.oval.append(
      svg('svg', { viewBox: '0 0 300 400' }, svg('path', { class: 'rim', d: RING }), this.ring),
    );
    this.stage.append(this.media, this.oval, arrows(), this.veil, this.badge);
    this.scene.append(
      h('div', { class: 'words' }, this.step, this.title, this.text),
      this.progress,
      this.stage,
      this.needs,
      this.buttons,
    );
    this.card.append(this.scene, this.tools, this.loud, this.soft);
    root.append(this.card);
    root.adoptedStyleSheets = [sheet()];
    this.camera.addEventListener('change', () => {
      deeds.chose(this.camera.value);
    });
    this.speakBox.addEventListener('change', () => {
      deeds.speak(this.speakBox.checked);
    });
  }

  /** Sets the words that do not change with the state. */
  label(say: Say, language: string): void {
    this.card.lang = language;
    this.card.setAttribute('aria-label', say('region'));
    this.progress.setAttribute('aria-label', say('region'));
    write(this.badge, say('camera.virtual'));
    write(this.cameraLabel, say('camera'));
    write(this.speakText, say('speak'));
    this.needs.replaceChildren(
      h('legend', { class: 'hearing' }, say('needs.title')),
      ...NEEDS.map((need) =>
        h(
          'label',
          { class: 'row', 'data-need': need },
          h('input', { type: 'checkbox', value: need }),
          h('span', {}, say(`needs.${need}`)),
        ),
      ),
    );
  }

  /** Shows a scene. */
  render(scene: Scene): void {
    this.card.dataset['state'] = scene.state;
    write(this.step, scene.step);
    show(this.step, scene.step !== '');
    write(this.title, scene.title);
    write(this.text, scene.text);
    show(this.text, scene.text !== '');
    this.stage.dataset['action'] = scene.action ?? '';
    this.stage.toggleAttribute('data-good', scene.good);
    this.ring.style.setProperty('--progress', String(scene.progress));
    this.progress.setAttribute('aria-valuenow', String(Math.round(scene.progress * 100)));
    show(this.progress, scene.state === 'recording');
    show(this.needs, scene.state === 'needs');
    this.needs.querySelectorAll<HTMLElement>('[data-need]').forEach((row) => {
      show(row, scene.needs.includes(row.dataset['need'] as Need));
    });
    this.light(scene.colour);
    this.renderButtons(scene.buttons);
  }

  /** Says something to a screen reader. */
  announce(text: string, urgent: boolean): void {
    write(urgent ? this.loud : this.soft, text);
  }

  /** Shows a source's picture, or none. */
  preview(source: FrameSource | undefined): void {
    this.media.replaceChildren(...(source === undefined ? [] : [source.view]));
    this.media.toggleAttribute('data-mirrored', source?.facesPerson ?? true);
    this.stage.toggleAttribute('data-mirrored', source?.facesPerson ?? true);
    this.stage.toggleAttribute('data-live', source !== undefined);
    show(this.badge, source?.virtual ?? false);
    this.stage.style.setProperty('--ratio', String(source?.ratio ?? (isNarrow() ? NARROW : WIDE)));
  }

  /** Offers cameras where there is a choice. */
  offer(choices: readonly CameraChoice[], chosen: string, say: Say, allowed: boolean): void {
    show(this.cameraRow, allowed && choices.length > 1);
    this.camera.replaceChildren(
      ...choices.map((choice, index) =>
        h('option', { value: choice.id }, choice.label || say('camera.number', { n: index + 1 })),
      ),
    );
    this.camera.value = chosen;
  }

  /** Whether the instructions can be, and are, read aloud. */
  speaking(possible: boolean, on: boolean): void {
    show(this.speakRow, possible);
    this.speakBox.checked = on;
  }

  /** The needs that are ticked. */
  ticked(): Need[] {
    return [...this.needs.querySelectorAll<HTMLInputElement>('input:checked')].map(
      (box) => box.value as Need,
    );
  }

  /** Ticks what the person most likely means. */
  tick(need: Need | undefined): void {
    this.needs.querySelectorAll<HTMLInputElement>('input').forEach((box) => {
      box.checked = box.value === need;
    });
  }

  /** Puts the focus on the words, so that a screen reader begins there. */
  focusTitle(): void {
    this.title.focus({ preventScroll: true });
  }

  private renderButtons(buttons: readonly Button[]): void {
    const signature = JSON.stringify(buttons);
    if (signature === this.shownButtons) {
      return;
    }
    this.shownButtons = signature;
    const focused = this.root.activeElement;
    const had = focused !== null && this.buttons.contains(focused);
    const name = focused instanceof HTMLElement ? focused.dataset['name'] : undefined;
    this.buttons.replaceChildren(
      ...buttons.map((button) => {
        const made = h(
          'button',
          { type: 'button', class: button.rank, 'data-name': button.name, part: `button ${button.rank}` },
          button.text,
        );
        made.addEventListener('click', () => {
          this.deeds.pressed(button.name);
        });
        return made;
      }),
    );
    if (had) {
      // Whoever pressed a key goes on from there, and is not thrown to the page's beginning.
      const same = name && this.buttons.querySelector<HTMLElement>(`[data-name="${name}"]`);
      if (same) {
        same.focus();
      } else {
        this.focusTitle();
      }
    }
  }

  private light(colour: string | undefined): void {
    const lit = colour !== undefined;
    if (lit) {
      this.scene.style.setProperty('--light', colour);
    }
    if (this.scene.hasAttribute('data-lit') === lit) {
      return;
    }
    this.scene.toggleAttribute('data-lit', lit);
    // The top layer covers the whole screen, whatever the page around does with its layout.
    if (typeof this.scene.showPopover === 'function') {
      if (lit) {
        this.scene.popover = 'manual';
        this.scene.showPopover();
      } else {
        this.scene.popover = null;
      }
    }
  }
}

/** Width over height of what is shown, and sent: no more of a room than its owner sees. */
const WIDE = 4 / 3;
const NARROW = 4 / 5;

function isNarrow(): boolean {
  return matchMedia('(max-width: 40rem)').matches;
}

/** The part of a picture that fits on this screen. */
export function ratioFor(width: number, height: number): number {
  return Math.min(width / height, isNarrow() ? NARROW : WIDE);
}

/** An ellipse that begins at its top. */
const RING = 'M150 5 A145 195 0 0 1 150 395 A145 195 0 0 1 150 5';

function arrows(): HTMLElement {
  const chevrons = (side: string): SVGElement =>
    svg(
      'svg',
      { class: `arrow ${side}`, viewBox: '0 0 48 48' },
      svg('path', { d: 'M27 10 13 24l14 14' }),
      svg('path', { d: 'M39 10 25 24l14 14' }),
    );
  return h(
    'div',
    { class: 'arrows', 'aria-hidden': 'true' },
    chevrons('left'),
    chevrons('right'),
    chevrons('up'),
    chevrons('down'),
    svg(
      'svg',
      { class: 'arrow eye', viewBox: '0 0 48 48' },
      svg('path', { d: 'M6 20c10 12 26 12 36 0' }),
      svg('path', { d: 'M13 29l-4 6M24 31v7M35 29l4 6' }),
    ),
  );
}

function figures(): SVGElement {
  return svg(
    'svg',
    { viewBox: '0 0 96 96' },
    svg('path', {
      class: 'person',
      d: 'M48 16c11 0 19 9 19 22s-8 24-19 24-19-11-19-24 8-22 19-22zM17 84c4-10 15-15 31-15s27 5 31 15',
    }),
    svg('circle', { class: 'wait', cx: '48', cy: '48', r: '30', pathLength: '1' }),
    svg('path', { class: 'tick', d: 'M28 50l14 14 27-31', pathLength: '1' }),
    svg('path', { class: 'alas', d: 'M48 26v28M48 68v2' }),
  );
}
