/** The pictures of "One row versus a strip". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { boardChart } from '../board-chart';
import type { Frame } from './mechanism';

/** Decades below the largest effect that shades tell apart. */
const DECADES = 3;

const shadesOf = (cells: readonly number[]) => {
  const most = Math.max(1e-30, ...cells);
  return cells.map((x) => (x === 0 ? 0 : Math.max(0.02, 1 + Math.log10(x / most) / DECADES)));
};

const count = (cells: readonly number[]) => cells.filter((x) => x > 0).length;

const boards: Chart<Frame> = {
  title: 'Which inputs move this output',
  caption:
    'Ring: the output. Shade: |∂y/∂x|, logarithmic, three decades below the largest of each board; white is exactly zero. First two boards: strip layers. Third: LSMM’s kernels with its re-weighting held fixed. Fourth: both halves with norms and joins, all channels.',
  describe: ({ boards: all, side, to, leak, leaking, outside }) =>
    `The output in row ${to.row + 1}, column ${to.column + 1} of a map of ${side} × ${side} depends on ${all
      .map(({ name, cells }) => `${count(cells)} tokens (${name})`)
      .join(
        ', ',
      )}. Through LSMM’s re-weighting ${leaking} of the ${outside} tokens outside its kernels count as well, by at most ${short(leak)} of the largest effect.`,
  rows: ({ boards: all, side }) =>
    Array.from({ length: side }, (_, row) => ({
      row: row + 1,
      ...Object.fromEntries(
        all.flatMap(({ name, cells }) => {
          const line = cells.slice(row * side, (row + 1) * side);
          return [
            [`${name}: tokens`, count(line)],
            [`${name}: largest`, Math.max(...line)],
          ];
        }),
      ),
    })),
  plot: (runs, { width }) => {
    const { boards: all, side, to } = frameOf(runs);
    return boardChart(
      all.map(({ name, cells }) => ({ name: `${name}: ${count(cells)}`, shades: shadesOf(cells) })),
      side,
      [{ ...to, colour: 'var(--series-2)' }],
      width,
      2,
    );
  },
};

