// Plots as inline SVG, drawn here. Colours come from the style sheet by class, so they follow light and dark.
import { h, svg, table } from './dom.js';

export const WIDE = 960;
const NARROW = 420;
const HIGH = 240;
const LEFT = 44;
const BOTTOM = 28;
const TOP = 12;
const LABEL = 200;

/** A round number at or above, so that an axis ends well. */
function ceiling(value) {
  if (value <= 4) return 4;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= value);
}

function frame(title, text, highest, wide) {
  const top = ceiling(highest);
  const y = (value) => TOP + (HIGH - TOP - BOTTOM) * (1 - value / top);
  const ticks = [0, top / 2, top];
  const picture = svg('svg', { viewBox: `0 0 ${wide} ${HIGH}`, role: 'img', 'aria-label': `${title}. ${text}`, class: wide === WIDE ? 'plot broad' : 'plot' },
    ticks.map((tick) => [svg('line', { class: tick ? 'grid' : 'axis', x1: LEFT, x2: wide, y1: y(tick), y2: y(tick) }), svg('text', { class: 'tick end', x: LEFT - 8, y: y(tick) + 4 }, tick.toLocaleString())]));
  return { picture, y, foot: HIGH - BOTTOM };
}

/** Bars stacked by series: rows are {label, values}, series are [name, class]. */
export function stacked(title, series, rows, every, wide = NARROW) {
  const sums = rows.map((row) => row.values.reduce((sum, value) => sum + value, 0));
  const total = sums.reduce((sum, value) => sum + value, 0);
  const { picture, y, foot } = frame(title, `${total.toLocaleString()} in all.`, Math.max(1, ...sums), wide);
  const step = (wide - LEFT) / rows.length;
  const width = Math.max(1, Math.min(36, step * 0.78));
  rows.forEach((row, i) => {
    const x = LEFT + i * step + (step - width) / 2;
    let below = 0;
    row.values.forEach((value, s) => {
      if (!value) return;
      picture.append(svg('rect', { class: `fill ${series[s][1]}`, x, width, y: y(below + value), height: y(below) - y(below + value) }, svg('title', {}, `${row.label}: ${value.toLocaleString()} ${series[s][0]}`)));
      below += value;
    });
    if (i % every === 0) picture.append(svg('text', { class: 'tick', x: x + width / 2, y: foot + 18 }, row.short ?? row.label));
  });
  return figure(title, picture, legend(series), table(title, [['When', (row) => row.label], ...series.map(([name], s) => [name, (row) => row.values[s].toLocaleString()])], rows, 'Nothing yet.'));
}

/** Two or more outlines over the same intervals. */
export function outlines(title, series, intervals, sums) {
  const highest = Math.max(1, ...sums.flat());
  const { picture, y, foot } = frame(title, `Of ${intervals.length} intervals.`, highest, NARROW);
  const step = (NARROW - LEFT) / intervals.length;
  series.forEach(([name, kind], s) => {
    let path = `M${LEFT},${y(0)}`;
    sums[s].forEach((value, i) => { path += `V${y(value)}H${LEFT + (i + 1) * step}`; });
    picture.append(svg('path', { class: `area ${kind}`, d: `${path}V${y(0)}Z` }, svg('title', {}, name)));
  });
  intervals.forEach((label, i) => {
    if (i % Math.ceil(intervals.length / 8) === 0) picture.append(svg('text', { class: 'tick', x: LEFT + (i + 0.5) * step, y: foot + 18 }, label));
  });
  const rows = intervals.map((label, i) => ({ label, values: sums.map((of) => of[i]) })).filter((row) => row.values.some(Boolean));
  return figure(title, picture, legend(series), table(title, [['Interval', (row) => row.label], ...series.map(([name], s) => [name, (row) => row.values[s].toLocaleString()])], rows, 'Nothing yet.'));
}

/** Bars to the right, the longest first: rows are [label, count, class]. */
export function ranked(title, rows, empty) {
  if (!rows.length) return h('figure', { class: 'card' }, h('figcaption', {}, title), h('p', { class: 'empty' }, empty));
  const sorted = [...rows].sort((one, other) => other[1] - one[1]);
  const most = sorted[0][1];
  const line = 34;
  const high = sorted.length * line;
  const picture = svg('svg', { viewBox: `0 0 ${NARROW} ${high}`, role: 'img', 'aria-label': `${title}: ${sorted.map(([label, count]) => `${label} ${count}`).join(', ')}.`, class: 'plot' });
  sorted.forEach(([label, count, kind], i) => {
    picture.append(
      svg('text', { class: 'tick start', x: 0, y: i * line + 21 }, label),
      svg('rect', { class: `fill ${kind ?? 'two'}`, x: LABEL, y: i * line + 7, height: 20, width: Math.max(2, (NARROW - LABEL - 50) * (count / most)), rx: 3 }),
      svg('text', { class: 'tick start', x: LABEL + 8 + (NARROW - LABEL - 50) * (count / most), y: i * line + 21 }, count.toLocaleString()));
  });
  return figure(title, picture, undefined, undefined);
}

const legend = (series) => h('ul', { class: 'legend', 'aria-hidden': 'true' }, series.map(([name, kind]) => h('li', {}, svg('svg', { viewBox: '0 0 12 12', width: '12', height: '12' }, svg('rect', { class: `fill ${kind}`, width: '12', height: '12', rx: '2' })), name)));

function figure(title, picture, key, numbers) {
  // The newest is at the right: what does not fit is the oldest.
  requestAnimationFrame(() => {
    const place = picture.parentElement;
    place.scrollLeft = place.scrollWidth;
  });
  return h('figure', { class: 'card' }, h('figcaption', {}, title), h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title }, picture), key, numbers && h('details', {}, h('summary', {}, 'Numbers'), numbers));
}
