import { describe, expect, test } from 'vitest';
import { benchFor, checkClaim, meets } from '#lab/claims';
import { criterionText } from '#lab/claims-text';
import { type AnyExperiment, defineExperiment, defineMechanism } from '#lab/experiment';
import { integer, type Schema, seed } from '#lab/params';

type Criterion = Parameters<typeof meets>[0];
const each = (relation: Criterion['relation']): Criterion => ({ relation, threshold: 0.8, over: 'each seed' });
const mean = (relation: Criterion['relation']): Criterion => ({ relation, threshold: 0.8, over: 'the mean' });

describe('a criterion', () => {
  test.each<[Criterion, number[], boolean]>([
    [each('>='), [0.8, 0.9], true],
    [each('>='), [0.79, 2], false],
    [each('<='), [0.8, -5], true],
    [each('<='), [0.81, -5], false],
    [mean('>='), [0.6, 1.2], true],
    [mean('>='), [0.6, 0.9], false],
    [mean('<='), [1.4, 0.1], true],
    [mean('<='), [1.4, 0.3], false],
  ])('%#: %o, measured %o, holds: %s', (criterion, measured, holds) => {
    expect(meets(criterion, measured)).toBe(holds);
  });

  test.each([each('>='), each('<='), mean('>='), mean('<=')])('%o is never met by NaN', (criterion) => {
    expect(meets(criterion, [Number.NaN])).toBe(false);
    expect(meets(criterion, [0.8, Number.NaN, 0.8])).toBe(false);
  });

  test('reads as a sentence', () => {
    expect(criterionText({ criterion: each('>='), seeds: [1, 2] })).toBe('at least 0.8 for each seed');
    expect(criterionText({ criterion: mean('<='), seeds: [1, 2] })).toBe('at most 0.8 for the mean over seeds');
  });
});

/** Counts its own setups; the result after t steps is gain * seed + t. */
function counting() {
  const setups: string[] = [];
  const params = {
    gain: integer({ label: 'Gain', min: 0, max: 9, default: 1 }),
    seed: seed(),
  } satisfies Schema;
  const common = { statement: 's', source: 'here', quantity: 'result', untested: 'all else' };
  const experiment = defineExperiment({
    id: 'test/counting',
    title: 'Counting',
    params,
    steps: () => 5,
    hint: '',
    mechanism: async () =>
      defineMechanism<typeof params>()({
        setup: ({ params: { gain, seed } }) => {
          setups.push(`${gain}/${seed}`);
          return { result: gain * seed };
        },
        step: (state) => void state.result++,
        frame: ({ result }) => ({ result }),
      }),
    charts: {},
    summary: ({ result }: { result: number }) => ({ result }),
    claims: [
      {
        ...common,
        id: 'grows',
        criterion: { relation: '>=', threshold: 3, over: 'each seed' },
        seeds: [1, 2, 4],
        async measure(run, seed) {
          const [end, begin] = [await run({ seed }, 2), await run({ seed }, 0)];
          expect(begin.frame.result).toBe(seed);
          return end.summary.result;
        },
      },
      {
        ...common,
        id: 'small',
        criterion: { relation: '<=', threshold: 4, over: 'the mean' },
        seeds: [1, 2, 4],
        measure: async (run, seed) => (await run({ gain: 1, seed }, 2)).summary.result,
      },
      {
        ...common,
        id: 'nonsense',
        criterion: { relation: '>=', threshold: 0, over: 'each seed' },
        seeds: [1],
        measure: () => Number.NaN,
      },
    ],
    quick: {},
  });
  return { experiment: experiment as AnyExperiment, setups };
}

const load = async () => new Uint8Array();

describe('checking a claim', () => {
  test('measures one number per seed and holds it against the criterion', async () => {
    const { experiment } = counting();
    // seed + 2 steps: 3, 4, 6.
    expect(await checkClaim(experiment, 'grows', load)).toEqual({
      id: 'grows',
      measured: [3, 4, 6],
      mean: 13 / 3,
      spread: [3, 6],
      holds: true,
    });
    expect((await checkClaim(experiment, 'small', load)).holds).toBe(false);
  });

  test('a claim that measures NaN does not hold', async () => {
    expect((await checkClaim(counting().experiment, 'nonsense', load)).holds).toBe(false);
  });

  test('claims share the runs of a bench: equal calls run once', async () => {
    const { experiment, setups } = counting();
    const bench = benchFor(experiment, load);
    await checkClaim(experiment, 'grows', load, undefined, bench);
    expect(setups).toEqual(['1/1', '1/1', '1/2', '1/2', '1/4', '1/4']);
    await checkClaim(experiment, 'small', load, undefined, bench);
    expect(setups).toHaveLength(6);
  });

  test('without a common bench every check runs anew', async () => {
    const { experiment, setups } = counting();
    await checkClaim(experiment, 'small', load);
    await checkClaim(experiment, 'small', load);
    expect(setups).toHaveLength(6);
  });

  test('progress is told before each seed', async () => {
    const told: [number, number][] = [];
    await checkClaim(counting().experiment, 'small', load, (done, of) => void told.push([done, of]));
    expect(told).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
  });

  test('a claim that is not made is refused', async () => {
    await expect(checkClaim(counting().experiment, 'grow', load)).rejects.toThrow(
      new RangeError('test/counting makes no claim "grow".'),
    );
  });
});

describe('a bench', () => {
  test('fills up defaults, so that a default said and left out are one run', async () => {
    const { experiment, setups } = counting();
    const bench = benchFor(experiment, load);
    const runs = await Promise.all([bench({}, 3), bench({ seed: 1 }, 3), bench({ seed: 1, gain: 1 }, 3)]);
    expect(runs.map((run) => run.summary)).toEqual([{ result: 4 }, { result: 4 }, { result: 4 }]);
    expect(setups).toEqual(['1/1']);
  });

  test('tells other parameters and other step counts apart', async () => {
    const { experiment, setups } = counting();
    const bench = benchFor(experiment, load);
    const results = [await bench({}, 3), await bench({}, 4), await bench({ gain: 2 }, 3)];
    expect(results.map((run) => run.summary.result)).toEqual([4, 5, 5]);
    expect(setups).toEqual(['1/1', '1/1', '2/1']);
  });

  test('refuses values that the experiment refuses', () => {
    const bench = benchFor(counting().experiment, load);
    expect(() => bench({ gain: 10 }, 1)).toThrow('gain: "10" is not a whole number from 0 to 9.');
  });
});
