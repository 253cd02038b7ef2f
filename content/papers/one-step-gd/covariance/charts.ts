/** The pictures of "Unequal directions". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, GIVEN, percent, short, stacked } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { matrixMarks, matrixScale } from '../matrix-chart';
import type { Frame } from './mechanism';

/** The image of the unit circle under `matrix`, scaled. */
const ellipse = (matrix: readonly (readonly number[])[], scale = 1) =>
  Array.from({ length: 61 }, (_, i) => {
    const [c, s] = [Math.cos((i * Math.PI) / 30), Math.sin((i * Math.PI) / 30)];
    const [x, y] = matrix.map((row) => scale * ((row[0] as number) * c + (row[1] as number) * s));
    return { x: x as number, y: y as number };
  });

/** Longest and shortest distance of an ellipse from the middle, in words, with the direction of the longest. */
function axesOf(matrix: readonly (readonly number[])[]): string {
  const points = ellipse(matrix);
  const long = points.reduce((a, b) => (Math.hypot(b.x, b.y) > Math.hypot(a.x, a.y) ? b : a));
  const shortest = Math.min(...points.map(({ x, y }) => Math.hypot(x, y)));
  const angle = Math.round(((Math.atan2(long.y, long.x) * 180) / Math.PI + 180) % 180);
  return `${short(Math.hypot(long.x, long.y))} long at ${angle} degrees and ${short(shortest)} across`;
}

/** A square picture: equal units on both axes, as far as the widest point. */
const square = (points: readonly { x: number; y: number }[]) => {
  const reach = 1.1 * Math.max(1e-6, ...points.flatMap(({ x, y }) => [Math.abs(x), Math.abs(y)]));
  return [-reach, reach];
};

const inputs: Chart<Frame> = {
  title: 'The inputs',
  caption:
    'Dots: inputs as the layer sees them. Ellipse: the covariance Λ applied to the unit circle, so that its half axes are the two variances.',
  describe: ({ lambda, inputs: points }) =>
    `${points.length} inputs. The ellipse of their covariance is ${axesOf(lambda)} from the middle; its entries are ${lambda.flat().map(short).join(', ')}.`,
  rows: ({ inputs: points }) => points.map(({ x, y }) => ({ x1: x, x2: y })),
  plot: ([run], { width }) => {
    const { inputs: points = [], lambda = [] } = run?.frame ?? {};
    const outline = ellipse(lambda);
    const domain = square([...points, ...outline]);
    return chartOptions(
      width,
      width,
      [
        Plot.dot(points, { x: 'x', y: 'y', r: 1.8, fill: GIVEN, fillOpacity: 0.5 }),
        Plot.line(outline, { x: 'x', y: 'y', stroke: 'var(--series-3)', strokeWidth: 2, className: 'mark-covariance' }),
      ],
      { x: { label: 'x₁', domain, ticks: 5 }, y: { label: 'x₂', domain, ticks: 5 } },
    );
  },
};

const preconditioner: Chart<Frame> = {
  title: 'What a step does to each direction',
  caption:
    'The unit circle after the preconditioner: as learned, and (dashed) by the theorem. A circle would be plain gradient descent.',
  describe: ({ error, learned, theorem }) =>
    `The learned ellipse is ${axesOf(learned)}, the theorem's ${axesOf(theorem)}; the learned preconditioner is ${percent(error.at(-1) ?? Number.NaN)} away from the closed form.`,
  rows: ({ learned, theorem }) =>
    learned.flatMap((row, i) =>
      row.map((value, j) => ({ row: i + 1, column: j + 1, learned: value, theorem: theorem[i]?.[j] ?? null })),
    ),
  plot: (runs, { width }) => {
    const theorem = ellipse(runs[0]?.frame.theorem ?? []);
    const learned = stacked(runs, (f) => ellipse(f.learned));
    const domain = square([...theorem, ...learned]);
    return chartOptions(
      width,
      width,
      [
        Plot.line(learned, { x: 'x', y: 'y', z: 'run', stroke: 'run', strokeWidth: 3, className: 'mark-learned' }),
        Plot.line(theorem, { x: 'x', y: 'y', stroke: GIVEN, strokeDasharray: '4,3', className: 'mark-theorem' }),
      ],
      {
        x: { label: 'first direction', domain, ticks: 5 },
        y: { label: 'second direction', domain, ticks: 5 },
        color: colours(runs.map((run) => run.label)),
      },
    );
  },
};

const matrices: Chart<Frame> = {
  title: 'The same as numbers',
  caption: 'The preconditioner B as learned and by the theorem.',
  describe: ({ learned, theorem }) =>
    `Learned: ${learned.flat().map(short).join(', ')}. Theorem: ${theorem.flat().map(short).join(', ')}.`,
  rows: preconditioner.rows,
  plot: ([run], { width }) => {
    const { learned = [], theorem = [] } = run?.frame ?? {};
    return chartOptions(
      width,
      170,
      matrixMarks([
        { name: 'learned', rows: learned },
        { name: 'theorem', rows: theorem },
      ]),
      {
        ...matrixScale([learned, theorem]),
        x: { label: 'entry of the query', tickFormat: (j: number) => `x${j + 1}` },
        y: { label: 'entry of S', tickFormat: (i: number) => `x${i + 1}` },
        fx: { label: null, domain: ['learned', 'theorem'], padding: 0.15 },
        marginTop: 36,
      },
    );
  },
};

const wayCurves = ({ step, error }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'relative distance', scale: 'log' },
  lines: [{ name: 'distance', x: step, y: error }],
});

const way: Chart<Frame> = {
  title: 'Distance to the theorem',
  caption: 'Relative Frobenius distance of the learned map to the closed form while training.',
  curves: wayCurves,
  describe: (frame) => inWords(wayCurves(frame)),
  rows: ({ step, error, loss }) => step.map((s, j) => ({ step: s, error: error[j] ?? null, loss: loss[j] ?? null })),
  plot: (runs, { width }) =>
    chartOptions(
      width,
      170,
      [
        Plot.lineY(
          stacked(runs, ({ step, error }) => step.map((s, j) => ({ step: s, error: error[j] as number }))),
          { x: 'step', y: 'error', z: 'run', stroke: 'run', strokeWidth: 2 },
        ),
      ],
      {
        x: { label: 'step', ticks: 5 },
        y: { label: 'relative distance (log scale)', type: 'log', grid: true, ticks: 3, tickFormat: '~g' },
        color: colours(runs.map((run) => run.label)),
      },
    ),
};

export const charts = { inputs, preconditioner, matrices, way };
