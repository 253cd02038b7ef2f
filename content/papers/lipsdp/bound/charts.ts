/** The pictures of the calculator. */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, short, thinned } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { logScale } from '../axis';
import type { Frame } from './mechanism';

const FROM_BELOW = 'search, a lower bound';

/** Every bound by name, from the loosest to the tightest. */
export function ladderOf(f: Frame): { name: string; value: number; kind: 'upper' | 'lower' }[] {
  const upper = [
    { name: 'product of norms', value: f.product },
    ...f.rungs.map(({ name, upper: value }) => ({ name, value })),
    ...(f.pattern === null ? [] : [{ name: 'all patterns', value: f.pattern }]),
  ];
  return [
    ...upper.toSorted((a, b) => b.value - a.value).map((bound) => ({ ...bound, kind: 'upper' as const })),
    { name: FROM_BELOW, value: f.sampled, kind: 'lower' as const },
  ];
}

/** Between which two values the true constant lies. */
export const bracket = (f: Frame): [number, number] => [
  f.sampled,
  Math.min(...ladderOf(f).flatMap(({ kind, value }) => (kind === 'upper' ? [value] : []))),
];

/** A log axis has no place for 0. */
const visible = (x: number) => Math.max(x, 1e-9);

const ladder: Chart<Frame> = {
  title: 'Every bound on one axis',
  caption:
    'Filled: valid upper bounds. Ring: the steepest slope that a search has found, so no bound can lie to its left. The true constant is in the shaded part.',
  wide: true,
  describe: (f) => {
    const [low, high] = bracket(f);
    if (f.training !== null)
      return `The weights are in training, ${f.training} steps so far; product of norms ${short(high)}.`;
    return `The constant lies between ${short(low)} and ${short(high)}. ${ladderOf(f)
      .map(({ name, value }) => `${name}: ${short(value)}`)
      .join('; ')}.`;
  },
  rows: (f) => ladderOf(f).map(({ name, value, kind }) => ({ bound: name, kind, value })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const bounds = ladderOf(f).map((b) => ({ ...b, value: visible(b.value) }));
    const [low, high] = bracket(f).map(visible) as [number, number];
    return chartOptions(
      width,
      60 + 30 * bounds.length,
      [
        Plot.rectX([{ low, high }], { x1: 'low', x2: 'high', fill: 'var(--series-3)', fillOpacity: 0.18 }),
        Plot.dot(bounds, {
          x: 'value',
          y: 'name',
          r: 6,
          stroke: (b) => (b.kind === 'upper' ? 'var(--series-1)' : 'var(--series-2)'),
          fill: (b) => (b.kind === 'upper' ? 'var(--series-1)' : 'none'),
          strokeWidth: 2,
          className: 'mark-bound',
        }),
        Plot.text(bounds, {
          x: 'value',
          y: 'name',
          text: (b) => short(b.value),
          dx: 10,
          textAnchor: 'start',
          fill: GIVEN,
        }),
      ],
      {
        x: logScale(
          `Lipschitz constant, ${f.norm === 'l2' ? 'ℓ2' : 'ℓ∞'} (log scale)`,
          bounds.map((b) => b.value),
          [0.9, 1.25],
        ),
        y: { label: null, domain: bounds.map(({ name }) => name) },
        marginLeft: 148,
      },
    );
  },
};

const traceCurves = (f: Frame): Curves => ({
  x: { label: 'Newton step' },
  y: { label: 'bound', scale: 'log' },
  lines: f.rungs.map(({ name }) => {
    const own = f.trace.filter((t) => t.name === name);
    return { name, x: own.map(({ step }) => step), y: own.map(({ upper }) => upper) };
  }),
});

const trace: Chart<Frame> = {
  title: 'The programs on their way',
  caption:
    'Solid: the best bound so far, valid at every step. Dotted: what the dual proves no choice of these multipliers can beat. Dashed: the product of norms, where it starts.',
  curves: traceCurves,
  describe: (f) =>
    f.training !== null
      ? `No program has started yet; the weights are in training, ${f.training} steps so far.`
      : `The product of norms is ${short(f.product)}. ${inWords(traceCurves(f))} Dual values: ${f.rungs
          .map(({ name, lower, done }) => `${name} ${short(lower)}${done ? '' : ', still running'}`)
          .join('; ')}.`,
  rows: (f) => f.trace.map(({ step, name, upper, lower }) => ({ step, program: name, upper, lower })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const names = f.rungs.map(({ name }) => name);
    const curves = names.flatMap((name) =>
      thinned(
        f.trace.filter((t) => t.name === name),
        150,
      ),
    );
    const floor = 0.3 * visible(bracket(f)[0]);
    return chartOptions(
      width,
      280,
      [
        Plot.ruleY([visible(f.product)], { stroke: GIVEN, strokeDasharray: '5,4' }),
        Plot.lineY(
          curves.filter(({ lower }) => lower !== null && lower > floor),
          { x: 'step', y: 'lower', z: 'name', stroke: 'name', strokeDasharray: '2,3' },
        ),
        Plot.lineY(curves, { x: 'step', y: (c) => visible(c.upper), z: 'name', stroke: 'name', strokeWidth: 2 }),
      ],
      {
        x: { label: 'Newton step', domain: [0, Math.max(20, ...curves.map(({ step }) => step))] },
        y: logScale('bound (log scale)', [
          visible(f.product),
          ...curves.flatMap(({ lower, upper }) =>
            lower !== null && lower > floor ? [lower, visible(upper)] : [visible(upper)],
          ),
        ]),
        color: colours(names),
      },
    );
  },
};

const layers: Chart<Frame> = {
  title: 'Norm of each layer',
  caption:
    'How much each layer can stretch by itself. Their product lets every layer stretch its own worst direction at once.',
  describe: (f) => `Norms ${f.layers.map(short).join(', ')}; product ${short(f.product)}.`,
  rows: (f) =>
    f.layers.map((norm, k) => ({ layer: k + 1, inputs: f.sizes[k] ?? null, outputs: f.sizes[k + 1] ?? null, norm })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const bars = f.layers.map((norm, k) => ({ layer: `W${k + 1}: ${f.sizes[k]} to ${f.sizes[k + 1]}`, norm }));
    return chartOptions(
      width,
      280,
      [
        Plot.barX(bars, { x: 'norm', y: 'layer', fill: 'var(--series-1)', fillOpacity: 0.75, className: 'mark-norm' }),
        Plot.text(bars, { x: 'norm', y: 'layer', text: (b) => short(b.norm), dx: 5, textAnchor: 'start' }),
        Plot.ruleX([0], { stroke: GIVEN }),
      ],
      {
        x: {
          label: f.norm === 'l2' ? 'spectral norm' : 'largest absolute row sum',
          domain: [0, 1.2 * Math.max(1e-9, ...f.layers)],
          ticks: 4,
        },
        y: { label: null, domain: bars.map(({ layer }) => layer) },
        marginLeft: 96,
      },
    );
  },
};

export const charts = { ladder, trace, layers };
