import { get, post, address } from './api.js';
import { h, show, badge, time, words, span, busy, say, table, plural, field } from './dom.js';
import { page } from './shell.js';

page('Alerts', 'What somebody on duty should know.', async () => {
  const state = h('select', {}, [['', 'All'], ['waiting', 'Open'], ['done', 'Finished'], ['dead', 'Nobody was reached']].map(([value, label]) => h('option', { value }, label)));
  const held = h('input', { type: 'checkbox' });
  const list = h('div', { class: 'alerts' });
  const more = h('div', { class: 'more' });

  const delivery = (target) => h('li', {}, badge(target.status, target.status === 'SENT' ? 'good' : target.status === 'FAILED' ? 'bad' : ''), ` ${target.name}`, target.level > 1 ? `, level ${target.level}` : '', target.tries > 1 ? `, ${plural(target.tries, 'try').replace('trys', 'tries')}` : '');

  function picture(alert) {
    const place = h('div', { class: 'picture' });
    const button = h('button', { type: 'button', onclick: () => {
      const image = h('img', { src: address(`/alerts/${alert.id}/snapshot`), alt: 'What the camera saw', width: '480', height: '640' });
      image.addEventListener('error', () => show(place, h('p', { class: 'quiet' }, 'No picture is kept of this alert.')));
      show(place, image);
    } }, 'Show the picture');
    place.append(button, h('p', { class: 'hint' }, 'Who looks at it is in the audit trail.'));
    return place;
  }

  function card(alert) {
    const acknowledged = h('p', { class: 'quiet' });
    const place = h('div', { class: 'acts' });
    const mark = (by, at) => {
      show(acknowledged, 'Acknowledged by ', h('strong', {}, by), at ? [', ', time(at)] : '');
      show(place);
    };
    if (alert.acknowledgedBy) mark(alert.acknowledgedBy, alert.acknowledgedAt);
    else if (!alert.held) {
      place.append(h('button', { type: 'button', class: 'primary', 'aria-label': `Acknowledge: ${words(alert.cause ?? 'alert')}, ${alert.subject ?? 'nobody named'}`, onclick: (event) => busy(event.currentTarget, async () => {
        const answer = await post(`/alerts/${alert.id}/acknowledge`);
        say(answer.already ? 'Somebody was faster.' : 'Acknowledged: nobody further is told.');
        await load();
      }) }, 'Acknowledge'));
    }
    return h('article', { class: `card alert ${alert.severity}`, 'data-alert': alert.id },
      h('header', {}, badge(alert.severity, alert.severity === 'critical' ? 'bad' : alert.severity === 'warning' ? 'warn' : ''), h('h2', {}, alert.readable ? words(alert.cause) : 'Cannot be read any more'), alert.count > 1 && h('span', { class: 'badge' }, `${alert.count} times`)),
      h('dl', {}, [['When', time(alert.at)], ['User', alert.subject], ['Factor', alert.factor && words(alert.factor)], ['Source', alert.source], ...Object.entries(alert.details).map(([name, value]) => [words(name), value])]
        .filter(([, value]) => value).map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
      alert.held && h('p', { class: 'quiet' }, 'Written down only: too many came at once, and a summary was sent.'),
      alert.targets.length > 0 && h('ul', { class: 'targets', 'aria-label': 'Who was told' }, alert.targets.map(delivery)),
      alert.mayHavePicture && picture(alert), acknowledged, place);
  }

  async function load(after) {
    const answer = await get('/alerts', { state: state.value, held: held.checked || undefined, after, limit: 30 });
    const cards = answer.alerts.map(card);
    if (after) list.append(...cards);
    else show(list, cards.length ? cards : h('p', { class: 'empty' }, 'There is no alert.'));
    show(more, answer.next && h('button', { type: 'button', onclick: (event) => busy(event.currentTarget, () => load(answer.next)) }, 'Show older alerts'));
  }

  [state, held].forEach((control) => control.addEventListener('change', () => load().catch((fault) => say(fault.message, true))));
  await load();
  const [settings, { templates }] = await Promise.all([get('/settings'), get('/alerts/templates')]);
  return [h('div', { class: 'filter' }, field('Show', state), h('label', { class: 'check' }, held, 'also what a storm only wrote down'), h('div', { class: 'field end' }, h('button', { type: 'button', onclick: (event) => busy(event.currentTarget, () => load()) }, 'Look again'))), list, more,
    rules(settings.alerts), words5(templates)];

  function rules(told) {
    return h('section', { class: 'card' }, h('h2', {}, 'Rules'),
      h('p', { class: 'quiet' }, `Repetitions of one alert within ${span(told.foldWithinSeconds)} are one. After ${told.stormCap} alerts of one cause in ${span(told.stormWithinSeconds)}, a summary follows. Each target is tried ${told.tries} times. Alerts are kept for ${span(told.keepFinishedSeconds)}${told.snapshotCauses.length ? `, pictures for ${span(told.snapshotRetentionSeconds)}` : '; pictures are not kept'}.`),
      table('Rules', [['Cause', (rule) => words(rule.cause)], ['Severity', (rule) => badge(rule.severity, rule.severity === 'critical' ? 'bad' : 'warn')], ['Picture', (rule) => (told.snapshotCauses.includes(rule.cause) ? 'kept' : '–')]], told.rules, 'No rule.'),
      h('h3', {}, 'Repetitions'),
      h('ul', {}, told.repetitions.map((rule) => h('li', {}, `${rule.times} × ${words(rule.counted)} of one ${rule.per} within ${span(rule.withinSeconds)}: `, badge(rule.severity, 'warn')))),
      h('h3', {}, 'Who is told'),
      h('ul', {}, Object.entries(told.escalations).map(([severity, levels]) => h('li', {}, badge(severity), ' ', levels.map((level, i) => (i ? `, after ${span(level.afterSeconds)} ` : '') + (level.targets.join(', ') || 'nobody')).join('')))));
  }

  function words5(all) {
    return h('section', { class: 'card' }, h('h2', {}, 'What a mail says'), all.map((one) => h('details', {}, h('summary', {}, new Intl.DisplayNames([one.language], { type: 'language' }).of(one.language)),
      h('div', { lang: one.language }, h('p', {}, h('strong', {}, one.subject)), h('pre', {}, one.text)))));
  }
});
