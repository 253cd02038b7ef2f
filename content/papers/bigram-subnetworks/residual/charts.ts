/** The pictures of "The turn in the residual stream". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, percent, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves, Row } from '#lab/experiment';
import { shown } from '../chips';
import type { Frame } from './mechanism';
import { type measures, networkNames, STAGES } from './params';

const stageNames = Array.from({ length: STAGES }, (_, stage) => (stage === 0 ? 'embedding' : `block ${stage}`));
const names = Object.values(networkNames);

type Measure = (typeof measures)[number];

const pointsOf = ({ networks }: Frame, what: Measure) =>
  networks.flatMap(({ network, measured }) =>
    measured[what].map((value, stage) => ({
      network: networkNames[network],
      stage: stageNames[stage] as string,
      value,
    })),
  );

/** One measure over the stages, a line per network. */
function byStage(
  what: Measure,
  about: { title: string; caption: string; unit: string },
  y: Plot.ScaleOptions,
): Chart<Frame> {
  const curves = ({ networks }: Frame): Curves => ({
    x: { label: 'stage' },
    y: {
      label: about.unit,
      ...(what === 'angle' && { unit: 'degrees' }),
      ...(what === 'logitLens' && { unit: 'nats' }),
    },
    lines: networks.map(({ network, measured }) => ({
      name: networkNames[network],
      x: measured[what].map((_, stage) => stage),
      y: measured[what],
    })),
  });
  return {
    title: about.title,
    caption: about.caption,
    curves,
    unit: (column) => (column === 'value' ? about.unit : undefined),
    describe: (f) => `${inWords(curves(f))} Stage 0 is the embedding, stage ${STAGES - 1} the last block.`,
    rows: (f): Row[] => pointsOf(f, what),
    plot: (runs, { width }) => {
      const points = pointsOf(frameOf(runs), what).filter(({ value }) => value !== null);
      return chartOptions(
        width,
        240,
        [
          Plot.line(points, { x: 'stage', y: 'value', z: 'network', stroke: 'network', strokeWidth: 1.5 }),
          Plot.dot(points, { x: 'stage', y: 'value', fill: 'network', r: 4, className: `mark-${what}` }),
        ],
        {
          x: { label: null, type: 'point', domain: stageNames },
          y: { label: about.unit, grid: true, zero: true, ...y },
          color: colours(names),
        },
      );
    },
  };
}

const angle = byStage(
  'angle',
  {
    title: 'Turn still ahead',
    caption: 'Median angle of the linear map from this stage to the last one.',
    unit: 'degrees',
  },
  {},
);
const outputLens = byStage(
  'outputLens',
  {
    title: 'How much of the answer is there',
    caption: 'Correlation of the model’s surprisals with those read through that map.',
    unit: 'r',
  },
  { domain: [0, 1] },
);
const inputLens = byStage(
  'inputLens',
  {
    title: 'How much of the question is left',
    caption: 'Share of tokens that a linear map still finds again, as the nearest of 512 embeddings.',
    unit: 'share of tokens',
  },
  { domain: [0, 1] },
);
const logitLens = byStage(
  'logitLens',
  {
    title: 'Read out as it stands',
    caption: 'Mean surprisal of the next token where the stage goes to the output without a map.',
    unit: 'nats per token',
  },
  {},
);

const similarity: Chart<Frame> = {
  title: 'Which stages are alike',
  caption: 'Cosine of the covariances of two stages (0 is the embedding). 1: they vary in the same directions.',
  wide: true,
  describe: ({ networks }) => {
    const known = networks.filter(({ similarity: s }) => s.length > 0);
    if (known.length === 0) return 'Not measured yet.';
    return `The embedding beside the first block and beside the last: ${known.map(({ network, similarity: s }) => `${networkNames[network]} ${short(s[0]?.[1])} and ${short(s[0]?.[STAGES - 1])}`).join('; ')}.`;
  },
  rows: ({ networks }) =>
    networks.flatMap(({ network, similarity: s }) =>
      Array.from({ length: STAGES }, (_, i) => ({
        network: networkNames[network],
        stage: stageNames[i] as string,
        ...Object.fromEntries(stageNames.map((name, j) => [name, s[i]?.[j] ?? null])),
      })),
    ),
  plot: (runs, { width }) => {
    const cells = frameOf(runs).networks.flatMap(({ network, similarity: s }) =>
      s.flatMap((row, i) => row.map((value, j) => ({ network: networkNames[network], i, j, value }))),
    );
    const stages = Array.from(stageNames.keys());
    return chartOptions(
      width,
      Math.max(140, width / 4),
      [
        Plot.cell(cells, {
          fx: 'network',
          x: 'j',
          y: 'i',
          fill: 'var(--series-1)',
          fillOpacity: ({ value }) => Math.max(0, value),
          inset: 0.5,
          className: 'mark-similarity',
        }),
        Plot.text(width > 600 ? cells : [], {
          fx: 'network',
          x: 'j',
          y: 'i',
          text: ({ value }) => value.toFixed(2),
          fill: ({ value }) => (value > 0.5 ? 'var(--paper)' : GIVEN),
          fontSize: 9,
        }),
      ],
      {
        fx: { label: null, domain: names, padding: 0.12 },
        x: { label: 'stage', domain: stages, tickSize: 0, tickFormat: String },
        y: { label: 'stage', domain: stages, tickSize: 0, tickFormat: String },
        opacity: { type: 'identity' },
        marginTop: 36,
      },
    );
  },
};

const reading: Chart<Frame> = {
  title: 'Your text at every stage',
  caption: 'The three likeliest next tokens if the stage went to the output as it stands. ␣ is a space.',
  wide: true,
  describe: ({ reading: { behind, stages, notes } }) =>
    [
      `Behind "${behind}": ${stages.map((top, stage) => `${stageNames[stage]} "${top[0]?.token}" (${percent(top[0]?.p ?? 0)})`).join(', ')}.`,
      ...notes,
    ].join(' '),
  rows: ({ reading: { stages } }) =>
    stages.flatMap((top, stage) =>
      top.map(({ token, p }, rank) => ({ stage: stageNames[stage] as string, rank: rank + 1, token: shown(token), p })),
    ),
  plot: (runs, { width }) => {
    const { behind, stages, notes } = frameOf(runs).reading;
    const cells = stages.flatMap((top, stage) =>
      top.map(({ token, p }, rank) => ({ stage: stageNames[stage] as string, rank: rank + 1, token: shown(token), p })),
    );
    return chartOptions(
      width,
      230,
      [
        Plot.cell(cells, {
          x: 'rank',
          y: 'stage',
          fill: 'var(--series-1)',
          fillOpacity: ({ p }) => 0.6 * p,
          stroke: 'var(--line)',
          inset: 1,
          className: 'mark-reading',
        }),
        Plot.text(cells, {
          x: 'rank',
          y: 'stage',
          text: ({ token, p }) => `${token}  ${short(Number((100 * p).toFixed(1)))} %`,
          fontFamily: 'var(--font-code)',
          fontSize: 12,
        }),
        Plot.text([[`behind ${shown(behind)}`, ...notes].join('. ')], {
          frameAnchor: 'top-left',
          dy: -16,
          dx: -70,
          text: (line) => line,
          fontSize: 12,
        }),
      ],
      {
        x: { label: 'rank', domain: [1, 2, 3], tickSize: 0, tickFormat: String },
        y: { label: null, domain: stageNames, tickSize: 0 },
        opacity: { type: 'identity' },
        marginLeft: 74,
        marginTop: 26,
      },
    );
  },
};

export const charts = { reading, angle, outputLens, inputLens, logitLens, similarity };
