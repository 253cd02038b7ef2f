/** Everything live on the page of the Dynamic Spectrum Mixer. */
import { answersOf } from '../vision/answers/experiment';
import { countOf } from '../vision/count/experiment';
import { pokeOf } from '../vision/poke/experiment';
import { ahead, raceOf } from '../vision/race/experiment';

export { equaliser } from './equaliser/experiment';
export { gate } from './gate/experiment';
export { passes } from './passes/experiment';
export { wiener } from './wiener/experiment';

export const poke = pokeOf('dynamic-spectrum-mixer', 'spectrum-4');
export const count = countOf('dynamic-spectrum-mixer', 'spectrum-4');
export const race = raceOf('dynamic-spectrum-mixer', 'spectrum-4', [
  ahead('spectrum-1', 'none', 0.05, {
    id: 'spectrum-beats-none',
    statement: 'Weighing frequencies with one fixed filter learns clearly more than no mixing at all.',
    source: 'A finding of this page; the bound is from a prototype, before these runs',
  }),
]);
export const answers = answersOf('dynamic-spectrum-mixer', []);
