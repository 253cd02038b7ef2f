/** What can be set in "Build a raft". */
import { choice, integer, seed, series, toggle } from '#lab/params';

/** Channels of the map; few enough that each can be drawn. */
export const CHANNELS = 8;

/** Raft sizes that divide them. */
export const RAFTS: readonly number[] = [1, 2, 4, 8];

export const params = {
  raft: choice({
    label: 'Raft size',
    symbol: 'r',
    options: ['1', '2', '4', '8'],
    help: 'Channels that are mixed together. Only sizes that divide the 8 channels.',
    default: '2',
    live: true,
  }),
  token: series({
    label: 'The output token',
    help: 'Its place on the map. Drag it, click on the ground, or use the arrow keys.',
    editor: 'points',
    min: -1,
    max: 1,
    length: [2, 2],
    default: [0.38, 0.47],
    live: true,
  }),
  channel: integer({
    label: 'Its channel',
    symbol: 'c',
    min: 0,
    max: CHANNELS - 1,
    help: 'Counted from 0.',
    default: 3,
    live: true,
  }),
  normed: toggle({
    label: 'LayerNorm before mixing',
    help: 'As in the paper. It makes all channels of a token depend on each other, which hides the rafts.',
    default: false,
    live: true,
  }),
  side: integer({ label: 'Side of the map', symbol: 'h', min: 4, max: 14, help: 'In tokens; h = w.', default: 8 }),
  seed: seed({ help: 'Draws weights and inputs.' }),
};
