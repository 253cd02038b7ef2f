/** "Wasserstein by hand": two spectra, one draggable, and the distance as the area between their cumulative curves. */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords, peak } from '#charts/words';
import { type Chart, type Curves, defineExperiment, defineMechanism } from '#lab/experiment';
import { series } from '#lab/params';
import { RunStopped } from '#lab/stopped';
import { cumulativeDifference, wasserstein } from '../distance';

const BINS = 16;

/** A hill of five bins around `centre`, on bins 1 to BINS; its tails end before the first and the last bin. */
export const hill = (centre: number): number[] =>
  Array.from({ length: BINS }, (_, i) => {
    const away = Math.abs(i + 1 - centre);
    return away > 2 ? 0 : ([1, 0.6, 0.15][away] as number);
  });

const spectrum = { min: 0, max: 1, length: [BINS, BINS], editor: 'bars' } as const;

const params = {
  u: series({
    ...spectrum,
    label: 'Spectrum u',
    help: 'Drag the bars, or use the arrow keys.',
    default: hill(4),
  }),
  v: series({
    ...spectrum,
    label: 'Spectrum v',
    help: 'Drag the bars, or use the arrow keys.',
    default: hill(8),
  }),
};

const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0);

/** u moved up by s bins; null once something would fall off the end. */
const moved = (u: readonly number[], s: number): number[] | null =>
  u.slice(BINS - s).some((x) => x > 0) ? null : [...new Array<number>(s).fill(0), ...u.slice(0, BINS - s)];

const euclidean = (p: readonly number[], q: readonly number[]) => Math.hypot(...p.map((x, d) => x - (q[d] as number)));

const mechanism = defineMechanism<typeof params>()({
  setup: () => ({}),
  frame(_, { params: { u, v } }) {
    if (total(u) === 0 || total(v) === 0) {
      throw new RunStopped('A spectrum of all zeros has nothing to carry.', 'Raise at least one bar of each.');
    }
    const [p, q] = [u.map((x) => x / total(u)), v.map((x) => x / total(v))];
    return {
      u: p,
      v: q,
      gap: cumulativeDifference(p, q),
      wasserstein: wasserstein(p, q),
      euclidean: euclidean(p, q),
      /** Both distances from u to u moved up by s bins, as far as it fits. */
      byShift: Array.from({ length: BINS }, (_unused, s) => ({ s, there: moved(p, s) })).flatMap(({ s, there }) =>
        there ? [{ s, w: wasserstein(p, there), e: euclidean(p, there) }] : [],
      ),
    };
  },
});

type Frame = Awaited<ReturnType<typeof mechanism.frame>>;

const bars: Chart<Frame> = {
  title: 'Two spectra',
  caption: 'u filled, v in outline. Drag the bars of either beside the charts.',
  describe: (f) =>
    `Of ${BINS} bins u is highest in ${peak(f.u, 'bin')}, v in ${peak(f.v, 'bin')}; they are ${short(f.wasserstein)} bins apart by Wasserstein.`,
  rows: (f) => f.u.map((u, d) => ({ bin: d + 1, u, v: f.v[d] ?? null, gap: f.gap[d] ?? null })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
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
    `The difference reaches from ${short(Math.min(...f.gap))} to ${short(Math.max(...f.gap))}; its area is ${short(f.wasserstein)} bins. The Euclidean distance of the same spectra is ${short(f.euclidean)}.`,
  rows: (f) => f.gap.map((g, d) => ({ bin: d + 1, gap: g })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
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

const share = (byShift: Frame['byShift'], of: 'w' | 'e') =>
  byShift.map((point) => point[of] / Math.max(1e-12, ...byShift.map((other) => other[of])));

const againstCurves = ({ byShift }: Frame): Curves => ({
  x: { label: 'shift' },
  y: { label: 'share of the largest distance', domain: [0, 1.05] },
  lines: (['w', 'e'] as const).map((of) => ({
    name: of === 'w' ? 'Wasserstein-1' : 'Euclidean',
    x: byShift.map(({ s }) => s),
    y: share(byShift, of),
  })),
});

const against: Chart<Frame> = {
  title: 'Why not the Euclidean distance',
  caption:
    'From u to u moved up by s bins, each distance over its largest. Once the bumps no longer overlap, only Wasserstein keeps counting.',
  curves: againstCurves,
  describe: (f) => {
    const euclidean = share(f.byShift, 'e');
    const full = f.byShift[euclidean.findIndex((e) => e > 0.99)]?.s;
    return `As shares of the largest distance. ${inWords(againstCurves(f))}${full === undefined ? '' : ` Euclidean is at its largest from shift ${full} on.`}`;
  },
  rows: ({ byShift }) => byShift.map(({ s, w, e }) => ({ shift: s, wasserstein: w, euclidean: e })),
  plot: (runs, { width }) => {
    const { byShift } = frameOf(runs);
    const curve = againstCurves(frameOf(runs)).lines.flatMap(({ name, x, y }) =>
      x.map((s, i) => ({ s, name, share: y[i] as number })),
    );
    return chartOptions(
      width,
      220,
      [Plot.lineY(curve, { x: 's', y: 'share', z: 'name', stroke: 'name', marker: 'circle', strokeWidth: 2 })],
      {
        x: { label: 'moved by s (bins)', domain: [0, Math.max(1, byShift.at(-1)?.s ?? 1)], tickFormat: 'd' },
        y: { label: 'distance / largest distance', domain: [0, 1.05], grid: true },
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
  hint: 'Raise at least one bar of each.',
  mechanism: async () => mechanism,
  charts: { bars, gap, against },
  summary: (f) => ({ wasserstein: f.wasserstein, euclidean: f.euclidean }),
  claims: [
    {
      id: 'shift-is-distance',
      statement: 'Moving a spectrum by s bins gives a Wasserstein distance of exactly s.',
      source: 'Follows from the definition (official code, get_wasserstein)',
      quantity: 'Largest difference between distance and shift over s = 0 to 8',
      criterion: { relation: '<=', threshold: 1e-12, over: 'each seed' },
      seeds: [1],
      untested: 'Nothing: this is arithmetic.',
      measure: async (run) => {
        const gaps: number[] = [];
        for (let shift = 0; shift <= 8; shift++) {
          const { summary } = await run({ u: hill(4), v: hill(4 + shift) }, 0);
          gaps.push(Math.abs((summary.wasserstein ?? Number.NaN) - shift));
        }
        return Math.max(...gaps);
      },
    },
  ],
  quick: {},
});
