import { describe, expect, test } from 'vitest';
import { defaults, type Param, seed } from '#lab/params';
import { accepted, checkValue, completeValues, differing } from '#lab/values';
import { bars, flag, model, net, photo, picture, points, rate, refusal, schema, triple, width, words } from './schema';

describe('checking', () => {
  test.each<[string, Param, unknown[]]>([
    ['integer', width, [1, 8, 64]],
    ['seed', seed(), [1, 999_999]],
    ['real', rate, [-1, 0, 0.1 + 0.2, 1]],
    ['choice', model, ['relu', 'siren']],
    ['toggle', flag, [true, false]],
    [
      'series',
      bars,
      [
        [0, 2],
        [0.5, 1, 1.5],
      ],
    ],
    ['image', photo, [null, picture]],
    ['text', words, ['', 'abc', ' a\n&', '🐋🐋🐋🐋🐋']],
    ['json', net, [null]],
  ])('what a parameter of kind %s accepts is returned as it is', (_, param, values) => {
    for (const value of values) expect(checkValue('x', param, value)).toBe(value);
  });

  test('a json parameter returns what its check returns', () => {
    expect(checkValue('net', net, { nodes: 3, more: 1 })).toEqual({ nodes: 3 });
  });

  test.each<[Param, unknown, string]>([
    [width, 0, 'x: "0" is not a whole number from 1 to 64.'],
    [width, 65, 'x: "65" is not a whole number from 1 to 64.'],
    [width, 2.5, 'x: "2.5" is not a whole number from 1 to 64.'],
    [width, '8', 'x: "8" is not a whole number from 1 to 64.'],
    [width, true, 'x: "true" is not a whole number from 1 to 64.'],
    [width, null, 'x: "null" is not a whole number from 1 to 64.'],
    [seed(), 0, 'x: "0" is not a whole number from 1 to 999999.'],
    [rate, 1.0000001, 'x: "1.0000001" is not a number from -1 to 1.'],
    [rate, '0.5', 'x: "0.5" is not a number from -1 to 1.'],
    [model, 'tanh', 'x: "tanh" is not one of relu, siren.'],
    [model, 0, 'x: "0" is not one of relu, siren.'],
    [flag, 'true', 'x: "true" is not true or false.'],
    [flag, 1, 'x: "1" is not true or false.'],
    [bars, [1], 'x: "[1]" is not 2 to 3 numbers from 0 to 2, separated by commas.'],
    [bars, [1, 1, 1, 1], 'x: "[1,1,1,1]" is not 2 to 3 numbers from 0 to 2, separated by commas.'],
    [bars, [1, 2.5], 'x: "[1,2.5]" is not 2 to 3 numbers from 0 to 2, separated by commas.'],
    [bars, '1,1', 'x: "1,1" is not 2 to 3 numbers from 0 to 2, separated by commas.'],
    [points, [1, 1, 2], 'x: "[1,1,2]" is not 1 to 3 points as x,y,x,y,…, with numbers from -4 to 4.'],
    [points, [], 'x: "[]" is not 1 to 3 points as x,y,x,y,…, with numbers from -4 to 4.'],
    [triple, [1, 1], 'x: "[1,1]" is not 3 numbers from 0 to 2, separated by commas.'],
    [photo, 'a.png', 'x: "a.png" is not a picture file (PNG, JPEG, WebP, GIF or AVIF).'],
    [photo, { side: 3, grey: [] }, 'x: "{"side":3,"grey":[]}" is not a picture file (PNG, JPEG, WebP, GIF or AVIF).'],
    [words, 7, 'x: "7" is not text of at most 5 characters.'],
    [words, null, 'x: "null" is not text of at most 5 characters.'],
    [words, 'abcdef', 'x: 6 characters are more than the 5 accepted.'],
    [net, { nodes: 'two' }, 'net: nodes has to be a number.'],
  ])('%#: what is refused is quoted, with what is accepted', (param, value, message) => {
    expect(refusal(() => checkValue('x', param, value))).toBe(message);
  });

  test('NaN and infinities are refused by name', () => {
    expect(refusal(() => checkValue('x', rate, Number.NaN))).toBe('x: "NaN" is not a number from -1 to 1.');
    expect(refusal(() => checkValue('x', width, Number.POSITIVE_INFINITY))).toContain('"Infinity"');
    expect(refusal(() => checkValue('x', bars, [1, Number.NaN]))).toContain('is not 2 to 3 numbers');
  });

  test('a value that is not there is refused like any other', () => {
    expect(refusal(() => checkValue('x', rate, undefined))).toContain('is not a number from -1 to 1.');
  });

  test('a long value is quoted by its first 37 characters', () => {
    expect(refusal(() => checkValue('x', model, 'm'.repeat(41)))).toBe(
      `x: "${'m'.repeat(37)}…" is not one of relu, siren.`,
    );
    expect(refusal(() => checkValue('x', model, 'm'.repeat(40)))).toContain(`"${'m'.repeat(40)}"`);
  });

  test('what a json parameter accepts is a JSON file', () => {
    expect(accepted(net)).toBe('a JSON file');
  });
});

describe('completing', () => {
  test('what is not given has its default', () => {
    expect(completeValues(schema, { width: 16 })).toEqual({ ...defaults(schema), width: 16 });
    expect(defaults(schema)).toEqual({
      width: 8,
      rate: 0.5,
      model: 'relu',
      flag: false,
      bars: [1, 1],
      photo: null,
      net: { nodes: 1 },
      seed: 1,
    });
  });

  test('a name that is not in the schema is refused, with the names that are', () => {
    const names = 'There are: width, rate, model, flag, bars, photo, net, seed.';
    expect(refusal(() => completeValues(schema, { depth: 2 }))).toBe(`"depth" is not a parameter here. ${names}`);
    expect(refusal(() => completeValues(schema, { toString: 1 }))).toContain('"toString" is not a parameter here.');
  });

  test('every given value is checked', () => {
    expect(refusal(() => completeValues(schema, { width: 8, rate: 7 }))).toBe(
      'rate: "7" is not a number from -1 to 1.',
    );
    expect(refusal(() => completeValues(schema, { width: null }))).toContain('width: "null"');
  });

  test('null given to a json parameter is a value, and not replaced by the default', () => {
    expect(completeValues(schema, { net: null }).net).toBeNull();
  });
});

test('two sets of values differ in the names whose values differ, by content', () => {
  const a = completeValues(schema, { bars: [0, 1], photo: picture });
  const b = { ...a, bars: [0, 1], net: { nodes: 1 } };
  expect(differing(schema, a, b)).toEqual([]);
  expect(differing(schema, a, { ...b, width: 9, bars: [0, 1.0000000000000002] })).toEqual(['width', 'bars']);
  expect(differing(schema, a, { ...b, photo: { ...picture, grey: [0, 0.5, 1, 0] } })).toEqual(['photo']);
});
