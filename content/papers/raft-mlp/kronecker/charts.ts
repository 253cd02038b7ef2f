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
  x: { label: 'raft size', scale: 'log' },
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
        x: {
          label: 'raft size r (log scale)',
          type: 'log',
          domain: [1, SIDE ** 2],
          ticks: [1, 2, 4, 8, 18, 36],
          tickFormat: (r: number) => `${r}`,
        },
        y: { label: 'relative error', domain: [0, 1], grid: true },
        color: colours(runs.map((run) => run.label)),
      },
    );
  },
};

/** The token whose row of the matrix is drawn as a map: away from the edges, and off the diagonal. */
const SHOWN = { row: 2, column: 3 };
const shownIndex = SHOWN.row * SIDE + SHOWN.column;

const matrices: Chart<Frame> = {
  title: 'Target and raft',
  caption: `Left: as matrices, a row for each output token, a column for each input token; a Kronecker product has equal blocks, scaled. Right: what the output token in row ${SHOWN.row}, column ${SHOWN.column} reads, as a map. Blue: positive, orange: negative, one scale for all.`,
  wide: true,
  describe: (f) => {
    const ends = (matrix: Frame['target']) =>
      `from ${short(Math.min(...matrix.flat()))} to ${short(Math.max(...matrix.flat()))}`;
    const read = (matrix: Frame['target']) => (matrix[shownIndex] ?? []).filter((x) => Math.abs(x) > 0.05).length;
    return `The target of ${f.target.length} rows has entries ${ends(f.target)}, the raft's matrix ${ends(f.fitted)}; they differ by ${percent(f.error.at(-1) as number)} of the target's size. The framed token should read ${read(f.target)} tokens with weights above 0.05, and reads ${read(f.fitted)}.`;
  },
  rows: (f) =>
    [-7, -6, -5, -1, 0, 1, 5, 6, 7].map((away) => ({
      inputToken: shownIndex + away,
      target: f.target[shownIndex]?.[shownIndex + away] as number,
      raft: f.fitted[shownIndex]?.[shownIndex + away] as number,
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const most = Math.max(1e-9, ...f.target.flat().map(Math.abs));
    // What is below a twentieth would be a grey veil.
    const shades = (entries: readonly number[]) =>
      entries.map((x) => (Math.abs(x) < 0.05 * most ? 0 : Math.max(-1, Math.min(1, x / most))));
    const both = (caption: string, side: number, entries: (matrix: Frame['target']) => readonly number[]) =>
      [f.target, f.fitted].map((matrix, i) => ({
        caption: `${i === 0 ? 'target' : `raft of ${f.raft}`}${caption}`,
        side,
        shades: shades(entries(matrix)),
        ...(side === SIDE && { marked: shownIndex }),
      }));
    return boardsChart(
      [
        {
          heading: '',
          boards: [
            ...both('', SIDE ** 2, (matrix) => matrix.flat()),
            ...both(', one token', SIDE, (matrix) => matrix[shownIndex] ?? []),
          ],
        },
      ],
      width < 560 ? 2 : 4,
      width,
    );
  },
};

export const charts = { way, sizes, matrices };
