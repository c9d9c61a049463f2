// One user: everything that may be done with an account.
import { get, post, put, remove, upload, address } from './api.js';
import { h, show, badge, day, time, words, plural, dialog, confirm, field, busy, say } from './dom.js';

const factors = { password: 'Password', pin: 'PIN', face: 'Face', totp: 'Authenticator app', hotp: 'Key fob', 'email-code': 'Code by e-mail', 'sms-code': 'Code by SMS', 'recovery-code': 'Recovery codes' };
const GUIDANCE = { 'no-face': 'No face was found.', 'several-faces': 'There is more than one face.', 'too-far': 'The face is too small.', 'too-close': 'The face is too large.',
  'off-centre': 'The face is cut off or at the edge.', turned: 'The head is turned.', tilted: 'The head leans to a side.', 'too-dark': 'The picture is too dark.', 'too-bright': 'The picture is too bright.',
  'uneven-light': 'Light comes from one side only.', blurred: 'The picture is blurred.', 'eyes-hidden': 'The eyes cannot be seen.', 'mouth-covered': 'The mouth cannot be seen.', 'unreadable-picture': 'The file is no picture that can be read.' };
const REASONS = { 'duplicate-person': 'This face is enrolled for somebody else already.', 'different-person': 'This face does not match the other photographs of this user.', 'too-many-references': 'There are as many faces as are allowed. Remove one first.', 'not-allowed': 'This is not allowed; the audit trail says why.' };

/** A fault in words that help. */
export function told(fault) {
  if (fault.code === 'not-acquired') return GUIDANCE[fault.problem.guidance] ?? words(fault.problem.guidance);
  if (fault.code === 'face-refused') return REASONS[fault.problem.reason] ?? words(fault.problem.reason);
  if (fault.code === 'password-refused') return `This password is not accepted: ${words(fault.problem.verdict)}.`;
  return fault.message;
}

export async function addPhotograph(ref, file, consent) {
  try {
    return await upload(`/subjects/${ref}/faces`, file, { consent });
  } catch (fault) {
    throw new Error(told(fault));
  }
}

