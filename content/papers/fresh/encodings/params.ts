/** What can be set in "Four ways to see a position". */
import { choice, real, seed, series } from '#lab/params';

export const params = {
  signal: choice({
    label: 'Signal',
    options: ['chord', 'chirp', 'steps'],
    names: { chord: 'Seven waves', chirp: 'Chirp', steps: 'Steps' },
    help: 'Seven equally loud waves of 1 to 12 cycles; a wave whose frequency rises; a staircase with sharp edges.',
    default: 'chord',
  }),
  drawn: series({
    label: 'Drawn signal',
    help: 'A target drawn by hand, as up to 64 heights; empty while the choice above makes it.',
    min: -4,
    max: 4,
    length: [0, 64],
    editor: 'curve',
    default: [],
  }),
  sigma: real({
    label: 'Fourier features',
    symbol: '\\sigma',
    help: 'Standard deviation of the random frequencies.',
    min: 0.2,
    max: 16,
    scale: 'log',
    default: 3,
  }),
  omega0: real({
    label: 'SIREN',
    symbol: '\\omega_0',
    help: 'Factor on the position.',
    min: 2,
    max: 200,
    scale: 'log',
    default: 30,
  }),
  k: real({
    label: 'FINER',
    symbol: 'k',
    help: 'Half-width of the first bias; 0 keeps the usual one.',
    min: 0,
    max: 3,
    step: 0.1,
    default: 1,
  }),
  seed: seed({ help: 'Draws the phases of the target and all initial weights.' }),
};
