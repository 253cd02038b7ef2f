/** What can be set in "Mix first or shift first?". */
import { choice, integer, seed, series } from '#lab/params';

export const CELLS = 16;

export const params = {
  row: series({
    label: 'Values of the row',
    help: 'Drag them.',
    min: 0,
    max: 1,
    length: [CELLS, CELLS],
    editor: 'bars',
    default: [0.9, 0.8, 0.6, 0.35, 0.2, 0.2, 0.3, 0.5, 0.75, 0.6, 0.4, 0.25, 0.2, 0.45, 0.7, 1],
  }),
  shift: integer({ label: 'Shift', symbol: 's', unit: 'cells', min: -8, max: 8, default: 2 }),
  kernel: choice({ label: 'Kernel', symbol: 'k', options: ['1', '3', '5', '7'], default: '3' }),
  weights: choice({
    label: 'Its weights',
    options: ['average', 'random'],
    names: { average: 'Average', random: 'Random' },
    help: 'Random ones come from the seed.',
    default: 'average',
  }),
  padding: choice({
    label: 'Beyond the border',
    options: ['zeros', 'circular'],
    names: { zeros: 'Zeros (the code)', circular: 'The other end' },
    help: 'For the kernel. The shift is circular in any case.',
    default: 'zeros',
  }),
  seed: seed({ help: 'Draws the random weights.' }),
};
