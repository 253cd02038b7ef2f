/** What "Attention becomes gradient descent" claims, and how each claim is measured. */
import type { Bench, Claim } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import { type params, STEPS } from './params';

type TrainClaim = Claim<typeof params, Frame, Summary>;

const untested = 'Other optimisers, larger dimensions, and training on a fixed set of prompts.';

async function nonlinearError(
  run: Bench<typeof params, Frame, Summary>,
  seed: number,
  target: Values<typeof params>['target'],
) {
  const { summary } = await run({ seed, target, dimension: 4, noise: 0.25 }, STEPS);
  return Math.abs((summary.learnedEta ?? Number.NaN) - summary.optimalEta);
}

export const claims: TrainClaim[] = [
  {
    id: 'becomes-one-step',
    statement:
      'Trained on isotropic prompts, the layer becomes one step of gradient descent with the step of the theorem.',
    source: 'Theorem for standard Gaussian inputs (abstract); the closed form is derived on this page',
    quantity: 'Relative Frobenius distance of the learned map to the closed form, label row included',
    criterion: { relation: '<=', threshold: 0.05, over: 'each seed' },
    seeds: [1, 2, 3],
    untested,
    measure: async (run, seed) => (await run({ seed }, STEPS)).summary.relativeWeightError ?? Number.NaN,
  },
  {
    id: 'step-size',
    statement: 'Its step size is 1/(n + d + 1 + σ²) to within 3 %.',
    source: 'The theorem’s step in closed form, derived on this page; the margin is twice that of an earlier prototype',
    quantity: 'Relative error of the learned step',
    criterion: { relation: '<=', threshold: 0.03, over: 'each seed' },
    seeds: [1, 2, 3],
    untested,
    measure: async (run, seed) => {
      const { learnedEta, optimalEta } = (await run({ seed }, STEPS)).summary;
      return Math.abs((learnedEta ?? Number.NaN) / optimalEta - 1);
    },
  },
  {
    id: 'becomes-preconditioned',
    statement: 'With unequal directions the layer learns the inverse covariance as its preconditioner.',
    source: 'Theorem for non-isotropic inputs with Γ = Λ⁻¹ (abstract)',
    quantity: 'Relative Frobenius distance to the closed form at d = 3, κ = 16',
    criterion: { relation: '<=', threshold: 0.05, over: 'each seed' },
    seeds: [1, 2, 3],
    untested,
    measure: async (run, seed) =>
      (await run({ seed, dimension: 3, condition: 16 }, STEPS)).summary.relativeWeightError ?? Number.NaN,
  },
  {
    id: 'nonlinear-still-gd',
    statement:
      'Nonlinear targets change the step and nothing else: ReLU, z³/3, sin 2z and sign z end at their predicted steps.',
    source: 'Theorem for nonlinear targets (abstract); the steps are derived on this page',
    quantity: 'Largest absolute error of the learned step over the four targets, d = 4, σ = 0.25',
    criterion: { relation: '<=', threshold: 0.002, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Targets that depend on more than one direction.',
    measure: async (run, seed) => {
      const errors: number[] = [];
      for (const target of ['relu', 'cube', 'sine', 'sign'] as const)
        errors.push(await nonlinearError(run, seed, target));
      return Math.max(...errors);
    },
  },
  {
    id: 'even-teaches-nothing',
    statement: 'An even target, z² − 1, has no linear part: the layer learns to answer 0.',
    source: 'The same formula, whose step is 0 here',
    quantity: 'Absolute size of the learned step, d = 4, σ = 0.25',
    criterion: { relation: '<=', threshold: 0.002, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Deeper layers, which could see a square.',
    measure: (run, seed) => nonlinearError(run, seed, 'even'),
  },
  {
    id: 'far-from-ridge',
    statement: 'The best layer is far from the best algorithm: ridge regression errs less than a tenth as much.',
    source: 'A limit found on this page, from the closed forms and 1,000 simulated prompts',
    quantity: 'Loss of ridge regression over loss of the best layer',
    criterion: { relation: '<=', threshold: 0.1, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Layers with softmax, and more than one layer.',
    measure: async (run, seed) => {
      const { ridgeLoss, optimalLoss } = (await run({ seed }, 0)).summary;
      return (ridgeLoss ?? Number.NaN) / optimalLoss;
    },
  },
  {
    id: 'small-start-traps',
    statement:
      'From small random weights, with Γ = I and κ = 16, training ends at least 50 % above the best layer’s loss.',
    source: 'A trap found on this page; the theorem speaks of the optimum, not of the way to it',
    quantity: 'Loss at the end over the loss of the best layer, d = 3',
    criterion: { relation: '>=', threshold: 1.5, over: 'each seed' },
    seeds: [1, 2, 3],
    untested: 'Whether much longer training escapes.',
    measure: async (run, seed) => {
      const { loss, optimalLoss } = (
        await run({ seed, dimension: 3, condition: 16, prior: 'identity', start: 'small' }, STEPS)
      ).summary;
      return loss / optimalLoss;
    },
  },
];
