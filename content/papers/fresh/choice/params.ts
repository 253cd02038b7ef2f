/** What can be set in "FreSh on a photograph". */

import { photoNames, photoTitles } from '#data/photos';
import { choice, image, integer, real, seed } from '#lab/params';

/** The knob of each family: values tried, the default that people use, and its symbol. */
export const families = {
  fourier: { knobs: [0.5, 1, 2, 3, 4, 6, 8, 10], usual: 1, symbol: 'σ', learningRate: 3e-3 },
  siren: { knobs: [10, 20, 30, 45, 60, 80, 100, 130], usual: 30, symbol: 'ω₀', learningRate: 2e-3 },
} as const;

export const CANDIDATES = 8;

export const params = {
  photo: choice({ label: 'Photograph', options: photoNames, names: photoTitles, default: 'boats' }),
  image: image({
    label: 'Your own picture',
    help: 'Cut to its centre square and turned grey in your browser; it never leaves it.',
    side: 128,
  }),
  side: choice({
    label: 'Pixels per side',
    options: ['64', '128'],
    help: '128 shows more detail and takes about four times as long to measure.',
    default: '64',
  }),
  family: choice({
    label: 'Network',
    options: ['fourier', 'siren'],
    names: { fourier: 'Fourier features', siren: 'SIREN' },
    default: 'fourier',
  }),
  blur: integer({
    label: 'Blur',
    help: 'How often a 3 × 3 average runs over the target. At 6, FreSh picks wrongly: its honest limit.',
    unit: 'passes',
    min: 0,
    max: 8,
    default: 0,
  }),
  noise: real({
    label: 'Noise',
    help: 'Standard deviation of noise on grey values in [0, 1].',
    min: 0,
    max: 0.3,
    default: 0,
    step: 0.01,
  }),
  bins: integer({
    label: 'Bins compared',
    symbol: 'n',
    help: 'How much of the spectrum the distance sees; at most half the side.',
    min: 8,
    max: 32,
    default: 32,
  }),
  evals: integer({
    label: 'Untrained networks per candidate',
    help: 'The official code averages the distances of 10.',
    min: 1,
    max: 20,
    default: 10,
  }),
  trainSteps: integer({ label: 'Training steps', min: 50, max: 2000, step: 50, default: 300 }),
  shown: integer({
    label: 'Candidate whose spectrum is shown',
    help: '0 follows the choice; 1 to 8 are the candidates from the slowest.',
    min: 0,
    max: CANDIDATES,
    default: 0,
    live: true,
  }),
  seed: seed(),
};
