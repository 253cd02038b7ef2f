/** "Share or not": the description that page, command line and tests read. */
import { type Bench, defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { leastError, wholeShifts } from './law';
import type { Frame } from './mechanism';
import { params, STEPS } from './params';

const summary = ({ errors }: Frame) => {
  const of = (shared: number) => errors.find((entry) => entry.shared === shared)?.error.at(-1) ?? Number.NaN;
  return { unshared: of(1), byTwo: of(2), byFour: of(4), allShared: of(8) };
};

type Run = Bench<typeof params, Frame, ReturnType<typeof summary>>;

/** Largest difference of the four errors from the law, for these shifts. */
async function offLaw(run: Run, given: Parameters<Run>[0]): Promise<number> {
  const { frame } = await run(given, STEPS);
  const shifts = wholeShifts(given.shifts ?? params.shifts.default);
  return Math.max(
    ...frame.errors.map(({ shared, error }) => Math.abs((error.at(-1) ?? Infinity) - leastError(shifts, shared))),
  );
}

export const sharing = defineExperiment({
  id: 'strip-mlp/sharing',
  title: 'Share or not',
  params,
  steps: () => STEPS,
  measureEvery: 4,
  hint: 'Lower the learning rate.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims: [
    {
      id: 'price-of-sharing',
      statement:
        'If n channels that must be moved differently share a matrix, the error per entry cannot fall below 1 − 1/n, and training gets there: 0, 0.5, 0.75, 0.875.',
      source: 'Derived on this page; the paper argues for channel-specific patterns in words (abstract)',
      quantity: 'Largest deviation from the law, n = 1, 2, 4, 8, on 2,000 new lines',
      criterion: { relation: '<=', threshold: 0.02, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Whether channels of trained networks need different shifts.',
      measure: (run, seed) => offLaw(run, { seed }),
    },
    {
      id: 'sharing-may-be-free',
      statement: 'If all channels must be moved alike, sharing costs nothing: one matrix for all eight does it.',
      source: 'Derived on this page: the other side of the same law',
      quantity: 'Error per entry with all channels shared, all shifts 3',
      criterion: { relation: '<=', threshold: 0.001, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'The gain of sharing when data are few.',
      measure: async (run, seed) => (await run({ seed, shifts: [3, 3, 3, 3, 3, 3, 3, 3] }, STEPS)).summary.allShared,
    },
  ],
  quick: {},
});
