/** "How far can one block carry a token?": the description that page, command line and tests read. */
import * as Plot from '@observablehq/plot';
import { merged } from '#charts/merged';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords } from '#charts/words';
import { type Chart, type Curves, defineExperiment } from '#lab/experiment';
import type { Frame } from './mechanism';
import { params } from './params';

const GAP = 2;

const counts = (f: Frame) => f.settings.map(({ name, carried }) => `${name} ${carried}`).join(', ');

const rows = (f: Frame) =>
  f.settings.map(({ name, carried, inside, outside, mean }) => ({
    setting: name,
    carried,
    'largest error inside': inside,
    'smallest outside': outside,
    'mean outside': mean,
  }));

const maps: Chart<Frame> = {
  title: 'What can be fetched from where',
  caption:
    'The output stands at the dot. A cell is filled where the best kernels copy what stands there without error, empty where nothing helps.',
  wide: true,
  describe: (f) =>
    `Places of ${f.settings[0]?.errors.length} that can be copied: ${counts(f)}. Elsewhere the best error is ${short(Math.min(...f.settings.map(({ outside }) => outside)))} or more.`,
  rows,
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const side = 2 * f.far + 1;
    const total = f.settings.length * (side + GAP) - GAP;
    const cells = f.settings.flatMap(({ errors }, panel) =>
      errors.map((error, at) => ({
        x: panel * (side + GAP) + (at % side),
        y: Math.floor(at / side),
        // Twenty steps: enough to see that the middle is empty, few enough to be drawn as paths.
        fetched: Math.round(20 * Math.max(0, 1 - error)) / 20,
      })),
    );
    const title = 26;
    const places = f.settings.map((setting, panel) => ({ ...setting, x: panel * (side + GAP) + side / 2 }));
    return chartOptions(
      width,
      (width * side) / total + title,
      [
        Plot.rect(cells, {
          x1: 'x',
          x2: ({ x }) => x + 1,
          y1: 'y',
          y2: ({ y }) => y + 1,
          fill: 'var(--series-1)',
          fillOpacity: ({ fetched }) => 0.06 + 0.94 * fetched,
          render: merged,
          className: 'mark-fetched',
        }),
        Plot.dot(places, { x: 'x', y: side / 2, r: 3, fill: 'var(--series-2)' }),
        Plot.text(places, {
          x: 'x',
          y: 0,
          text: ({ name, carried }) => `${name}: ${carried}`,
          dy: -13,
          fontSize: width < 500 ? 11 : 13,
          fill: 'currentColor',
        }),
      ],
      {
        x: { axis: null, domain: [0, total] },
        y: { axis: null, domain: [0, side], reverse: true },
        opacity: { type: 'identity' },
        marginLeft: 0,
        marginRight: 0,
        marginTop: title,
        marginBottom: 0,
      },
    );
  },
};

const alongCurves = (f: Frame): Curves => {
  const side = 2 * f.far + 1;
  const x = Array.from({ length: side }, (_, j) => j - f.far);
  return {
    x: { label: 'columns to the right of the output' },
    y: { label: 'best error', domain: [0, 1.3] },
    lines: f.settings.map(({ name, errors }) => ({ name, x, y: errors.slice(f.far * side, (f.far + 1) * side) })),
  };
};

const along: Chart<Frame> = {
  title: 'The errors along the output’s own row',
  caption:
    'As a share of the noise’s power. On paper each is 0 or 1; least squares on one map of noise scatters around 1.',
  wide: true,
  curves: alongCurves,
  describe: (f) => inWords(alongCurves(f)),
  rows: (f) => {
    const { lines } = alongCurves(f);
    return (lines[0]?.x ?? [])
      .map((column, j) => ({
        column,
        ...Object.fromEntries(lines.map(({ name, y }) => [name, y[j] ?? null])),
      }))
      .filter(({ column }) => Math.abs(column) < 7);
  },
  plot: (runs, { width }) => {
    const { lines } = alongCurves(frameOf(runs));
    const points = lines.flatMap(({ name, x, y }) => x.map((column, j) => ({ name, column, error: y[j] as number })));
    return chartOptions(
      width,
      230,
      [
        Plot.ruleX([0], { stroke: GIVEN, strokeOpacity: 0.4, strokeDasharray: '2,3' }),
        Plot.line(points, { x: 'column', y: 'error', stroke: 'name', strokeWidth: 2 }),
        Plot.dot(points, { x: 'column', y: 'error', fill: 'name', r: 3 }),
      ],
      {
        x: { label: 'columns to the right of the output', ticks: 9 },
        y: { label: 'best error', domain: [0, 1.3], grid: true },
        color: colours(lines.map(({ name }) => name)),
      },
    );
  },
};

const figure = (f: Frame, name: string) => {
  const found = f.settings.find((setting) => setting.name === name);
  if (!found) throw new Error(`No setting ${name}.`);
  return found;
};

const summary = (f: Frame) => ({
  carriedBoth: figure(f, 'mix and shift').carried,
  carriedMix: figure(f, 'mix only').carried,
  carriedShift: figure(f, 'shift only').carried,
  largestInside: Math.max(...f.settings.map(({ inside }) => inside)),
  smallestOutside: Math.min(...f.settings.map(({ outside }) => outside)),
});

export const carry = defineExperiment({
  id: 'ms-mlp/carry',
  title: 'How far can one block carry a token?',
  params,
  steps: () => 0,
  hint: 'Choose another side or seed.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts: { maps, along },
  summary,
  claims: [
    {
      id: 'carries-what-it-reads',
      statement: 'The best kernels copy 73 places with both, 49 with mixing alone and 9 with shifting alone.',
      source:
        'Derived on this page: white noise at two places is uncorrelated, so a place is copied exactly or not at all',
      quantity: 'Largest difference of the three counts from these numbers; an error below one half counts as copied',
      criterion: { relation: '<=', threshold: 0, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Several blocks, whose nonlinear parts do more than carry.',
      measure: async (run, seed) => {
        const { carriedBoth, carriedMix, carriedShift } = (await run({ seed }, 0)).summary;
        return Math.max(Math.abs(carriedBoth - 73), Math.abs(carriedMix - 49), Math.abs(carriedShift - 9));
      },
    },
    {
      id: 'all-or-nothing',
      statement:
        'Nothing lies between: outside of what is read, the best error stays near the whole power of the noise.',
      source: 'Derived on this page; the threshold leaves room for chance on one map of 28 x 28 tokens',
      quantity: 'Smallest best error over all other places, as a share of the power',
      criterion: { relation: '>=', threshold: 0.75, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Photographs, whose neighbouring tokens are alike: there a place next to what is read can be guessed.',
      measure: async (run, seed) => (await run({ seed }, 0)).summary.smallestOutside,
    },
  ],
  quick: { side: 20 },
});
