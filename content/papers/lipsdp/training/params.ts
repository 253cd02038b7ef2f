/** What can be set in "Bounds during training". */
import { integer, real, seed } from '#lab/params';

export const params = {
  width: integer({
    label: 'Width',
    help: 'Units in each of two hidden layers; rounded up to even.',
    min: 4,
    max: 32,
    step: 2,
    default: 16,
  }),
  decay: real({
    label: 'Weight decay',
    symbol: '\\mu',
    help: 'Adds μ times the sum of all squared weights to the loss; takes effect while the run goes on.',
    min: 0,
    max: 0.02,
    default: 0,
    live: true,
  }),
  orthogonal: real({
    label: 'Orthogonalisation',
    symbol: '\\beta',
    help: 'From 0 (none) to 1: after each step, how strongly all singular values are pulled to 1. Above 0 the run starts from orthonormal weights.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0,
  }),
  seed: seed({ help: 'Draws the moons, the initial weights and the points of the search.' }),
};
