/** What can be set in "Where does this output look?". */
import { photoNames, photoTitles } from '#data/photos';
import { choice, image, integer, seed, series } from '#lab/params';
import { MOST_KERNEL, MOST_SHIFT, presetNames, presets } from '../presets';

export const MOST_BLOCKS = 4;
/** Side of the picture in pixels. */
export const PICTURE = 64;

export const params = {
  setting: choice({
    label: 'Setting of the five groups',
    options: [...presetNames, 'own'],
    names: { ...Object.fromEntries(presetNames.map((name) => [name, presets[name].name])), own: 'My bars' },
    help: 'The bars below count for “My bars”; dragging one starts from the setting in force.',
    default: 'paper',
  }),
  token: series({
    label: 'Output token',
    help: 'Where on the board the output lies whose inputs are shown. Drag it.',
    min: 0,
    max: 1,
    length: [2, 2],
    editor: 'points',
    default: [0.48, 0.53],
    live: true,
  }),
  depth: integer({ label: 'Blocks', symbol: 'L', min: 1, max: MOST_BLOCKS, default: 1, live: true }),
  shifts: series({
    label: 'Shifts of groups 1 to 5',
    symbol: 's_g',
    help: 'Whole numbers; beyond the side of the board they wrap around it.',
    min: -MOST_SHIFT,
    max: MOST_SHIFT,
    step: 1,
    length: [5, 5],
    editor: 'bars',
    default: presets.paper.shifts,
  }),
  kernels: series({
    label: 'Kernels of groups 1 to 5',
    symbol: 'k_g',
    help: 'Odd sides only: 1, 3, 5 or 7.',
    min: 1,
    max: MOST_KERNEL,
    step: 2,
    length: [5, 5],
    editor: 'bars',
    default: presets.paper.kernels,
  }),
  board: integer({ label: 'Side of the board', symbol: 'H = W', unit: 'tokens', min: 7, max: 28, default: 28 }),
  photo: choice({ label: 'Photograph', options: photoNames, names: photoTitles, default: 'boats' }),
  image: image({
    label: 'Your own picture',
    help: 'Cut to its centre square and turned grey in your browser; it never leaves it.',
    side: PICTURE,
  }),
  seed: seed({ help: 'Draws the weights of the blocks and the input.' }),
};
