/** What can be set in "Share or not". */
import { choice, real, seed, series } from '#lab/params';
import { CHANNELS, LENGTH } from './law';

/** Gradient steps of a full run. */
export const STEPS = 400;

export const params = {
  shifts: series({
    label: 'Shift of each channel',
    help: 'How many places the channel has to be moved to the right, around the end. Drag the bars; whole numbers count.',
    min: 0,
    max: LENGTH - 1,
    length: [CHANNELS, CHANNELS],
    editor: 'bars',
    default: Array.from({ length: CHANNELS }, (_, c) => c),
  }),
  shared: choice({
    label: 'Shown: channels per matrix',
    symbol: 'C_1',
    help: 'All four are trained; this one’s matrix is drawn.',
    options: ['1', '2', '4', '8'],
    names: { '1': '1 (none shared)', '8': '8 (axial MLP)' },
    default: '4',
    live: true,
  }),
  learningRate: real({
    label: 'Learning rate',
    symbol: '\\eta',
    help: 'Of plain gradient descent; with endless data, 1 would be there in one step.',
    min: 0.02,
    max: 1,
    scale: 'log',
    default: 0.04,
  }),
  seed: seed({ help: 'Draws the initial weights and the data.' }),
};
