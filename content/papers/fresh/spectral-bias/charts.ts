/** The pictures of "Low frequencies first". */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions, colours, GIVEN, percent, ramp, short, stacked, thinned } from '#charts/theme';
import { crossing, peak } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

/** A frequency counts as learned when its relative error is below this. */
export const LEARNED = 0.2;

/** Where the axis of the errors begins. */
const FIRST_STEP = 20;

const pairs = (x: readonly number[], y: readonly number[]) => x.map((v, i) => ({ x: v, y: y[i] as number }));

const last = (xs: readonly number[] | undefined) => xs?.at(-1) ?? Number.NaN;

/** Steps until each tracked frequency's error first falls below LEARNED; null if it has not. */
export const firstLearned = ({ history }: Pick<Frame, 'history'>): (number | null)[] =>
  history.error.map((errors) => history.step[errors.findIndex((e) => e < LEARNED)] ?? null);

const signalCurves = ({ x, target, fit }: Frame): Curves => ({
  x: { label: 'position' },
  y: { label: 'value' },
  lines: [
    { name: 'target', x, y: target },
    { name: 'network', x, y: fit },
  ],
});

const cycles = (k: number) => `${k} ${k === 1 ? 'cycle' : 'cycles'}`;

const reach = (xs: readonly number[]) => `${short(Math.min(...xs))} to ${short(Math.max(...xs))}`;

const signal: Chart<Frame> = {
  title: 'Target and network',
  caption: 'Dashed: the signal to learn. Line: what the network says now.',
  curves: signalCurves,
  describe: ({ history, variance, tracked, target, fit }) =>
    `The target is a sum of ${tracked.length} waves and reaches from ${reach(target)}. After ${last(history.step)} steps the network reaches from ${reach(fit)}; its mean squared error is ${percent(last(history.loss) / variance)} of the target's variance${history.step.length > 1 ? `, from ${percent((history.loss[0] as number) / variance)} at the start` : ''}.`,
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
  describe: ({ tracked, history }) => {
    const waves = tracked.map((k, i) => {
      const amplitude = history.learned[i] ?? [];
      const half = crossing({ name: '', x: history.step, y: amplitude }, 'above', 0.5);
      return `${cycles(k)} ${percent(last(amplitude))}${half === null ? '' : `, past half at step ${half}`}`;
    });
    return `Share of each wave's amplitude after ${last(history.step)} steps: ${waves.join('; ')}.`;
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

const errorCurves = ({ tracked, history }: Frame): Curves => ({
  x: { label: 'step', scale: 'log' },
  y: { label: 'relative error', domain: [0, 1.2] },
  lines: tracked.map((k, i) => ({
    name: cycles(k),
    x: history.step.slice(1),
    y: history.error[i]?.slice(1) ?? [],
  })),
});

const errors: Chart<Frame> = {
  title: 'Error of each frequency',
  caption:
    'Share of each wave that is still wrong, its phase included. Below the rule it counts as learned; where it passes stands its number of cycles.',
  curves: errorCurves,
  describe: (frame) => {
    const { tracked, history } = frame;
    const learned = firstLearned(frame);
    const waves = tracked.map(
      (k, i) =>
        `${cycles(k)} ${short(last(history.error[i]))}, ${learned[i] === null ? 'not below the rule yet' : `below the rule from step ${learned[i]}`}`,
    );
    return `Relative errors after ${last(history.step)} steps, with the rule at ${LEARNED}: ${waves.join('; ')}.`;
  },
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
    // Each curve's name where it passes the rule: the ramp of colours alone would not tell neighbours apart.
    const names = (frame ? firstLearned(frame) : []).flatMap((step, i) =>
      step !== null && step >= FIRST_STEP ? [{ step, error: LEARNED, k: frame?.tracked[i] }] : [],
    );
    return chartOptions(
      width,
      260,
      [
        Plot.ruleY([LEARNED], { stroke: GIVEN, strokeDasharray: '2,3' }),
        Plot.lineY(
          points.filter((d) => d.step > 0),
          { x: 'step', y: 'error', z: 'k', stroke: 'k', strokeWidth: 1.5 },
        ),
        Plot.text(names, { x: 'step', y: 'error', text: 'k', dy: -7, stroke: 'var(--raised)', fill: GIVEN }),
      ],
      {
        x: {
          label: 'step',
          type: 'log',
          domain: [FIRST_STEP, Math.max(2 * FIRST_STEP, last(frame?.history.step))],
          tickFormat: 'd',
          ticks: 5,
        },
        y: { label: '|f − y| / |y| at frequency k', domain: [0, 1.2], clamp: true, grid: true },
        color: { ...ramp(frame?.tracked ?? []), legend: true, tickFormat: cycles },
      },
    );
  },
};

const spectrum: Chart<Frame> = {
  title: 'What is still missing',
  caption: 'Outline: the target’s amplitudes. Filled: amplitude of target minus network, at every frequency.',
  describe: ({ residualSpectrum, targetSpectrum }) => {
    const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x * x, 0);
    return `${percent(total(residualSpectrum) / total(targetSpectrum))} of the target's power is still missing. The target is loudest at ${peak(targetSpectrum, 'frequency')}, what is missing at ${peak(residualSpectrum, 'frequency')}.`;
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
