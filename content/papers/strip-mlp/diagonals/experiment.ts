/** "Two diagonals at once": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import type { Frame } from './mechanism';
import { params, STEPS } from './params';

const summary = ({ errors, least }: Frame) => ({
  lines: errors[0]?.at(-1) ?? Number.NaN,
  strips: errors[1]?.at(-1) ?? Number.NaN,
  least,
});

export const diagonals = defineExperiment({
  id: 'strip-mlp/diagonals',
  title: 'Two diagonals at once',
  params,
  steps: () => STEPS,
  measureEvery: 10,
  hint: 'Lower the learning rate.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims: [
    {
      id: 'lines-miss-half',
      statement: 'Single lines miss half of a sum of two opposite diagonal neighbours, on a map of 4 × 4.',
      source: 'Derived on this page: the task has two equal Kronecker terms, and single lines have one',
      quantity: 'Difference of the share missed after training from 0.5',
      criterion: { relation: '<=', threshold: 0.02, over: 'each seed' },
      seeds: [1, 2, 3],
      untested:
        'Whether networks meet such tasks. With more channels between the layers, several products can be added up.',
      measure: async (run, seed) => Math.abs((await run({ seed }, STEPS)).summary.lines - 0.5),
    },
    {
      id: 'strips-miss-nothing',
      statement: 'Strips of three rows learn the same sum.',
      source: 'Derived on this page: the row layer alone can hold it',
      quantity: 'Share missed after training',
      criterion: { relation: '<=', threshold: 0.02, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'Neighbours that are two or more lines apart.',
      measure: async (run, seed) => (await run({ seed }, STEPS)).summary.strips,
    },
    {
      id: 'four-are-easier',
      statement: 'Adding up all four diagonal neighbours is easier than two: single lines learn it.',
      source: 'Derived on this page: four diagonals are one product, (up + down) of (left + right)',
      quantity: 'Share missed after training',
      criterion: { relation: '<=', threshold: 0.02, over: 'each seed' },
      seeds: [1, 2, 3],
      untested: 'The same.',
      measure: async (run, seed) => (await run({ seed, target: 'four' }, STEPS)).summary.lines,
    },
  ],
  quick: { side: 3 },
});
