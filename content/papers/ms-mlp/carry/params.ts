/** What can be set in "How far can one block carry a token?". */
import { choice, integer, seed } from '#lab/params';

/** Offsets from -FAR to FAR in both directions. */
export const FAR = 8;

export const params = {
  stage: choice({
    label: 'Kernels of stage',
    options: ['1', '2', '3', '4'],
    names: { 1: '1: 1, 1, 3, 5, 7', 2: '2: 1, 3, 3, 5, 7', 3: '3: 1, 5, 5, 5, 7', 4: '4: 1, 7, 7, 7, 7' },
    help: 'With the shifts, and without them.',
    default: '1',
  }),
  side: integer({
    label: 'Side of the map',
    unit: 'tokens',
    help: 'More tokens make the errors outside come closer to 1.',
    min: 18,
    max: 40,
    default: 28,
  }),
  seed: seed({ help: 'Draws the white noise.' }),
};
