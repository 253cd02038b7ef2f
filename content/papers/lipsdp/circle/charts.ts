/** The pictures of "The certified circle". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { logScale } from '../axis';
import { cellsOf } from '../grid';
import { squareOf, strips, stripsOf } from '../plane';
import type { Frame, Spot } from './mechanism';
import { REACH } from './params';

const names = {
  sdp: 'certified by the program',
  product: 'certified by the product',
  sampled: 'no certificate: search',
};

/** Depths of colour for each side. */
const SHADES = 6;
/** Depths of colour for slopes. */
const SLOPES = 12;

const spotInWords = ({ x, y, logit, radii, other }: Spot) =>
  `At (${short(x)}, ${short(y)}) the logit is ${short(logit)}. Certified radius: ${short(radii.product)} by the product, ${short(radii.sdp)} by the program; ${other ? `the other side was found at distance ${short(other.distance)}` : 'no point of the other side was found'}.`;

const map: Chart<Frame> = {
  title: 'How far each point may move',
  caption:
    'Colour: the side the network takes, deeper where it is surer. Solid circles: no point inside is on the other side, by the product the inner, by the program the outer. Dashed: what the steepest slope found would allow, if there were no steeper one. Cross: the nearest point of the other side that was found.',
  describe: (f) => f.spots.map(spotInWords).join(' '),
  rows: (f) =>
    f.spots.map((spot) => ({
      x: spot.x,
      y: spot.y,
      [names.product]: spot.radii.product,
      [names.sdp]: spot.radii.sdp,
      [names.sampled]: spot.radii.sampled,
      'other side found': spot.other?.distance ?? null,
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { size, options } = squareOf(width, REACH, ['x₁', 'x₂']);
    const top = Math.max(1e-9, ...f.cells.map(Math.abs));
    const shadeOf = (value: number) => Math.sign(value) * Math.ceil(SHADES * Math.sqrt(Math.abs(value) / top));
    const rings = (kind: keyof typeof names) =>
      f.spots.flatMap(({ x, y, radii }, spot) =>
        Array.from({ length: 61 }, (_, i) => ({
          spot,
          name: names[kind],
          x: x + radii[kind] * Math.cos((i * Math.PI) / 30),
          y: y + radii[kind] * Math.sin((i * Math.PI) / 30),
        })),
      );
    const line = { x: 'x', y: 'y', z: 'spot', stroke: 'name', strokeWidth: 2.2 };
    const others = f.spots.flatMap(({ other }) => other ?? []);
    return chartOptions(
      ...size,
      [
        strips(stripsOf(f.cells, REACH, shadeOf), {
          fill: (shade) => (shade > 0 ? 'var(--series-1)' : 'var(--series-2)'),
          opacity: (shade) => 0.08 + (0.4 * Math.abs(shade)) / SHADES,
        }),
        Plot.dot(f.points, { x: 'x', y: 'y', r: 1.6, fill: (p) => (p.label ? 'var(--series-1)' : 'var(--series-2)') }),
        Plot.line(rings('sampled'), { ...line, strokeDasharray: '4,4' }),
        Plot.line(rings('sdp'), line),
        Plot.line(rings('product'), line),
        Plot.dot(f.spots, { x: 'x', y: 'y', r: 3.5, fill: GIVEN }),
        Plot.dot(others, { x: 'x', y: 'y', symbol: 'times', r: 6, stroke: GIVEN, strokeWidth: 2 }),
      ],
      {
        ...options,
        // The colours of cells and points are given as they are.
        color: {
          type: 'categorical',
          legend: true,
          domain: [names.sdp, names.product, names.sampled],
          range: ['var(--series-3)', 'var(--series-4)', GIVEN],
        },
      },
    );
  },
};

const slopes: Chart<Frame> = {
  title: 'How steep it is, place by place',
  caption:
    'Darker: steeper. Each even patch is one linear piece of a ReLU or MaxMin network. The bound has to cover the darkest piece, wherever it lies; a point pays for it even on a gentle one.',
  describe: (f) =>
    `In the picture the slope runs from ${short(Math.min(...f.slopes))} to ${short(Math.max(...f.slopes))}; the program’s bound for the whole plane is ${short(f.bounds.sdp)}.`,
  rows: (f) => cellsOf(f.slopes, REACH).map(({ x, y, value }) => ({ x, y, slope: value })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { size, options } = squareOf(width, REACH, ['x₁', 'x₂']);
    const top = Math.max(1e-9, ...f.slopes);
    return chartOptions(
      ...size,
      [
        strips(
          stripsOf(f.slopes, REACH, (slope) => Math.ceil((SLOPES * slope) / top)),
          { fill: () => 'var(--series-4)', opacity: (shade) => (0.9 * shade) / SLOPES },
        ),
        Plot.dot(f.spots, { x: 'x', y: 'y', r: 3.5, fill: GIVEN }),
      ],
      options,
    );
  },
};

const BINS = 16;

const radii: Chart<Frame> = {
  title: 'Certified radius of every training point',
  caption:
    'Filled: by the product. Outline: by the program. Points on the wrong side count as radius 0. The same network; only the bound differs.',
  describe: (f) => {
    const most = Math.max(0, ...f.margins);
    return `Mean certified radius ${short(f.meanRadius.product)} by the product, ${short(f.meanRadius.sdp)} by the program; largest ${short(most / f.bounds.product)} and ${short(most / f.bounds.sdp)}. ${f.margins.filter((m) => m <= 0).length} of ${f.margins.length} points have radius 0.`;
  },
  rows: (f) =>
    f.margins.map((m, i) => ({
      point: i + 1,
      product: Math.max(0, m) / f.bounds.product,
      program: Math.max(0, m) / f.bounds.sdp,
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const most = Math.max(1e-9, ...f.margins) / f.bounds.sdp;
    const step = most / BINS;
    const bars = (name: string, L: number) => {
      const counts = new Array<number>(BINS).fill(0);
      for (const m of f.margins) {
        const bin = Math.min(BINS - 1, Math.floor(Math.max(0, m) / L / step));
        counts[bin] = (counts[bin] as number) + 1;
      }
      return counts.map((count, i) => ({ name, from: i * step, count }));
    };
    // Given as intervals, so that the two are laid over each other and not stacked.
    const box = { x1: 'from', x2: (b: { from: number }) => b.from + step, y1: 0, y2: 'count', inset: 0.5 };
    return chartOptions(
      width,
      230,
      [
        Plot.rectY(bars('product', f.bounds.product), { ...box, fill: 'name', fillOpacity: 0.55 }),
        Plot.rectY(bars('program', f.bounds.sdp), { ...box, fill: 'none', stroke: 'name', strokeWidth: 2 }),
        Plot.ruleY([0], { stroke: GIVEN }),
      ],
      {
        x: { label: 'certified radius (units of the plane)', ticks: 5 },
        y: { label: 'points', grid: true },
        color: {
          ...colours(['program', 'product']),
          domain: ['program', 'product'],
          range: ['var(--series-3)', 'var(--series-4)'],
        },
      },
    );
  },
};

const growthCurves = ({ history }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'Lipschitz constant', scale: 'log' },
  lines: (['product', 'sdp', 'sampled'] as const).map((part) => ({
    name: { product: 'product', sdp: 'program', sampled: 'search' }[part],
    x: history.step,
    y: history[part],
  })),
});

const growth: Chart<Frame> = {
  title: 'Bounds while it trains',
  caption: 'Training makes the network steeper. The truth is between the lowest curve and the one above it.',
  curves: growthCurves,
  describe: (f) => `${inWords(growthCurves(f))} ${percent(f.accuracy)} of the points are on the right side.`,
  rows: (f) =>
    f.history.step.map((step, i) => ({
      step,
      product: f.history.product[i] ?? null,
      program: f.history.sdp[i] ?? null,
      search: f.history.sampled[i] ?? null,
    })),
  plot: (runs, { width }) => {
    const { history } = frameOf(runs);
    const curves = growthCurves(frameOf(runs)).lines.flatMap(({ name, x, y }) =>
      x.map((step, i) => ({ step, name, value: Math.max(1e-6, y[i] as number) })),
    );
    return chartOptions(
      width,
      230,
      [Plot.lineY(curves, { x: 'step', y: 'value', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'dot' })],
      {
        x: { label: 'training step', domain: [0, Math.max(20, history.step.at(-1) ?? 0)] },
        y: logScale(
          'Lipschitz constant (log scale)',
          curves.map(({ value }) => value),
        ),
        color: {
          ...colours([]),
          domain: ['program', 'product', 'search'],
          range: ['var(--series-3)', 'var(--series-4)', 'var(--series-6)'],
        },
      },
    );
  },
};

export const charts = { map, slopes, radii, growth };
