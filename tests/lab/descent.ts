import { defineExperiment, defineMechanism } from '#lab/experiment';
import { choice, real, type Schema, seed } from '#lab/params';
import { Run } from '#lab/run';
import { finite } from '#lab/stopped';
import * as tf from '#lab/tf';
import { completeValues } from '#lab/values';

/**
 * The experiment that the tests of the runtime run: gradient descent on curvature / 2 (w - goal)^2 from a random start,
 * so that w_t - goal = (1 - rate curvature)^t (w_0 - goal).
 */
const params = {
  rate: real({ label: 'Rate', min: 0, max: 1e12, default: 0.1, live: true }),
  goal: real({ label: 'Goal', min: -9, max: 9, default: 2 }),
  curvature: real({ label: 'Curvature', min: 0, max: 9, default: 1.5 }),
  method: choice({ label: 'Method', options: ['sgd', 'adam'], default: 'sgd' }),
  seed: seed(),
} satisfies Schema;

export interface Frame {
  step: number;
  w: number;
  steps: number[];
  losses: number[];
  seconds: number;
}

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: { rate, method }, random }) {
    return {
      w: tf.tidy(() => tf.variable(tf.tensor1d(random('w').normal(1, 0, 1)))),
      optimizer: method === 'sgd' ? tf.train.sgd(rate) : tf.train.adam(rate),
      history: { steps: [] as number[], losses: [] as number[] },
      /** For the memory tests: tensors deep in the state. */
      deep: [{ tensors: [tf.zeros([3]), null] }, 'text', null],
    };
  },
  update({ optimizer }, { params: { rate } }) {
    (optimizer as tf.SGDOptimizer).setLearningRate(rate);
  },
  step({ w, optimizer }, { params: { goal, curvature } }) {
    optimizer.minimize(() => tf.mul(curvature / 2, tf.sum(tf.square(tf.sub(w, goal)))));
  },
  measure({ w, history }, { params: { goal, curvature }, step }) {
    const loss = finite('loss', Math.fround((curvature / 2) * ((w.dataSync()[0] as number) - goal) ** 2));
    history.steps.push(step);
    history.losses.push(loss);
  },
  frame({ w, history: { steps, losses } }, { step, seconds }): Frame {
    return { step, w: w.dataSync()[0] as number, steps: [...steps], losses: [...losses], seconds };
  },
  weights: ({ w }) => ({ w }),
});

export const descent = defineExperiment({
  id: 'test/descent',
  title: 'Descent',
  params,
  steps: () => 20,
  hint: 'Lower the rate.',
  mechanism: async () => mechanism,
  charts: {},
  summary: (frame: Frame) => ({ loss: frame.losses.at(-1) ?? null }),
  claims: [],
  quick: {},
});

export const calculator = defineExperiment({
  ...descent,
  id: 'test/calculator',
  steps: () => 0,
  mechanism: async () =>
    defineMechanism<typeof params>()({
      setup: () => null,
      frame: (_, { step }) => ({ step, w: 0, steps: [], losses: [], seconds: 0 }) as Frame,
    }),
});

export const load = async () => new Uint8Array();
export const values = (given = {}) => completeValues(params, given);
export const start = (given = {}, experiment = descent) => Run.start(experiment, values(given), load);

export async function frames(
  given: object,
  steps: number,
  experiment = descent,
): Promise<{ first: Frame; last: Frame }> {
  const run = await start(given, experiment);
  const first = await run.frame();
  await run.advance(steps);
  const last = await run.frame();
  run.dispose();
  return { first, last };
}
