/** The pictures of "Train a mask". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short, stacked } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

/** Named curves over the steps, with a dot at the last point, so that a single one shows as well. */
function curves(
  points: readonly { step: number; name: string; value: number }[],
  width: number,
  label: string,
  names: readonly string[],
  y: Plot.ScaleOptions,
) {
  return chartOptions(
    width,
    240,
    [
      Plot.lineY(points, { x: 'step', y: 'value', z: 'name', stroke: 'name', strokeWidth: 2 }),
      Plot.dot(points, Plot.selectLast({ x: 'step', y: 'value', z: 'name', fill: 'name', r: 3.5 })),
    ],
    { x: { label: 'step' }, y: { label, grid: true, zero: true, ...y }, color: colours(names) },
  );
}

const gates: Chart<Frame> = {
  title: 'How far the gates are open',
  caption: 'All gates start half open. As β grows, each has to go to one side.',
  describe: ({ histogram, beta }) =>
    `At β = ${short(beta)}, ${percent(histogram[0] ?? 0)} of the gates are shut (below 0.05) and ${percent(histogram.at(-1) ?? 0)} are open (above 0.95).`,
  rows: ({ histogram }) => histogram.map((share, i) => ({ from: i / histogram.length, share })),
  plot: (runs, { width }) => {
    const { histogram } = frameOf(runs);
    const step = 1 / histogram.length;
    return chartOptions(
      width,
      240,
      [
        Plot.rectY(
          histogram.map((share, i) => ({ x1: i * step, x2: (i + 1) * step, share })),
          { x1: 'x1', x2: 'x2', y: 'share', inset: 0.5, fill: 'var(--series-1)', className: 'mark-gates' },
        ),
        Plot.ruleY([0], { stroke: GIVEN }),
      ],
      { x: { label: 'σ(βs)' }, y: { label: 'share of gates', grid: true, domain: [0, 1] } },
    );
  },
};

type Figure = (entry: Frame['history'][number]) => number | null;

/** Named figures of the history over the steps. */
const curvesOf = ({ history }: Frame, y: Curves['y'], figures: Record<string, Figure>): Curves => ({
  x: { label: 'step' },
  y,
  lines: Object.entries(figures).map(([name, figure]) => ({
    name,
    x: history.map(({ step }) => step),
    y: history.map(figure),
  })),
});

const lossCurves = (f: Frame) =>
  curvesOf(
    f,
    { label: 'loss', unit: 'nats' },
    { 'cross-entropy': ({ crossEntropy }) => crossEntropy, penalty: ({ penalty }) => penalty },
  );
const shareCurves = (f: Frame) =>
  curvesOf(
    f,
    { label: 'share of gates', domain: [0, 1] },
    { 'more than half open': ({ kept }) => kept, undecided: ({ undecided }) => undecided },
  );
const agreementCurves = (f: Frame) =>
  curvesOf(f, { label: 'r', domain: [0, 1] }, { mask: ({ r }) => r, 'largest weights': ({ largestR }) => largestR });

const loss: Chart<Frame> = {
  title: 'The two parts of the loss',
  caption:
    'Cross-entropy to the bigram’s distribution (mean of the last ten batches), and the penalty λ times the mean gate.',
  curves: lossCurves,
  unit: (column) => (column === 'step' ? undefined : 'nats'),
  describe: (f) => inWords(lossCurves(f)),
  rows: ({ history }) => history.map(({ step, crossEntropy, penalty }) => ({ step, crossEntropy, penalty })),
  plot: (runs, { width }) => {
    const { history } = frameOf(runs);
    const points = history.flatMap(({ step, crossEntropy, penalty }) => [
      ...(crossEntropy === null ? [] : [{ step, name: 'cross-entropy', value: crossEntropy }]),
      { step, name: 'penalty', value: penalty },
    ]);
    return curves(points, width, 'nats', ['cross-entropy', 'penalty'], {});
  },
};

const shares: Chart<Frame> = {
  title: 'Open and undecided',
  caption: 'Training stops when the undecided gates (0.1 to 0.9) are fewer than a hundredth of the open ones.',
  curves: shareCurves,
  describe: (f) =>
    `${inWords(shareCurves(f))} After ${f.taken} steps ${f.done ? 'all gates have decided' : 'not all gates have decided'}.`,
  rows: ({ history }) => history.map(({ step, kept, undecided }) => ({ step, kept, undecided })),
  plot: (runs, { width }) => {
    const { history } = frameOf(runs);
    const points = history.flatMap(({ step, kept, undecided }) => [
      { step, name: 'more than half open', value: kept },
      { step, name: 'undecided', value: undecided },
    ]);
    return curves(points, width, 'share of gates', ['more than half open', 'undecided'], { domain: [0, 1] });
  },
};

const agreement: Chart<Frame> = {
  title: 'Becoming a bigram model',
  caption: 'Correlation with bigram surprisals if training stopped now; below, as many of the largest weights.',
  curves: agreementCurves,
  describe: (f) => `Correlation r. ${inWords(agreementCurves(f))}`,
  rows: ({ history }) => history.map(({ step, r, largestR }) => ({ step, r, largestR })),
  plot: (runs, { width }) => {
    const points = stacked(runs, ({ history }) =>
      history.flatMap(({ step, r, largestR }) => [
        { step, name: 'mask', value: r ?? Number.NaN },
        { step, name: 'largest weights', value: largestR ?? Number.NaN },
      ]),
    ).map((point) => ({ ...point, run: point.name === 'mask' ? point.run : `${point.run}, largest weights` }));
    const names = runs.flatMap(({ label }) => [label, `${label}, largest weights`]);
    return chartOptions(
      width,
      240,
      [Plot.lineY(points, { x: 'step', y: 'value', z: 'run', stroke: 'run', strokeWidth: 2, className: 'mark-r' })],
      {
        x: { label: 'step' },
        y: { label: 'r', grid: true, domain: [0, 1] },
        color: colours(names),
      },
    );
  },
};

/** A matrix as the text calls it: blocks count from 1. */
const named = (name: string) =>
  name
    .replace(/^block(\d+)\./, (_, block) => `block ${Number(block) + 1}, `)
    .replace('qkv', 'Q K V')
    .replace('out', 'O')
    .replace('up', 'MLP up')
    .replace('down', 'MLP down');

const where: Chart<Frame> = {
  title: 'Where the kept weights are',
  caption: 'Share of all kept weights in each matrix.',
  describe: ({ perMatrix }) => {
    const most = perMatrix.reduce((a, b) => (b.kept > a.kept ? b : a));
    return most.kept === 0
      ? 'No weight is kept yet.'
      : `Most are in ${named(most.name)}, which keeps ${most.kept} of ${most.size}.`;
  },
  rows: ({ perMatrix }) => perMatrix.map(({ name, ...counts }) => ({ matrix: named(name), ...counts })),
  plot: (runs, { width }) => {
    const { perMatrix } = frameOf(runs);
    const total = Math.max(
      1,
      perMatrix.reduce((sum, { kept }) => sum + kept, 0),
    );
    return chartOptions(
      width,
      240,
      [
        Plot.barX(
          perMatrix.map(({ name, kept }) => ({ name: named(name), share: kept / total })),
          { x: 'share', y: 'name', fill: 'var(--series-2)', className: 'mark-where' },
        ),
        Plot.ruleX([0], { stroke: GIVEN }),
      ],
      {
        x: { label: 'share of the kept weights', grid: true },
        y: { label: null, domain: perMatrix.map(({ name }) => named(name)) },
        marginLeft: 112,
      },
    );
  },
};

export const charts = { gates, agreement, loss, shares, where };
