import { get } from './api.js';
import { h, badge, words, span, table } from './dom.js';
import { page } from './shell.js';

const list = (pairs) => h('dl', { class: 'settings' }, pairs.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
const size = (bytes) => (bytes >= 1 << 20 ? `${(bytes / (1 << 20)).toLocaleString()} MB` : `${(bytes / 1024).toLocaleString()} kB`);
const CONDITION = { always: 'always', 'when-risk': 'if a risk rule asks for more', 'unless-trusted-device': 'unless the device is trusted' };
const LIVENESS = { none: 'not judged', passive: 'single pictures are judged', active: 'a random challenge', 'active-strict': 'a random challenge, judged strictly' };

page('Settings', 'What properties and code set; to be changed there.', async () => {
  const told = await get('/settings');
  const limit = (name, rule) => [name, `${rule.free} wrong answers are free, then waits from ${span(rule.firstDelaySeconds)} to ${span(rule.longestDelaySeconds)}; after ${rule.hardCap} an administrator unlocks`];
  return [
    told.policies.map((policy, i) => h('section', { class: 'card' }, h('h2', {}, `Policy “${policy.name}”`, i === 0 && ' (of logins with a name)'),
      h('ol', { class: 'steps' }, policy.steps.map((step) => h('li', {}, step.anyOf.map((factor) => badge(factor)).flatMap((node, n) => (n ? [' or ', node] : [node])), h('span', { class: 'quiet' }, ` ${CONDITION[step.condition] ?? words(step.condition)}${step.validForSeconds ? `; counts for ${span(step.validForSeconds)}` : ''}`)))),
      list([['False match rate', `1 in ${policy.falseMatchOneIn.toLocaleString()}`], ['Liveness', LIVENESS[policy.liveness] ?? words(policy.liveness)], ['Tries of a step', String(policy.triesPerStep)], ['Captures of a step', String(policy.acquisitionsPerStep)],
        ['A login ends after', span(policy.lifetimeSeconds)], ['Authenticator codes', policy.totpSkew ? `up to ${policy.totpSkew} step${policy.totpSkew > 1 ? 's' : ''} old or new` : 'of this moment only'], ['Several faces', words(policy.severalFaces)]]))),
    told.lockout && h('section', { class: 'card' }, h('h2', {}, 'Attempts'), list([limit('Passwords and PINs', told.lockout.knowledge), limit('Codes', told.lockout.possession), limit('Faces', told.lockout.inherence), ['One source', `${told.lockout.sourceFailures} wrong answers in ${span(told.lockout.sourceWindowSeconds)}`]])),
    h('section', { class: 'card' }, h('h2', {}, 'Limits of requests'), list([['A request', size(told.limits.maxRequestBytes)], ['A frame of the camera', `${size(told.limits.maxFrameBytes)}, at most ${told.limits.maxFrames} of them`], ['A photograph', size(told.limits.maxPictureBytes)], ['A file of people', size(told.limits.maxImportBytes)],
      ['From one source in a minute', `${told.limits.beginPerMinute} logins, ${told.limits.advancePerMinute} answers, ${told.limits.guidancePerMinute} frames for advice, ${told.limits.changePerMinute} changes of own factors`], ['Registration', told.registration ? 'open to everybody' : 'closed'], ['Changes of own factors', `need a factor shown within ${span(told.freshForSeconds)}`]])),
    h('section', { class: 'card' }, h('h2', {}, 'Models and licences'), table('Models', [['Model', (one) => h('strong', { class: 'nowrap' }, one.id)], ['Version', (one) => one.version], ['Licence', (one) => [one.licence, h('p', { class: 'hint' }, one.holder)]], ['To know', (one) => one.caveat || '–'], ['SHA-256', (one) => h('code', { title: one.sha256 }, one.sha256.slice(0, 12) || '–')]], told.models, 'No policy asks for a face, so no model is loaded.')),
  ];
});
