/** "What the constraint knows": which answers of one MaxMin pair each description of it leaves possible. */
import * as Plot from '@observablehq/plot';
import { chartOptions, frameOf, GIVEN, short } from '#charts/theme';
import { type Chart, defineExperiment, defineMechanism } from '#lab/experiment';
import { real, seed, series } from '#lab/params';
import { cellsOf, gridOf } from '../grid';
import { activate, activation } from '../network';
import { squareOf, strips, stripsOf } from '../plane';

/** Pairs of inputs that are drawn with the given difference. */
const DRAWS = 200;
/** Cells per side of the map of the form's sign. */
const CELLS = 40;
/** Half the side of the pictures. */
const REACH = 3;

const free = { min: -5, max: 5, step: 0.1 };

const params = {
  dv: series({
    label: 'How the pair moves',
    symbol: '\\Delta v',
    help: 'First number across, second up. Drag the point, or focus it and use the arrow keys.',
    editor: 'points',
    min: -2,
    max: 2,
    length: [2, 2],
    default: [1.4, -0.2],
  }),
  lambda: real({
    label: 'Not stretched',
    symbol: '\\lambda',
    help: 'Must not be negative.',
    min: 0,
    max: 2,
    step: 0.1,
    default: 1,
  }),
  gamma: real({
    ...free,
    label: 'Equal squares',
    symbol: '\\gamma',
    help: 'Of the two sums; any sign.',
    default: 0,
  }),
  nu: real({ ...free, label: 'Weight of P', symbol: '\\nu', help: 'Any sign.', default: 1 }),
  tau: real({ ...free, label: 'Weight of S', symbol: '\\tau', help: 'Any sign.', default: 1 }),
  seed: seed({ help: 'Draws the pairs of inputs.' }),
};

/** The paper's quadratic form for one pair: >= 0 for every true increment (dv, dx). */
export function formOf(
  { lambda, gamma, nu, tau }: { lambda: number; gamma: number; nu: number; tau: number },
  [a, b]: readonly [number, number],
  [x, y]: readonly [number, number],
): number {
  const [u, w] = [a + b, x + y];
  return lambda * (a * a + b * b - x * x - y * y) + gamma * (u * u - w * w) + 2 * (u - w) * (nu * w - tau * u);
}

const maxmin = activation('maxmin');

const mechanism = defineMechanism<typeof params>()({
  setup: () => ({}),
  frame(_, { params: p, random }) {
    const [a, b] = p.dv as [number, number];
    const stream = random('pairs');
    const cloud = Array.from({ length: DRAWS }, (): [number, number] => {
      const [x, y] = stream.uniform(2, -2, 2) as unknown as [number, number];
      const there = activate(maxmin, Float64Array.of(x + a, y + b));
      const here = activate(maxmin, Float64Array.of(x, y));
      return [(there[0] as number) - (here[0] as number), (there[1] as number) - (here[1] as number)];
    });
    const forms = cloud.map((dx) => formOf(p, [a, b], dx));
    const grid = gridOf(CELLS, REACH, (x, y) => formOf(p, [a, b], [x, y]));
    // The rewriting lets both ReLUs switch by themselves: dx = (b + s1 (a - b), a - s2 (a - b)), s in [0, 1]^2, here in
    // the order (max, min); its corners are the four switches.
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ].map(([s, t]): [number, number] => [b + (s as number) * (a - b), a - (t as number) * (a - b)]);
    const length = Math.hypot(a, b);
    const longest = (points: readonly (readonly [number, number])[]) =>
      Math.max(...points.map(([x, y]) => Math.hypot(x, y)));
    return {
      a,
      b,
      length,
      cloud,
      grid,
      corners,
      smallestForm: Math.min(...forms),
      /** Longest answer over the length of the question; 0 where nothing moves. */
      rewritten: length > 0 ? longest(corners) / length : 0,
      reached: length > 0 ? longest(cloud) / length : 0,
    };
  },
});

type Frame = Awaited<ReturnType<typeof mechanism.frame>>;

const axes = (width: number) => squareOf(width, REACH, ['Δx, first', 'Δx, second'], 380);

const circle = (r: number) =>
  Array.from({ length: 73 }, (_, i) => ({ x: r * Math.cos((i * Math.PI) / 36), y: r * Math.sin((i * Math.PI) / 36) }));

