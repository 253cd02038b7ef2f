/** The pictures of the equaliser. */
import * as Plot from '@observablehq/plot';
import { tileChart } from '#charts/pixels';
import { chartOptions, colours, frameOf, GIVEN, percent, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { BANDS } from '../gains';
import type { Frame } from './mechanism';
import { SIDE } from './params';

const bands = Array.from({ length: BANDS }, (_, b) => b + 1);

const pictures: Chart<Frame> = {
  title: 'There, louder and quieter, and back',
  caption:
    'Above: the picture; its cosine coefficients, slow waves at the top left (log scale); the gain of each (dark grey: 0, light grey: 1). Below: the picture after; what was taken away (grey: nothing); the kernel that does the same to the chosen pixel (grey: zero).',
  wide: true,
  describe: (f) =>
    `Of the picture's energy without its mean ${percent(f.energyKept)} is left. A pixel changes by ${short(Math.sqrt(f.error))} (root mean square, of 1). Gains of the bands from slow to fast: ${f.faders.map(short).join(', ')}.`,
  rows: (f) =>
    bands.map((band, b) => ({
      band,
      gain: f.faders[b] ?? null,
      before: f.before[b] ?? null,
      after: f.after[b] ?? null,
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const tile = (caption: string, values: readonly number[]) => ({
      caption,
      grey: values.map((v) => v / 255),
      side: SIDE,
    });
    return tileChart(
      [
        tile('picture', f.picture),
        tile('spectrum', f.spectrum),
        tile('gains', f.gains),
        tile('after', f.result),
        tile('taken away', f.removed),
        tile(width < 480 ? 'kernel' : `kernel of pixel ${f.place.join(', ')}`, f.kernel),
      ],
      3,
      width,
    );
  },
};

const energyCurves = (f: Frame): Curves => ({
  x: { label: 'band' },
  y: { label: 'energy', scale: 'log' },
  lines: [
    { name: 'before', x: bands, y: f.before },
    { name: 'after', x: bands, y: f.after.map((e) => (e > 1e-12 ? e : null)) },
  ],
});

const energy: Chart<Frame> = {
  title: 'Energy by band',
  caption: 'Mean square of a coefficient in each band, log scale. Photographs fall steeply; a silent band has no dot.',
  curves: energyCurves,
  describe: (f) => inWords(energyCurves(f)),
  rows: (f) => bands.map((band, b) => ({ band, before: f.before[b] ?? null, after: f.after[b] ?? null })),
  plot: (runs, { width }) => {
    const { lines } = energyCurves(frameOf(runs));
    const points = lines.flatMap(({ name, x, y }) =>
      x.map((band, b) => ({ name, band, energy: y[b] as number | null })),
    );
    return chartOptions(
      width,
      230,
      [Plot.line(points, { x: 'band', y: 'energy', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'circle' })],
      {
        x: { label: 'band, slow to fast', domain: [0.8, BANDS + 0.2], tickFormat: 'd' },
        y: { label: 'mean energy (log scale)', type: 'log', grid: true, ticks: 4, tickFormat: '.0e' },
        color: colours(['before', 'after']),
        marginLeft: 54,
      },
    );
  },
};

/** How far the table goes to either side of the pixel. */
const NEAR = 6;

const rowCurves = (f: Frame): Curves => ({
  x: { label: 'column' },
  y: { label: 'weight' },
  lines: [{ name: 'kernel', x: f.kernelRow.map((_, j) => j), y: f.kernelRow }],
});

const kernel: Chart<Frame> = {
  title: 'The same as a convolution',
  caption:
    'Weights with which the pixel’s own row enters its new value. Few gains make long kernels, smooth gains short ones.',
  curves: rowCurves,
  describe: (f) => `For the pixel in column ${f.place[1]}. ${inWords(rowCurves(f))}`,
  rows: (f) =>
    f.kernelRow
      .map((weight, column) => ({ column, weight }))
      .filter(({ column }) => Math.abs(column - f.place[1]) <= NEAR),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    return chartOptions(
      width,
      230,
      [
        Plot.ruleY([0], { stroke: GIVEN, strokeOpacity: 0.5 }),
        Plot.ruleX([f.place[1]], { stroke: GIVEN, strokeDasharray: '3,3', strokeOpacity: 0.5 }),
        Plot.lineY(f.kernelRow, { x: (_, j) => j, y: (v) => v, stroke: 'var(--series-1)', strokeWidth: 2 }),
      ],
      { x: { label: 'column', domain: [0, SIDE - 1] }, y: { label: 'weight', grid: true, ticks: 5 }, marginLeft: 54 },
    );
  },
};

export const charts = { pictures, energy, kernel };
