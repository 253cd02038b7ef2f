/** The pictures of "The certified circle". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import type { Chart } from '#lab/experiment';
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
    'Colour: the side the network takes, deeper where it is surer. Solid circles: no point inside is on the other side. Dashed: what the steepest slope found would allow, if there were no steeper one. Cross: the nearest point of the other side that was found.',
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
  caption: 'Points on the wrong side count as radius 0. The same network; only the bound differs.',
  describe: (f) =>
    `Mean certified radius ${short(f.meanRadius.product)} by the product, ${short(f.meanRadius.sdp)} by the program.`,
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
    const bars = (
      [
        ['product', f.bounds.product],
        ['program', f.bounds.sdp],
      ] as const
    ).flatMap(([name, L]) => {
      const counts = new Array<number>(BINS).fill(0);
      for (const m of f.margins) {
        const bin = Math.min(BINS - 1, Math.floor(Math.max(0, m) / L / step));
        counts[bin] = (counts[bin] as number) + 1;
      }
      return counts.map((count, i) => ({ name, from: i * step, count }));
    });
    return chartOptions(
      width,
      230,
      [
        Plot.rectY(bars, {
          x1: 'from',
          x2: (b) => b.from + step,
          // Given as an interval, so that the two are laid over each other and not stacked.
          y1: 0,
          y2: 'count',
          fill: 'name',
          fillOpacity: 0.55,
          inset: 0.5,
        }),
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

const growth: Chart<Frame> = {
  title: 'Bounds while it trains',
  caption: 'Training makes the network steeper. The truth is between the lowest curve and the one above it.',
  describe: (f) =>
    `After ${f.history.step.at(-1)} steps: product ${short(f.bounds.product)}, program ${short(f.bounds.sdp)}, search ${short(f.bounds.sampled)}; ${short(100 * f.accuracy)} % of the points are on the right side.`,
  rows: (f) =>
    f.history.step.map((step, i) => ({
      step,
      product: f.history.product[i] ?? null,
      program: f.history.sdp[i] ?? null,
      search: f.history.sampled[i] ?? null,
    })),
  plot: (runs, { width }) => {
    const { history } = frameOf(runs);
    const curves = (['product', 'sdp', 'sampled'] as const).flatMap((part) =>
      history.step.map((step, i) => ({
        step,
        name: { product: 'product', sdp: 'program', sampled: 'search' }[part],
        value: Math.max(1e-6, history[part][i] as number),
      })),
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
