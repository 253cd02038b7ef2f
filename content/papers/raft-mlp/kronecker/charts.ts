/** The pictures of "What a raft can represent". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short, stacked } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { boardsChart } from '../boards';
import type { Frame } from './mechanism';
import { SIDE } from './params';

const bestOf = (f: Frame) => f.best[f.raft - 1] as number;

const wayCurves = (f: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'relative error', domain: [0, 1.2] },
  lines: [{ name: 'gradient descent', x: f.step, y: f.error }],
});

const way: Chart<Frame> = {
  title: 'Error while training',
  caption:
    'Frobenius distance to the target, as a share of its size. Dashed: the best that any raft of this size can do.',
  curves: wayCurves,
  describe: (f) => `${inWords(wayCurves(f))} The best possible with r = ${f.raft} is ${short(bestOf(f))}.`,
  rows: ({ step, error }) =>
    step.map((s, j) => ({ step: s, error: error[j] ?? null })).filter((_, j) => j % 5 === 0 || j === step.length - 1),
  plot: (runs, { width }) =>
    chartOptions(
      width,
      240,
      [
        Plot.ruleY([bestOf(frameOf(runs))], { stroke: GIVEN, strokeDasharray: '4,3', className: 'mark-best' }),
        Plot.lineY(
          stacked(runs, ({ step, error }) =>
            step.map((s, j) => ({ step: s, error: Math.min(1.2, error[j] as number) })),
          ),
          { x: 'step', y: 'error', z: 'run', stroke: 'run', strokeWidth: 2 },
        ),
      ],
      {
        x: { label: 'step', domain: [0, Math.max(10, ...runs.flatMap(({ frame }) => frame.step))], ticks: 5 },
        y: { label: 'relative error', domain: [0, 1.2], grid: true },
        color: colours(runs.map((run) => run.label)),
      },
    ),
};

const sizesCurves = (f: Frame): Curves => ({
  x: { label: 'raft size' },
  y: { label: 'relative error', domain: [0, 1] },
  lines: [{ name: 'best possible', x: f.best.map((_, i) => i + 1), y: f.best }],
});

const sizes: Chart<Frame> = {
  title: 'What each raft size can reach',
  caption: 'Line: the exact optimum, from singular values. Dot: where gradient descent stands.',
  curves: sizesCurves,
  describe: (f) =>
    `${inWords(sizesCurves(f))} The target is a sum of ${f.rank} Kronecker ${f.rank === 1 ? 'product' : 'products'}${f.rank === 0 ? ': it is zero, and its error counts as 0' : ''}. Gradient descent with r = ${f.raft} stands at ${short(f.error.at(-1))}.`,
  rows: (f) => [1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 30, 35, 36].map((r) => ({ r, bestError: f.best[r - 1] as number })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const here = stacked(runs, ({ raft, error }) => [{ r: raft, error: Math.min(1, error.at(-1) as number) }]);
    return chartOptions(
      width,
      240,
      [
        Plot.lineY(
          f.best.map((error, i) => ({ r: i + 1, error })),
          { x: 'r', y: 'error', stroke: GIVEN, curve: 'linear', strokeWidth: 1.5 },
        ),
        Plot.dot(here, { x: 'r', y: 'error', r: 6, fill: 'run', className: 'mark-reached' }),
      ],
      {
        x: { label: 'raft size r', domain: [1, SIDE ** 2], ticks: [1, 6, 12, 18, 24, 30, 36] },
        y: { label: 'relative error', domain: [0, 1], grid: true },
        color: colours(runs.map((run) => run.label)),
      },
    );
  },
};

const matrices: Chart<Frame> = {
  title: 'Target and raft as matrices',
  caption:
    'Row: a token of the output. Column: a token of the input. Blue: positive, orange: negative, one scale for both. A Kronecker product is a pattern of equal blocks, scaled.',
  wide: true,
  describe: (f) => {
    const entries = f.fitted.flat();
    return `The target of ${f.target.length} rows has entries from ${short(Math.min(...f.target.flat()))} to ${short(Math.max(...f.target.flat()))}, the raft's matrix from ${short(Math.min(...entries))} to ${short(Math.max(...entries))}; they differ by ${percent(f.error.at(-1) as number)} of the target's size.`;
  },
  rows: (f) =>
    Array.from({ length: 12 }, (_, i) => 3 * i + 1).map((token) => ({
      inputToken: token,
      target: f.target[14]?.[token] as number,
      raft: f.fitted[14]?.[token] as number,
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const most = Math.max(1e-9, ...f.target.flat().map(Math.abs));
    // What is below a twentieth would be a grey veil.
    const shades = (matrix: Frame['target']) =>
      matrix.flat().map((x) => (Math.abs(x) < 0.05 * most ? 0 : Math.max(-1, Math.min(1, x / most))));
    return boardsChart(
      [
        {
          heading: '',
          boards: [
            { caption: 'target', side: SIDE ** 2, shades: shades(f.target) },
            { caption: `raft of ${f.raft}`, side: SIDE ** 2, shades: shades(f.fitted) },
          ],
        },
      ],
      2,
      width,
      320,
    );
  },
};

export const charts = { way, sizes, matrices };
