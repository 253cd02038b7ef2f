/** The pictures of "Ask the trained models". */
import * as Plot from '@observablehq/plot';
import { tileChart } from '#charts/pixels';
import { chartOptions, colours, frameOf, GIVEN, percent } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

const bestOf = (shares: readonly number[]) => shares.indexOf(Math.max(...shares));

const seen: Chart<Frame> = {
  title: 'The picture',
  caption: 'As the models get it, with its border.',
  describe: ({ pixels, label, classes }) =>
    `${pixels} by ${pixels} pixels; ${label === null ? 'a picture of your own' : `in truth: ${classes[label]}`}.`,
  rows: ({ picture: grey, pixels }) =>
    // The middle row: a table of all pixels would help nobody.
    grey
      .slice((pixels / 2) * pixels, (pixels / 2 + 1) * pixels)
      .map((value, column) => ({ 'column of the middle row': column + 1, grey: value })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const caption = f.label === null ? 'your own' : `in truth: ${f.classes[f.label]}`;
    const shown = Math.min(width, 320);
    return tileChart([{ caption, grey: f.picture, side: f.pixels }], 1, shown);
  },
};

const answers: Chart<Frame> = {
  title: 'What each model says',
  caption:
    'Probability of each class in per cent. The largest of a row is the answer; the triangle marks the truth, where it is known.',
  wide: true,
  describe: ({ models, classes }) =>
    models
      .map(({ name, refusal, shares }) =>
        refusal
          ? `${name} cannot say: ${refusal}.`
          : `${name}: ${classes[bestOf(shares)]} (${percent(shares[bestOf(shares)] as number)}).`,
      )
      .join(' '),
  rows: ({ models, classes }) =>
    models.map(({ name, refusal, shares }) => ({
      model: name,
      answer: refusal ? null : (classes[bestOf(shares)] as string),
      probability: refusal ? null : (shares[bestOf(shares)] as number),
    })),
  plot: (runs, { width }) => {
    const { models, classes, label } = frameOf(runs);
    const cells = models.flatMap(({ name, shares }) =>
      shares.map((share, i) => ({ name, class: classes[i] as string, share: 100 * share })),
    );
    return chartOptions(
      width,
      250,
      [
        Plot.cell(cells, { x: 'class', y: 'name', fill: 'share', inset: 0.5 }),
        Plot.text(
          cells.filter(({ share }) => share >= 1),
          {
            x: 'class',
            y: 'name',
            text: ({ share }) => share.toFixed(0),
            fill: ({ share }) => (share > 55 ? '#fff' : '#111'),
            fontSize: 10,
          },
        ),
        Plot.text(
          models.filter(({ refusal }) => refusal),
          {
            x: () => classes[4],
            y: 'name',
            text: ({ refusal }) => `not at this size: ${refusal}`,
            fill: GIVEN,
            fontSize: 10,
          },
        ),
        ...(label === null
          ? []
          : [
              Plot.text([classes[label] as string], {
                x: (name) => name,
                text: () => '▼',
                frameAnchor: 'top',
                dy: -12,
                fill: GIVEN,
              }),
            ]),
      ],
      {
        x: { label: null, domain: [...classes], tickRotate: -40 },
        y: { label: null, domain: models.map(({ name }) => name) },
        color: { type: 'linear', domain: [0, 100], scheme: 'Blues' },
        marginLeft: 112,
        marginBottom: 52,
      },
    );
  },
};

const sizeCurves = ({ sizes, models }: Frame): Curves => ({
  x: { label: 'pixels per side' },
  y: { label: 'held-out pictures right', unit: '%', domain: [0, 100] },
  lines: models.map(({ name, accuracy }) => ({
    name,
    x: sizes,
    y: accuracy.map((share) => (share === null ? null : 100 * share)),
  })),
});

const bySize: Chart<Frame> = {
  title: 'The same models at other sizes',
  caption: '200 held-out pictures, resized. A model without a point at a size cannot take it.',
  wide: true,
  curves: sizeCurves,
  unit: (column) => (column === 'pixels per side' ? undefined : '%'),
  describe: (f) => (f.sizes.length === 0 ? 'Not measured yet: start the run.' : inWords(sizeCurves(f))),
  rows: ({ sizes, models }) =>
    sizes.map((size, i) => ({
      'pixels per side': size,
      ...Object.fromEntries(
        models.map(({ name, accuracy }) => [name, typeof accuracy[i] === 'number' ? 100 * accuracy[i] : null]),
      ),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const points = sizeCurves(f).lines.flatMap(({ name, x, y }) =>
      x.flatMap((size, i) => (typeof y[i] === 'number' ? [{ name, size, right: y[i] }] : [])),
    );
    return chartOptions(
      width,
      260,
      [
        Plot.ruleX([32], { stroke: GIVEN, strokeOpacity: 0.4, strokeDasharray: '3,3' }),
        Plot.lineY(points, { x: 'size', y: 'right', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'dot' }),
      ],
      {
        x: { label: 'pixels per side (trained at 32)', domain: [16, 64], ticks: [16, 24, 32, 40, 48, 64], inset: 8 },
        y: { label: 'held-out pictures right (%)', domain: [0, 100], ticks: 5, grid: true },
        color: {
          ...colours(f.models.map(({ name }) => name)),
          range: [1, 2, 3, 4, 5, 6].map((i) => `var(--series-${i})`),
        },
      },
    );
  },
};

export const charts = { seen, answers, bySize };
