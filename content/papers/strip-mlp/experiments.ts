/** Everything live on the page of strip-mlp. */
import { answersOf } from '../vision/answers/experiment';
import { countOf } from '../vision/count/experiment';
import { pokeOf } from '../vision/poke/experiment';
import { ahead, raceOf } from '../vision/race/experiment';

export { diagonals } from './diagonals/experiment';
export { sharing } from './sharing/experiment';
export { strip } from './strip/experiment';

export const poke = pokeOf('strip-mlp', 'strip-3');
export const count = countOf('strip-mlp', 'strip-3');
export const race = raceOf('strip-mlp', 'strip-3', [
  ahead('strip-3', 'strip-1', 0, {
    id: 'three-lines-beat-one',
    statement: 'Strips of three lines learn more in 200 steps than single lines, though with more weights.',
    source: 'A finding of this page; the bound is from a prototype, before these runs',
  }),
]);
export const answers = answersOf('strip-mlp', []);
