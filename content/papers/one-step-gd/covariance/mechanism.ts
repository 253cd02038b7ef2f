/** Two inputs with a covariance of the reader's choice: the layer learns a preconditioner, drawn as an ellipse. */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import { drawPrompts, inAxes, type Task } from '../task';
import { optimalMap } from '../theory';
import { copyHistory, measureTraining, startTraining, trainedWeights, trainStep } from '../training';
import { type params, STEPS } from './params';

const BATCH = 128;
const RATE = 0.01;
/** Inputs shown as dots. */
const SHOWN = 150;

function taskOf({ lambda1, lambda2, angle, prior, examples, noise }: Values<typeof params>): Task {
  const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const lambda = [lambda1, lambda2];
  return {
    examples,
    noise,
    lambda,
    gamma: lambda.map((l) => (prior === 'inverse' ? 1 / l : 1)),
    axes: [
      [c, -s],
      [s, c],
    ],
  };
}

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const task = taskOf(p);
    const { queries } = drawPrompts(random('shown'), { ...task, examples: 0 }, SHOWN);
    return {
      training: startTraining(task, random, 0.5),
      inputs: Array.from({ length: SHOWN }, (_, i) => ({
        x: queries[3 * i] as number,
        y: queries[3 * i + 1] as number,
      })),
    };
  },
  step({ training }, { step }) {
    trainStep(training, BATCH, RATE, step, STEPS);
  },
  measure: ({ training }, { step }) => measureTraining(training, step),
  frame({ training: { task, history, map }, inputs }) {
    return {
      ...copyHistory(history),
      inputs,
      lambda: inAxes(task, task.lambda),
      /** [2][2], without the row of the label. */
      learned: map.slice(0, 2).map((row) => [...row]),
      theorem: inAxes(task, optimalMap(task)),
    };
  },
  weights: ({ training }) => trainedWeights(training),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
