/** "Bounds during training": the description that page, command line and tests read. */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, short } from '#charts/theme';
import { type Chart, type Claim, defineExperiment } from '#lab/experiment';
import { logScale } from '../axis';
import type { Frame } from './mechanism';
import { params } from './params';

/** Training steps of a full run. */
const STEPS = 600;

const last = (xs: readonly number[]) => xs.at(-1) ?? 0;

const parts = { product: 'product', sdp: 'program', sampled: 'search' } as const;
const keys = Object.keys(parts) as (keyof typeof parts)[];

const bounds: Chart<Frame> = {
  title: 'Bounds of two networks in training',
  caption: 'Product of norms, semidefinite program, and the steepest slope found by a search, every 20 steps.',
  wide: true,
  describe: (f) =>
    f.nets
      .map(
        (n) =>
          `${n.name} after ${last(f.step)} steps: ${keys.map((key) => `${parts[key]} ${short(last(n[key]))}`).join(', ')}`,
      )
      .join('; '),
  rows: (f) =>
    f.step.map((step, i) => ({
      step,
      ...Object.fromEntries(f.nets.flatMap((n) => keys.map((key) => [`${n.name}, ${parts[key]}`, n[key][i] ?? null]))),
    })),
  plot: (runs, { width }) => {
    const f = (runs[0] as { frame: Frame }).frame;
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

const accuracy: Chart<Frame> = {
  title: 'Points on the right side',
  caption: 'What the bound costs: the share of the training points that each network gets right.',
  describe: (f) =>
    `On the right side after ${last(f.step)} steps: ${f.nets.map((n) => `${n.name} ${short(100 * last(n.accuracy))} %`).join(', ')}.`,
  rows: (f) =>
    f.step.map((step, i) => ({ step, ...Object.fromEntries(f.nets.map((n) => [n.name, n.accuracy[i] ?? null])) })),
  plot: (runs, { width }) => {
    const f = (runs[0] as { frame: Frame }).frame;
    const curves = f.nets.flatMap((n) =>
      f.step.map((step, i) => ({ name: n.name, step, share: 100 * (n.accuracy[i] as number) })),
    );
    return chartOptions(
      width,
      220,
      [Plot.lineY(curves, { x: 'step', y: 'share', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'dot' })],
      {
        x: { label: 'training step', domain: [0, Math.max(20, last(f.step))], ticks: 4 },
        y: { label: 'share of points (%)', domain: [0, 100], grid: true },
        color: colours(f.nets.map(({ name }) => name)),
      },
    );
  },
};

export function summary(f: Frame) {
  const [maxmin, relu] = f.nets as [Frame['nets'][number], Frame['nets'][number]];
  return {
    maxminProduct: last(maxmin.product),
    maxminSdp: last(maxmin.sdp),
    maxminSampled: last(maxmin.sampled),
    maxminAccuracy: last(maxmin.accuracy),
    reluProduct: last(relu.product),
    reluSdp: last(relu.sdp),
    reluSampled: last(relu.sampled),
    reluAccuracy: last(relu.accuracy),
  };
}

const claims: Claim<typeof params, Frame, ReturnType<typeof summary>>[] = [
  {
    id: 'orthonormal-meets',
    statement: 'With orthonormal weights all bounds of the MaxMin network meet near 1.',
    source: 'A finding of this page; why 1-Lipschitz networks use such activations',
    quantity: 'Larger of product − 1 and 1 − search, after 600 steps with β = 1',
    criterion: { relation: '<=', threshold: 0.05, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Deep networks, where small errors of each layer multiply.',
    measure: async (run, seed) => {
      const { summary: s } = await run({ seed, orthogonal: 1 }, STEPS);
      return Math.max(s.maxminProduct - 1, 1 - s.maxminSampled);
    },
  },
  {
    id: 'relu-loses-slope',
    statement: 'With orthonormal weights the ReLU network stays less steep than 0.95 where MaxMin reaches 1.',
    source: 'What we expected before the first run, since ReLU drops half of its input; both stay near 1 here',
    quantity: 'Program’s bound of the ReLU network after 600 steps with β = 1',
    criterion: { relation: '<=', threshold: 0.95, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Other tasks.',
    measure: async (run, seed) => (await run({ seed, orthogonal: 1 }, STEPS)).summary.reluSdp,
  },
];

export const training = defineExperiment({
  id: 'lipsdp/training',
  title: 'Bounds during training',
  params,
  steps: () => STEPS,
  measureEvery: 20,
  cost: ({ width }) => 2 * width ** 3 + 8000,
  hint: 'Take a smaller width and reset.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts: { bounds, accuracy },
  summary,
  claims,
  quick: { width: 8 },
});
