import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exerciseIds, readCheck } from '#lab/exercises';
import { reached } from '#lab/goal';
import { findExperiment } from '#lab/registry';
import { recordedRun } from '#lab/results';
import { allDeclared, declaredIn, oraclesOf } from './declared';
import { summaryOf } from './oracles';

const slugs = [...new Set(allDeclared.map(({ slug }) => slug))];
const numbers = allDeclared.filter(({ expects }) => expects && 'number' in expects);
const goals = allDeclared.filter(({ goal }) => goal);

describe.each(slugs)('the exercises of %s', (slug) => {
  const declared = declaredIn(slug);

  test('have a hint and an answer, and are counted by their ids', () => {
    for (const { id, slots } of declared) expect(slots, id).toEqual(['hint', 'answer']);
    expect(exerciseIds(readFileSync(`content/papers/${slug}/index.mdx`, 'utf8'))).toEqual(declared.map(({ id }) => id));
  });

  test('declare what the build accepts; a prop called answer would be lost, as the slot has that name', async () => {
    for (const { slug: _, slots, id, title, ...rest } of declared) {
      expect(title, id).not.toBe('');
      await expect(readCheck(`${slug}/${id}`, rest), slots.join()).resolves.toMatchObject(rest);
    }
  });

  test('have a number, a choice and a goal among them', () => {
    expect(declared.some(({ expects }) => expects && 'number' in expects)).toBe(true);
    expect(declared.some(({ expects }) => expects && 'choices' in expects)).toBe(true);
    expect(declared.some(({ goal }) => goal)).toBe(true);
  });

  test('have an oracle for each number and a run for each goal, and no other', () => {
    const ids = (of: typeof declared) =>
      of
        .filter((exercise) => exercise.slug === slug)
        .map(({ id }) => id)
        .toSorted();
    const { numbers: known, goals: runs } = oraclesOf(slug);
    expect(Object.keys(known).toSorted()).toEqual(ids(numbers));
    expect(Object.keys(runs).toSorted()).toEqual(ids(goals));
  });
});

test.each(numbers)('the number of $slug/$id is true', async ({ slug, id, expects }) => {
  const computed = await oraclesOf(slug).numbers[id]?.();
  if (!expects || !('number' in expects) || computed === undefined) throw new Error('no number');
  expect(Math.abs(computed - expects.number)).toBeLessThanOrEqual(expects.tolerance);
});

test.each(goals)('the goal of $slug/$id is not reached by the recorded run', async ({ goal }) => {
  if (!goal) throw new Error('no goal');
  const { params, steps, summary } = await recordedRun(goal.of);
  const step = Math.max(1, steps);
  expect(reached(goal, { id: goal.of, params, step, end: steps, summary })).toBe(false);
});

test.each(goals.filter(({ slug, id }) => oraclesOf(slug).goals[id]?.steps === 0))(
  'the goal of $slug/$id can be reached',
  async ({ slug, id, goal }) => {
    const run = oraclesOf(slug).goals[id];
    if (!goal || !run) throw new Error('no goal');
    const { params } = await recordedRun(goal.of);
    const summary = await summaryOf(goal.of, run.params, 0);
    expect(reached(goal, { id: goal.of, params: { ...params, ...run.params }, step: 0, end: 0, summary })).toBe(true);
  },
);

describe('what an author declares', () => {
  const goal = { of: 'fresh/orientation', summary: 'total', what: 'sum', atMost: 0 };

  test('is taken as it is where it is right', async () => {
    expect(await readCheck('a/b', { expects: { number: 1, tolerance: 0 } })).toEqual({
      expects: { number: 1, tolerance: 0 },
    });
    expect(await readCheck('a/b', {})).toEqual({});
    expect((await readCheck('a/b', { goal })).experiment).toBe(await findExperiment('fresh/orientation'));
  });

  test.each([
    [
      'an unknown experiment',
      { goal: { ...goal, of: 'fresh/nope' } },
      /^Exercise "a\/b", goal: There is no experiment "fresh\/nope". There are: .*fresh\/choice/,
    ],
    [
      'an unknown summary',
      { goal: { ...goal, summary: 'psnr' } },
      /fresh\/orientation has no "psnr" in its summary\. There are: total, peakBin\.$/,
    ],
    [
      'an unknown parameter',
      { goal: { ...goal, where: { sigma: 1 } } },
      /"sigma" is not a parameter here\. There are: a, b\.$/,
    ],
    ['a parameter out of range', { goal: { ...goal, where: { a: 99 } } }, /^Exercise "a\/b", goal: a: /],
    [
      'a goal without a bound',
      { goal: { ...goal, atMost: undefined } },
      /goal: needs atLeast or atMost\. Accepted are /,
    ],
    ['a word for a number', { expects: { number: '1', tolerance: 0 } }, /^Exercise "a\/b": .*Accepted are /],
    ['no tolerance', { expects: { number: 1 } }, /Accepted are /],
    [
      'a choice without a right one',
      {
        expects: {
          choices: [
            { text: 'a', because: 'b' },
            { text: 'c', because: 'd' },
          ],
        },
      },
      /Accepted are /,
    ],
    ['both', { goal, expects: { number: 1, tolerance: 0 } }, /expects an answer or has a goal, not both/],
    ['a mistyped name', { gaol: goal }, /Accepted are /],
  ])('is refused by the build: %s', async (_, declared, message) => {
    await expect(readCheck('a/b', declared)).rejects.toThrow(message);
  });
});
