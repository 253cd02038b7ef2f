/** "Wasserstein by hand": two spectra, one draggable, and the distance as the area between their cumulative curves. */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, GIVEN, short } from '#charts/theme';
import { type Chart, defineExperiment, defineMechanism } from '#lab/experiment';
import { choice, integer, series } from '#lab/params';
import { RunStopped } from '#lab/run';
import { cumulativeDifference, wasserstein } from '../distance';

const BINS = 16;

const shapes = {
  peak: (d: number) => (d === 0 ? 1 : 0),
  hill: (d: number) => Math.exp(-d * d),
  'two peaks': (d: number) => (d === 0 || d === 3 ? 1 : 0),
};

const params = {
  shape: choice({
    label: 'Spectrum u',
    options: ['peak', 'hill', 'two peaks'],
    help: 'The first spectrum; v is the same one moved, until you drag its bars.',
    default: 'hill',
  }),
  shift: integer({ label: 'Move v by', symbol: 's', unit: 'bins', min: 0, max: 8, default: 4 }),
  bars: series({
    label: 'Spectrum v, by hand',
    help: 'Heights of the 16 bars of v; empty while v is u moved.',
    min: 0,
    max: 1,
    length: [0, BINS],
    default: [],
  }),
};

/** u has its peak in bin 5, v in bin 5 + shift. Both stay inside the 16 bins up to a tail below 1e-6. */
export const spectraOf = (shape: keyof typeof shapes, shift: number) => {
  const at = (centre: number) => Array.from({ length: BINS }, (_, d) => shapes[shape](d + 1 - centre));
  return { u: at(5), v: at(5 + shift) };
};

const mechanism = defineMechanism<typeof params>()({
  setup: () => ({}),
  frame(_, { params: { shape, shift, bars } }) {
    const { u, v: moved } = spectraOf(shape, shift);
    const v = bars.length === BINS ? [...bars] : moved;
    const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0);
    if (total(v) === 0) {
      throw new RunStopped('Spectrum v is all zero, so there is nothing to carry.', 'Raise at least one bar.');
    }
    const [p, q] = [u.map((x) => x / total(u)), v.map((x) => x / total(v))];
    return {
      u: p,
      v: q,
      gap: cumulativeDifference(p, q),
      wasserstein: wasserstein(p, q),
      euclidean: Math.hypot(...p.map((x, d) => x - (q[d] as number))),
      /** Both distances for every shift of the shape, from 0 to 8 bins. */
      byShift: Array.from({ length: 9 }, (_unused, s) => {
        const { u: a, v: b } = spectraOf(shape, s);
        const scale = total(a);
        return { s, w: wasserstein(a, b), e: Math.hypot(...a.map((x, d) => (x - (b[d] as number)) / scale)) };
      }),
    };
  },
});

type Frame = Awaited<ReturnType<typeof mechanism.frame>>;

const bars: Chart<Frame> = {
  title: 'Two spectra',
  caption: 'u filled, v in outline. Drag the bars of v below the charts.',
  describe: (f) => `Two spectra of ${BINS} bins, ${short(f.wasserstein)} bins apart by Wasserstein.`,
  rows: (f) => f.u.map((u, d) => ({ bin: d + 1, u, v: f.v[d] ?? null, gap: f.gap[d] ?? null })),
  plot: ([run], { width }) => {
    const f = (run as { frame: Frame }).frame;
    const box = { x1: (b: { d: number }) => b.d - 0.4, x2: (b: { d: number }) => b.d + 0.4, y: 'p' };
    const points = (xs: readonly number[]) => xs.map((p, i) => ({ d: i + 1, p }));
    return chartOptions(
      width,
      220,
      [
        Plot.rectY(points(f.u), { ...box, fill: 'var(--series-1)', fillOpacity: 0.7 }),
        Plot.rectY(points(f.v), { ...box, stroke: 'var(--series-2)', strokeWidth: 2, fill: 'none' }),
      ],
      {
        x: { label: 'bin d', domain: [0.5, BINS + 0.5], ticks: 8 },
        y: { label: 'share', grid: true },
        color: colours(['u', 'v']),
      },
    );
  },
};