const possible: Chart<Frame> = {
  title: 'Answers that each description allows',
  caption:
    'Circle: only “not stretched”. Dashed: the ReLU rewriting. Line: not stretched and sum kept, as the paper says. Dots: what true MaxMin pairs answer.',
  describe: (f) =>
    `The pair moves by (${short(f.a)}, ${short(f.b)}), length ${short(f.length)}. True answers are at most ${short(f.reached)} times as long, those of the rewriting ${short(f.rewritten)} times.`,
  rows: (f) => f.cloud.map(([x, y]) => ({ first: x, second: y })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { size, options } = axes(width);
    const at = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));
    const [first] = f.corners as [[number, number]];
    return chartOptions(
      ...size,
      [
        Plot.line(circle(f.length), { x: 'x', y: 'y', stroke: GIVEN, strokeWidth: 1.5 }),
        Plot.line(at([...f.corners, first]), {
          x: 'x',
          y: 'y',
          stroke: 'var(--series-2)',
          strokeDasharray: '5,4',
          strokeWidth: 2,
          className: 'mark-rewriting',
        }),
        Plot.line(
          at([
            [f.a, f.b],
            [f.b, f.a],
          ]),
          { x: 'x', y: 'y', stroke: 'var(--series-1)', strokeWidth: 6, strokeOpacity: 0.4, className: 'mark-segment' },
        ),
        Plot.dot(at(f.cloud), { x: 'x', y: 'y', r: 2, fill: 'var(--series-3)' }),
        Plot.dot([{ x: f.a, y: f.b }], { x: 'x', y: 'y', r: 5, stroke: GIVEN, strokeWidth: 2 }),
      ],
      options,
    );
  },
};

const sign: Chart<Frame> = {
  title: 'Where the form is not negative',
  caption: 'Shaded: answers that the weighted form allows. Whatever the sliders say, no dot falls out of it.',
  describe: (f) =>
    `The smallest value of the form over ${DRAWS} true answers is ${short(f.smallestForm)}; ${short((100 * f.grid.filter((form) => form >= 0).length) / f.grid.length)} % of the picture is allowed.`,
  rows: (f) => cellsOf(f.grid, REACH).map(({ x, y, value }) => ({ first: x, second: y, form: value })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { size, options } = axes(width);
    return chartOptions(
      ...size,
      [
        strips(
          stripsOf(f.grid, REACH, (form) => (form >= 0 ? 1 : 0)),
          { fill: () => 'var(--series-1)', opacity: () => 0.3 },
        ),
        Plot.dot(
          f.cloud.map(([x, y]) => ({ x, y })),
          { x: 'x', y: 'y', r: 2, fill: 'var(--series-3)' },
        ),
      ],
      options,
    );
  },
};

export const onePair = defineExperiment({
  id: 'lipsdp/one-pair',
  title: 'What the constraint knows',
  params,
  steps: () => 0,
  hint: 'Any values will do.',
  mechanism: async () => mechanism,
  charts: { possible, sign },
  summary: (f) => ({
    smallestForm: f.smallestForm,
    rewrittenStretch: f.rewritten,
    trueStretch: f.reached,
  }),
  claims: [
    {
      id: 'form-holds',
      statement: 'The form is never negative for a true pair, for multipliers of any sign but λ.',
      source: 'The paper’s lemma on GroupSort and MaxMin (form as in the official code)',
      quantity: 'Smallest value over 200 pairs and 5 settings of the multipliers',
      criterion: { relation: '>=', threshold: -1e-6, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Nothing: the proof is a line of algebra; the margin is for rounding.',
      measure: async (run, seed) => {
        const values: number[] = [];
        for (const gamma of [-2, -1, 0, 1, 2]) {
          const { summary } = await run({ seed, gamma, nu: gamma / 2, tau: -gamma, dv: [1.2, -0.7] }, 0);
          values.push(summary.smallestForm ?? Number.NaN);
        }
        return Math.min(...values);
      },
    },
    {
      id: 'rewriting-corner',
      statement: 'Moving one input alone, the rewriting allows an answer √2 times as long.',
      source: 'Derived on this page; the abstract says that the rewriting is loose',
      quantity: 'Distance of the largest stretch to √2',
      criterion: { relation: '<=', threshold: 1e-9, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Nothing: this is arithmetic.',
      measure: async (run, seed) =>
        Math.abs(((await run({ seed, dv: [1, 0] }, 0)).summary.rewrittenStretch ?? Number.NaN) - Math.SQRT2),
    },
  ],
  quick: {},
});
