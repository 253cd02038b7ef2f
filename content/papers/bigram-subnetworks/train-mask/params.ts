/** What can be set in "Train a mask". */
import { integer, real, seed } from '#lab/params';

/** Training steps of a full run; at the defaults the gates have decided some steps before. */
export const STEPS = 260;

export const params = {
  lambda: real({
    label: 'Penalty on open gates',
    symbol: '\\lambda',
    help: 'How much the mean gate adds to the loss.',
    min: 0,
    max: 50,
    step: 0.5,
    default: 1,
  }),
  growth: real({
    label: 'Growth of β per step',
    symbol: '\\beta',
    help: 'The gates sharpen by this factor after each step. Too fast, and they shut before they have learnt.',
    min: 1.002,
    max: 1.1,
    step: 0.0001,
    // 500 ^ (1 / 300): beta would reach 500 after 300 steps.
    default: 1.0209,
  }),
  rate: real({ label: 'Learning rate of the gates', min: 1e-3, max: 0.1, scale: 'log', default: 0.02 }),
  batch: integer({ label: 'Texts in a batch', help: 'Of 16 tokens each.', min: 2, max: 32, default: 16 }),
  seed: seed({ help: 'Draws the batches of text.' }),
};
