/** The pictures of "Two diagonals at once". */
import * as Plot from '@observablehq/plot';
import { runLines } from '#charts/lines';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { boardChart } from '../board-chart';
import type { Frame } from './mechanism';
import { SIDES, NAMES as TASKS } from './targets';

/** The order of the mechanism's strips. */
const NAMES = ['K = 1', 'K = 3'];

const errorCurves = ({ step, errors }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'share missed' },
  lines: errors.map((error, i) => ({ name: NAMES[i] as string, x: step, y: error })),
});

const learning: Chart<Frame> = {
  title: 'What is missed while learning',
  caption:
    'Squared error over all inputs, as a share of the target’s own square. Dashed: the least that single lines can miss, from singular values.',
  curves: errorCurves,
  describe: (frame) => `${inWords(errorCurves(frame))} Single lines cannot miss less than ${short(frame.least)}.`,
  rows: ({ step, errors }) =>
    step
      .map((_, i) => i)
      .filter((i) => i % Math.ceil(step.length / 12) === 0 || i === step.length - 1)
      .map((i) => ({
        step: step[i] as number,
        ...Object.fromEntries(NAMES.map((name, at) => [name, errors[at]?.[i] ?? null])),
      })),
  plot: (runs, { width }) => {
    const { least } = frameOf(runs);
    const { points, mark } = runLines(runs, errorCurves);
    return chartOptions(width, 260, [Plot.ruleY([least], { stroke: GIVEN, strokeDasharray: '4,4' }), mark], {
      x: { label: 'training step', ticks: 4 },
      y: {
        label: 'share missed',
        domain: [0, Math.max(1.2, ...points.map(({ value }) => value))],
        grid: true,
        ticks: 5,
      },
      opacity: { type: 'identity' },
      color: colours(NAMES),
    });
  },
};

const reads: Chart<Frame> = {
  title: 'What one output reads',
  caption: 'How much of each input goes into the ringed output. Stronger colour is more; orange is negative.',
  describe: ({ target, read, middle }) =>
    `The output in row ${middle.row + 1}, column ${middle.column + 1} should add up ${target.filter((x) => x !== 0).length} inputs. ${read
      .map((line, i) => `With ${NAMES[i]} its largest weight is ${short(Math.max(...line))}`)
      .join('; ')}.`,
  rows: ({ side, target, read }) =>
    target.flatMap((value, token) =>
      value === 0
        ? []
        : [
            {
              row: Math.floor(token / side) + 1,
              column: (token % side) + 1,
              target: value,
              ...Object.fromEntries(NAMES.map((name, i) => [name, read[i]?.[token] ?? null])),
            },
          ],
    ),
  plot: (runs, { width }) => {
    const { side, target, read, middle } = frameOf(runs);
    const shades = (line: readonly number[]) => line.map((x) => (Math.abs(x) < 0.03 ? 0 : x));
    return boardChart(
      [
        { name: 'target', shades: target },
        ...read.map((line, i) => ({ name: NAMES[i] as string, shades: shades(line) })),
      ],
      side,
      [{ ...middle, colour: 'var(--series-3)' }],
      width,
      3,
    );
  },
};

const floorCurves = ({ floors }: Frame): Curves => ({
  x: { label: 'side W of the map' },
  y: { label: 'share missed' },
  lines: floors.map(({ name, missed }) => ({ name: TASKS[name], x: SIDES, y: missed })),
});

const floors: Chart<Frame> = {
  title: 'What single lines must miss',
  caption:
    'The least share of each task, by singular values, against the size of the map. One diagonal and all four lie at zero. Ring: the task and the map chosen.',
  curves: floorCurves,
  describe: (frame) =>
    `${inWords(floorCurves(frame))} Chosen: ${TASKS[frame.chosen]} on a side of ${frame.side}, ${short(frame.least)}.`,
  rows: ({ floors: all }) =>
    SIDES.map((side, i) => ({
      'side W': side,
      ...Object.fromEntries(all.map(({ name, missed }) => [TASKS[name], missed[i] ?? null])),
    })),
  plot: (runs, { width }) => {
    const frame = frameOf(runs);
    const points = floorCurves(frame).lines.flatMap(({ name, x, y }) =>
      x.map((side, i) => ({ name, side, missed: y[i] as number })),
    );
    return chartOptions(
      width,
      260,
      [
        Plot.lineY(points, { x: 'side', y: 'missed', z: 'name', stroke: 'name', strokeWidth: 2, marker: 'circle' }),
        Plot.dot([{ side: frame.side, missed: Math.max(0, frame.least) }], {
          x: 'side',
          y: 'missed',
          r: 8,
          stroke: GIVEN,
          strokeWidth: 2,
        }),
      ],
      {
        x: { label: 'side W', domain: [2.8, 7.2], ticks: [...SIDES], tickFormat: 'd' },
        y: {
          label: 'least share missed',
          domain: [-0.03, 0.6],
          grid: true,
          ticks: [0, 0.2, 0.4, 0.6],
          tickFormat: '.1f',
        },
        r: { type: 'identity' },
        color: colours(Object.values(TASKS)),
      },
    );
  },
};

export const charts = { learning, floors, reads };
