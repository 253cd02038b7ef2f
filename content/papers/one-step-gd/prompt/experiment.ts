/** "A prompt of your own": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import type { Frame } from './mechanism';
import { params, STEPS } from './params';

const summary = ({ predictors, error }: Frame) => {
  const answer = (name: string) => predictors.find((p) => p.name === name)?.answer ?? null;
  return {
    relativeWeightError: error.at(-1) ?? null,
    layerAnswer: answer('trained layer'),
    stepAnswer: answer('one GD step'),
    preconditionedAnswer: answer('preconditioned step'),
    ridgeAnswer: answer('ridge (Bayes)'),
    /** Null where the points leave the weights open. */
    leastSquaresAnswer: answer('least squares'),
  };
};

export const prompt = defineExperiment({
  id: 'one-step-gd/prompt',
  title: 'A prompt of your own',
  params,
  steps: () => STEPS,
  measureEvery: 20,
  hint: 'Reset; this layer has no setting that should do this.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims: [
    {
      id: 'doubles-with-labels',
      statement: 'Double all labels, and the answer of the trained layer doubles.',
      source:
        'Follows from the theorem: the best layer is linear in the labels. Measured on the trained one, which is only near it',
      quantity: 'Relative deviation of the answer from twice the old one, four points',
      criterion: { relation: '<=', threshold: 0.05, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Labels far beyond those of training.',
      measure: async (run, seed) => {
        const at = async (factor: number) =>
          (
            await run(
              { seed, points: [-2, -1, -1, -0.5, 1, 0.7, 2, 0.9].map((v, i) => (i % 2 ? factor * v : v)) },
              STEPS,
            )
          ).summary.layerAnswer ?? Number.NaN;
        return Math.abs((await at(2)) / (2 * (await at(1))) - 1);
      },
    },
  ],
  quick: {},
});
