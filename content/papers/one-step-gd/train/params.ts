/** What can be set in "Attention becomes gradient descent". */
import { choice, integer, real, seed, series } from '#lab/params';

/** Training steps of a full run. */
export const STEPS = 1500;

export const params = {
  dimension: integer({ label: 'Dimension', symbol: 'd', help: 'Numbers per input.', min: 2, max: 8, default: 5 }),
  examples: integer({
    label: 'Examples',
    symbol: 'n',
    help: 'Labelled points in a prompt.',
    min: 4,
    max: 40,
    default: 20,
  }),
  noise: real({
    label: 'Noise',
    symbol: '\\sigma',
    help: 'Standard deviation of the noise on every label.',
    min: 0,
    max: 2,
    step: 0.05,
    default: 0.5,
  }),
  condition: real({
    label: 'Condition',
    symbol: '\\kappa',
    help: 'Largest over smallest eigenvalue of the covariance of the inputs; 1 makes all directions equal.',
    min: 1,
    max: 16,
    scale: 'log',
    default: 1,
  }),
  prior: choice({
    label: 'Weight vectors',
    symbol: '\\Gamma',
    options: ['inverse', 'identity'],
    names: { inverse: 'Γ = Λ⁻¹', identity: 'Γ = I' },
    help: 'Covariance of w, for linear targets. The paper takes the inverse of the inputs’ covariance.',
    default: 'inverse',
  }),
  target: choice({
    label: 'Target',
    options: ['linear', 'relu', 'cube', 'sine', 'sign', 'even', 'drawn'],
    names: {
      linear: 'Linear',
      relu: 'ReLU',
      cube: 'z³/3',
      sine: 'sin 2z',
      sign: 'sign z',
      even: 'z² − 1',
      drawn: 'Drawn',
    },
    help: 'What makes the labels. All but the first are nonlinear functions of one random direction.',
    default: 'linear',
  }),
  drawn: series({
    label: 'Drawn target',
    symbol: '\\varphi',
    help: 'From z = −3 to 3; used when the target is Drawn.',
    min: -2,
    max: 2,
    length: [0, 64],
    editor: 'curve',
    default: [],
  }),
  start: choice({
    label: 'Start',
    options: ['identity', 'small'],
    names: { identity: 'Near the identity', small: 'Small and random' },
    help: 'Small random weights can end in a trap.',
    default: 'identity',
  }),
  learningRate: real({
    label: 'Learning rate',
    help: 'Of Adam, at the first step; it falls to zero along half a cosine.',
    min: 1e-3,
    max: 0.1,
    scale: 'log',
    default: 0.01,
  }),
  batch: integer({
    label: 'Batch',
    help: 'Prompts drawn anew for every step.',
    min: 16,
    max: 512,
    default: 128,
    unit: 'prompts',
  }),
  seed: seed({ help: 'Draws the initial weights and all prompts.' }),
};
