/** The pictures of "One filter or four?". */
import * as Plot from '@observablehq/plot';
import { runLines } from '#charts/lines';
import { type Tile, tileChart } from '#charts/pixels';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';
import { SIDE } from './params';

const tile = (caption: string, bytes: readonly number[]): Tile => ({
  caption,
  grey: bytes.map((v) => v / 255),
  side: SIDE,
});
const many = ({ filters }: Frame) => `${filters} blended filters`;

const errorCurves = (f: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'mean squared error' },
  lines: [
    { name: 'one filter', x: f.steps, y: f.fixed },
    { name: many(f), x: f.steps, y: f.dynamic },
  ],
});

const error: Chart<Frame> = {
  title: 'Error against its two floors',
  caption:
    'On pictures that were not trained on. Dashed: the least error of any one filter, and of one filter for each kind.',
  curves: errorCurves,
  describe: (f) =>
    `${inWords(errorCurves(f))} No one filter errs less than ${short(f.limits.fixed)}, no pair of filters, one for each kind, less than ${short(f.limits.dynamic)}.`,
  rows: (f) => f.steps.map((step, i) => ({ step, 'one filter': f.fixed[i] ?? null, [many(f)]: f.dynamic[i] ?? null })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const levels = [
      { name: 'best single filter', y: f.limits.fixed },
      { name: 'best filter for each kind', y: f.limits.dynamic },
    ];
    const { points, mark } = runLines(runs, errorCurves);
    return chartOptions(
      width,
      250,
      [
        Plot.ruleY(levels, { y: 'y', stroke: GIVEN, strokeDasharray: '4,3', className: 'mark-floors' }),
        Plot.text(levels, { y: 'y', text: 'name', frameAnchor: 'right', textAnchor: 'end', dy: -7 }),
        mark,
      ],
      {
        x: { label: 'step', ticks: 5 },
        y: { label: 'mean squared error', grid: true, zero: true },
        opacity: { type: 'identity' },
        color: colours([...errorCurves(f).lines, ...points].map(({ name }) => name)),
      },
    );
  },
};

const examples: Chart<Frame> = {
  title: 'A picture of each kind',
  caption: 'Above a smooth picture, below a grating: as it is, with noise, and what the filters make of the noisy one.',
  describe: (f) =>
    `A smooth picture and a grating of ${SIDE} by ${SIDE} pixels, clean, noisy, and filtered by one filter and by ${many(f)}. Root mean square noise is ${short(Math.sqrt(f.untouched))}; all in all one filter leaves ${short(Math.sqrt(f.fixed.at(-1) ?? Number.NaN))}, the blend ${short(Math.sqrt(f.dynamic.at(-1) ?? Number.NaN))}.`,
  rows: (f) => [
    { pictures: 'noisy', 'mean squared error': f.untouched },
    { pictures: 'one filter', 'mean squared error': f.fixed.at(-1) ?? null },
    { pictures: many(f), 'mean squared error': f.dynamic.at(-1) ?? null },
  ],
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    return tileChart(
      f.examples.flatMap((e) => [
        tile('clean', e.clean),
        tile('noisy', e.noisy),
        tile('one filter', e.byOne),
        tile('blend', e.byMany),
      ]),
      4,
      width,
    );
  },
};

const share = (x: number | undefined) => Math.round(100 * (x ?? 0));

const gains: Chart<Frame> = {
  title: 'The gains',
  caption:
    'White passes, black stops; slow waves at the top left. First the best and the learned gains, then the filters that are blended, with their share in smooth pictures and in gratings.',
  wide: true,
  unit: (column) => (column === 'filter' ? undefined : '%'),
  describe: (f) =>
    `Mean shares of the ${f.filters} filters: in smooth pictures ${f.shares[0]?.map((a) => `${share(a)} %`).join(', ')}; in gratings ${f.shares[1]?.map((a) => `${share(a)} %`).join(', ')}.`,
  rows: (f) =>
    f.gains.bank.map((_, m) => ({
      filter: m + 1,
      'share in smooth pictures': share(f.shares[0]?.[m]),
      'share in gratings': share(f.shares[1]?.[m]),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const wide = width > 620;
    const names = ['smooth', 'grating', 'both'];
    const pairs = f.gains.best.map((best, i) => [
      tile(`${names[i]}: best`, best),
      tile(wide ? `${names[i]}: learned` : 'learned', f.gains.learned[i] ?? []),
    ]);
    const bank = f.gains.bank.map((filter, m) =>
      tile(`${share(f.shares[0]?.[m])} % · ${share(f.shares[1]?.[m])} %`, filter),
    );
    return wide ? tileChart([...pairs.flat(), ...bank], 6, width) : tileChart([...pairs.flat(), ...bank], 4, width);
  },
};

export const charts = { error, examples, gains };
