/** What can be set in "One row versus a strip". */
import { choice, integer, seed } from '#lab/params';

/** d, channels of the half that a strip layer mixes. */
export const CHANNELS = 8;

const place = { min: 1, max: 14 } as const;

export const params = {
  strip: choice({
    label: 'Lines in a strip',
    symbol: 'K',
    help: 'Adjacent rows (then columns) that one output is computed from. Odd, so that the strip has a middle.',
    options: ['1', '3', '5'],
    names: { '1': '1 (a plain axial layer)', '3': '3 (paper)' },
    default: '3',
  }),
  patches: choice({
    label: 'Patches of the channels',
    symbol: 'C_1',
    help: 'Slices of the channel axis that share their weights; 8 channels in all.',
    options: ['1', '2', '4', '8'],
    names: { '1': '1 (nothing shared)', '2': '2', '4': '4', '8': '8 (all shared)' },
    default: '2',
  }),
  side: integer({
    label: 'Side of the map',
    symbol: 'W',
    help: 'The published networks mix maps of 56, 28, 14 and 7.',
    min: 4,
    max: 14,
    default: 8,
    unit: 'tokens',
  }),
  row: integer({
    ...place,
    label: 'Row of the output',
    help: 'From 1 at the top; the last row if the map has fewer.',
    default: 4,
  }),
  column: integer({ ...place, label: 'Column of the output', default: 5 }),
  fromRow: integer({ ...place, label: 'Row of one input', help: 'For the chart of routes.', default: 2 }),
  fromColumn: integer({ ...place, label: 'Column of that input', default: 2 }),
  channel: integer({
    label: 'Channel',
    symbol: 'c',
    help: 'Channels c and c + 8/C₁ share their matrices.',
    min: 1,
    max: CHANNELS,
    default: 1,
  }),
  seed: seed({ help: 'Draws the layer’s weights and the input.' }),
};
