// The story of one call or pod, and the buttons that drain and undrain, each behind a question.
import { ask } from './link.js';
import { $, arrange, clock, count, define, link, make, put, span } from './words.js';

const dialog = $('story'), sure = $('sure');
let open = null; // { kind, name }
let drainingSeconds = 0;
let told = null;

const words = status => (status === 401 || status === 403 ? 'The router refuses that without a key that may do it.'
    : status === 404 ? 'The router knows nobody of that name, or has forgotten.'
    : 'The router answered ' + status + '.');

const calm = value => (value === '' || value === null ? '–' : value);

const call = story => {
  define($('facts'), [
    ['Is', story.live ? 'live, for ' + span(Date.now() - story.at) : 'over, or never had a pod'],
    ['Pod', calm(story.pod)], ['From pool', calm(story.pool)], ['Since', story.at ? clock(story.at) : '–'],
    ['Provider', calm(story.provider)], ['Merchant', calm(story.merchant)],
    ['Flow and template', calm([story.flow, story.template].filter(Boolean).join(', '))],
    ['Pools tried', calm(story.tried)],
    ...(story.restored ? [['Restored', 'by a router’s memory, after Redis lost it']] : []),
  ]);
};

const pod = story => {
  define($('facts'), [
    ['Is', story.is + (story.terminating ? ', terminating' : '')],
    ['Pool', story.pool], ['Ready', story.ready ? 'yes' : 'no'],
    ['Draining', story.draining_seconds === null ? 'no' : 'for ' + span(story.draining_seconds * 1000) + ' more'],
    ['Quarantined', story.held_until > Date.now() ? 'until ' + clock(story.held_until) : 'no'],
    ['Calls', calm(story.calls.join(', '))], ['Incarnation', story.incarnation], ['Cluster says', calm(story.metadata)],
  ]);
  $('drain').disabled = story.draining_seconds !== null || story.terminating;
  $('undrain').disabled = story.draining_seconds === null && !(story.held_until > Date.now());
};

const load = async () => {
  const { kind, name } = open;
  let answer;
  try {
    answer = await ask('dashboard/story?' + new URLSearchParams({ [kind]: name }));
  } catch {
    return put($('said'), 'The router does not answer.');
  }
  if (open?.name !== name) return;
  if (!answer.ok) {
    define($('facts'), []);
    arrange($('told'), []);
    return put($('said'), words(answer.status));
  }
  told = await answer.json();
  (kind === 'call' ? call : pod)(told);
  arrange($('told'), told.story.map(moment => {
    const item = make('li');
    item.append(make('time', clock(moment.at)), ' ' + moment.words);
    return item;
  }));
  put($('told-note'), (told.story.length ? 'As ' : 'Nothing, as far as ') + told.router
      + ' remembers it: what it did or saw in the last hour.');
};

export const show = (kind, name) => {
  open = { kind, name };
  told = null;
  put($('story-title'), (kind === 'call' ? 'Call ' : 'Pod ') + name);
  put($('said'), '');
  put($('told-note'), '');
  $('drain').hidden = $('undrain').hidden = kind !== 'pod';
  $('drain').disabled = $('undrain').disabled = true;
  define($('facts'), []);
  arrange($('told'), []);
  if (!dialog.open) dialog.showModal();
  load();
};

/** The pods and calls that changed: if the one that is shown is among them, it is told anew. */
export const touch = (names, head) => {
  drainingSeconds = head.draining_seconds;
  if (open && names.has(open.name)) load();
};

const press = (verb, what) => {
  const name = open.name, n = told.calls.length;
  put($('sure-title'), verb + ' ' + name + '?');
  put($('sure-words'), what + (n ? ' ' + count(n, 'call') + ' on it ' + (n === 1 ? 'goes' : 'go') + ' on.' : ''));
  put($('yes'), verb + ' it');
  $('yes').onclick = async () => {
    sure.close();
    put($('said'), verb + 'ing…');
    try {
      const answer = await ask('api/v1/' + verb.toLowerCase(), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ pod_name: name }),
      });
      put($('said'), answer.ok ? name + ' is ' + verb.toLowerCase() + 'ed.' : words(answer.status));
    } catch {
      put($('said'), 'The router does not answer. Whether it did, it will show.');
    }
    if (open?.name === name) load();
  };
  sure.showModal();
};

$('drain').onclick = () => press('Drain', 'It takes no new call for ' + span(drainingSeconds * 1000) + '.');
$('undrain').onclick = () => press('Undrain', 'It takes new calls again; a quarantine ends as well.');
$('no').onclick = () => sure.close();
$('close').onclick = () => dialog.close();
dialog.addEventListener('close', () => { open = null; });

document.addEventListener('click', event => {
  const button = event.target.closest?.('[data-pod], [data-call]');
  if (button?.dataset.pod) show('pod', button.dataset.pod);
  else if (button?.dataset.call) show('call', button.dataset.call);
});
