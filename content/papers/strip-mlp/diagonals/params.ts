/** What can be set in "Two diagonals at once". */
import { choice, integer, real, seed } from '#lab/params';

/** Training steps of a full run. */
export const STEPS = 1500;

export const params = {
  target: choice({
    label: 'To be added up',
    help: 'Which neighbours of a token its output is the sum of.',
    options: ['one', 'two', 'four', 'ring'],
    names: {
      one: 'one diagonal neighbour',
      two: 'two opposite diagonals',
      four: 'all four diagonals',
      ring: 'all eight neighbours',
    },
    default: 'two',
  }),
  side: integer({ label: 'Side of the map', symbol: 'W', min: 3, max: 7, default: 4, unit: 'tokens' }),
  learningRate: real({ label: 'Learning rate', symbol: '\\eta', min: 0.002, max: 0.2, scale: 'log', default: 0.02 }),
  seed: seed({ help: 'Draws the initial weights.' }),
};
