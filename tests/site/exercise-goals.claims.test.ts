import { expect, test } from 'vitest';
import { reached } from '#lab/goal';
import { recordedRun } from '#lab/results';
import { allDeclared, oraclesOf } from './declared';
import { summaryOf } from './oracles';

const long = allDeclared.filter(({ slug, id, goal }) => goal && oraclesOf(slug).goals[id]?.steps !== 0);

test.each(long)('the goal of $slug/$id can be reached by training', async ({ slug, id, goal }) => {
  const run = oraclesOf(slug).goals[id];
  if (!goal || !run) throw new Error('no run');
  const { params } = await recordedRun(goal.of);
  const summary = await summaryOf(goal.of, run.params, run.steps);
  const { steps: step } = run;
  expect(reached(goal, { id: goal.of, params: { ...params, ...run.params }, step, end: step, summary })).toBe(true);
});
