/** The pictures of "Two mixers in training". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, percent, short, stacked } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, CurveAxis, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

type Part = 'accuracy' | 'loss';

interface Words {
  title: string;
  caption: string;
  y: CurveAxis;
  factor: number;
}

const curvesOf = (f: Frame, part: Part, against: 'step' | 'seconds', { y, factor }: Words): Curves => ({
  x: against === 'step' ? { label: 'step' } : { label: 'seconds', unit: 's' },
  y,
  lines: f.racers.map((r) => ({ name: r.name, x: r[against], y: r[part].map((value) => factor * value) })),
});

/** One curve per mixer; those of kept runs lie under it, thin. */
const curveChart = (part: Part, against: 'step' | 'seconds', words: Words): Chart<Frame> => ({
  title: words.title,
  caption: words.caption,
  curves: (f) => curvesOf(f, part, against, words),
  describe: (f) => `${words.title}. ${inWords(curvesOf(f, part, against, words))}`,
  unit: (column) => (column === 'seconds' ? 's' : column.endsWith(part) ? words.y.unit : undefined),
  rows: (f) =>
    f.racers.flatMap((r) =>
      r.step.flatMap((step, i) =>
        // Half of the rows tell the course as well.
        i % 2 === 0 || i === r.step.length - 1
          ? [{ mixer: r.name, [against]: r[against][i] ?? step, [part]: words.factor * (r[part][i] as number) }]
          : [],
      ),
    ),
  plot: (runs, { width }) => {
    const points = stacked(runs, (f) =>
      curvesOf(f, part, against, words).lines.flatMap(({ name, x, y }) =>
        x.map((at, i) => ({ name, at, value: y[i] as number })),
      ),
    );
    const current = runs[0]?.label;
    const most = Math.max(...points.map(({ at }) => at));
    return chartOptions(
      width,
      230,
      [
        Plot.lineY(points, {
          x: 'at',
          y: 'value',
          z: ({ run, name }) => `${run} ${name}`,
          stroke: 'name',
          strokeWidth: ({ run }) => (run === current ? 2.5 : 1),
        }),
      ],
      {
        x: {
          label: against === 'step' ? 'training step' : 'seconds of this machine',
          domain: [0, against === 'step' ? Math.max(...runs.map(({ frame }) => frame.length)) : Math.max(most, 0.1)],
          ticks: 5,
        },
        y: {
          label: `${words.y.label} (${words.y.unit})`,
          domain: words.y.domain ? [...words.y.domain] : [0, Math.max(2.4, ...points.map(({ value }) => value))],
          ticks: 5,
          grid: true,
        },
        color: colours(points.map(({ name }) => name)),
      },
    );
  },
});

const accuracyWords = {
  y: { label: 'held-out pictures right', unit: '%', domain: [0, 100] as const },
  factor: 100,
};

const accuracy = curveChart('accuracy', 'step', {
  ...accuracyWords,
  title: 'Right answers against steps',
  caption: '600 pictures that neither network trains on, every 20 steps.',
});

const seconds = curveChart('accuracy', 'seconds', {
  ...accuracyWords,
  title: 'The same against seconds',
  caption: 'Each trains alone. Judging the 600 pictures is part of the time.',
});

const loss = curveChart('loss', 'step', {
  title: 'Loss while training',
  caption: 'Cross-entropy on the last batch of 32 pictures.',
  y: { label: 'loss', unit: 'nats' },
  factor: 1,
});

const worst = ({ confusion }: Frame['racers'][number], classes: readonly string[]) =>
  confusion
    .flatMap((row, label) => row.map((count, answer) => ({ label, answer, count })))
    .filter(({ label, answer }) => label !== answer)
    .reduce(
      (best, cell) =>
        cell.count > best.count ? { ...cell, said: `${classes[cell.label]} for ${classes[cell.answer]}` } : best,
      { count: 0, said: '' },
    );

const confusion: Chart<Frame> = {
  title: 'What is taken for what',
  caption: 'Row: what it is. Column: what the network says. 60 pictures in each row; the diagonal is right.',
  wide: true,
  describe: ({ racers, classes }) =>
    racers
      .map((r) => {
        const { count, said } = worst(r, classes);
        const right = r.accuracy.at(-1);
        if (right === undefined) return `${r.name} has not been judged yet.`;
        return `${r.name}: ${percent(right)} right${count > 0 ? `; most often mistaken: ${said}, ${count} of 60` : ''}.`;
      })
      .join(' '),
  rows: ({ racers, classes }) =>
    classes.map((name, i) => ({
      class: name,
      ...Object.fromEntries(racers.map((r) => [`${r.name}, right of 60`, r.confusion[i]?.[i] ?? null])),
    })),
  plot: ([run], { width }) => {
    const { racers = [], classes = [] } = run?.frame ?? {};
    const facet = width < 560 ? 'fy' : 'fx';
    const cells = racers.flatMap((r) =>
      r.confusion.flatMap((row, label) =>
        row.map((count, answer) => ({
          racer: r.name,
          is: classes[label] as string,
          says: classes[answer] as string,
          count,
        })),
      ),
    );
    return chartOptions(
      width,
      facet === 'fy' ? 1.75 * width : 0.52 * width + 20,
      [
        Plot.cell(cells, { x: 'says', y: 'is', [facet]: 'racer', fill: 'count', inset: 0.5 }),
        Plot.text(
          cells.filter(({ count }) => count >= 3),
          {
            x: 'says',
            y: 'is',
            [facet]: 'racer',
            text: ({ count }) => short(count),
            fill: ({ count }) => (count > 30 ? '#fff' : '#111'),
            fontSize: 10,
          },
        ),
      ],
      {
        x: { label: null, domain: [...classes], tickRotate: -45 },
        y: { label: null, domain: [...classes] },
        [facet]: { label: null, domain: racers.map(({ name }) => name), padding: 0.12 },
        color: {
          type: 'threshold',
          domain: [1, 5, 10, 20, 30, 40, 50],
          scheme: 'Blues',
          legend: true,
          label: 'pictures',
        },
        marginLeft: 62,
        marginBottom: 52,
        ...(facet === 'fy' && { marginRight: 78 }),
      },
    );
  },
};

export const charts = { accuracy, seconds, loss, confusion };
