/** "Mix first or shift first?": both orders on one row, and where they differ. */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords } from '#charts/words';
import { type Chart, type Curves, defineExperiment, defineMechanism } from '#lab/experiment';
import { CELLS, params } from './params';
import { expectedColumns, mixed, type Padding, shifted } from './row';

/** Sums of at most seven products in another order: below this a difference is rounding. */
const ROUNDING = 1e-12;

const mechanism = defineMechanism<typeof params>()({
  setup: () => ({}),
  frame(_, { params: p, random }) {
    const k = Number(p.kernel);
    const drawn = Array.from(random('kernel').normal(k, 0, 1));
    const weights = p.weights === 'average' ? new Array<number>(k).fill(1 / k) : drawn;
    const shiftFirst = mixed(shifted(p.row, p.shift), weights, p.padding);
    const mixFirst = shifted(mixed(p.row, weights, p.padding), p.shift);
    const difference = shiftFirst.map((value, j) => value - (mixFirst[j] as number));
    return {
      row: [...p.row],
      shift: p.shift,
      padding: p.padding as Padding,
      weights,
      /** What the seed draws, in force or not. */
      drawn,
      shiftFirst,
      mixFirst,
      difference,
      /** Columns from 0 where both orders differ. */
      differing: difference.flatMap((d, j) => (Math.abs(d) > ROUNDING ? [j] : [])),
      expected: expectedColumns(CELLS, p.shift, k, p.padding),
    };
  },
});

type Frame = Awaited<ReturnType<typeof mechanism.frame>>;

const COLUMNS = Array.from({ length: CELLS }, (_, j) => j);
const ORDERS = ['shift, then mix (the code)', 'mix, then shift (the figure)'];

const orderCurves = (f: Frame): Curves => ({
  x: { label: 'column' },
  y: { label: 'value' },
  lines: [
    { name: ORDERS[0] as string, x: COLUMNS, y: f.shiftFirst },
    { name: ORDERS[1] as string, x: COLUMNS, y: f.mixFirst },
  ],
});

