/** Everything live on the page of raft-mlp: two experiments of its own, and those that the pages on vision share. */
import type { AnswersClaim } from '../vision/answers/experiment';
import { answersOf } from '../vision/answers/experiment';
import { countOf } from '../vision/count/experiment';
import { pokeOf } from '../vision/poke/experiment';
import { ahead, raceOf } from '../vision/race/experiment';

export { kronecker } from './kronecker/experiment';
export { raft } from './raft/experiment';

const PROTOTYPE = 'A finding of this page; the bound is from a prototype, before these runs';

export const poke = pokeOf('raft-mlp', 'raft-2');
export const count = countOf('raft-mlp', 'raft-2');

export const race = raceOf('raft-mlp', 'raft-2', [
  ahead('raft-4', 'raft-2', 0, {
    id: 'four-beat-two',
    statement: 'A raft of 4 learns more in 200 steps than a raft of 2.',
    source: PROTOTYPE,
  }),
  ahead('raft-2', 'mixer-narrow', -0.01, {
    id: 'level-with-equal-weights',
    statement: 'A raft of 2 is at most 0.01 behind a Mixer that is narrowed to its number of weights.',
    source: PROTOTYPE,
  }),
]);

/** Accuracy lost between the size of training and another; nothing is random here, the models come trained. */
const lost = (
  pixels: 16 | 64,
  bound: AnswersClaim['criterion'],
  words: Pick<AnswersClaim, 'id' | 'statement'>,
): AnswersClaim => ({
  ...words,
  source: PROTOTYPE,
  quantity: `Share right at 32 pixels less that at ${pixels}, raft of 2, held-out clothes`,
  criterion: bound,
  seeds: [1],
  untested: 'Other training runs, larger pictures, and features that are finer than these pictures have.',
  async measure(run) {
    const { summary } = await run({}, 36);
    return (summary['raft-2, 32'] as number) - (summary[`raft-2, ${pixels}`] as number);
  },
});

export const answers = answersOf('raft-mlp', [
  lost(
    64,
    { relation: '<=', threshold: 0.08, over: 'each seed' },
    { id: 'enlarging-costs-little', statement: 'Twice the size of training costs the raft at most 0.08 of accuracy.' },
  ),
  lost(
    16,
    { relation: '>=', threshold: 0.15, over: 'each seed' },
    { id: 'shrinking-costs-much', statement: 'Half the size of training costs it at least 0.15.' },
  ),
]);
