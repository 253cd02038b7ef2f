/** What can be set in "Down to the bigram circuit". */
import { choice, integer, seed } from '#lab/params';

export const sentences = {
  united: 'the people of the united states',
  president: 'mr. speaker, mr. vice president, members of congress',
  whale: 'and then the white whale rose out of the sea',
  kingdom: 'the ships of the united kingdom and of the united',
} as const;

export const params = {
  sentence: choice({
    label: 'Text',
    options: ['united', 'president', 'whale', 'kingdom'],
    names: sentences,
    default: 'united',
  }),
  position: integer({
    label: 'Token',
    help: 'The token whose next one is predicted, counted from the first; a number past the end means the last.',
    min: 1,
    max: 32,
    default: 32,
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
  kind: choice({
    label: 'Keep',
    options: ['subnetwork', 'complement', 'random', 'random-complement', 'largest'],
    names: {
      subnetwork: 'the subnetwork',
      complement: 'everything else',
      random: 'as many at random',
      'random-complement': 'everything but as many at random',
      largest: 'as many of the largest',
    },
    default: 'subnetwork',
    live: true,
  }),
  seed: seed({ help: 'Draws the random subnetwork.' }),
};
