// Live calls, the oldest first, and those that ended lately.
import { arrange, clock, count, link, make, put, span } from './words.js';

const MOST = 200;

const cells = (...all) => {
  const row = make('tr');
  row.append(...all);
  return row;
};
const cell = (content, kind) => {
  const td = make('td', typeof content === 'string' ? content : undefined, kind);
  if (typeof content !== 'string') td.append(content);
  return td;
};
const pod = name => (name ? link('pod', name) : '–');

export const calls = (table, note) => {
  const rows = new Map();
  const draw = (live, total, now) => {
    const shown = [...live].sort(([, a], [, b]) => a.at - b.at).slice(0, MOST);
    const names = new Set(shown.map(([sid, call]) => sid + ' ' + call.at));
    for (const name of [...rows.keys()]) if (!names.has(name)) rows.delete(name);
    arrange(table.tBodies[0], shown.map(([sid, call]) => {
      const name = sid + ' ' + call.at;
      if (!rows.has(name)) {
        rows.set(name, cells(
            cell(link('call', sid)), cell(pod(call.pod)), cell(call.pool, 'wide'),
            cell(call.provider || '–'), cell(call.merchant || '–', 'wide'), cell('', 'number')));
      }
      const row = rows.get(name);
      put(row.lastChild, span(now - call.at));
      return row;
    }));
    table.hidden = shown.length === 0;
    put(note, shown.length === 0 ? 'No call is live.'
        : count(total, 'call') + (total > shown.length ? ', the oldest ' + shown.length + ' of them here' : '') + '.');
  };
  return { draw };
};

export const ended = (table, note) => {
  let last = '';
  const draw = (lately, kept) => {
    put(note, 'Ended calls are kept for ' + kept.minutes + ' minutes, ' + kept.calls.toLocaleString('en')
        + ' at most, in the memory of this router alone: a restart forgets them.');
    table.hidden = lately.length === 0;
    const now = JSON.stringify(lately);
    if (now === last) return;
    last = now;
    arrange(table.tBodies[0], lately.map(one => cells(
        cell(link('call', one.call)), cell(pod(one.pod), 'wide'), cell(one.provider || '–', 'wide'),
        cell(clock(one.at)), cell(one.took === null ? '–' : span(one.took), 'number wide'), cell(one.how))));
  };
  return { draw };
};
