import { get, post, remove, upload } from './api.js';
import { h, show, badge, time, table, dialog, confirm, field, busy, say } from './dom.js';
import { page, acts } from './shell.js';
import { told } from './user.js';

page('Watch-list', 'People who must not get in. Whoever is on the list is led through a login like anybody whose answers are wrong; the audit trail and alerts tell the truth.', async (actor) => {
  const list = h('div', {});

  async function load() {
    const { entries } = await get('/watch-list');
    show(list, table('Watch-list', [
      ['Who', (one) => (one.subject ? h('strong', {}, one.subject) : ['a face ', h('span', { class: 'hint' }, one.id.slice(-6))])],
      ['Kind', (one) => badge(one.kind)],
      ['Reason', (one) => one.reason],
      ['Added by', (one) => one.addedBy],
      ['Since', (one) => time(one.createdAt)],
      ['Until', (one) => (one.expiresAt ? time(one.expiresAt) : 'removed')],
      ...(actor.isAdmin ? [['Change', (one) => h('button', { type: 'button', class: 'small danger', 'aria-label': `Remove ${one.subject ?? 'the face'} from the list`, onclick: (event) => busy(event.currentTarget, async () => {
        if (await confirm('Remove this entry?', `${one.subject ?? 'Whoever has this face'} may get in again.`, 'Remove', { danger: true })) {
          await remove(`/watch-list/${one.id}`);
          say('The entry is removed.');
          await load();
        }
      }) }, 'Remove')]] : []),
    ], entries, 'Nobody is on the list.'));
  }

  function add() {
    dialog('Add to the watch-list', (close) => {
      const kind = ['name', 'face'].map((value) => h('input', { type: 'radio', name: 'kind', value, checked: value === 'name' }));
      const name = h('input', { type: 'text', maxlength: '128', required: true, autocomplete: 'off' });
      const file = h('input', { type: 'file', accept: 'image/jpeg,image/png' });
      const reason = h('input', { type: 'text', maxlength: '256', required: true });
      const until = h('input', { type: 'date', min: new Date(Date.now() + 864e5).toISOString().slice(0, 10) });
      const nameField = field('User name', name, 'Need not be known.');
      const fileField = field('Picture', file, 'Shows this person alone. Only numbers computed from it are kept.');
      fileField.hidden = true;
      const faults = h('div', { role: 'alert' });
      const ok = h('button', { class: 'primary' }, 'Add');
      kind.forEach((radio) => radio.addEventListener('change', () => {
        const face = kind[1].checked;
        nameField.hidden = face;
        fileField.hidden = !face;
        name.required = !face;
        file.required = face;
      }));
      async function submit() {
        faults.replaceChildren();
        const expiresAt = until.value ? new Date(`${until.value}T00:00:00`).toISOString() : undefined;
        try {
          if (kind[1].checked) await upload('/watch-list/faces', file.files[0], { reason: reason.value, expiresAt });
          else await post('/watch-list', { subject: name.value, reason: reason.value, expiresAt });
        } catch (fault) {
          faults.replaceChildren(h('p', { class: 'error' }, told(fault)));
          return;
        }
        close();
        say('The list is longer by one entry.');
        await load();
      }
      return h('form', { onsubmit: (event) => { event.preventDefault(); busy(ok, submit); } }, faults,
        h('fieldset', {}, h('legend', {}, 'Watch for'), h('label', { class: 'check' }, kind[0], 'a name'), h('label', { class: 'check' }, kind[1], 'a face')),
        nameField, fileField, field('Reason', reason), field('Until', until, 'Empty: until it is removed.'),
        h('div', { class: 'acts' }, h('button', { type: 'button', onclick: close }, 'Cancel'), ok));
    });
  }

  if (actor.isAdmin) acts(h('button', { type: 'button', class: 'primary', id: 'add', onclick: add }, 'Add an entry'));
  await load();
  return list;
});
