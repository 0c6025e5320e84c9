// The line to the router.
//
// Events are read with fetch, not with EventSource: the key goes in a header, where no log and no history keeps it, and
// EventSource can send none. What it would do for us (come again after a loss) is the loop below.

const KEY = 'smart-router-key';
const SILENCE_MS = 6000; // a frame or a sign of life is due each second or two
const HIDDEN_MS = 60000;
const LONGEST_WAIT_MS = 5000;

export const key = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: value => (value ? sessionStorage.setItem(KEY, value) : sessionStorage.removeItem(KEY)),
  fits: value => /^[\x21-\x7e]*$/.test(value),
};

export const ask = (path, options = {}) => fetch(path, {
  ...options,
  cache: 'no-store',
  headers: { ...options.headers, ...(key.get() && { Authorization: 'Bearer ' + key.get() }) },
});

/** Tells frames as they come, and how the line is: 'live', 'lost', 'key' (one is wanted) or 'full'. Never ends. */
export const watch = (onFrame, onLine) => {
  let current, wait = 500, wake = () => {}, hide;

  const read = async (answer, alive) => {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      const events = (rest + value).split('\n\n');
      rest = events.pop();
      for (const event of events) {
        if (!event.startsWith('data: ')) continue;
        onFrame(JSON.parse(event.slice(6)));
        onLine('live');
        wait = 500;
      }
    }
  };

  const listen = async () => {
    const stop = current = new AbortController();
    let silence;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), SILENCE_MS);
    };
    try {
      alive();
      const answer = await ask('dashboard/events', { signal: stop.signal });
      if (answer.ok) await read(answer, alive);
      else stop.abort();
      if (answer.status === 401 || answer.status === 403) return 'key';
      return answer.status === 503 ? 'full' : 'lost';
    } catch {
      return 'lost';
    } finally {
      clearTimeout(silence);
    }
  };

  const again = () => {
    wait = 500;
    current?.abort();
    wake();
  };

  document.addEventListener('visibilitychange', () => { // a page that nobody sees makes nobody work
    clearTimeout(hide);
    if (document.hidden) hide = setTimeout(() => current?.abort(), HIDDEN_MS);
    else wake();
  });
  addEventListener('online', again);

  (async () => {
    for (;;) {
      onLine(await listen());
      await new Promise(resolve => {
        wake = resolve;
        if (!document.hidden) setTimeout(resolve, wait);
      });
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  })();
  return { again };
};
