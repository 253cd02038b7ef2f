/** What can be set in "A prompt of your own". */
import { choice, seed } from '#lab/params';
import { backParam, keepNames, keeps, textParam } from '../kinds';

/** The text at the start, and where the reader leaves none. */
export const EXAMPLE = 'fellow citizens of the senate: the people of the united';

export const params = {
  text: textParam(EXAMPLE),
  back: backParam,
  lambda: choice({
    label: 'Subnetwork found with',
    symbol: '\\lambda',
    help: 'Strength of the penalty on kept weights.',
    options: ['full', '1', '3', '10', '30', 'empty'],
    names: { full: 'all weights', empty: 'no weight' },
    default: '10',
    live: true,
  }),
  keep: choice({ label: 'Keep', options: keeps, names: keepNames, default: 'subnetwork', live: true }),
  seed: seed({ help: 'Draws the weights kept at random.' }),
};
