// Builds pages of nodes. Text is always text: nothing in these pages parses markup that came from somewhere.

/** h('p', {class: 'x', onclick: f}, 'text', node, [nodes]) */
export function h(name, facts = {}, ...children) {
  return fill(document.createElement(name), facts, children);
}

export function svg(name, facts = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), facts, children);
}

function fill(node, facts, children) {
  for (const [key, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'disabled' || key === 'indeterminate') node[key] = value;
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

export function show(place, ...children) {
  place.replaceChildren(...children.flat(Infinity).filter(Boolean));
}

/** Tells people who cannot see it, and shows it for a while. */
export function say(text, bad = false) {
  const place = document.getElementById('said');
  // What is outside of an open dialog is neither seen nor read out.
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
  if (place.parentElement !== top) top.append(place);
  const line = h('p', { class: bad ? 'toast error' : 'toast notice' }, text);
  place.replaceChildren(line);
  if (!bad) setTimeout(() => line.remove(), 6000);
  else line.append(' ', h('button', { type: 'button', class: 'link', onclick: () => line.remove() }, 'Close'));
}

/** Runs what a button does; the button is off meanwhile. */
export async function busy(button, work) {
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } catch (fault) {
    say(fault.message, true);
    return undefined;
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

export const time = (iso) => (iso ? h('time', { datetime: iso }, dates.format(new Date(iso))) : '–');
export const day = (iso) => (iso ? h('time', { datetime: iso }, days.format(new Date(iso))) : '–');
export const words = (code) => String(code).toLowerCase().replaceAll(/[-_]/g, ' ');
export const badge = (text, kind = '') => h('span', { class: `badge ${kind}` }, words(text));

export function span(seconds) {
  if (seconds % 86400 === 0 && seconds) return plural(seconds / 86400, 'day');
  if (seconds % 3600 === 0 && seconds) return plural(seconds / 3600, 'hour');
  if (seconds % 60 === 0 && seconds) return plural(seconds / 60, 'minute');
  return plural(seconds, 'second');
}

export const plural = (count, word) => `${count.toLocaleString()} ${word}${count === 1 ? '' : 's'}`;

let fields = 0;

/** A labelled control. */
export function field(label, control, hint) {
  const id = `field-${++fields}`;
  control.id = id;
  const about = hint && h('p', { class: 'hint', id: `${id}-hint` }, hint);
  if (about) control.setAttribute('aria-describedby', `${id}-hint`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, about);
}

/** A table whose rows become cards on narrow screens; columns are [heading, cell(row), class]. */
export function table(caption, columns, rows, empty) {
  if (!rows.length) return h('p', { class: 'empty' }, empty);
  return h('div', { class: 'sheet' },
    h('table', {}, h('caption', { class: 'away-text' }, caption),
      h('thead', {}, h('tr', {}, columns.map(([heading]) => h('th', { scope: 'col' }, heading)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, columns.map(([heading, cell, kind]) =>
        h('td', { 'data-label': heading, class: kind }, h('div', {}, cell(row)))))))));
}

/** A dialog with a heading; closes by its own button, by Escape, or when `close` is called. */
export function dialog(title, build, kind = '') {
  const id = `dialog-${++fields}`;
  const box = h('dialog', { class: kind, 'aria-labelledby': id });
  const close = () => box.close();
  box.append(h('div', { class: 'dialog-top' }, h('h2', { id }, title),
    h('button', { type: 'button', class: 'link', onclick: close }, 'Close')), build(close, box));
  const before = document.activeElement;
  box.addEventListener('close', () => {
    const said = box.querySelector('#said');
    if (said) document.body.append(said);
    box.remove();
    before?.focus?.();
  });
  document.body.append(box);
  box.showModal();
  return box;
}

/** Asks; resolves to whether it is wanted. With `typed`, the text must be typed first. */
export function confirm(title, text, act, { danger = false, typed } = {}) {
  return new Promise((resolve) => {
    let wanted = false;
    const box = dialog(title, (close) => {
      const yes = h('button', { class: danger ? 'primary danger-fill' : 'primary', disabled: Boolean(typed) }, act);
      const input = typed && h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false',
        oninput: () => { yes.disabled = input.value !== typed; } });
      return h('form', { method: 'dialog', onsubmit: (event) => {
        event.preventDefault();
        wanted = !typed || input.value === typed;
        close();
      } }, h('p', {}, text), input && field(`Type “${typed}” to confirm`, input),
      h('div', { class: 'acts' }, h('button', { type: 'button', onclick: close }, 'Cancel'), yes));
    });
    box.addEventListener('close', () => resolve(wanted));
  });
}
