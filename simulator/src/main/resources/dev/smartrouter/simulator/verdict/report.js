'use strict';
// Draws what report.json says. Text only ever goes in as text, so nothing in a name can become markup.
(() => {
  const run = JSON.parse(document.getElementById('data').textContent);
  const { story, verdict, figures, series } = run;
  const $ = id => document.getElementById(id);
  const add = (parent, tag, text, kind) => {
    const element = parent.appendChild(document.createElement(tag));
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = value => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
  const ms = value => number(value) + ' ms';
  const clock = seconds => {
    const whole = Math.floor(seconds), two = n => String(n).padStart(2, '0');
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    const rest = Number.isInteger(seconds) ? '' : (seconds % 1).toFixed(3).slice(1);
    return (hours ? hours + ':' + two(minutes) : minutes) + ':' + two(whole % 60) + rest;
  };

  // The verdict, in words.
  document.title = 'Smart Router: ' + story.title + (verdict.kept ? ', kept' : ', broken');
  $('story').textContent = story.title + ' (' + story.scenario + ', seed ' + story.seed
      + (story.speed === 1 ? '' : ', ' + number(story.speed) + ' times as fast') + ')';
  const [said, ...rest] = verdict.words.split('. ');
  $('verdict').textContent = said;
  $('verdict').className = verdict.kept ? 'kept' : 'not';
  $('words').textContent = rest.join('. ');

  // Evidence, each with what happened to the calls and pods concerned.
  $('broken').hidden = verdict.kept;
  for (const one of verdict.broken) {
    const details = add($('evidence'), 'details');
    const summary = add(details, 'summary');
    add(summary, 'b', one.promise);
    summary.append(' at ' + clock(one.at) + ': ' + one.evidence);
    for (const subject of [...one.calls, ...one.pods]) {
      if (!verdict.timelines[subject]) continue;
      add(details, 'h3', subject);
      const table = add(details, 'table');
      for (const moment of verdict.timelines[subject]) {
        const row = add(table, 'tr');
        add(row, 'td', clock(moment.at));
        add(row, 'td', moment.words);
      }
    }
  }
  if (verdict.broken_count > verdict.broken.length) {
    add($('evidence'), 'p', 'and ' + number(verdict.broken_count - verdict.broken.length) + ' more');
  }

  const tile = (what, value, bad) => {
    const box = add($('tiles'), 'div', undefined, bad ? 'tile not' : 'tile');
    add(box, 'b', value);
    add(box, 'span', what);
  };
  tile('calls placed', number(figures.placed));
  tile('given a pod', number(figures.answered));
  tile('refused', number(figures.refused));
  tile('without an answer', number(figures.without_answer), figures.without_answer > 0);
  tile('double allocations', number(figures.double_allocations), figures.double_allocations > 0);
  tile('lost pods', number(figures.lost_pods), figures.lost_pods > 0);
  tile('to answer, p50', ms(figures.time_to_answer.p50_ms));
  tile('to answer, p99', ms(figures.time_to_answer.p99_ms));

  // Tables.
  for (const promise of run.promises) {
    const row = add($('promises'), 'tr');
    add(add(row, 'td', promise.name), 'small', promise.means);
    add(row, 'td', promise.broken ? 'broken ' + (promise.broken === 1 ? 'once' : number(promise.broken) + ' times') : 'kept',
        'number ' + (promise.broken ? 'not' : 'kept'));
  }
  const line = (name, value) => {
    const row = add($('figures'), 'tr');
    add(row, 'td', name);
    add(row, 'td', value, 'number');
  };
  for (const [name, value] of Object.entries(figures)) {
    const words = name.replaceAll('_', ' ');
    if (typeof value === 'number') line(words, number(value));
    else if ('p50_ms' in value) {
      line(words, 'p50 ' + ms(value.p50_ms) + ', p99 ' + ms(value.p99_ms) + ', max ' + ms(value.max_ms));
    } else for (const [key, count] of Object.entries(value)) line(words + ', ' + key.replaceAll('_', ' '), number(count));
  }
  $('happened').hidden = series.events.length === 0;
  for (const event of series.events) {
    const item = add($('events'), 'li');
    add(item, 'span', clock(event.at) + ' ');
    item.append(event.label);
  }

  // Plots. Each event is a line on the time axis, with its number in the list where there is room.
  const marks = numbered => plot => {
    const { ctx, bbox } = plot, ratio = devicePixelRatio || 1;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = color('--mark');
    ctx.lineWidth = ratio;
    ctx.setLineDash([4 * ratio, 4 * ratio]);
    ctx.font = 11 * ratio + 'px system-ui, sans-serif';
    ctx.textAlign = 'center';
    let free = -Infinity;
    series.events.forEach((event, i) => {
      const x = plot.valToPos(event.at, 'x', true);
      if (x < bbox.left || x > bbox.left + bbox.width) return;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      if (!numbered || x < free) return;
      ctx.fillText(i + 1, x, bbox.top - 3 * ratio);
      free = x + 18 * ratio;
    });
    ctx.restore();
  };
  const end = Math.max(series.at.at(-1) + series.width, 1);
  const together = uPlot.sync('time');
  let drawn = [];
  const draw = (parent, caption, unit, height, times, lines) => {
    const figure = add(parent, 'figure');
    add(add(figure, 'figcaption', caption + ' '), 'small', unit);
    const axis = { stroke: color('--dim'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false },
        font: '11px system-ui, sans-serif' };
    const plot = new uPlot({
      width: figure.clientWidth - 20, height,
      padding: [14, 12, 0, 0],
      cursor: { sync: { key: together.key }, y: false, points: { size: 6 } },
      scales: {
        x: { time: false, range: (u, from, to) => from === null ? [0, end] : [Math.max(0, from), Math.min(end, to)] },
        y: { range: (u, from, to) => [0, Math.max(1, to ?? 1) * 1.08] },
      },
      axes: [
        { ...axis, size: 28, values: (u, ticks) => ticks.map(clock) },
        { ...axis, size: 48, values: (u, ticks) => ticks.map(number) },
      ],
      series: [{ label: 'at', value: (u, at) => at === null ? '' : clock(at) }, ...lines.map(one => ({
        label: one.label, stroke: color(one.color), width: one.width ?? 1.5, dash: one.dash,
        fill: one.fill && color(one.color) + '33',
        paths: one.dots ? () => null : uPlot.paths.stepped({ align: 1 }),
        points: { show: !!one.dots || times.length < 3, size: 4, fill: color(one.color) },
        value: (u, value) => value === null ? '' : number(value),
      }))],
      hooks: { draw: [marks(height > 160)] },
    }, [times, ...lines.map(one => one.values)], figure);
    together.sub(plot);
    drawn.push({ plot, figure, height });
  };
  const drawAll = () => {
    drawn.forEach(({ plot }) => { together.unsub(plot); plot.destroy(); });
    drawn = [];
    $('plots').replaceChildren();
    $('pools').replaceChildren();
    draw($('plots'), 'Answers', 'a second', 190, series.at, [
      { label: 'a pod', values: series.answered, color: '--a', fill: true },
      { label: 'an apology', values: series.refused, color: '--b' },
      { label: 'nothing usable', values: series.none, color: '--c' },
    ]);
    draw($('plots'), 'Time to answer', 'ms, from the first webhook to a usable answer', 190, series.at, [
      { label: 'half within', values: series.p50_ms, color: '--a', dots: true },
      { label: '99 of 100 within', values: series.p99_ms, color: '--b', dots: true },
    ]);
    draw($('plots'), 'Calls with a pod', 'at a time', 190, series.at, [
      { label: 'calls', values: series.calls, color: '--a', fill: true },
    ]);
    for (const pool of series.pools) {
      draw($('pools'), pool.name, '', 150, series.pools_at, [
        { label: 'pods', values: pool.assigned, color: '--d' },
        { label: 'calls', values: pool.calls, color: '--a', fill: true },
        { label: 'available', values: pool.available, color: '--b' },
        { label: 'draining', values: pool.draining, color: '--c', dash: [4, 3] },
      ]);
    }
  };
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('resize', () => drawn.forEach(({ plot, figure, height }) =>
      plot.setSize({ width: figure.clientWidth - 20, height })));
})();
