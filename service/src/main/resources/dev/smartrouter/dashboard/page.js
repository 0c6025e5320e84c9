// Keeps what the router tells, and draws it once a frame of the screen at most.
import { calls, ended } from './calls.js';
import { key, watch } from './link.js';
import { plots } from './plots.js';
import { pods } from './pods.js';
import { show, touch } from './story.js';
import { $, ago, arrange, clock, define, make, put } from './words.js';

const LATE_MS = 5000;
const LINES = {
  live: 'Live', lost: 'Connection lost. Trying again…',
  key: 'This router wants a key to show anything.', full: 'Too many are watching this router, or it is stopping. Trying again…',
};

let head, ahead = 0; // by how much the router's clock is ahead of ours
let live = { pods: new Map(), calls: new Map() };
let touched = { pods: new Set(), points: [], afresh: false };
let drawing = false, line = '';

const parts = {
  pods: pods($('pools')), calls: calls($('calls'), $('calls-note')), ended: ended($('ended'), $('ended-note')),
  plots: plots($('plots')),
};

const state = now => {
  const { store, leader } = head;
  define($('state'), [
    ['Redis', store.answers ? 'answers' : 'does not answer', store.answers],
    ['Gate', store.gate_open ? 'open' : 'closed, recovering', store.gate_open],
    ['Leader', leader.here ? 'this router' + (leader.since ? ', since ' + clock(leader.since) : '')
        : leader.name || 'nobody', leader.here || leader.name !== ''],
    ['Router', head.router],
    ['Live calls', head.live_calls.toLocaleString('en')],
    ['Pods', live.pods.size.toLocaleString('en')],
    ...(leader.reconciled_at ? [['Compared with the cluster',
      leader.trouble ? 'failed: ' + leader.trouble : ago(now - leader.reconciled_at), leader.trouble === '']] : []),
  ]);
  arrange($('warnings'), store.warnings.map(words => make('li', words)));
  arrange($('loops'), head.loops.map((loop, i) => {
    const item = $('loops').children[i] ?? make('li'), late = loop.age > 2 * loop.every + LATE_MS;
    put(item, loop.name + ' ' + ago(loop.age) + (late ? ' ✗ late' : ''));
    item.className = late ? 'bad' : '';
    return item;
  }));
  put($('pods-at'), head.pods_at === null ? 'Not read yet.'
      : now - head.pods_at < 3000 ? '' : 'As of ' + clock(head.pods_at) + ', ' + ago(now - head.pods_at) + '.');
};

const draw = () => {
  drawing = false;
  const { pods: names, points, afresh } = touched, now = Date.now() + ahead;
  touched = { pods: new Set(), points: [], afresh: false };
  state(now);
  parts.pods.draw(head.pools, live.pods, afresh ? null : names);
  parts.calls.draw(live.calls, head.live_calls, now);
  parts.ended.draw(head.ended, head.kept);
  if (points.length || afresh) parts.plots.draw(points, afresh);
};

const onFrame = frame => {
  head = frame.head;
  ahead = head.now - Date.now();
  if (frame.whole) {
    live = { pods: new Map(Object.entries(frame.pods)), calls: new Map(Object.entries(frame.calls)) };
    touched = { pods: new Set(), points: frame.points, afresh: true };
  } else {
    for (const kind of ['pods', 'calls']) {
      for (const [name, row] of Object.entries(frame[kind])) live[kind].set(name, row);
      for (const name of frame[kind + '_gone']) live[kind].delete(name);
    }
    for (const name of [...Object.keys(frame.pods), ...frame.pods_gone]) touched.pods.add(name);
    touched.points = touched.points.concat(frame.points);
    touch(new Set([...touched.pods, ...Object.keys(frame.calls), ...frame.calls_gone]), head);
  }
  if (frame.whole) touch(new Set(), head);
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
};

const onLine = how => {
  if (how === line) return;
  line = how;
  put($('line'), LINES[how] + (how === 'live' || !head ? '' : ' What is shown is of ' + clock(head.now) + '.'));
  document.body.className = how;
  document.title = (how === 'live' ? '' : '✗ ') + 'Smart Router';
  if (how === 'key' && !$('keys').open) $('keys').showModal();
};

const { again } = watch(onFrame, onLine);

$('find').addEventListener('submit', event => {
  event.preventDefault();
  const name = $('name').value.trim();
  if (name) show(live.pods.has(name) ? 'pod' : 'call', name);
});
$('troubled').addEventListener('change', event => $('pools').classList.toggle('troubled', event.target.checked));
$('key').onclick = () => {
  $('secret').value = '';
  $('keys').showModal();
};
const use = value => {
  key.set(value);
  $('secret').value = '';
  $('keys').close();
  again();
};
$('keys-form').addEventListener('submit', event => {
  event.preventDefault();
  const value = $('secret').value.trim();
  $('secret').setCustomValidity(key.fits(value) ? '' : 'Letters, digits and signs only');
  if ($('secret').reportValidity()) use(value);
});
$('secret').addEventListener('input', () => $('secret').setCustomValidity(''));
$('forget').onclick = () => use('');
