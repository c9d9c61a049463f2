import { get, upload } from './api.js';
import { h, show, dialog, field, busy, plural, badge, table } from './dom.js';

const FAULTS = { 'unreadable-archive': 'The file is no archive that can be read.', 'no-heading': 'The table needs a heading with a column “username”.', 'unsafe-name': 'The archive holds a name that leads out of its folder.',
  'double-name': 'The archive holds two files of one name.', 'several-tables': 'The archive holds several tables at its top.', 'too-large-unpacked': 'The archive is too large when it is unpacked.', 'too-large-entry': 'The archive holds a file that is too large.',
  'too-many-entries': 'The archive holds too many files.', store: 'A store did not answer. Send the same file again: it goes on.', stopped: 'The application was stopped. Send the same file again: it goes on.' };

/** Imports many users; `done` is called when something may have changed. */
export function importPeople(done) {
  dialog('Import users', (close, box) => {
    const file = h('input', { type: 'file', accept: '.csv,.zip,text/csv,application/zip', required: true });
    const consent = h('input', { type: 'text', required: true, maxlength: '128', value: 'photograph-consent-1' });
    const agreed = h('input', { type: 'checkbox', required: true });
    const begin = h('button', { class: 'primary' }, 'Import');
    const place = h('div', {});
    let open = true;
    box.addEventListener('close', () => { open = false; done(); });

    async function start() {
      const chosen = file.files[0];
      const type = chosen.name.toLowerCase().endsWith('.zip') ? 'application/zip' : 'text/csv';
      follow((await upload('/import', chosen, { consent: consent.value }, type)).id);
      form.hidden = true;
    }

    async function follow(id) {
      while (open) {
        let job;
        try {
          job = await get(`/import/${id}`);
        } catch (fault) {
          show(place, h('p', { class: 'error', role: 'alert' }, fault.message));
          return;
        }
        progress(job);
        if (job.state !== 'running') {
          done();
          return;
        }
        await new Promise((resolve) => { setTimeout(resolve, 700); });
      }
    }

    const bar = h('progress', { max: '1', 'aria-label': 'Progress of the import' });
    const count = h('p', { role: 'status' });
    const rest = h('div', {});

    function progress(job) {
      const taken = job.imported + job.skipped + job.refused;
      if (!bar.isConnected) show(place, bar, count, rest);
      bar.max = Math.max(1, job.total);
      if (job.state === 'running' && !job.total) bar.removeAttribute('value');
      else bar.value = job.state === 'done' ? bar.max : taken;
      count.textContent = `${taken.toLocaleString()} of ${plural(job.total, 'person').replace('persons', 'people')}: ${job.imported.toLocaleString()} imported, ${job.skipped.toLocaleString()} skipped, ${job.refused.toLocaleString()} refused.`;
      show(rest,
        job.state === 'done' && h('p', { class: 'notice' }, 'The import is complete.'),
        job.state === 'failed' && h('p', { class: 'error', role: 'alert' }, FAULTS[job.fault] ?? 'The import ended early. Send the same file again: it goes on.'),
        job.lines.length > 0 && h('details', { open: job.state !== 'running' }, h('summary', {}, `Remarks (${job.lines.length})`),
          table('Remarks', [['Where', (line) => line.place], ['Result', (line) => badge(line.result, line.result === 'refused' ? 'bad' : '')], ['Why', (line) => line.remarks.join(', ')]], job.lines, '')));
    }

    const form = h('form', { onsubmit: (event) => { event.preventDefault(); busy(begin, start); } },
      h('p', {}, 'A table of users (CSV with the columns username, email, password_hash, image), or a ZIP archive: with a table and its photographs, or with a folder of photographs for each person.'),
      field('File', file), field('Consent document', consent, 'The text to which all of these people agreed, with its version.'),
      h('label', { class: 'check' }, agreed, 'Everybody in this file agreed that their face is processed.'),
      h('p', { class: 'hint' }, 'Encodings of other software cannot be used. Who is known already is skipped; nobody gets a role but “user”.'),
      h('div', { class: 'acts' }, h('button', { type: 'button', onclick: close }, 'Cancel'), begin));
    return h('div', {}, form, place);
  });
}
