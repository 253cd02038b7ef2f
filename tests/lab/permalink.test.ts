import { expect, test } from 'vitest';
import { choice, defaults, image, integer, json, real, type Schema, seed, series, text, toggle } from '#lab/params';
import { MOST_STEPS, readQuery, splitHash, writeHash } from '#lab/permalink';
import { RefusedValue } from '#lab/values';

const schema = {
  width: integer({ label: 'Width', min: 1, max: 256, default: 32 }),
  rate: real({ label: 'Rate', min: 0, max: 1, default: 0.001 }),
  model: choice({ label: 'Model', options: ['relu', 'a&b=c #1%+é'], default: 'relu' }),
  shuffle: toggle({ label: 'Shuffle', default: true }),
  amplitudes: series({ label: 'Amplitudes', min: -2, max: 2, length: [1, 4], editor: 'bars', default: [1, 1] }),
  words: text({ label: 'Words', length: 40, default: 'of the' }),
  photo: image({ label: 'Your picture', side: 1 }),
  net: json<object>({
    label: 'Network',
    default: null,
    check: (value) => {
      if (typeof value !== 'object') throw new RefusedValue('net: an object is needed.');
      return value as object;
    },
  }),
  seed: seed(),
} satisfies Schema;

const start = defaults(schema);
const everything = {
  ...start,
  width: 64,
  rate: 0.1 + 0.2,
  model: 'a&b=c #1%+é',
  shuffle: false,
  amplitudes: [0.1, -2, 1e-7],
  words: '  a&b=c, "d" + 5 % #é?\n',
  net: { layers: [1, 2], title: 'x & y = "ü" + 100 %, #1?' },
  seed: 3,
} as const;
const query = (hash: string) => splitHash(hash).query as string;

test('a hash reads like its settings', () => {
  const { hash, omitted } = writeHash('spectral-bias', schema, { values: { ...start, width: 64, seed: 3 }, step: 400 });
  expect(hash).toBe('#spectral-bias?width=64&seed=3&step=400');
  expect(omitted).toEqual([]);
});

test('a series stands in the hash with its commas', () => {
  const { hash } = writeHash('a', schema, { values: { ...start, amplitudes: [0.5, -1] }, step: 0 });
  expect(hash).toBe('#a?amplitudes=0.5,-1');
});

test('defaults and step 0 are left out; what remains is the anchor', () => {
  expect(writeHash('spectral-bias', schema, { values: start, step: 0 }).hash).toBe('#spectral-bias');
  const copy = { ...start, amplitudes: [1, 1] };
  expect(writeHash('spectral-bias', schema, { values: copy, step: 0 }).hash).toBe('#spectral-bias');
});

test('a hash is split into anchor and query', () => {
  expect(splitHash('#spectral-bias?width=64')).toEqual({ anchor: 'spectral-bias', query: 'width=64' });
  expect(splitHash('#spectral-bias')).toEqual({ anchor: 'spectral-bias', query: null });
  expect(splitHash('#a?')).toEqual({ anchor: 'a', query: '' });
  expect(splitHash('#a?net="?"')).toEqual({ anchor: 'a', query: 'net="?"' });
  expect(splitHash('')).toEqual({ anchor: '', query: null });
});

test('every kind of value comes back from its hash, and so does the step', () => {
  const { hash, omitted } = writeHash('a', schema, { values: everything, step: 1234 });
  expect(omitted).toEqual([]);
  expect(readQuery(schema, query(hash))).toEqual({ values: everything, step: 1234, refused: [] });
});

test('a hash survives being part of an address', () => {
  const { hash } = writeHash('a', schema, { values: everything, step: 5 });
  const address = new URL(hash, 'https://example.org/papers/fresh/');
  expect(address.hash).toBe(hash);
  expect(readQuery(schema, query(address.hash)).values).toEqual(everything);
});

test('a picture is left out and named, the rest is written', () => {
  const photo = { name: 'me.png', side: 1, grey: [0.5] };
  const { hash, omitted } = writeHash('a', schema, { values: { ...start, photo, seed: 2 }, step: 7 });
  expect(hash).toBe('#a?seed=2&step=7');
  expect(omitted).toEqual(['Your picture']);
});

test('nothing asked for is the defaults at step 0', () => {
  expect(readQuery(schema, '')).toEqual({ values: start, step: 0, refused: [] });
});

test('what is refused keeps its default and says why; the good values beside it are taken', () => {
  const given = 'width=64&rate=fast&model=tanh&shuffle=no&amplitudes=1,2,3&photo=x.png&net=7&seed=0&depth=2&step=ten';
  const { values, step, refused } = readQuery(schema, given);
  expect(values).toEqual({ ...start, width: 64 });
  expect(step).toBe(0);
  const names = 'There are: width, rate, model, shuffle, amplitudes, words, photo, net, seed.';
  expect(refused.filter((message) => !message.startsWith('amplitudes: '))).toEqual([
    'rate: "fast" is not a number from 0 to 1.',
    'model: "tanh" is not one of relu, a&b=c #1%+é.',
    'shuffle: "no" is not true or false.',
    'photo: a picture cannot be part of a link. Choose it on the page again.',
    'net: an object is needed.',
    'seed: "0" is not a whole number from 1 to 999999.',
    `"depth" is not a parameter here. ${names}`,
    `step: "ten" is not a whole number from 0 to ${MOST_STEPS}.`,
  ]);
  expect(refused.find((message) => message.startsWith('amplitudes: '))).toMatch(
    /is not 1 to 4 numbers from -2 to 2, separated by commas\.$/,
  );
});

test.each([
  ['width=0', 'width: "0" is not a whole number from 1 to 256.'],
  ['width=', 'width: "" is not a whole number from 1 to 256.'],
  ['width', 'width: "" is not a whole number from 1 to 256.'],
  ['__proto__=1', '"__proto__" is not a parameter here.'],
  ['constructor=1', '"constructor" is not a parameter here.'],
  ['net={', 'net: this is not JSON ('],
  ['%zz=1', '"%zz" is not a parameter here.'],
])('"%s" leaves a message and the defaults', (text, message) => {
  const { values, refused } = readQuery(schema, text);
  expect(values).toEqual(start);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toContain(message);
});

test('a step count is a whole number up to the most that a link may ask for', () => {
  expect(readQuery(schema, `step=${MOST_STEPS}`)).toMatchObject({ step: MOST_STEPS, refused: [] });
  for (const text of [`${MOST_STEPS + 1}`, '-1', '1.5', '1e3', '', '9'.repeat(400)]) {
    expect(readQuery(schema, `seed=5&step=${text}`)).toEqual({
      values: { ...start, seed: 5 },
      step: 0,
      refused: [`step: "${text}" is not a whole number from 0 to ${MOST_STEPS}.`],
    });
  }
});
