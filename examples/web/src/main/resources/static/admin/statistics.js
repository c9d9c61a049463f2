import { get } from './api.js';
import { h, show, words, field, say } from './dom.js';
import { page } from './shell.js';
import { stacked, outlines, ranked, WIDE } from './plot.js';

const RANGES = [['24', 'The last day', 24, 4], ['168', 'The last week', 28, 4], ['720', 'The last 30 days', 30, 5]];
const SERIES = [['granted', 'good'], ['denied', 'bad'], ['locked', 'warn'], ['cancelled', 'quiet']];
const ms = (value) => (value < 1000 ? `${value} ms` : `${(value / 1000).toLocaleString(undefined, { maximumFractionDigits: 1 })} s`);

page('Statistics', 'Numbers of logins, of nobody in particular.', async () => {
  const range = h('select', {}, RANGES.map(([value, label]) => h('option', { value }, label)));
  const place = h('div', { class: 'plots' });

  async function load() {
    const [hours, , slots, every] = RANGES.find(([value]) => value === range.value);
    const { logins, answers } = await get('/statistics', { hours, slots });
    const label = new Intl.DateTimeFormat(undefined, hours === '24' ? { hour: '2-digit', minute: '2-digit' } : { month: 'short', day: 'numeric', ...(hours === '168' ? { hour: '2-digit' } : {}) });
    const short = new Intl.DateTimeFormat(undefined, hours === '24' ? { hour: '2-digit', minute: '2-digit' } : { month: 'short', day: 'numeric' });
    const sum = (name) => logins.slots.reduce((all, slot) => all + slot[name], 0);
    const ended = sum('granted') + sum('denied') + sum('locked');
    const tile = (name, value, hint) => h('div', { class: 'card tile' }, h('p', { class: 'figure' }, value), h('p', {}, name), hint && h('p', { class: 'hint' }, hint));
    show(place,
      !logins.complete && h('p', { class: 'error' }, 'The trail is too long to be read whole: only its newest part is counted.'),
      h('div', { class: 'tiles' },
        tile('logins begun', sum('begun').toLocaleString()),
        tile('let in', ended ? `${Math.round((100 * sum('granted')) / ended)} %` : '–', `${sum('granted').toLocaleString()} of ${ended.toLocaleString()} that ended`),
        tile('denied or locked', (sum('denied') + sum('locked')).toLocaleString()),
        tile('to log in, median', logins.timeToLogin ? ms(logins.timeToLogin.medianMillis) : '–', logins.timeToLogin && `95 of 100 within ${ms(logins.timeToLogin.p95Millis)}`)),
      stacked('Attempts', SERIES, logins.slots.map((slot) => ({ label: label.format(new Date(slot.from)), short: short.format(new Date(slot.from)), values: SERIES.map(([name]) => slot[name]) })), every, WIDE),
      ranked('Denials by reason', Object.entries(logins.denials).map(([reason, count]) => [words(reason), count, 'bad']), 'Nobody was denied.'),
      ranked('Answers that were not accepted', Object.entries(logins.refusals).flatMap(([factor, causes]) => Object.entries(causes).map(([cause, count]) => [`${words(factor)}: ${words(cause)}`, count, 'warn'])), 'Every answer was accepted.'),
      logins.scores
        ? outlines('Comparison scores of faces', [['matched', 'good'], ['refused', 'bad']], logins.scores.matched.map((_, i) => (i / logins.scores.matched.length).toFixed(2)), [logins.scores.matched, logins.scores.refused])
        : h('figure', { class: 'card' }, h('figcaption', {}, 'Comparison scores of faces'), h('p', { class: 'empty' }, 'Too few comparisons: fewer than 20 could tell whose they were.')),
      latency(answers.filter((one) => one.count > 0)));
  }

  function latency(answers) {
    if (!answers.length) return h('figure', { class: 'card' }, h('figcaption', {}, 'Time to answer'), h('p', { class: 'empty' }, 'This node has answered no login since it started.'));
    return answers.map((one) => {
      const last = one.intervals.findLastIndex((interval) => interval.count > 0);
      const shown = one.intervals.slice(0, Math.max(6, last + 1));
      return stacked(`Time to answer ${one.endpoint}: half within ${ms(one.medianMillis)}, 95 of 100 within ${ms(one.p95Millis)}`, [['answers', 'two']],
        shown.map((interval) => ({ label: interval.upToMillis ? `up to ${ms(interval.upToMillis)}` : 'longer', short: interval.upToMillis ? ms(interval.upToMillis).replace(' ', '') : '…', values: [interval.count] })), shown.length > 8 ? 2 : 1);
    });
  }

  range.addEventListener('change', () => load().catch((fault) => say(fault.message, true)));
  await load();
  return [h('div', { class: 'filter' }, field('Time', range)), place];
});
