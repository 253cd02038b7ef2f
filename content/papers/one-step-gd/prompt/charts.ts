/** The pictures of "A prompt of your own". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, GIVEN, short, stacked } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

/** The order of the frame's predictors, which is the order of the colours. */
const NAMES = ['trained layer', 'one GD step', 'preconditioned step', 'ridge (Bayes)', 'least squares'];

/** The layer and the steps that it copies lie on each other: nested widths keep all of them visible. */
const strokeWidth = ({ name }: { name: string }) => ({ 'trained layer': 8, 'one GD step': 4.5 })[name] ?? 2;
const strokeOpacity = ({ name }: { name: string }) => (name === 'trained layer' ? 0.45 : 1);

/** Half the width of the square that points and queries lie in. */
const REACH = 4;

const answers = ({ predictors }: Frame) =>
  predictors.map(({ name, answer }) => `${name} ${answer === null ? 'undefined' : short(answer)}`).join(', ');

/** With one input: the points and the lines. */
const lines = ({ points, query, predictors }: Frame): Plot.Markish[] => [
  Plot.ruleX(query, { stroke: GIVEN, strokeOpacity: 0.4, strokeDasharray: '2,3', className: 'mark-query' }),
  Plot.line(
    predictors.flatMap(({ name, w }) => (w ? [-REACH, REACH].map((x) => ({ name, x, y: (w[0] as number) * x })) : [])),
    {
      x: 'x',
      y: 'y',
      z: 'name',
      stroke: 'name',
      strokeWidth,
      strokeOpacity,
      clip: true,
    },
  ),
  Plot.dot(points, { x: ({ x }) => x[0], y: 'y', fill: GIVEN, r: 4.5 }),
];

/** With two inputs: the points in the plane, and each predictor's weight vector as an arrow. */
const arrows = ({ points, query, predictors }: Frame): Plot.Markish[] => [
  Plot.dot(points, { x: ({ x }) => x[0], y: ({ x }) => x[1], stroke: GIVEN, r: 4 }),
  Plot.text(points, { x: ({ x }) => x[0], y: ({ x }) => x[1], text: ({ y }) => short(y), dx: 8, textAnchor: 'start' }),
  Plot.dot([query], { x: '0', y: '1', symbol: 'times', stroke: GIVEN, r: 6, className: 'mark-query' }),
  Plot.arrow(
    predictors.flatMap(({ name, w }) => (w ? [{ name, x: w[0] as number, y: w[1] as number }] : [])),
    {
      x1: 0,
      y1: 0,
      x2: 'x',
      y2: 'y',
      stroke: 'name',
      strokeWidth,
      strokeOpacity,
      headLength: 5,
    },
  ),
];

const fit: Chart<Frame> = {
  title: 'Five readings of one prompt',
  caption:
    'One input: dots are the points, lines the predictions, all through the origin. Two inputs: circles with their labels, and arrows for the weight vectors. The wide line or arrow is the trained layer.',
  describe: (frame) =>
    `The prompt has ${frame.points.length} points. At the query (${frame.query.map(short).join(', ')}): ${answers(frame)}.`,
  rows: ({ predictors }) =>
    predictors.map(({ name, w, answer }) => ({
      predictor: name,
      w1: w?.[0] ?? null,
      w2: w?.[1] ?? null,
      answer,
    })),
  plot: ([run], { width }) => {
    const { frame } = run as { frame: Frame };
    const one = frame.d === 1;
    return chartOptions(width, 330, one ? lines(frame) : arrows(frame), {
      x: { label: one ? 'x' : 'first input x₁, weight w₁', domain: [-REACH, REACH], grid: true },
      y: { label: one ? 'y' : 'second input x₂, weight w₂', domain: [-REACH, REACH], grid: true },
      color: colours(NAMES),
    });
  },
};

const answer: Chart<Frame> = {
  title: 'Their answers to the query',
  caption: 'Where the points leave the weights open, least squares has no answer.',
  describe: (frame) => `At the query: ${answers(frame)}.`,
  rows: ({ predictors }) => predictors.map(({ name, answer: value }) => ({ predictor: name, answer: value })),
  plot: ([run], { width }) => {
    const known = run?.frame.predictors.filter(({ answer: value }) => value !== null);
    return chartOptions(
      width,
      190,
      [
        Plot.ruleX([0], { stroke: GIVEN, strokeOpacity: 0.4 }),
        Plot.dot(known, { x: 'answer', y: 'name', fill: 'name', r: 5 }),
        Plot.text(known, {
          x: 'answer',
          y: 'name',
          text: ({ answer: value }) => short(value),
          dx: 9,
          textAnchor: 'start',
        }),
      ],
      {
        marginLeft: 122,
        marginRight: 45,
        x: { label: 'answer at the query', grid: true, nice: true, ticks: 5 },
        y: { label: null, domain: NAMES },
        color: { ...colours(NAMES), legend: false },
      },
    );
  },
};

const trainingCurves = ({ step, error }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'relative distance' },
  lines: [{ name: 'distance', x: step, y: error }],
});

const training: Chart<Frame> = {
  title: 'The layer on its way',
  caption: 'Distance of the layer’s map to the closed form, in training on random prompts (not on yours).',
  curves: trainingCurves,
  describe: (frame) => inWords(trainingCurves(frame)),
  rows: ({ step, error }) => step.map((s, j) => ({ step: s, error: error[j] ?? null })),
  plot: (runs, { width }) =>
    chartOptions(
      width,
      190,
      [
        Plot.lineY(
          stacked(runs, ({ step, error }) => step.map((s, j) => ({ step: s, error: error[j] as number }))),
          { x: 'step', y: 'error', z: 'run', stroke: 'run', strokeWidth: 2 },
        ),
      ],
      {
        x: { label: 'step', ticks: 5 },
        y: { label: 'relative distance', grid: true, zero: true },
        color: colours(runs.map((run) => run.label)),
      },
    ),
};

export const charts = { fit, answer, training };
