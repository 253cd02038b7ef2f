/** The pictures of "Share or not". */
import * as Plot from '@observablehq/plot';
import { runLines } from '#charts/lines';
import { chartOptions, colours, frameOf, GIVEN, short, stacked } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { boardChart } from '../board-chart';
import type { Frame } from './mechanism';

const nameOf = (shared: number) => `C₁ = ${shared}`;

const errorCurves = ({ step, errors }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'error per entry' },
  lines: errors.map(({ shared, error }) => ({ name: nameOf(shared), x: step, y: error })),
});

/** Every fifth measurement or so: rows that a reader can take in. */
const seldom = (step: readonly number[]) =>
  step.map((_, i) => i).filter((i) => i % Math.ceil(step.length / 12) === 0 || i === step.length - 1);

const learning: Chart<Frame> = {
  title: 'Error while learning',
  caption:
    'Mean squared error on lines that were not learned from; an output of zeros has 1. Dashed: the least that is possible.',
  curves: errorCurves,
  describe: (frame) =>
    `${inWords(errorCurves(frame))} The least possible: ${frame.errors.map(({ shared, least }) => `${short(least)} for ${nameOf(shared)}`).join(', ')}.`,
  rows: ({ step, errors }) =>
    seldom(step).map((i) => ({
      step: step[i] as number,
      ...Object.fromEntries(errors.map(({ shared, error }) => [nameOf(shared), error[i] ?? null])),
    })),
  plot: (runs, { width }) => {
    const { errors } = frameOf(runs);
    const { points, mark } = runLines(runs, errorCurves);
    return chartOptions(
      width,
      250,
      [Plot.ruleY(errors, { y: 'least', stroke: ({ shared }) => nameOf(shared), strokeDasharray: '4,4' }), mark],
      {
        x: { label: 'gradient step', ticks: 6 },
        y: {
          label: 'error per entry',
          domain: [0, Math.max(1.2, ...points.map(({ value }) => value))],
          grid: true,
          ticks: 5,
        },
        opacity: { type: 'identity' },
        color: colours(errors.map(({ shared }) => nameOf(shared))),
      },
    );
  },
};

const lawCurves = ({ errors }: Frame): Curves => ({
  x: { label: 'channels per matrix', scale: 'log' },
  y: { label: 'error per entry' },
  lines: [
    { name: 'learned', x: errors.map(({ shared }) => shared), y: errors.map(({ error }) => error.at(-1)) },
    { name: 'least possible', x: errors.map(({ shared }) => shared), y: errors.map(({ least }) => least) },
    { name: '1 − 1/n', x: errors.map(({ shared }) => shared), y: errors.map(({ law }) => law) },
  ],
});

const law: Chart<Frame> = {
  title: 'The price of sharing',
  caption:
    'Dots: learned so far. Crosses: the least possible for these shifts. Line: 1 − 1/n, for n channels that must all be moved differently.',
  curves: lawCurves,
  describe: ({ errors }) =>
    errors
      .map(({ shared, error, least }) => `${nameOf(shared)}: ${short(error.at(-1))} learned, ${short(least)} at best.`)
      .join(' '),
  rows: ({ errors }) =>
    errors.map(({ shared, error, least, law: rule }) => ({
      'channels per matrix': shared,
      matrices: 8 / shared,
      learned: error.at(-1) ?? null,
      'least possible': least,
      '1 − 1/n': rule,
    })),
  plot: (runs, { width }) => {
    const { errors } = frameOf(runs);
    const rule = Array.from({ length: 29 }, (_, i) => 1 + i / 4).map((n) => ({ n, law: 1 - 1 / n }));
    return chartOptions(
      width,
      250,
      [
        Plot.lineY(rule, { x: 'n', y: 'law', stroke: GIVEN, strokeOpacity: 0.6 }),
        Plot.dot(errors, { x: 'shared', y: 'least', symbol: 'times', r: 8, stroke: GIVEN, strokeWidth: 2 }),
        Plot.dot(
          stacked(runs, (frame) => frame.errors.map(({ shared, error }) => ({ shared, error: error.at(-1) ?? null }))),
          { x: 'shared', y: 'error', r: 5, fill: 'run' },
        ),
      ],
      {
        x: {
          label: 'channels per matrix, n = C₁',
          type: 'log',
          domain: [0.9, 9],
          ticks: [1, 2, 4, 8],
          tickFormat: 'd',
        },
        y: { label: 'error per entry', domain: [0, 1.2], grid: true, ticks: 5 },
        r: { type: 'identity' },
        color: colours(runs.map(({ label }) => label)),
      },
    );
  },
};

const matrix: Chart<Frame> = {
  title: 'One matrix, learned and best',
  caption:
    'The matrix of channel 1 and of all that share it: input places down, output places across. Stronger colour is more; orange is negative.',
  describe: ({ shared, channels, learned, best }) => {
    const largest = (rows: readonly (readonly number[])[]) => short(Math.max(...rows.flat()));
    return `${nameOf(shared)}: the matrix of channel${channels.length > 1 ? 's' : ''} ${channels.map((c) => c + 1).join(', ')}. Its largest entry is ${largest(learned)}; that of the mean of the shifts is ${largest(best)}.`;
  },
  rows: ({ learned, best }) =>
    learned.map((row, from) => ({
      'from place': from + 1,
      'largest learned': Math.max(...row),
      'goes to place': row.indexOf(Math.max(...row)) + 1,
      'best entry': Math.max(...(best[from] as number[])),
    })),
  plot: (runs, { width }) => {
    const { learned, best } = frameOf(runs);
    const most = Math.max(...best.flat(), 1e-9);
    return boardChart(
      [
        { name: 'learned', shades: learned.flat().map((x) => (Math.abs(x) < 0.03 * most ? 0 : x / most)) },
        { name: 'mean of the shifts', shades: best.flat().map((x) => x / most) },
      ],
      best.length,
      [],
      width,
    );
  },
};

export const charts = { learning, law, matrix };
