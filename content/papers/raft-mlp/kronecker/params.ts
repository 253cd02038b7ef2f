/** What can be set in "What a raft can represent". */
import { choice, integer, real, seed, series } from '#lab/params';

/** Tokens a side. */
export const SIDE = 6;
export const STEPS = 600;

/** The five points of a discrete Laplacian without its signs: a plus. */
export const PLUS = [0, 1, 0, 1, 1, 1, 0, 1, 0];

export const params = {
  target: choice({
    label: 'Target',
    options: ['shift', 'box', 'stencil', 'transpose', 'random'],
    names: {
      shift: 'move the picture',
      box: '3 × 3 blur',
      stencil: 'your stencil',
      transpose: 'exchange rows and columns',
      random: 'random matrix',
    },
    help: 'The linear map on pictures of 6 × 6 that the raft is to learn.',
    default: 'stencil',
  }),
  stencil: series({
    label: 'Your stencil',
    help: 'Weights of the 3 × 3 neighbours, row by row. It starts as a plus.',
    min: -1,
    max: 1,
    length: [9, 9],
    editor: 'bars',
    default: PLUS,
  }),
  raft: integer({
    label: 'Raft size',
    symbol: 'r',
    min: 1,
    max: SIDE ** 2,
    help: 'Channels in the raft; the picture comes in at one of them and is read at one.',
    default: 1,
  }),
  rate: real({
    label: 'Learning rate',
    symbol: '\\eta',
    min: 0.001,
    max: 0.3,
    scale: 'log',
    help: 'Of Adam; falls to zero over the run by a cosine.',
    default: 0.05,
  }),
  seed: seed({ help: 'Draws the initial weights and the random matrix.' }),
};
