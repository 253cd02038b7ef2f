/** The pictures of "Low frequencies first". */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions, colours, GIVEN, ramp, short, stacked, thinned } from '#charts/theme';
import type { Chart } from '#lab/experiment';
import type { Frame } from './mechanism';

/** A frequency counts as learned when its relative error is below this. */
export const LEARNED = 0.2;

const pairs = (x: readonly number[], y: readonly number[]) => x.map((v, i) => ({ x: v, y: y[i] as number }));

const last = (xs: readonly number[] | undefined) => xs?.at(-1) ?? Number.NaN;

/** Steps until each tracked frequency's error first falls below LEARNED; null if it has not. */
export const firstLearned = ({ history }: Pick<Frame, 'history'>): (number | null)[] =>
  history.error.map((errors) => history.step[errors.findIndex((e) => e < LEARNED)] ?? null);

const signal: Chart<Frame> = {
  title: 'Target and network',
  caption: 'Dashed: the signal to learn. Line: what the network says now.',
  describe: ({ history, variance, tracked }) =>
    `The target is a sum of ${tracked.length} waves. After ${last(history.step)} steps the network's mean squared error is ${short((100 * last(history.loss)) / variance)} % of the target's variance.`,
  rows: ({ x, target, fit }) =>
    x.map((position, i) => ({ x: position, target: target[i] ?? null, fit: fit[i] ?? null })),
  plot: (runs, { width }) =>
    chartOptions(
      width,
      230,
      [
        Plot.lineY(
          stacked(runs.slice(0, 1), (f) => pairs(f.x, f.target)),
          {
            x: 'x',
            y: 'y',
            stroke: GIVEN,
            strokeDasharray: '4,3',
            strokeOpacity: 0.75,
            className: 'mark-target',
          },
        ),
        Plot.lineY(
          stacked(runs, (f) => pairs(f.x, f.fit)),
          { x: 'x', y: 'y', z: 'run', stroke: 'run', strokeWidth: 2, className: 'mark-fit' },
        ),
      ],
      {
        x: { label: 'position x' },
        y: { label: 'value', grid: true },
        color: colours(runs.map((run) => run.label)),
      },
    ),
};

const ladder: Chart<Frame> = {
  title: 'Which frequency is learned when',
  caption:
    'One column per frequency of the target, time runs down. Bright: the network has that wave at full amplitude.',
  describe: (frame) => {
    const order = frame.tracked.map((k, i) => {
      const step = firstLearned(frame)[i];
      return step === null ? `${k} cycles: not yet` : `${k} cycles: step ${step}`;
    });
    return `Learned (error below ${LEARNED}) at: ${order.join('; ')}.`;
  },
  rows: ({ history, tracked }) =>
    history.step.map((step, j) => ({
      step,
      ...Object.fromEntries(tracked.map((k, i) => [`k=${k}`, history.learned[i]?.[j] ?? null])),
    })),
  plot: (runs, { width }) => {
    const cells = stacked(runs, ({ history, tracked }) => {
      const kept = thinned(
        history.step.map((step, j) => ({ step, j })),
        25,
      );
      return kept.flatMap(({ step, j }, row) =>
        tracked.map((k, i) => ({
          k,
          from: step,
          to: kept[row + 1]?.step ?? step + 1,
          share: history.learned[i]?.[j] as number,
        })),
      );
    });
    return chartOptions(
      width,
      260,
      [
        Plot.rect(cells, {
          x1: (d) => d.k - 0.5,
          x2: (d) => d.k + 0.5,
          y1: 'from',
          y2: 'to',
          fx: 'run',
          fill: 'share',
          shapeRendering: 'crispEdges',
          className: 'mark-amplitudes',
          render: merged,
        }),
      ],
      {
        x: {
          label: 'frequency k (cycles over the interval)', // Several runs side by side leave no room for every tick.
          ticks: runs.length > 2 ? [1, 8, 16] : (runs[0]?.frame.tracked ?? []),
          tickFormat: 'd',
        },
        y: { label: 'step', reverse: true, nice: false },
        fx: { label: null, domain: runs.map((run) => run.label), axis: runs.length > 1 ? 'top' : null },
        marginTop: runs.length > 1 ? 40 : 22,
        // Ten steps instead of a ramp: readable off the legend, and drawable where there is no canvas.
        color: {
          type: 'quantize',
          n: 10,
          scheme: 'Viridis',
          domain: [0, 1],
          legend: true,
          label: 'amplitude learned / amplitude of the target',
        },
      },
    );
  },
};

