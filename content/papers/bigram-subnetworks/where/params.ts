/** What can be set in "Where the kept weights are". */
import { choice, integer, seed } from '#lab/params';
import { components } from '../components';
import { lambdaParam, windowsParam } from '../kinds';

export const params = {
  lambda: lambdaParam,
  off: choice({
    label: 'Switch off',
    help: 'Masks what is kept of this component as well, and judges the rest.',
    options: ['none', ...components],
    names: { none: 'nothing', up: 'MLP up', down: 'MLP down' },
    default: 'none',
    live: true,
  }),
  inBlock: choice({
    label: 'In block',
    options: ['all', '1', '2', '3', '4'],
    default: 'all',
    live: true,
  }),
  block: integer({
    label: 'Block in the close-up',
    help: 'Whose mask is drawn weight by weight.',
    min: 1,
    max: 4,
    default: 1,
    live: true,
  }),
  matrix: choice({
    label: 'Matrix in the close-up',
    options: components,
    names: { up: 'MLP up', down: 'MLP down' },
    default: 'up',
    live: true,
  }),
  windows: windowsParam,
  seed: seed({ help: 'Draws the windows of text.' }),
};
