/** What can be set in "One axis, the other, or both". */
import { integer, real, seed } from '#lab/params';

/** Pictures that the networks are tested on. */
export const TESTED = 64;

export const params = {
  period: integer({
    label: 'Period of the pattern',
    symbol: 'p',
    help: 'The tile repeats after so many pixels. Partners on the grid are 4 pixels apart.',
    unit: 'pixels',
    min: 2,
    max: 8,
    default: 4,
  }),
  noise: real({
    label: 'Noise',
    symbol: '\\sigma',
    help: 'Standard deviation of the white noise; rectangles and tile have 0.5.',
    min: 0.02,
    max: 0.3,
    step: 0.02,
    default: 0.1,
  }),
  depth: integer({ label: 'Blocks', symbol: 'L', min: 1, max: 2, default: 1 }),
  trainSteps: integer({ label: 'Training steps', min: 50, max: 500, step: 10, default: 150 }),
  learningRate: real({
    label: 'Learning rate',
    help: 'Of Adam: reached after 20 steps, then down half a cosine to zero.',
    min: 1e-3,
    max: 2e-2,
    scale: 'log',
    default: 6e-3,
  }),
  shown: integer({
    label: 'Picture shown',
    help: 'One of the test pictures, which no network learns from.',
    min: 1,
    max: TESTED,
    default: 1,
    live: true,
  }),
  seed: seed({ help: 'Draws the initial weights, the same for all three networks, and all pictures.' }),
};
