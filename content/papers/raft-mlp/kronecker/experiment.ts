/** "What a raft can represent": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params, STEPS } from './params';

export function summary({ raft, best, rank, error }: Frame) {
  const reached = error.at(-1) ?? null;
  const possible = best[raft - 1] as number;
  return {
    /** Relative Frobenius error of the raft, the least that is possible at its size, and what lies between. */
    error: reached,
    best: possible,
    gap: reached === null ? null : reached - possible,
    /** Kronecker products that make the target exactly. */
    rank,
    /** The least error with a raft of 2, whatever the size chosen. */
    bestOfTwo: best[1] as number,
  };
}

export type Summary = ReturnType<typeof summary>;

export const kronecker = defineExperiment({
  id: 'raft-mlp/kronecker',
  title: 'What a raft can represent',
  params,
  steps: () => STEPS,
  measureEvery: 10,
  cost: ({ raft }) => raft + 4,
  hint: 'Choose a smaller learning rate.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: {},
});
