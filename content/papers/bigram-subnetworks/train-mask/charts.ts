/** The pictures of "Train a mask". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, GIVEN, short, stacked } from '#charts/theme';
import type { Chart } from '#lab/experiment';
import type { Frame } from './mechanism';

const percent = (x: number) => `${short(100 * x)} %`;

const gates: Chart<Frame> = {
  title: 'How far the gates are open',
  caption: 'All gates start half open. As β grows, each has to go to one side.',
  describe: ({ histogram, beta }) =>
    `At β = ${short(beta)}, ${percent(histogram[0] ?? 0)} of the gates are shut (below 0.05) and ${percent(histogram.at(-1) ?? 0)} are open (above 0.95).`,
  rows: ({ histogram }) => histogram.map((share, i) => ({ from: i / histogram.length, share })),
  plot: ([run], { width }) => {
    const { histogram } = (run as { frame: Frame }).frame;
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

const loss: Chart<Frame> = {
  title: 'Cross-entropy to the bigram model',
  caption: 'Mean of the last ten batches. Its floor is the entropy of the bigram model itself.',
  describe: ({ history }) => `After ${history.at(-1)?.step} steps: ${short(history.at(-1)?.crossEntropy)} nats.`,
  rows: ({ history }) => history.map(({ step, crossEntropy }) => ({ step, crossEntropy })),
  plot: (runs, { width }) =>
    chartOptions(
      width,
      240,
      [
        Plot.lineY(
          stacked(runs, ({ history }) => history.filter(({ crossEntropy }) => crossEntropy !== null)),
          { x: 'step', y: 'crossEntropy', z: 'run', stroke: 'run', strokeWidth: 2, className: 'mark-loss' },
        ),
      ],
      {
        x: { label: 'step' },
        y: { label: 'nats', grid: true },
        color: colours(runs.map(({ label }) => label)),
      },
    ),
};

const shares: Chart<Frame> = {
  title: 'Open and undecided',
  caption: 'Training stops when the undecided gates (0.1 to 0.9) are fewer than a hundredth of the open ones.',
  describe: ({ keptShare, done, taken }) =>
    `${percent(keptShare)} of the weights are kept after ${taken} steps; ${done ? 'all gates have decided' : 'not all gates have decided'}.`,
  rows: ({ history }) => history.map(({ step, open, undecided }) => ({ step, open, undecided })),
  plot: ([run], { width }) => {
    const { history } = (run as { frame: Frame }).frame;
    const curves = history.flatMap(({ step, open, undecided }) => [
      { step, name: 'more than half open', share: open },
      { step, name: 'undecided', share: undecided },
    ]);
    return chartOptions(
      width,
      240,
      [Plot.lineY(curves, { x: 'step', y: 'share', z: 'name', stroke: 'name', strokeWidth: 2 })],
      {
        x: { label: 'step' },
        y: { label: 'share of gates', grid: true, domain: [0, 1] },
        color: colours(['more than half open', 'undecided']),
      },
    );
  },
};

const where: Chart<Frame> = {
  title: 'Where the kept weights are',
  caption: 'Share of all kept weights in each matrix.',
  describe: ({ perMatrix, r, largestR }) => {
    const most = perMatrix.reduce((a, b) => (b.kept > a.kept ? b : a));
    return `Most are in ${most.name}. Correlation with bigram surprisals: ${short(r)}; of as many weights, the largest: ${short(largestR)}.`;
  },
  rows: ({ perMatrix }) => perMatrix.map((entry) => ({ ...entry })),
  plot: ([run], { width }) => {
    const { perMatrix } = (run as { frame: Frame }).frame;
    const total = Math.max(
      1,
      perMatrix.reduce((sum, { kept }) => sum + kept, 0),
    );
    return chartOptions(
      width,
      240,
      [
        Plot.barX(
          perMatrix.map(({ name, kept }) => ({ name, share: kept / total })),
          { x: 'share', y: 'name', fill: 'var(--series-2)', className: 'mark-where' },
        ),
        Plot.ruleX([0], { stroke: GIVEN }),
      ],
      {
        x: { label: 'share of the kept weights', grid: true },
        y: { label: null, domain: perMatrix.map(({ name }) => name) },
        marginLeft: 88,
      },
    );
  },
};

export const charts = { gates, loss, shares, where };
