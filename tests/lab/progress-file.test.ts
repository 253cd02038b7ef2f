import { expect, test } from 'vitest';
import { readProgress, writeProgress } from '#components/exercises/progress-file.ts';

const known = ['fresh/carry', 'fresh/reach', 'lipsdp/fold'];
const file = (change: object) => JSON.stringify({ ...JSON.parse(writeProgress(['fresh/carry'])), ...change });

test('what is written is read again', () => {
  expect(readProgress(writeProgress(['lipsdp/fold', 'fresh/carry']), known)).toEqual(['fresh/carry', 'lipsdp/fold']);
  expect(readProgress(writeProgress([]), known)).toEqual([]);
});

test.each([
  ['no JSON', '{', 'This file is not JSON.'],
  ['a list', '[]', 'This file does not hold progress of these exercises.'],
  ['null', 'null', 'This file does not hold progress of these exercises.'],
  ['another kind', file({ kind: 'x' }), 'This file does not hold progress of these exercises.'],
  ['another version', file({ version: 2 }), 'This file has version 2, and only version 1 is known.'],
  ['no version', file({ version: undefined }), 'This file has version none, and only version 1 is known.'],
  ['no list', file({ solved: 'fresh/carry' }), 'This file has no list called "solved".'],
  [
    'an unknown exercise',
    file({ solved: ['fresh/carry', 'fresh/nope'] }),
    '"fresh/nope" is not an exercise of this site.',
  ],
  ['a number for an exercise', file({ solved: [3] }), '3 is not an exercise of this site.'],
])('%s is refused, with what is accepted', (_, text, message) => {
  expect(() => readProgress(text, known)).toThrow(`${message} Accepted is a file that “Save as a file” has written.`);
});