const routes: Chart<Frame> = {
  title: 'Routes between two tokens',
  caption:
    'Blue: one input. Orange: the output. A route goes first to another place of the row strip, then along the column strip. Size of the dot: weight of the route, without sign.',
  describe: ({ routes: all, from, to, routeSum, gradient }) =>
    `From row ${from.row + 1}, column ${from.column + 1} to row ${to.row + 1}, column ${to.column + 1} there ${all.length === 1 ? 'is 1 route' : `are ${all.length} routes`}. The weights add up to ${short(routeSum)} without sign; the gradient of both layers is ${short(gradient)}.`,
  rows: ({ routes: all }) =>
    all.map(({ row, column, weight }) => ({ 'via row': row + 1, 'via column': column + 1, weight })),
  plot: (runs, { width }) => {
    const { routes: all, from, to, side, strip } = frameOf(runs);
    const size = Math.min(width, 330);
    const most = Math.max(1e-30, ...all.map(({ weight }) => Math.abs(weight)));
    const half = (strip - 1) / 2;
    const clip = (at: number) => Math.min(side, Math.max(0, at));
    const bands = [
      { x1: 0, x2: side, y1: clip(from.row - half), y2: clip(from.row + half + 1), colour: 'var(--series-1)' },
      { x1: clip(to.column - half), x2: clip(to.column + half + 1), y1: 0, y2: side, colour: 'var(--series-2)' },
    ];
    const middle = ({ row, column }: { row: number; column: number }) => ({ x: column + 0.5, y: row + 0.5 });
    const links = all.flatMap((via) =>
      [
        [from, via],
        [via, to],
      ].map(([a, b]) => {
        const [start, end] = [middle(a as typeof from), middle(b as typeof from)];
        return { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
      }),
    );
    const lines = Array.from({ length: side + 1 }, (_, i) => i);
    return chartOptions(
      width,
      size,
      [
        Plot.ruleX(lines, { stroke: GIVEN, strokeOpacity: 0.15, y1: 0, y2: side }),
        Plot.ruleY(lines, { stroke: GIVEN, strokeOpacity: 0.15, x1: 0, x2: side }),
        Plot.rect(bands, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: 'colour', fillOpacity: 0.12 }),
        Plot.link(links, { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y2', stroke: GIVEN, strokeOpacity: 0.45 }),
        Plot.dot(all, {
          x: (d) => d.column + 0.5,
          y: (d) => d.row + 0.5,
          r: (d) => 2 + 6 * Math.sqrt(Math.abs(d.weight) / most),
          fill: 'var(--series-3)',
        }),
        Plot.dot(
          [
            { ...middle(from), colour: 'var(--series-1)' },
            { ...middle(to), colour: 'var(--series-2)' },
          ],
          { x: 'x', y: 'y', r: 9, fill: 'none', stroke: 'colour', strokeWidth: 3 },
        ),
      ],
      {
        x: { axis: null, domain: [-(width / size - 1) * (side / 2), side + (width / size - 1) * (side / 2)] },
        y: { axis: null, domain: [0, side], reverse: true },
        color: { type: 'identity' },
        r: { type: 'identity' },
        ...{ marginLeft: 2, marginRight: 2, marginTop: 2, marginBottom: 2 },
      },
    );
  },
};

const reachCurves = ({ stages }: Frame): Curves => ({
  x: { label: 'side W of the map', scale: 'log' },
  y: { label: 'other tokens reached', scale: 'log' },
  lines: [1, 3, 5].map((k, i) => ({
    name: `K = ${k}`,
    x: stages.map(({ side }) => side),
    y: stages.map(({ others }) => others[i]),
  })),
});

const reach: Chart<Frame> = {
  title: 'Others reached by one row layer',
  caption:
    'K · W − 1 in the interior of the map, at the sides of the four stages of the published networks. Ring: the map and the strip chosen above.',
  curves: reachCurves,
  describe: (frame) =>
    `${inWords(reachCurves(frame))} Here, on a side of ${frame.side}, the row layer reaches ${count(frame.boards[0]?.cells ?? []) - 1} others.`,
  rows: ({ stages }) =>
    stages.map(({ side, others: [one = null, three = null, five = null] }) => ({
      'side W': side,
      'K = 1': one,
      'K = 3': three,
      'K = 5': five,
    })),
  plot: (runs, { width }) => {
    const frame = frameOf(runs);
    const points = reachCurves(frame).lines.flatMap(({ name, x, y }) =>
      x.map((side, i) => ({ name, side, others: y[i] as number })),
    );
    const here = [{ side: frame.side, others: Math.max(1, count(frame.boards[0]?.cells ?? []) - 1) }];
    return chartOptions(
      width,
      290,
      [
        Plot.lineY(points, { x: 'side', y: 'others', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'circle' }),
        Plot.text(
          points.filter(({ side }) => side === 7),
          { x: 'side', y: 'others', text: (d) => `${d.others}`, dx: -13, textAnchor: 'end', fontSize: 12 },
        ),
        Plot.dot(here, { x: 'side', y: 'others', r: 8, stroke: GIVEN, strokeWidth: 2 }),
      ],
      {
        x: { label: 'side W (log scale)', type: 'log', domain: [4, 60], ticks: [4, 7, 14, 28, 56], tickFormat: 'd' },
        y: {
          label: 'other tokens (log scale)',
          type: 'log',
          domain: [2.5, 320],
          grid: true,
          ticks: [3, 10, 30, 100, 300],
          tickFormat: 'd',
        },
        color: colours(['K = 1', 'K = 3', 'K = 5']),
        r: { type: 'identity' },
      },
    );
  },
};

export const charts = { boards, routes, reach };