const gap: Chart<Frame> = {
  title: 'What has to be carried past each bin',
  caption: 'The cumulative difference of u and v. Its area, without sign, is the Wasserstein-1 distance.',
  describe: (f) =>
    `The area is ${short(f.wasserstein)} bins; the Euclidean distance of the same spectra is ${short(f.euclidean)}.`,
  rows: (f) => f.gap.map((g, d) => ({ bin: d + 1, gap: g })),
  plot: ([run], { width }) => {
    const f = (run as { frame: Frame }).frame;
    return chartOptions(
      width,
      220,
      [
        Plot.areaY(
          f.gap.map((g, i) => ({ d: i + 1, g })),
          { x: 'd', y: 'g', curve: 'step-after', fill: 'var(--series-3)', fillOpacity: 0.6, className: 'mark-w1' },
        ),
        Plot.ruleY([0], { stroke: GIVEN }),
        Plot.text([`W = ${short(f.wasserstein)} bins`], { frameAnchor: 'top-right', fontSize: 16 }),
      ],
      {
        x: { label: 'bin d', domain: [0.5, BINS + 0.5], ticks: 8 },
        y: { label: 'sum of u − v up to d', domain: [-1, 1], grid: true },
      },
    );
  },
};

const against: Chart<Frame> = {
  title: 'Why not the Euclidean distance',
  caption:
    'Both distances of u and u moved by s bins, each over its value at 8. Once the bumps no longer overlap, only Wasserstein keeps counting.',
  describe: ({ byShift }) =>
    `Wasserstein grows from ${short(byShift[1]?.w)} at 1 bin to ${short(byShift[8]?.w)} at 8; Euclidean from ${short(byShift[1]?.e)} to ${short(byShift[8]?.e)}.`,
  rows: ({ byShift }) => byShift.map(({ s, w, e }) => ({ shift: s, wasserstein: w, euclidean: e })),
  plot: ([run], { width }) => {
    const f = (run as { frame: Frame }).frame;
    const end = f.byShift[8] as { w: number; e: number };
    const curve = f.byShift.flatMap(({ s, w, e }) => [
      { s, name: 'Wasserstein-1', share: w / end.w },
      { s, name: 'Euclidean', share: e / end.e },
    ]);
    return chartOptions(
      width,
      220,
      [Plot.lineY(curve, { x: 's', y: 'share', stroke: 'name', marker: 'circle', strokeWidth: 2 })],
      {
        x: { label: 'moved by s (bins)' },
        y: { label: 'distance / distance at 8 bins', grid: true },
        color: colours(['Wasserstein-1', 'Euclidean']),
      },
    );
  },
};

export const byHand = defineExperiment({
  id: 'fresh/by-hand',
  title: 'Wasserstein by hand',
  params,
  steps: () => 0,
  hint: 'Raise at least one bar.',
  act: {
    /** Sets one bar of v; the first drag takes over the moved spectrum as it stands. */
    dragBar: ({ shape, shift, bars: drawn }, { index, value }) => {
      const v = drawn.length === BINS ? drawn : spectraOf(shape, shift).v;
      return { bars: v.map((x, i) => (i === index ? value : x)) };
    },
  },
  mechanism: async () => mechanism,
  charts: { bars, gap, against },
  summary: ({ wasserstein: w, euclidean }) => ({ wasserstein: w, euclidean }),
  claims: [
    {
      id: 'shift-is-distance',
      statement: 'Moving a peak by s bins gives a Wasserstein distance of exactly s.',
      source: 'Follows from the definition (official code, `get_wasserstein`)',
      quantity: 'Largest difference between distance and shift over s = 0 to 8',
      criterion: { relation: '<=', threshold: 1e-12, over: 'each seed' },
      seeds: [1],
      untested: 'Nothing: this is arithmetic.',
      measure: async (run) => {
        const gaps: number[] = [];
        for (let shift = 0; shift <= 8; shift++) {
          const { summary } = await run({ shape: 'peak', shift }, 0);
          gaps.push(Math.abs((summary.wasserstein ?? Number.NaN) - shift));
        }
        return Math.max(...gaps);
      },
    },
  ],
  quick: {},
});
