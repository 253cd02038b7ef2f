/** The pictures of "Attention becomes gradient descent". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, GIVEN, short, stacked, thinned } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { matrixMarks, matrixScale } from '../matrix-chart';
import type { Frame } from './mechanism';

const last = (xs: readonly number[]) => xs.at(-1) ?? Number.NaN;

const matrices: Chart<Frame> = {
  title: 'The layer’s map and the theorem’s',
  caption:
    'Left: p·M/n as learned. Right: the closed form. Rows: what is read from a labelled token (x₁ … x_d, then its label y); columns: what is read from the query.',
  wide: true,
  describe: ({ error, optimalEta }) =>
    `The learned map is ${short(100 * (error.at(-1) ?? Number.NaN))} % away from the closed form, whose step is ${short(optimalEta)}.`,
  rows: ({ map, optimum }) =>
    map.flatMap((row, i) =>
      row.map((learned, j) => ({
        token: i === row.length ? 'y' : `x${i + 1}`,
        query: `x${j + 1}`,
        learned,
        theorem: optimum[i]?.[j] ?? null,
      })),
    ),
  plot: ([run], { width }) => {
    const { map = [], optimum = [] } = run?.frame ?? {};
    const d = optimum.length - 1;
    return chartOptions(
      width,
      270,
      matrixMarks([
        { name: 'learned', rows: map },
        { name: 'theorem', rows: optimum },
      ]),
      {
        ...matrixScale([optimum, map]),
        x: { label: 'entry of the query', tickFormat: (j: number) => `x${j + 1}` },
        y: { label: 'entry of a labelled token', tickFormat: (i: number) => (i === d ? 'y' : `x${i + 1}`) },
        fx: { label: null, domain: ['learned', 'theorem'], padding: 0.12 },
        marginTop: 36,
      },
    );
  },
};

const stepCurves = ({ step: steps, eta }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'step size' },
  lines: [{ name: 'learned step size', x: steps, y: eta }],
});

const step: Chart<Frame> = {
  title: 'The learned step',
  caption:
    'Thin: the layer’s step in each direction (whitened). Thick: their mean. Dashed: the values that the theorem gives.',
  curves: stepCurves,
  describe: (frame) => {
    const now = frame.diagonal.map(last);
    const each = `in single directions it ends between ${short(Math.min(...now))} and ${short(Math.max(...now))}`;
    return `${inWords(stepCurves(frame))} The theorem’s is ${short(frame.optimalEta)}; ${each}.`;
  },
  rows: ({ step: steps, eta, diagonal }) =>
    steps.map((s, j) => ({
      step: s,
      eta: eta[j] ?? null,
      ...Object.fromEntries(diagonal.map((entries, i) => [`direction ${i + 1}`, entries[j] ?? null])),
    })),
  plot: (runs, { width }) => {
    const frame = runs[0]?.frame;
    const directions = frame?.diagonal.flatMap((entries, i) =>
      thinned(
        entries.map((value, j) => ({ step: frame.step[j] as number, value, i })),
        60,
      ),
    );
    return chartOptions(
      width,
      240,
      [
        Plot.ruleY(new Set(frame?.optimalDiagonal.map((x) => Number(x.toPrecision(6)))), {
          stroke: GIVEN,
          strokeDasharray: '4,3',
          className: 'mark-optimum',
        }),
        Plot.lineY(directions, { x: 'step', y: 'value', z: 'i', stroke: 'var(--series-6)', strokeWidth: 0.8 }),
        Plot.lineY(
          stacked(runs, (f) => f.step.map((s, j) => ({ step: s, eta: f.eta[j] as number }))),
          { x: 'step', y: 'eta', z: 'run', stroke: 'run', strokeWidth: 2.4, className: 'mark-eta' },
        ),
      ],
      {
        x: { label: 'step', ticks: 5 },
        y: { label: 'step size η', grid: true, zero: true },
        color: colours(runs.map((run) => run.label)),
      },
    );
  },
};

const lossCurves = ({ step: steps, loss: losses }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'mean squared error', scale: 'log' },
  lines: [{ name: 'loss', x: steps, y: losses }],
});

const loss: Chart<Frame> = {
  title: 'Loss against its floor',
  caption:
    'Mean squared error on new prompts. Dashed: answering 0; the best layer; and ridge regression, which no such layer can reach.',
  curves: lossCurves,
  describe: (frame) => {
    const { optimalLoss, nullLoss, ridgeLoss } = frame;
    return `${inWords(lossCurves(frame))} Answering 0 costs ${short(nullLoss)}, the best layer ${short(optimalLoss)}, ridge regression ${short(ridgeLoss)}.`;
  },
  rows: ({ step: steps, loss: losses }) => steps.map((s, j) => ({ step: s, loss: losses[j] ?? null })),
  plot: (runs, { width }) => {
    const frame = runs[0]?.frame;
    const levels = frame
      ? [
          { name: 'answer 0', y: frame.nullLoss },
          { name: 'best layer', y: frame.optimalLoss },
          ...(frame.ridgeLoss ? [{ name: 'ridge', y: frame.ridgeLoss }] : []),
        ]
      : [];
    return chartOptions(
      width,
      240,
      [
        Plot.ruleY(levels, { y: 'y', stroke: GIVEN, strokeDasharray: '4,3', className: 'mark-levels' }),
        Plot.text(levels, { y: 'y', text: 'name', frameAnchor: 'right', textAnchor: 'end', dy: -7 }),
        Plot.lineY(
          stacked(runs, (f) => f.step.map((s, j) => ({ step: s, loss: Math.max(1e-6, f.loss[j] as number) }))),
          { x: 'step', y: 'loss', z: 'run', stroke: 'run', strokeWidth: 2 },
        ),
      ],
      {
        x: { label: 'step', ticks: 5 },
        y: { label: 'mean squared error (log scale)', type: 'log', grid: true, ticks: 4, tickFormat: '~g' },
        color: colours(runs.map((run) => run.label)),
      },
    );
  },
};

const parabola: Chart<Frame> = {
  title: 'Why it stops where it stops',
  caption:
    'The exact loss of a gradient step of size η: a parabola. The dots are the layer on its way; the theorem is the lowest point.',
  describe: ({ optimalEta, optimalLoss, eta, loss: losses }) =>
    `The loss is lowest, ${short(optimalLoss)}, at a step size of ${short(optimalEta)}. The layer went from a loss of ${short(losses[0])} at step size ${short(eta[0])} to ${short(last(losses))} at ${short(last(eta))}.`,
  rows: ({ parabola: curve }) => curve.map(({ eta, loss: value }) => ({ eta, loss: value })),
  plot: ([run], { width }) => {
    const frame = run?.frame;
    const way = thinned(frame?.step.map((s, j) => ({ step: s, eta: frame.eta[j], loss: frame.loss[j] })) ?? [], 24);
    const inside = way.filter(({ loss: value }) => (value as number) < 2.2 * (frame?.nullLoss ?? 0));
    return chartOptions(
      width,
      240,
      [
        Plot.line(frame?.parabola, {
          x: 'eta',
          y: 'loss',
          stroke: GIVEN,
          strokeWidth: 1.5,
          className: 'mark-parabola',
        }),
        Plot.line(inside, { x: 'eta', y: 'loss', stroke: 'var(--series-1)', strokeOpacity: 0.5 }),
        Plot.dot(inside, { x: 'eta', y: 'loss', fill: 'var(--series-1)', r: 2.5 }),
        Plot.dot(inside.slice(-1), { x: 'eta', y: 'loss', stroke: 'var(--series-2)', strokeWidth: 2.5, r: 6 }),
      ],
      { x: { label: 'step size η', ticks: 5 }, y: { label: 'mean squared error', grid: true, zero: true } },
    );
  },
};

export const charts = { matrices, step, loss, parabola };
