// Elements and words. What comes from outside only ever goes in as text.

export const $ = id => document.getElementById(id);

export const make = (tag, text, kind) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (kind) element.className = kind;
  return element;
};

/** Touches the page only where it differs: most of it stays as it is from one second to the next. */
export const put = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** Makes these the children, in this order, and moves none that is in its place. */
export const arrange = (parent, children) => {
  children.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
};

export const count = (n, one, many = one + 's') => n.toLocaleString('en') + ' ' + (n === 1 ? one : many);

export const span = ms => {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return s + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min ' + String(s % 60).padStart(2, '0') + ' s';
  return Math.floor(s / 3600) + ' h ' + String(Math.floor(s / 60) % 60).padStart(2, '0') + ' min';
};

export const ago = ms => (ms < 1500 ? 'just now' : span(ms) + ' ago');

export const clock = ms => new Date(ms).toLocaleTimeString('en-GB');

/** A button that opens the story of a call or a pod; who listens is further up. */
export const link = (kind, name) => {
  const button = make('button', name, 'link');
  button.type = 'button';
  button.dataset[kind] = name;
  return button;
};

/** Fills a list of terms and what they are: [term, words, whether it is good (true), bad (false) or neither]. */
export const define = (list, rows) => {
  arrange(list, rows.map(([term, words, good], i) => {
    const row = list.children[i] ?? make('div');
    if (!row.firstChild) row.append(make('dt'), make('dd'));
    put(row.firstChild, term);
    put(row.lastChild, (good === true ? '✓ ' : good === false ? '✗ ' : '') + words);
    row.className = good === true ? 'good' : good === false ? 'bad' : '';
    return row;
  }));
};
