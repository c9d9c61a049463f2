import { post, put } from './api.js';
import { h, dialog, field, busy, say } from './dom.js';
import { addPhotograph, told } from './user.js';

/** A form for a new user; `done` gets the new user's path. */
export function addUser(done) {
  dialog('Add a user', (close) => {
    const name = h('input', { type: 'text', required: true, maxlength: '128', autocomplete: 'off', spellcheck: 'false' });
    const email = h('input', { type: 'email', maxlength: '254', autocomplete: 'off' });
    const password = h('input', { type: 'password', maxlength: '256', autocomplete: 'new-password' });
    const file = h('input', { type: 'file', accept: 'image/jpeg,image/png' });
    const consent = h('input', { type: 'text', maxlength: '128', value: 'photograph-consent-1' });
    const roles = [['USER', 'User', true], ['OPERATOR', 'Operator', false], ['ADMIN', 'Administrator', false]]
      .map(([value, label, checked]) => [h('input', { type: 'checkbox', value, checked }), label]);
    const faults = h('div', { role: 'alert' });
    const add = h('button', { class: 'primary' }, 'Add');

    async function submit() {
      faults.replaceChildren();
      let made;
      try {
        made = (await post('/subjects', { subject: name.value, roles: roles.filter(([box]) => box.checked).map(([box]) => box.value) })).subject;
      } catch (fault) {
        const text = fault.problem?.member === 'subject' ? 'This cannot be a name: no spaces at the ends, no control characters, at most 128 characters.' : fault.message;
        faults.replaceChildren(h('p', { class: 'error' }, text));
        name.focus();
        return;
      }
      const missed = [];
      const attempt = async (what, work) => {
        try {
          await work();
        } catch (fault) {
          missed.push(`${what}: ${told(fault)}`);
        }
      };
      if (email.value) await attempt('E-mail address', () => put(`/subjects/${made.ref}/email`, { address: email.value }));
      if (password.value) await attempt('Password', () => put(`/subjects/${made.ref}/password`, { password: password.value }));
      if (file.files[0]) await attempt('Photograph', () => addPhotograph(made.ref, file.files[0], consent.value));
      close();
      say(missed.length ? `${made.id} is added, but something is missing. ${missed.join(' ')}` : `${made.id} is added.`, missed.length > 0);
      done(made.ref);
    }

    return h('form', { onsubmit: (event) => { event.preventDefault(); busy(add, submit); } }, faults,
      field('User name', name), field('E-mail address', email, 'Codes are sent there. May be left empty.'),
      field('First password', password, 'May be left empty; then the user needs another way in.'),
      field('Photograph', file, 'JPEG or PNG, of this person alone, from the front. May be left empty.'),
      field('Consent document', consent, 'The text to which the person agreed before the photograph is used.'),
      h('fieldset', {}, h('legend', {}, 'Roles'), roles.map(([box, label]) => h('label', { class: 'check' }, box, label))),
      h('div', { class: 'acts' }, h('button', { type: 'button', onclick: close }, 'Cancel'), add));
  });
}
