/** The pictures of "Keep it, or take it out". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { keepNames, keeps, lambdas } from '../kinds';
import type { Frame, Judged } from './mechanism';

/** The entries that belong to a λ, under the names of the legend. */
const pointsOf = ({ judged }: Frame) =>
  judged
    .filter(({ lambda }) => lambda !== 'full' && lambda !== 'empty')
    .map((entry) => ({ ...entry, name: keepNames[entry.keep] }));

const of = ({ judged }: Frame, lambda: 'full' | 'empty') => judged.find((entry) => entry.lambda === lambda);

const rows = ({ judged }: Frame) => judged.map((entry) => ({ ...entry }));

/** The lines of such a figure; λ is on a log axis, where its values are about evenly spaced. */
const curvesOf = (f: Frame, y: Curves['y'], figure: (entry: Judged) => number | null): Curves => ({
  x: { label: 'λ', scale: 'log' },
  y,
  lines: keeps.map((keep) => {
    const own = pointsOf(f).filter((entry) => entry.keep === keep);
    return { name: keepNames[keep], x: own.map(({ lambda }) => Number(lambda)), y: own.map(figure) };
  }),
});

const lossCurves = (f: Frame) => curvesOf(f, { label: 'surprisal', unit: 'nats' }, ({ nats }) => nats);
const agreementCurves = (f: Frame) => curvesOf(f, { label: 'r', domain: [0, 1] }, ({ r }) => r);

/** One figure of every network by λ, with lines across for what does not depend on it. */
function byLambda(
  frame: Frame,
  width: number,
  figure: (entry: Judged) => number | null,
  across: { name: string; value: number }[],
  y: Plot.ScaleOptions,
) {
  const points = pointsOf(frame).map((entry) => ({ ...entry, value: figure(entry) ?? Number.NaN }));
  return chartOptions(
    width,
    300,
    [
      Plot.ruleY(across, { y: 'value', stroke: GIVEN, strokeDasharray: '5,4' }),
      Plot.text(across, { y: 'value', text: 'name', frameAnchor: 'left', dx: 2, dy: -7, textAnchor: 'start' }),
      Plot.line(points, { x: 'lambda', y: 'value', z: 'name', stroke: 'name', strokeWidth: 1.5 }),
      Plot.dot(points, { x: 'lambda', y: 'value', fill: 'name', r: 5, className: 'mark-judged' }),
    ],
    {
      x: { label: 'λ', type: 'point', domain: [...lambdas], padding: 0.7 },
      y: { grid: true, ...y },
      color: colours(keeps.map((keep) => keepNames[keep])),
    },
  );
}

const loss: Chart<Frame> = {
  title: 'Mean surprisal of the next token',
  caption: 'Dots: what is kept of the model. Lines across: the whole model and the bigram table. Lower is better.',
  wide: true,
  curves: lossCurves,
  unit: (column) => (column === 'nats' ? 'per token' : undefined),
  describe: (f) =>
    `The bigram table has ${short(f.bigramNats)} nats per token, the full model ${short(of(f, 'full')?.nats)}. ${inWords(lossCurves(f))}`,
  rows,
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const full = of(f, 'full');
    const across = [
      { name: 'bigram table', value: f.bigramNats },
      ...(full ? [{ name: 'full model', value: full.nats }] : []),
    ];
    return byLambda(f, width, ({ nats }) => nats, across, { label: 'nats per token' });
  },
};

const agreement: Chart<Frame> = {
  title: 'Correlation with bigram surprisals',
  caption: '1 would be the bigram model itself. Lines across: all weights and none.',
  curves: agreementCurves,
  describe: (f) =>
    f.judged.length < 3
      ? `${f.judged.length} networks are judged so far.`
      : `${inWords(agreementCurves(f))} Kept by the subnetwork: ${pointsOf(f)
          .filter(({ keep }) => keep === 'subnetwork')
          .map(({ lambda, keptShare }) => `${percent(keptShare)} at λ ${lambda}`)
          .join(', ')}.`,
  rows,
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const across = (['full', 'empty'] as const).flatMap((lambda) => {
      const r = of(f, lambda)?.r;
      return r === null || r === undefined ? [] : [{ name: lambda === 'full' ? 'full model' : 'no weight', value: r }];
    });
    return {
      ...byLambda(f, width, ({ r }) => r, across, { label: 'r', domain: [0, 1] }),
      color: { ...colours(keeps.map((keep) => keepNames[keep])), legend: false },
    };
  },
};

const context: Chart<Frame> = {
  title: 'Dependence on earlier words',
  caption: 'Mean KL divergence of each prediction from the mean prediction behind the same token.',
  describe: (f) => {
    const full = of(f, 'full');
    const subs = pointsOf(f).filter(({ keep }) => keep === 'subnetwork');
    return full && subs.length > 0
      ? `Full model ${short(full.onContext)} nats; subnetworks ${subs.map(({ lambda, onContext }) => `${short(onContext)} at λ ${lambda}`).join(', ')}.`
      : `${f.judged.length} networks are judged so far.`;
  },
  rows,
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const full = of(f, 'full');
    const bars = [
      ...(full ? [{ name: 'full model', value: full.onContext ?? 0 }] : []),
      ...pointsOf(f)
        .filter(({ keep }) => keep === 'subnetwork')
        .map(({ lambda, onContext }) => ({ name: `λ = ${lambda}`, value: onContext ?? 0 })),
    ];
    return chartOptions(
      width,
      300,
      [
        Plot.barX(bars, { x: 'value', y: 'name', fill: 'var(--series-1)', className: 'mark-context' }),
        Plot.text(bars, { x: 'value', y: 'name', text: ({ value }) => short(value), dx: 5, textAnchor: 'start' }),
        Plot.ruleX([0], { stroke: GIVEN }),
      ],
      {
        x: { label: 'nats', domain: [0, 1.25 * Math.max(0.01, ...bars.map(({ value }) => value))], ticks: 4 },
        y: { label: null, domain: ['full model', ...lambdas.map((lambda) => `λ = ${lambda}`)] },
        marginLeft: 76,
      },
    );
  },
};

export const charts = { loss, agreement, context };
