/** The pictures of "Bounds during training". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { logScale } from '../axis';
import type { Frame } from './mechanism';

export const last = (xs: readonly number[]) => xs.at(-1) ?? 0;

const parts = { product: 'product', sdp: 'program', sampled: 'search' } as const;
const keys = Object.keys(parts) as (keyof typeof parts)[];

const boundCurves = (f: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'Lipschitz constant', scale: 'log' },
  lines: f.nets.flatMap((n) => keys.map((key) => ({ name: `${n.name}, ${parts[key]}`, x: f.step, y: n[key] }))),
});

const bounds: Chart<Frame> = {
  title: 'Bounds of two networks in training',
  caption: 'Product of norms, semidefinite program, and the steepest slope found by a search, every 20 steps.',
  wide: true,
  curves: boundCurves,
  describe: (f) => inWords(boundCurves(f)),
  rows: (f) =>
    f.step.map((step, i) => ({
      step,
      ...Object.fromEntries(f.nets.flatMap((n) => keys.map((key) => [`${n.name}, ${parts[key]}`, n[key][i] ?? null]))),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const facet = width < 560 ? 'fy' : 'fx';
    const curves = f.nets.flatMap((n) =>
      keys.flatMap((key) =>
        f.step.map((step, i) => ({ net: n.name, name: parts[key], step, value: Math.max(1e-6, n[key][i] as number) })),
      ),
    );
    return chartOptions(
      width,
      facet === 'fy' ? 440 : 280,
      [
        Plot.lineY(curves, {
          x: 'step',
          y: 'value',
          [facet]: 'net',
          z: 'name',
          stroke: 'name',
          strokeWidth: 2,
          marker: 'dot',
        }),
      ],
      {
        x: { label: 'training step', domain: [0, Math.max(20, last(f.step))], ticks: 4 },
        y: logScale(
          'Lipschitz constant (log scale)',
          curves.map(({ value }) => value),
        ),
        [facet]: { label: null, domain: f.nets.map(({ name }) => name) },
        color: colours(Object.values(parts)),
        ...(facet === 'fy' && { marginRight: 60 }),
      },
    );
  },
};

interface Words {
  title: string;
  caption: string;
  what: string;
  unit: string;
  factor: number;
  most?: number;
}

const scoreCurves = (f: Frame, part: 'loss' | 'accuracy', { what, unit, factor, most }: Words): Curves => ({
  x: { label: 'step' },
  y: { label: what, unit, ...(most && { domain: [0, most] as const }) },
  lines: f.nets.map((n) => ({ name: n.name, x: f.step, y: n[part].map((value) => factor * value) })),
});

/** One curve per network of a score on samples that neither trains on. */
const score = (part: 'loss' | 'accuracy', words: Words): Chart<Frame> => ({
  title: words.title,
  caption: words.caption,
  curves: (f) => scoreCurves(f, part, words),
  unit: (column) => (column === 'step' ? undefined : words.factor === 1 ? words.unit : 'share'),
  describe: (f) => `${words.title}. ${inWords(scoreCurves(f, part, words))}`,
  rows: (f) =>
    f.step.map((step, i) => ({ step, ...Object.fromEntries(f.nets.map((n) => [n.name, n[part][i] ?? null])) })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const curves = scoreCurves(f, part, words).lines.flatMap(({ name, x, y }) =>
      x.map((step, i) => ({ name, step, value: y[i] as number })),
    );
    return chartOptions(
      width,
      220,
      [Plot.lineY(curves, { x: 'step', y: 'value', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'dot' })],
      {
        x: { label: 'training step', domain: [0, Math.max(20, last(f.step))], ticks: 4 },
        y: {
          label: `${words.what} (${words.unit})`,
          domain: [0, words.most ?? 1.05 * Math.max(0.1, ...curves.map(({ value }) => value))],
          ticks: 5,
          grid: true,
        },
        color: colours(f.nets.map(({ name }) => name)),
      },
    );
  },
});

const loss = score('loss', {
  title: 'Loss on held-out samples',
  caption: 'Mean over samples that neither network trains on.',
  what: 'held-out loss',
  unit: 'nats',
  factor: 1,
});

const accuracy = score('accuracy', {
  title: 'Held-out samples on the right side',
  caption: 'What a small bound costs: the share of the same samples that each network gets right.',
  what: 'held-out share right',
  unit: '%',
  factor: 100,
  most: 100,
});

export const charts = { bounds, loss, accuracy };
