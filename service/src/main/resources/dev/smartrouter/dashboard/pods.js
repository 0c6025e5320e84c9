// Pools as rows of pods. Only what changed is touched; the arrow keys go along a row, Tab from row to row.
import { arrange, count, make, put } from './words.js';

const MOST = 1000; // of one pool; the rest is counted, and found by name
const MARKS = { 'available': '●', 'in calls': '◆', 'draining': '▼', 'not ready': '○', 'quarantined': '■', 'terminating': '✕' };
const inOrder = new Intl.Collator('en', { numeric: true }).compare;

export const pods = root => {
  const rows = new Map();   // of a pool
  let titles = 0;
  const places = new Map(); // of a pod: its item, and the pool whose row that is in

  const row = pool => {
    if (rows.has(pool)) return rows.get(pool);
    const section = make('section', undefined, 'pool'), title = make('h3', pool), list = make('ul', undefined, 'pods');
    title.id = 'pool-' + titles++;
    section.setAttribute('aria-labelledby', title.id);
    const sums = make('p', undefined, 'sums'), more = make('p', undefined, 'note');
    section.append(title, sums, list, more);
    const made = { section, list, sums, more, names: new Set() };
    rows.set(pool, made);
    return made;
  };

  const item = name => {
    const li = make('li'), button = make('button');
    button.type = 'button';
    button.tabIndex = -1;
    button.dataset.pod = name;
    button.append(make('span', '', 'mark'), make('span', name, 'name'), make('span', '', 'is'));
    button.firstChild.setAttribute('aria-hidden', 'true');
    li.append(button);
    return li;
  };

  const show = (li, pod, capacity) => {
    const [mark, , is] = li.firstChild.children;
    const calls = pod.is === 'in calls' || pod.n > 0 || capacity > 1 ? ' ' + pod.n + ' of ' + capacity : '';
    put(mark, MARKS[pod.is] ?? '?');
    put(is, pod.is + calls);
    li.className = pod.is.replace(' ', '-') + (pod.is === 'available' || pod.is === 'in calls' ? '' : ' out');
  };

  const leave = name => {
    const place = places.get(name);
    if (!place) return;
    rows.get(place.pool).names.delete(name);
    places.delete(name);
  };

  /** @param changed names to look at again; null: all */
  const draw = (pools, all, changed) => {
    const capacity = new Map(pools.map(pool => [pool.name, pool.capacity])), moved = new Set();
    for (const name of changed ?? new Set([...places.keys(), ...all.keys()])) {
      const pod = all.get(name), before = places.get(name);
      if (before && before.pool !== pod?.pool) {
        moved.add(before.pool);
        leave(name);
      }
      if (!pod) continue;
      if (!places.has(name)) {
        places.set(name, { pool: pod.pool, li: before?.li ?? item(name) });
        row(pod.pool).names.add(name);
        moved.add(pod.pool);
      }
      show(places.get(name).li, pod, capacity.get(pod.pool) ?? 1);
    }
    for (const pool of moved) {
      const { list, more, names } = row(pool), sorted = [...names].sort(inOrder);
      const had = list.contains(document.activeElement) && document.activeElement;
      arrange(list, sorted.slice(0, MOST).map(name => places.get(name).li));
      if (had && had !== document.activeElement && list.contains(had)) had.focus();
      if (list.firstChild && !list.querySelector('[tabindex="0"]')) list.firstChild.firstChild.tabIndex = 0;
      put(more, sorted.length > MOST ? 'and ' + count(sorted.length - MOST, 'more pod') + ', found by name' : '');
    }
    arrange(root, pools.map(pool => row(pool.name).section));
    for (const name of [...rows.keys()]) if (!capacity.has(name) && !rows.get(name).names.size) rows.delete(name);
    sum(pools, all);
  };

  const sum = (pools, all) => {
    const sums = new Map(pools.map(pool => [pool.name, { pods: 0, calls: 0 }]));
    for (const pod of all.values()) {
      const its = sums.get(pod.pool);
      if (!its) continue;
      its.pods++;
      its.calls += pod.n;
      its[pod.is] = (its[pod.is] ?? 0) + 1;
    }
    for (const pool of pools) {
      const { pods: n, calls, ...kinds } = sums.get(pool.name);
      const parts = Object.keys(MARKS).filter(kind => kinds[kind]).map(kind => kinds[kind].toLocaleString('en') + ' ' + kind);
      put(row(pool.name).sums, [
        count(n, 'pod') + ' of ' + pool.target + ' wanted',
        pool.mode === 'shared' ? 'up to ' + count(pool.capacity, 'call') + ' each' : 'one call each',
        count(calls, 'call'),
        ...parts,
      ].join(' · '));
    }
  };

  root.addEventListener('keydown', event => {
    const li = event.target.closest?.('.pods > li');
    if (!li) return;
    const next = {
      ArrowRight: li.nextElementSibling, ArrowDown: li.nextElementSibling,
      ArrowLeft: li.previousElementSibling, ArrowUp: li.previousElementSibling,
      Home: li.parentNode.firstChild, End: li.parentNode.lastChild,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    next?.firstChild.focus();
  });
  root.addEventListener('focusin', event => {
    const list = event.target.closest?.('.pods');
    if (!list) return;
    for (const other of list.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  return { draw };
};