export function openUser(ref, actor, changed) {
  const body = h('div', { class: 'user' }, h('p', {}, 'Loading…'));
  const box = dialog('User', () => body, 'drawer');

  async function load() {
    try {
      show(body, build(await get(`/subjects/${ref}`)));
    } catch (fault) {
      show(body, h('p', { class: 'error', role: 'alert' }, fault.message));
    }
  }

  async function change(work, done) {
    await work();
    if (done) say(done);
    await load();
    changed();
  }

  const button = (label, work, kind = '') => h('button', { type: 'button', class: kind, onclick: (event) => busy(event.currentTarget, work) }, label);

  function build({ subject, factors: held, faces, trustedDevices }) {
    box.querySelector('h2').textContent = subject.id;
    return [
      h('p', { class: 'facts' }, subject.suspended ? badge('suspended', 'bad') : badge('active', 'good'), ' known since ', day(subject.createdAt), trustedDevices ? `, ${plural(trustedDevices, 'trusted device')}` : ''),
      section('Roles', roles(subject)),
      section('Factors', h('ul', { class: 'chips' }, held.length ? held.map((id) => h('li', {}, factors[id] ?? id)) : h('li', { class: 'quiet' }, 'none yet')),
        actor.isAdmin && secrets(), button('Let this user try again at once', () => change(() => post(`/subjects/${ref}/unlock`, {}), 'All factors are unlocked.'))),
      section('Faces', faces.length ? h('ul', { class: 'faces' }, faces.map((face) => h('li', {},
        h('div', {}, h('strong', {}, words(face.kind)), ' ', time(face.createdAt), h('p', { class: 'hint' }, `Consent: ${face.consent}. Model: ${face.model}.`, face.expiresAt ? [' Expires ', day(face.expiresAt)] : '')),
        actor.isAdmin && button('Remove', async () => {
          if (await confirm('Remove this face?', `${subject.id} cannot log in with it any more.`, 'Remove', { danger: true })) await change(() => remove(`/subjects/${ref}/faces/${face.id}`), 'The face is removed.');
        }, 'small danger')))) : h('p', { class: 'quiet' }, 'No face is enrolled.'), actor.isAdmin && photograph()),
      section('Account', h('div', { class: 'acts wrap' },
        subject.suspended
          ? button('Reactivate', () => change(() => post(`/subjects/${ref}/reactivate`), `${subject.id} may log in again.`))
          : button('Suspend', async () => {
            if (await confirm(`Suspend ${subject.id}?`, 'All logins are denied from now on, as if this user were unknown. Nothing is erased.', 'Suspend')) await change(() => post(`/subjects/${ref}/suspend`), `${subject.id} is suspended.`);
          }),
        actor.isAdmin && h('a', { class: 'button', href: address(`/subjects/${ref}/export`), download: 'subject.json' }, 'Export the data'),
        h('a', { class: 'button', href: `/admin/audit.html?subject=${encodeURIComponent(subject.id)}` }, 'Audit trail'),
        actor.isAdmin && button('Erase', async () => {
          if (await confirm(`Erase ${subject.id}?`, 'The account, its faces, secrets and pictures are erased for good. The audit trail keeps what it holds until its retention ends.', 'Erase', { danger: true, typed: subject.id })) {
            await remove(`/subjects/${ref}`);
            say(`${subject.id} is erased.`);
            box.close();
            changed();
          }
        }, 'danger'))),
    ];
  }

  const section = (title, ...nodes) => h('section', {}, h('h3', {}, title), ...nodes.filter(Boolean));

  function roles(subject) {
    return h('fieldset', { class: 'plain', disabled: !actor.isAdmin }, h('legend', { class: 'away-text' }, 'Roles'),
      [['ADMIN', 'Administrator', 'may do everything'], ['OPERATOR', 'Operator', 'sees users, audit and alerts; suspends, reactivates, unlocks'], ['USER', 'User', 'only the own account']].map(([name, label, hint]) => {
        const check = h('input', { type: 'checkbox', checked: subject.roles.includes(name), value: name });
        check.addEventListener('change', async () => {
          check.disabled = true;
          try {
            await change(() => (check.checked ? put(`/subjects/${ref}/roles/${name}`) : remove(`/subjects/${ref}/roles/${name}`)), 'The roles are changed.');
          } catch (fault) {
            check.checked = !check.checked;
            check.disabled = false;
            say(fault.message, true);
          }
        });
        return h('label', { class: 'check' }, check, h('span', {}, h('strong', {}, label), ` – ${hint}`));
      }));
  }

  function secrets() {
    const password = h('input', { type: 'password', autocomplete: 'new-password', maxlength: '256' });
    const email = h('input', { type: 'email', autocomplete: 'off', maxlength: '254' });
    const phone = h('input', { type: 'tel', autocomplete: 'off', maxlength: '32' });
    const set = (control, work, done) => button('Set', async () => {
      if (!control.value) return control.focus();
      try {
        await change(work, done);
        control.value = '';
      } catch (fault) {
        throw new Error(told(fault));
      }
      return undefined;
    }, 'small');
    return h('details', {}, h('summary', {}, 'Set a password or an address for codes'),
      h('div', { class: 'beside' }, field('New password', password), set(password, () => put(`/subjects/${ref}/password`, { password: password.value }), 'The password is set.')),
      h('div', { class: 'beside' }, field('E-mail address', email), set(email, () => put(`/subjects/${ref}/email`, { address: email.value }), 'The address is set.')),
      h('div', { class: 'beside' }, field('Telephone number', phone, 'With the country, for example +49 151 …'), set(phone, () => put(`/subjects/${ref}/phone`, { address: phone.value }), 'The number is set.')));
  }

  function photograph() {
    const file = h('input', { type: 'file', accept: 'image/jpeg,image/png' });
    const consent = h('input', { type: 'text', maxlength: '128', value: 'photograph-consent-1' });
    return h('details', {}, h('summary', {}, 'Add a photograph'),
      field('Photograph', file, 'JPEG or PNG, of this person alone, from the front. Only numbers computed from it are kept.'),
      field('Consent document', consent, 'The text to which this person agreed, with its version.'),
      button('Add the photograph', async () => {
        if (!file.files[0]) return file.focus();
        await change(() => addPhotograph(ref, file.files[0], consent.value), 'The face is enrolled.');
        return undefined;
      }));
  }

  load();
}
