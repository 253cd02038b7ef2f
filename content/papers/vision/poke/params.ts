/** What can be set in "Press a token". */
import { choice, integer, seed, series } from '#lab/params';
import { type ContenderName, contenderNames } from '#nn/vision/contenders';
import { contenderTitles } from '../own';

export const pokeParams = (own: ContenderName) => ({
  token: series({
    label: 'The token',
    help: 'Its place on the map: across, up. Drag it, click on the ground, or use the arrow keys.',
    editor: 'points',
    min: -1,
    max: 1,
    length: [2, 2],
    default: [-0.3, 0.35],
  }),
  way: choice({
    label: 'Show',
    options: ['changes', 'sources'],
    names: { changes: 'outputs that change when this input is pressed', sources: 'inputs that this output depends on' },
    default: 'changes',
  }),
  first: choice({ label: 'First mixer', options: contenderNames, names: contenderTitles, default: own }),
  second: choice({
    label: 'Second mixer',
    options: contenderNames,
    names: contenderTitles,
    default: own === 'mixer' ? 'none' : 'mixer',
  }),
  depth: integer({ label: 'Blocks', symbol: 'L', min: 1, max: 4, default: 1 }),
  side: integer({ label: 'Tokens per side', min: 4, max: 28, step: 4, default: 16 }),
  seed: seed({ help: 'Draws the weights.' }),
});

export type PokeParams = ReturnType<typeof pokeParams>;
