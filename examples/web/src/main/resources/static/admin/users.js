import { get } from './api.js';
import { h, show, badge, day, table, field, busy } from './dom.js';
import { page, acts } from './shell.js';
import { openUser } from './user.js';
import { addUser } from './add-user.js';
import { importPeople } from './import.js';

page('Users', 'Who can log in, what they may do, and with what.', async (actor) => {
  const list = h('div', { id: 'list' });
  const more = h('div', { class: 'more' });
  const text = h('input', { type: 'search', maxlength: '128', placeholder: 'Part of a name', autocomplete: 'off' });
  const role = h('select', {}, [['', 'Every role'], ['ADMIN', 'Administrators'], ['OPERATOR', 'Operators'], ['USER', 'Users']]
    .map(([value, name]) => h('option', { value }, name)));
  let subjects = [];

  async function load(after) {
    const query = text.value.trim();
    const asked = role.value;
    const answer = await get('/subjects', { query, role: asked, after, limit: 50 });
    if (query !== text.value.trim() || asked !== role.value) return;
    subjects = after ? [...subjects, ...answer.subjects] : answer.subjects;
    show(list, table('Users', [
      ['Name', (one) => h('button', { type: 'button', class: 'link name', 'data-subject': one.id, onclick: () => open(one.ref) }, one.id)],
      ['Roles', (one) => one.roles.map((name) => badge(name, name === 'ADMIN' ? 'strong' : ''))],
      ['State', (one) => (one.suspended ? badge('suspended', 'bad') : badge('active', 'good'))],
      ['Known since', (one) => day(one.createdAt)],
    ], subjects, query || asked ? 'Nobody fits this search.' : 'Nobody is known yet.'));
    show(more, answer.next && h('button', { type: 'button', onclick: (event) => busy(event.currentTarget, () => load(answer.next)) }, 'Show more'));
  }

  const reload = () => load().catch((fault) => show(list, h('p', { class: 'error', role: 'alert' }, fault.message)));
  const open = (ref) => openUser(ref, actor, reload);

  let waiting;
  text.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(reload, 250);
  });
  role.addEventListener('change', reload);
  if (actor.isAdmin) {
    acts(
      h('button', { type: 'button', id: 'import', onclick: () => importPeople(reload) }, 'Import'),
      h('button', { type: 'button', class: 'primary', id: 'add', onclick: () => addUser((ref) => { reload(); open(ref); }) }, 'Add a user'));
  }
  await reload();
  return [
    h('form', { class: 'filter', role: 'search', onsubmit: (event) => { event.preventDefault(); reload(); } }, field('Search', text), field('Role', role)),
    list, more,
  ];
});
