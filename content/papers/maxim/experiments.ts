/** Everything live on the page of maxim. */
import { answersOf } from '../vision/answers/experiment';
import { countOf } from '../vision/count/experiment';
import { pokeOf } from '../vision/poke/experiment';
import { ahead, raceOf } from '../vision/race/experiment';

export { axes } from './axes/experiment';
export { restore } from './restore/experiment';

export const poke = pokeOf('maxim', 'multi-axis');
export const count = countOf('maxim', 'multi-axis');
export const race = raceOf('maxim', 'multi-axis', [
  ahead('multi-axis', 'multi-axis-block', 0, {
    id: 'both-beat-windows',
    statement: 'Both axes learn more in 200 steps than windows alone, with equal weights.',
    source: 'A finding of this page; the bound is from a prototype, before these runs',
  }),
]);
export const answers = answersOf('maxim', []);
