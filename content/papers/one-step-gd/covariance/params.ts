/** What can be set in "Unequal directions". */
import { choice, integer, real, seed } from '#lab/params';

const eigenvalue = { min: 0.1, max: 10, scale: 'log' } as const;

/** Training steps of a full run. */
export const STEPS = 1000;

export const params = {
  lambda1: real({
    ...eigenvalue,
    label: 'Variance along the first axis',
    symbol: '\\lambda_1',
    help: 'Of the inputs.',
    default: 4,
  }),
  lambda2: real({ ...eigenvalue, label: 'Variance along the second', symbol: '\\lambda_2', default: 0.5 }),
  angle: real({
    label: 'Angle of the first axis',
    min: 0,
    max: 180,
    step: 1,
    default: 30,
    unit: 'degrees',
  }),
  prior: choice({
    label: 'Weight vectors',
    symbol: '\\Gamma',
    options: ['inverse', 'identity'],
    names: { inverse: 'Γ = Λ⁻¹ (paper)', identity: 'Γ = I' },
    help: 'Covariance of the weight vector w behind the labels.',
    default: 'inverse',
  }),
  examples: integer({ label: 'Examples', symbol: 'n', min: 4, max: 40, default: 20 }),
  noise: real({ label: 'Noise', symbol: '\\sigma', min: 0, max: 2, step: 0.05, default: 0.5 }),
  seed: seed({ help: 'Draws the initial weights and all prompts.' }),
};