const errors: Chart<Frame> = {
  title: 'Error of each frequency',
  caption: 'Share of each wave that is still wrong, its phase included. Below the rule it counts as learned.',
  describe: ({ tracked, history }) =>
    `Relative errors now: ${tracked.map((k, i) => `${k} cycles ${short(last(history.error[i]))}`).join('; ')}.`,
  rows: ({ history, tracked }) =>
    history.step.map((step, j) => ({
      step,
      loss: history.loss[j] ?? null,
      ...Object.fromEntries(tracked.map((k, i) => [`k=${k}`, history.error[i]?.[j] ?? null])),
    })),
  plot: ([run], { width }) => {
    const frame = run?.frame;
    const points =
      frame?.tracked.flatMap((k, i) =>
        thinned(
          frame.history.step.map((step, j) => ({ step, k, error: frame.history.error[i]?.[j] as number })),
          75,
        ),
      ) ?? [];
    return chartOptions(
      width,
      260,
      [
        Plot.ruleY([LEARNED], { stroke: GIVEN, strokeDasharray: '2,3' }),
        Plot.lineY(
          points.filter((d) => d.step > 0),
          { x: 'step', y: 'error', z: 'k', stroke: 'k', strokeWidth: 1.5 },
        ),
      ],
      {
        x: {
          label: 'step',
          type: 'log',
          domain: [20, Math.max(40, last(frame?.history.step))],
          tickFormat: 'd',
          ticks: 5,
        },
        y: { label: '|f − y| / |y| at frequency k', domain: [0, 1.2], clamp: true, grid: true },
        color: { ...ramp(frame?.tracked ?? []), legend: true, tickFormat: (k: number) => `${k} cycles` },
      },
    );
  },
};

const spectrum: Chart<Frame> = {
  title: 'What is still missing',
  caption: 'Outline: the target’s amplitudes. Filled: amplitude of target minus network, at every frequency.',
  describe: ({ residualSpectrum, targetSpectrum }) => {
    const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x * x, 0);
    return `${short((100 * total(residualSpectrum)) / total(targetSpectrum))} % of the target's power is still missing.`;
  },
  rows: ({ targetSpectrum, residualSpectrum }) =>
    targetSpectrum.map((target, i) => ({ k: i + 1, target, residual: residualSpectrum[i] ?? null })),
  plot: (runs, { width }) => {
    const bars = (f: Frame) => f.residualSpectrum.map((amplitude, i) => ({ k: i + 1, amplitude }));
    const goal = runs[0]?.frame.targetSpectrum.map((amplitude, i) => ({ k: i + 1, amplitude })) ?? [];
    return chartOptions(
      width,
      230,
      [
        Plot.rectY(
          runs.slice(0, 1).flatMap((run) => bars(run.frame)),
          {
            x1: (d) => d.k - 0.4,
            x2: (d) => d.k + 0.4,
            y: 'amplitude',
            fill: 'var(--series-1)',
            className: 'mark-residual',
          },
        ),
        Plot.rectY(goal, {
          x1: (d) => d.k - 0.4,
          x2: (d) => d.k + 0.4,
          y: 'amplitude',
          stroke: GIVEN,
          fill: 'none',
          className: 'mark-target',
        }),
        ...(runs.length > 1
          ? [
              Plot.lineY(stacked(runs.slice(1), bars), {
                x: 'k',
                y: 'amplitude',
                z: 'run',
                stroke: 'run',
                marker: 'circle',
                strokeWidth: 1,
              }),
            ]
          : []),
      ],
      {
        x: { label: 'frequency k (cycles over the interval)', domain: [0, 32.5], tickFormat: 'd' },
        y: { label: 'amplitude', grid: true },
        color: colours(runs.map((run) => run.label)),
      },
    );
  },
};

export const charts = { signal, ladder, errors, spectrum };
