/** What can be set in "A prompt of your own". */
import { choice, real, seed, series } from '#lab/params';

/** Training steps of a full run. */
export const STEPS = 800;

export const params = {
  inputs: choice({
    label: 'Inputs',
    symbol: 'd',
    options: ['1', '2'],
    names: { 1: 'One number', 2: 'Two numbers' },
    help: 'With one, a point is (x, y). With two, it is (x₁, x₂), and its label stands under Labels.',
    default: '1',
  }),
  points: series({
    label: 'Points of the prompt',
    help: 'Drag them; click to add one, Delete to remove one.',
    min: -4,
    max: 4,
    length: [0, 24],
    editor: 'points',
    default: [-2, -1.6, -1.2, -0.4, -0.5, -0.9, 0.4, 0.7, 1.1, 0.5, 1.9, 1.9],
    live: true,
  }),
  labels: series({
    label: 'Labels',
    symbol: 'y_i',
    help: 'Of the points in their order, for two inputs.',
    min: -4,
    max: 4,
    length: [12, 12],
    editor: 'bars',
    default: [-2, -1, -0.5, 0.5, 1, 2, 0, 0, 0, 0, 0, 0],
    live: true,
  }),
  query1: real({ label: 'Query', symbol: 'x_{q,1}', min: -4, max: 4, step: 0.1, default: 1.5, live: true }),
  query2: real({
    label: 'Query, second number',
    symbol: 'x_{q,2}',
    help: 'For two inputs.',
    min: -4,
    max: 4,
    step: 0.1,
    default: 1,
    live: true,
  }),
  noise: real({
    label: 'Noise',
    symbol: '\\sigma',
    help: 'In the prompts that the layer is trained on, and assumed by ridge regression.',
    min: 0.05,
    max: 2,
    step: 0.05,
    default: 0.5,
  }),
  condition: real({
    label: 'Condition',
    symbol: '\\kappa',
    help: 'Of the training inputs, for two inputs: x₁ varies more than x₂, and Γ = Λ⁻¹.',
    min: 1,
    max: 16,
    scale: 'log',
    default: 1,
  }),
  seed: seed({ help: 'Draws the initial weights and the training prompts.' }),
};