const orders: Chart<Frame> = {
  title: 'Both orders on one row',
  wide: true,
  caption:
    'Bars: the row as given. Wide line and thin line: the two orders; where they lie on each other, only the border of the wide one is seen.',
  curves: orderCurves,
  describe: (f) => `Shifted by ${f.shift}, kernel of ${f.weights.length}. ${inWords(orderCurves(f))}`,
  rows: (f) =>
    COLUMNS.map((column) => ({
      column,
      given: f.row[column] ?? null,
      'shift, mix': f.shiftFirst[column] ?? null,
      'mix, shift': f.mixFirst[column] ?? null,
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const line = (values: readonly number[], order: number) => values.map((v, j) => ({ j, v, order: ORDERS[order] }));
    return chartOptions(
      width,
      260,
      [
        Plot.rectY(
          f.row.map((v, j) => ({ j, v })),
          {
            x1: ({ j }) => j - 0.5,
            x2: ({ j }) => j + 0.5,
            y: 'v',
            inset: 0.5,
            fill: GIVEN,
            fillOpacity: 0.18,
          },
        ),
        Plot.ruleY([0], { stroke: GIVEN, strokeOpacity: 0.4 }),
        Plot.lineY(line(f.shiftFirst, 0), {
          x: 'j',
          y: 'v',
          stroke: 'order',
          strokeWidth: 7,
          strokeOpacity: 0.5,
          className: 'mark-shift-first',
        }),
        Plot.lineY(line(f.mixFirst, 1), {
          x: 'j',
          y: 'v',
          stroke: 'order',
          strokeWidth: 2,
          marker: 'circle',
          className: 'mark-mix-first',
        }),
      ],
      {
        x: { label: 'column', domain: [-0.5, CELLS - 0.5], ticks: 8, tickFormat: 'd' },
        y: { label: 'value', grid: true, nice: true },
        color: colours(ORDERS),
      },
    );
  },
};

const list = (columns: readonly number[]) => (columns.length === 0 ? 'none' : columns.join(', '));

const difference: Chart<Frame> = {
  title: 'Where the order matters',
  wide: true,
  caption:
    'Shift first minus mix first. Circles mark the columns that arithmetic names for rows without zeros: 4 times half the kernel, unless some fall on each other.',
  describe: (f) =>
    `The orders differ in ${f.differing.length} of ${CELLS} columns (${list(f.differing)}), by at most ${short(Math.max(...f.difference.map(Math.abs)))}. Expected: ${list(f.expected)}.`,
  rows: (f) =>
    COLUMNS.map((column) => ({
      column,
      difference: f.difference[column] ?? null,
      expected: f.expected.includes(column) ? 'yes' : 'no',
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    return chartOptions(
      width,
      200,
      [
        Plot.ruleY([0], { stroke: GIVEN, strokeOpacity: 0.4 }),
        Plot.rectY(
          f.difference.map((v, j) => ({ j, v })),
          {
            x1: ({ j }) => j - 0.5,
            x2: ({ j }) => j + 0.5,
            y: 'v',
            inset: 1,
            fill: 'var(--series-3)',
            className: 'mark-difference',
          },
        ),
        Plot.dot(f.expected, { x: (j: number) => j, y: 0, r: 5, stroke: 'var(--series-2)', strokeWidth: 2 }),
      ],
      {
        x: { label: 'column', domain: [-0.5, CELLS - 0.5], ticks: 8, tickFormat: 'd' },
        y: { label: 'difference', domain: domainOf(f.difference), grid: true },
      },
    );
  },
};

/** Symmetric around zero, and a range even where nothing differs. */
function domainOf(values: readonly number[]): [number, number] {
  const most = 1.15 * Math.max(0.05, ...values.map(Math.abs));
  return [-most, most];
}

/** So many settings with rows that hold no zeros; all shifts from 1 to 8 meet all kernels. */
const anyRow = (seed: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    row: COLUMNS.map((j) => 0.5 + 0.4 * Math.sin(1 + j * (2.3 + 0.37 * i + seed))),
    weights: 'random' as const,
    seed: 100 * seed + i,
    shift: (i % 8) + 1,
    kernel: (['3', '5', '7'] as const)[i % 3] as '3' | '5' | '7',
  }));

export const order = defineExperiment({
  id: 'ms-mlp/order',
  title: 'Mix first or shift first?',
  params,
  steps: () => 0,
  hint: 'Reset.',
  mechanism: async () => mechanism,
  charts: { orders, difference },
  summary: (f: Frame) => ({
    differing: f.differing.length,
    largest: Math.max(...f.difference.map(Math.abs)),
    /** Columns that differ and are not expected to, or the other way round. */
    unexpected: COLUMNS.filter((j) => f.differing.includes(j) !== f.expected.includes(j)).length,
  }),
  claims: [
    {
      id: 'circular-commutes',
      statement: 'With circular padding both orders give the same row.',
      source: 'Derived on this page: both are circulant matrices, and those commute',
      quantity: 'Largest difference over 24 rows with random kernels, shifts 1 to 8',
      criterion: { relation: '<=', threshold: ROUNDING, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Nothing: this is arithmetic.',
      measure: async (run, seed) => {
        const found: number[] = [];
        for (const drawn of anyRow(seed, 24)) {
          found.push((await run({ ...drawn, padding: 'circular' }, 0)).summary.largest);
        }
        return Math.max(...found);
      },
    },
    {
      id: 'border-only',
      statement:
        'With zero padding they differ in the columns next to the border and next to the moved border, and in no other.',
      source: 'Derived on this page from the official code, which shifts in a circle and pads with zeros',
      quantity: 'Columns in which measurement and arithmetic disagree, over 24 rows with random kernels, shifts 1 to 8',
      criterion: { relation: '<=', threshold: 0, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Rows with zeros, which can hide a difference.',
      measure: async (run, seed) => {
        let unexpected = 0;
        for (const drawn of anyRow(seed, 24)) unexpected += (await run(drawn, 0)).summary.unexpected;
        return unexpected;
      },
    },
  ],
  quick: {},
});
