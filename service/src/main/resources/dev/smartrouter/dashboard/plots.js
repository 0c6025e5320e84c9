// Two small plots of the last five minutes.
import { make, put } from './words.js';

const WIDTH_S = 300;
const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const number = value => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });

export const plots = root => {
  let points = [], drawn = [];

  const figure = (caption, describe, lines) => {
    const box = make('figure'), title = make('figcaption', caption + ' '), now = make('small'), canvas = make('div');
    title.append(now);
    box.append(title, canvas);
    canvas.setAttribute('role', 'img');
    root.append(box);
    const axis = { stroke: color('--dim'), grid: { stroke: color('--grid'), width: 1 }, ticks: { show: false },
      font: '11px system-ui, sans-serif' };
    const plot = new uPlot({
      width: Math.max(200, canvas.clientWidth), height: 130, padding: [8, 8, 0, 0], legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { range: () => [(points.at(-1)?.at ?? WIDTH_S) - WIDTH_S, points.at(-1)?.at ?? WIDTH_S] },
        y: { range: (u, from, to) => [0, Math.max(1, to ?? 1) * 1.1] },
      },
      axes: [
        { ...axis, size: 24, space: 70, values: (u, ticks) => ticks.map(at => new Date(at * 1000).toTimeString().slice(0, 5)) },
        { ...axis, size: 44, space: 30, values: (u, ticks) => ticks.map(number) },
      ],
      series: [{}, ...lines.map(line => ({
        label: line.label, stroke: color(line.color), width: 1.5, dash: line.dash,
        paths: line.dots ? () => null : uPlot.paths.stepped({ align: 1 }),
        points: { show: !!line.dots, size: line.dots, fill: color(line.ring ? '--card' : line.color) },
      }))],
    }, [[], ...lines.map(() => [])], canvas);
    drawn.push({ plot, canvas, show: () => {
      plot.setData([points.map(point => point.at), ...lines.map(line => points.map(line.value))]);
      put(now, describe(points.at(-1)));
      canvas.setAttribute('aria-label', caption + ' in the last five minutes; ' + now.textContent);
    } });
  };

  const build = () => {
    drawn.forEach(({ plot }) => plot.destroy());
    drawn = [];
    root.replaceChildren();
    figure('Calls a second', last => (last ? last.allocated + ' given a pod, ' + last.refused + ' refused' : ''), [
      { label: 'given a pod', color: '--a', value: point => point.allocated },
      { label: 'refused', color: '--c', dash: [5, 3], value: point => point.refused },
    ]);
    const ms = value => (value === null ? '–' : number(value) + ' ms');
    figure('Time to answer', last => (last ? 'half within ' + ms(last.half_within) + ' (dots), 99 of 100 within '
        + ms(last.most_within) + ' (rings)' : ''), [
      { label: '99 of 100 within', color: '--b', dots: 7, ring: true, value: point => point.most_within },
      { label: 'half within', color: '--a', dots: 4, value: point => point.half_within },
    ]);
    drawn.forEach(({ show }) => show());
  };

  build();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', build);
  new ResizeObserver(() => drawn.forEach(({ plot, canvas }) => {
    if (canvas.clientWidth) plot.setSize({ width: canvas.clientWidth, height: 130 });
  })).observe(root);

  return {
    draw: (more, afresh) => {
      points = (afresh ? [] : points).concat(more).slice(-WIDTH_S);
      drawn.forEach(({ show }) => show());
    },
  };
};
