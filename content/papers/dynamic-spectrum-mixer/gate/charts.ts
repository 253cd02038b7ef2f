/** The pictures of "The gate at work on a photograph". */
import * as Plot from '@observablehq/plot';
import { runLines } from '#charts/lines';
import { tileChart } from '#charts/pixels';
import { chartOptions, colours, frameOf, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { BANDS } from '../gains';
import type { Frame } from './mechanism';
import { SIDE, TILE, TILES } from './params';

const bands = Array.from({ length: BANDS }, (_, b) => b + 1);
const last = (xs: readonly number[]) => xs.at(-1) ?? Number.NaN;
const many = ({ filters }: Frame) => `${filters} blended filters`;

const pictures: Chart<Frame> = {
  title: 'What is let through, and where',
  caption:
    'Each tile of 16 × 16 pixels gets gains of its own. The map shows their mean without the slowest band: bright tiles keep their fast waves. Last, all gains of the tile that you choose.',
  wide: true,
  describe: (f) => {
    const place = (t: number) => `row ${Math.floor(t / TILES) + 1}, column ${(t % TILES) + 1}`;
    const [least, most] = [Math.min(...f.fast), Math.max(...f.fast)];
    return `The mean gain of the fast bands goes from ${short(least)} (tile in ${place(f.fast.indexOf(least))}) to ${short(most)} (${place(f.fast.indexOf(most))}). The mean squared error is ${short(f.untouched)} with noise, ${short(last(f.fixed))} after one filter, ${short(last(f.dynamic))} after the blend.`;
  },
  rows: (f) =>
    Array.from({ length: TILES }, (_, row) => ({
      row: row + 1,
      ...Object.fromEntries(
        Array.from({ length: TILES }, (_unused, column) => [
          `column ${column + 1}`,
          f.fast[row * TILES + column] ?? null,
        ]),
      ),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const picture = (caption: string, values: readonly number[], side = SIDE) => ({
      caption,
      grey: values.map((v) => v / 255),
      side,
    });
    const [least, most] = [Math.min(...f.fast), Math.max(...f.fast)];
    const map = f.fast.map((v) => (255 * (v - least)) / Math.max(1e-9, most - least));
    return tileChart(
      [
        picture('clean', f.clean),
        picture('noisy', f.noisy),
        picture(width < 480 ? 'fast waves' : 'gain of fast waves', map, TILES),
        picture('one filter', f.byOne),
        picture(width < 480 ? 'blend' : many(f), f.byMany),
        picture(
          width < 480 ? `tile ${f.place.join(', ')}` : `gains of tile ${f.place.join(', ')}`,
          f.gains.chosen,
          TILE,
        ),
      ],
      3,
      width,
    );
  },
};

const errorCurves = (f: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'mean squared error' },
  lines: [
    { name: 'one filter', x: f.steps, y: f.fixed },
    { name: many(f), x: f.steps, y: f.dynamic },
  ],
});

const error: Chart<Frame> = {
  title: 'Error on this picture',
  caption: 'Mean squared error of a pixel, in units of the picture’s variance. Trained on other photographs.',
  curves: errorCurves,
  describe: (f) => inWords(errorCurves(f)),
  rows: (f) =>
    f.steps
      .map((step, i) => ({ step, 'one filter': f.fixed[i] ?? null, [many(f)]: f.dynamic[i] ?? null }))
      .filter((_, i, all) => i % 2 === 0 || i === all.length - 1),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { points, mark } = runLines(runs, errorCurves);
    return chartOptions(width, 240, [mark], {
      x: { label: 'step', ticks: 5 },
      y: { label: 'mean squared error', grid: true, zero: true },
      opacity: { type: 'identity' },
      color: colours([...errorCurves(f).lines, ...points].map(({ name }) => name)),
    });
  },
};

const gainCurves = ({ gains }: Frame): Curves => ({
  x: { label: 'band' },
  y: { label: 'gain' },
  lines: [
    { name: 'chosen tile', x: bands, y: gains.byBand },
    { name: 'strictest tile', x: bands, y: gains.least },
    { name: 'most open tile', x: bands, y: gains.most },
    { name: 'one filter', x: bands, y: gains.fixed },
  ],
});

const gain: Chart<Frame> = {
  title: 'Gains by band',
  caption:
    'From the slowest waves to the fastest: the chosen tile, the two extremes, and the one filter that serves all.',
  curves: gainCurves,
  describe: (f) => inWords(gainCurves(f)),
  rows: ({ gains }) =>
    bands.map((band, b) => ({
      band,
      'chosen tile': gains.byBand[b] ?? null,
      'strictest tile': gains.least[b] ?? null,
      'most open tile': gains.most[b] ?? null,
      'one filter': gains.fixed[b] ?? null,
    })),
  plot: (runs, { width }) => {
    const { lines } = gainCurves(frameOf(runs));
    const points = lines.flatMap(({ name, x, y }) => x.map((band, b) => ({ name, band, gain: y[b] as number })));
    return chartOptions(
      width,
      240,
      [Plot.line(points, { x: 'band', y: 'gain', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'circle' })],
      {
        x: { label: 'band, slow to fast', domain: [0.8, BANDS + 0.2], tickFormat: 'd' },
        y: { label: 'mean gain', grid: true, zero: true },
        color: colours(lines.map(({ name }) => name)),
      },
    );
  },
};

export const charts = { pictures, error, gain };
