/** What can be set in "A prompt of your own". */
import { choice, integer, seed, text } from '#lab/params';
import { keepNames, keeps } from '../kinds';

/** The text at the start, and where the reader leaves none. */
export const EXAMPLE = 'fellow citizens of the senate: the people of the united';

export const params = {
  text: text({
    label: 'Your text',
    help: 'Small letters, digits and . , ; : ! ? \' " ( ) - $ %; the last 32 tokens are read.',
    length: 400,
    default: EXAMPLE,
    live: true,
  }),
  back: integer({
    label: 'Look behind the token',
    help: 'Counted from the end: 0 is the last token of your text.',
    min: 0,
    max: 31,
    default: 0,
    live: true,
  }),
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
