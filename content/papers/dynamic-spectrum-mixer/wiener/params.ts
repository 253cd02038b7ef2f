/** What can be set in "One filter or four?". */
import { choice, integer, real, seed } from '#lab/params';

export const STEPS = 400;
/** Pictures per step; tokens per side. */
export const BATCH = 32;
export const SIDE = 16;

export const params = {
  filters: integer({
    label: 'Filters that are blended',
    symbol: 'K',
    help: 'A single fixed filter is trained beside them, on the same pictures.',
    min: 2,
    max: 8,
    default: 4,
  }),
  context: choice({
    label: 'What the generator sees',
    options: ['bands', 'mean'],
    names: { bands: 'Log energy of 8 bands', mean: 'The mean of the picture' },
    default: 'bands',
  }),
  noise: real({
    label: 'Noise',
    symbol: '\\sigma',
    help: 'Standard deviation of what is added to every pixel; pictures have 1.',
    min: 0.2,
    max: 2,
    step: 0.05,
    default: 1,
  }),
  overlap: real({
    label: 'Overlap',
    help: 'How much of the smooth pictures’ spectrum the gratings have; at 100 % the two kinds are one.',
    unit: '%',
    min: 0,
    max: 100,
    step: 5,
    default: 0,
  }),
  learningRate: real({
    label: 'Learning rate',
    help: 'Of Adam, at the first step; it falls to zero in a straight line.',
    min: 2e-3,
    max: 0.1,
    scale: 'log',
    default: 0.02,
  }),
  seed: seed({ help: 'Draws the initial weights, the pictures and the noise.' }),
};
