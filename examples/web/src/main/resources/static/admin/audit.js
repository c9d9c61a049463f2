import { get, address } from './api.js';
import { h, show, badge, time, words, field, busy, say } from './dom.js';
import { page, acts } from './shell.js';

const TYPES = ['GRANTED', 'DENIED', 'LOCKED', 'CHALLENGED', 'CANCELLED', 'CODE_SENT', 'CODE_NOT_SENT', 'CODE_STATUS', 'SUBJECT_REGISTERED', 'SUBJECT_SUSPENDED', 'SUBJECT_REACTIVATED', 'SUBJECT_ERASED',
  'CREDENTIAL_SET', 'CREDENTIAL_REMOVED', 'ENROLMENT_REFUSED', 'PRESENCE_ENDED', 'WATCH_LIST_HIT', 'WATCH_LIST_ADDED', 'WATCH_LIST_REMOVED', 'ALERT_SENT', 'ALERT_NOT_SENT', 'ALERT_ESCALATED', 'ALERT_ACKNOWLEDGED',
  'ADMINISTRATION', 'ROLES_CHANGED', 'UNLOCKED', 'AUDIT_RESTARTED'];
const FACTORS = ['password', 'pin', 'face', 'totp', 'hotp', 'email-code', 'sms-code', 'recovery-code'];
const KIND = { GRANTED: 'good', DENIED: 'bad', LOCKED: 'bad', WATCH_LIST_HIT: 'bad', ALERT_NOT_SENT: 'bad', CODE_NOT_SENT: 'bad', SUBJECT_ERASED: 'bad' };
const MOST_SHOWN = 1000;

page('Audit trail', 'What happened, the newest first. Measured values of faces are left out here; the export has them.', async (actor) => {
  const given = new URLSearchParams(location.search);
  const select = (all, any) => h('select', {}, [h('option', { value: '' }, any), ...all.map((value) => h('option', { value }, words(value)))]);
  const subject = h('input', { type: 'text', maxlength: '128', autocomplete: 'off', value: given.get('subject') ?? '' });
  const type = select(TYPES, 'Every type');
  const factor = select(FACTORS, 'Every factor');
  const source = h('input', { type: 'text', maxlength: '128', autocomplete: 'off', placeholder: '192.0.2.' });
  const from = h('input', { type: 'datetime-local' });
  const to = h('input', { type: 'datetime-local' });
  type.value = given.get('type') ?? '';

  const rows = h('ol', { class: 'trail', 'aria-label': 'Records' });
  const more = h('div', { class: 'more' });
  const live = h('input', { type: 'checkbox', role: 'switch' });
  const state = h('span', { class: 'hint', role: 'status' });
  let stream;

  const iso = (control) => (control.value ? new Date(control.value).toISOString() : undefined);
  const query = () => ({ subject: subject.value.trim(), type: type.value, factor: factor.value, source: source.value.trim(), from: iso(from), to: iso(to) });

  function row(record, fresh) {
    const { cause, reason, action, verdict, actor: by, ...rest } = record.details;
    const main = [action && words(action), verdict && verdict !== 'permitted' && badge(verdict, 'bad'), reason && words(reason), cause && words(cause)].filter(Boolean);
    const facts = { ...rest, ...(record.transaction ? { transaction: record.transaction } : {}) };
    return h('li', { class: fresh ? 'record fresh' : 'record', 'data-number': record.number },
      h('div', { class: 'when' }, h('span', { class: 'number' }, `#${record.number}`), time(record.at)),
      h('div', {}, badge(record.type, KIND[record.type]), record.factor && h('span', { class: 'factor' }, words(record.factor))),
      h('div', { class: 'what' },
        h('div', {}, record.subject ? h('strong', {}, record.subject) : !by && h('span', { class: 'quiet' }, 'nobody named'), by && [record.subject ? ' by ' : 'by ', h('strong', {}, by)], ' ', h('span', { class: 'quiet' }, `from ${record.source}`)),
        main.length > 0 && h('div', { class: 'cause' }, main.flatMap((part, i) => (i ? [' · ', part] : [part]))),
        Object.keys(facts).length > 0 && h('details', {}, h('summary', {}, 'Details'), h('dl', {}, Object.entries(facts).map(([name, value]) => [h('dt', {}, words(name)), h('dd', {}, value)])))));
  }

  async function search(after) {
    const answer = await get('/audit', { ...query(), after, limit: 100 });
    const nodes = answer.entries.map((record) => row(record));
    if (after) rows.append(...nodes);
    else show(rows, nodes.length ? nodes : h('li', { class: 'empty' }, 'No record fits.'));
    show(more, answer.next && h('button', { type: 'button', onclick: (event) => busy(event.currentTarget, () => search(answer.next)) }, 'Show older records'));
  }

  function stop() {
    stream?.close();
    stream = undefined;
    live.checked = false;
    state.textContent = '';
  }

  function start() {
    stop();
    live.checked = true;
    state.textContent = 'Connecting…';
    stream = new EventSource(address('/audit/live', { type: type.value, subject: subject.value.trim() }));
    stream.onopen = () => { state.textContent = 'Live'; };
    stream.onerror = () => {
      state.textContent = 'The connection is lost; trying again…';
      if (stream?.readyState === EventSource.CLOSED) {
        stop();
        say('The live view was refused. Too many may be open, or you may no longer see it.', true);
      }
    };
    stream.addEventListener('ended', () => {
      stop();
      say('The live view has ended: you may no longer see it.', true);
    });
    stream.addEventListener('record', (event) => {
      const record = JSON.parse(event.data);
      if ((factor.value && record.factor !== factor.value) || (source.value.trim() && !record.source.includes(source.value.trim()))) return;
      if (rows.querySelector(`[data-number="${Number(record.number)}"]`)) return;
      rows.querySelector('.empty')?.remove();
      rows.prepend(row(record, true));
      while (rows.children.length > MOST_SHOWN) rows.lastElementChild.remove();
    });
  }

  live.addEventListener('change', () => (live.checked ? start() : stop()));
  addEventListener('pagehide', stop);

  const find = h('button', { class: 'primary' }, 'Search');
  const form = h('form', { class: 'filter', role: 'search', onsubmit: (event) => {
    event.preventDefault();
    busy(find, async () => {
      await search();
      if (stream) start();
    });
  } }, field('User', subject), field('Type', type), field('Factor', factor), field('Source contains', source), field('From', from), field('Until', to), h('div', { class: 'field end' }, find));

  if (actor.isAdmin) acts(h('a', { class: 'button', href: address('/audit/export'), download: 'audit.jsonl' }, 'Export the whole trail'));
  await search();
  return [form, h('div', { class: 'live' }, h('label', { class: 'check' }, live, 'Show new records as they are written'), state), rows, more];
});
