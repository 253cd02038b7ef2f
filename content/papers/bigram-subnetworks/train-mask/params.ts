/** What can be set in "Train a mask". */
import { real, seed } from '#lab/params';

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
    help: 'The gates sharpen by this factor after each step. Too fast, and they shut before they have learnt.',
    min: 1.002,
    max: 1.1,
    step: 0.001,
    // 500 ^ (1 / 400): beta reaches 500 after 400 steps.
    default: 1.0157,
  }),
  rate: real({
    label: 'Learning rate',
    min: 1e-3,
    max: 0.1,
    scale: 'log',
    default: 0.02,
  }),
  seed: seed({ help: 'Draws the batches of text.' }),
};
