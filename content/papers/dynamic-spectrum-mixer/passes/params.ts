/** What can be set in "Which waves does a mixer pass?". */

import { choice, integer, seed } from '#lab/params';
import { contenders } from '#nn/vision/contenders';
import { trainedNames } from '../../vision/models';

const names = Object.fromEntries(trainedNames.map((name) => [name, contenders[name].title]));

export const params = {
  first: choice({ label: 'First mixer', options: trainedNames, names, default: 'mixer' }),
  second: choice({ label: 'Second mixer', options: trainedNames, names, default: 'spectrum-4' }),
  third: choice({ label: 'Third mixer', options: trainedNames, names, default: 'mix-shift' }),
  maps: integer({
    label: 'Noise maps',
    help: 'How many maps of white noise are sent through.',
    min: 32,
    max: 512,
    step: 32,
    default: 256,
  }),
  seed: seed({ help: 'Draws the noise, and the weights of the untrained networks.' }),
};
