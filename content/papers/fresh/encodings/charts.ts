/** The pictures of "Four ways to see a position". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short, thinned } from '#charts/theme';
import { inWords, peak } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

const names = (f: Frame) => f.networks.map((n) => n.name);

const last = (xs: readonly number[]) => xs.at(-1) ?? Number.NaN;

/** The signal's own line and one of each network. */
const besides = (
  x: readonly number[],
  axes: Omit<Curves, 'lines'>,
  target: readonly number[],
  of: Curves['lines'],
) => ({
  ...axes,
  lines: [{ name: 'signal', x, y: target }, ...of],
});

const fits: Chart<Frame> = {
  title: 'Four fits of one signal',
  caption:
    'Dashed: the signal. Dots are what the networks may see; lines are what they say everywhere, between the dots too.',
  wide: true,
  curves: (f) => {
    const limit = 1.25 * Math.max(...f.target.map(Math.abs));
    const axes = { x: { label: 'position' }, y: { label: 'value', domain: [-limit, limit] as const } };
    const lines = f.networks.map(({ name, fit }) => ({ name, x: f.x, y: fit }));
    return besides(f.x, axes, f.target, lines);
  },
  describe: (f) =>
    `The signal reaches from ${short(Math.min(...f.target))} to ${short(Math.max(...f.target))}. Mean squared error over variance after ${last(f.step)} steps, at the training points and between them: ${f.networks.map((n) => `${n.name} ${percent(last(n.loss))} and ${percent(last(n.between))}`).join('; ')}.`,
  rows: (f) =>
    f.x.map((x, i) => ({
      x,
      target: f.target[i] ?? null,
      ...Object.fromEntries(f.networks.map((n) => [n.name, n.fit[i] ?? null])),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const target = f.x.map((x, i) => ({ x, y: f.target[i] as number }));
    const limit = 1.25 * Math.max(...f.target.map(Math.abs));
    const stackedFacets = width < 600;
    const facet = stackedFacets ? 'fy' : 'fx';
    return chartOptions(
      width,
      stackedFacets ? 520 : 210,
      [
        Plot.lineY(target, {
          x: 'x',
          y: 'y',
          stroke: GIVEN,
          strokeDasharray: '4,3',
          strokeOpacity: 0.6,
          className: 'mark-target',
        }),
        Plot.dot(
          target.filter((_, i) => i % 4 === 0),
          { x: 'x', y: 'y', r: 1, fill: GIVEN, fillOpacity: 0.6 },
        ),
        Plot.lineY(
          f.networks.flatMap(({ name, fit }) =>
            fit.map((y, i) => ({ name, x: f.x[i], y: Math.abs(y) > limit ? Number.NaN : y })),
          ),
          { x: 'x', y: 'y', [facet]: 'name', z: 'name', stroke: 'name', strokeWidth: 1.8, className: 'mark-fit' },
        ),
      ],
      {
        x: { label: 'position x', ticks: 3 },
        y: { label: 'value', grid: true, domain: [-limit, limit], ticks: 4 },
        [facet]: { label: null, domain: names(f) },
        color: { ...colours(names(f)), legend: false },
        ...(stackedFacets && { marginRight: 96 }),
      },
    );
  },
};

const untrained: Chart<Frame> = {
  title: 'What each network hums before training',
  caption: 'Bars: the signal’s spectrum. Lines: the mean spectrum of ten untrained networks. Move σ, ω₀ and k.',
  curves: (f) => {
    const k = f.targetSpectrum.map((_, d) => d + 1);
    const axes = { x: { label: 'frequency' }, y: { label: 'share of the spectrum' } };
    return besides(
      k,
      axes,
      f.targetSpectrum,
      f.networks.map(({ name, untrained: q }) => ({ name, x: k, y: q })),
    );
  },
  describe: (f) =>
    `The signal is strongest at ${peak(f.targetSpectrum, 'frequency')}. Each network's strongest frequency before training, and the Wasserstein distance of its spectrum to the signal's: ${f.networks.map((n) => `${n.name} ${peak(n.untrained, 'frequency')}, ${short(n.distance)} bins`).join('; ')}.`,
  rows: (f) =>
    f.targetSpectrum.map((target, d) => ({
      k: d + 1,
      target,
      ...Object.fromEntries(f.networks.map((n) => [n.name, n.untrained[d] ?? null])),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    return chartOptions(
      width,
      250,
      [
        Plot.rectY(
          f.targetSpectrum.map((p, d) => ({ d: d + 1, p })),
          {
            x1: (b) => b.d - 0.5,
            x2: (b) => b.d + 0.5,
            y: 'p',
            inset: 0.5,
            fill: GIVEN,
            fillOpacity: 0.22,
            className: 'mark-target',
          },
        ),
        Plot.lineY(
          f.networks.flatMap(({ name, untrained: q }) => q.map((p, d) => ({ name, d: d + 1, p }))),
          {
            x: 'd',
            y: 'p',
            z: 'name',
            stroke: 'name',
            strokeWidth: 2,
            className: 'mark-untrained',
          },
        ),
      ],
      {
        x: { label: 'frequency k (cycles over the interval)', domain: [0.5, f.targetSpectrum.length + 0.5] },
        y: { label: 'share of the spectrum', grid: true },
        color: colours(names(f)),
      },
    );
  },
};

const raceCurves = (f: Frame, parts: readonly ('loss' | 'between')[]): Curves => ({
  x: { label: 'step' },
  y: { label: 'error over variance', scale: 'log' },
  lines: f.networks.flatMap((n) =>
    parts.map((part) => ({ name: part === 'loss' ? n.name : `${n.name}, between`, x: f.step, y: n[part] })),
  ),
});

const race: Chart<Frame> = {
  title: 'Error while training',
  caption: 'Line: at the 128 training points. Dotted: between them, where nobody told the network what to say.',
  curves: (f) => raceCurves(f, ['loss', 'between']),
  describe: (f) =>
    `Error over variance at the training points. ${inWords(raceCurves(f, ['loss']))} Between them it ends at: ${f.networks.map((n) => `${n.name} ${short(last(n.between))}`).join(', ')}.`,
  rows: (f) =>
    f.step.map((step, j) => ({
      step,
      ...Object.fromEntries(
        f.networks.flatMap((n) => [
          [n.name, n.loss[j] ?? null],
          [`${n.name}, between`, n.between[j] ?? null],
        ]),
      ),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const curves = (part: 'loss' | 'between') =>
      f.networks.flatMap((n) =>
        thinned(
          f.step.map((step, j) => ({ step, name: n.name, e: Math.max(1e-6, n[part][j] as number) })),
          100,
        ),
      );
    return chartOptions(
      width,
      250,
      [
        Plot.lineY(curves('between'), { x: 'step', y: 'e', z: 'name', stroke: 'name', strokeDasharray: '2,3' }),
        Plot.lineY(curves('loss'), { x: 'step', y: 'e', z: 'name', stroke: 'name', strokeWidth: 2 }),
      ],
      {
        x: { label: 'step', domain: [0, Math.max(20, last(f.step))] },
        y: { label: 'error / variance (log scale)', type: 'log', grid: true, tickFormat: '~g', ticks: 4 },
        color: colours(names(f)),
      },
    );
  },
};

export const charts = { fits, untrained, race };
