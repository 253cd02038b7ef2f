import { describe, expect, test } from 'vitest';
import { integer, type Param, real, seed, series } from '#lab/params';
import { formatValue, parseValue } from '#lab/values';
import { bars, flag, model, net, photo, picture, rate, refusal, width, words } from './schema';

describe('reading and writing text', () => {
  test.each<[Param, string, unknown]>([
    [width, '8', 8],
    [width, ' 7 ', 7],
    [width, '+7', 7],
    [width, '6.4e1', 64],
    [rate, '.5', 0.5],
    [rate, '-1.', -1],
    [rate, '-1e-3', -0.001],
    [integer({ label: 'Steps', min: 0, max: 5000, default: 0 }), '1e3', 1000],
    [model, 'siren', 'siren'],
    [flag, 'true', true],
    [flag, 'false', false],
    [bars, '0, 1.5 ,2', [0, 1.5, 2]],
    [words, '', ''],
    [words, ' a 7', ' a 7'],
    [net, '{"nodes": 4}', { nodes: 4 }],
    [net, 'null', null],
  ])('%#: text is read as the value that it names', (param, text, value) => {
    expect(parseValue('x', param, text)).toEqual(value);
  });

  test.each<[Param, string, string]>([
    [width, '', 'x: "" is not a whole number from 1 to 64.'],
    [width, ' ', 'x: " " is not a whole number from 1 to 64.'],
    [width, '0x10', 'x: "0x10" is not a whole number from 1 to 64.'],
    [width, 'NaN', 'x: "NaN" is not a whole number from 1 to 64.'],
    [width, '7 8', 'x: "7 8" is not a whole number from 1 to 64.'],
    [width, '1e3', 'x: "1000" is not a whole number from 1 to 64.'],
    [rate, 'Infinity', 'x: "Infinity" is not a number from -1 to 1.'],
    [rate, '1e999', 'x: "1e999" is not a number from -1 to 1.'],
    [rate, '0,5', 'x: "0,5" is not a number from -1 to 1.'],
    [rate, '.', 'x: "." is not a number from -1 to 1.'],
    [model, 'SIREN', 'x: "SIREN" is not one of relu, siren.'],
    [flag, '1', 'x: "1" is not true or false.'],
    [flag, 'TRUE', 'x: "TRUE" is not true or false.'],
    [photo, 'a.png', 'x: a picture cannot be part of a link. Choose it on the page again.'],
    [words, '123456', 'x: 6 characters are more than the 5 accepted.'],
    [net, '{"nodes":"4"}', 'net: nodes has to be a number.'],
  ])('%#: text that names no such value is refused', (param, text, message) => {
    expect(refusal(() => parseValue('x', param, text))).toBe(message);
  });

  test.each(['1', '1,2,3,4', '1,,2', '', '1,x', '1,2.5', '1;2'])('"%s" is no series of 2 to 3 numbers', (text) => {
    expect(refusal(() => parseValue('x', bars, text))).toMatch(
      /is not 2 to 3 numbers from 0 to 2, separated by commas/,
    );
  });

  test('broken JSON is refused by saying so', () => {
    expect(refusal(() => parseValue('net', net, '{nodes'))).toMatch(/^net: this is not JSON \(.+\)\.$/);
  });

  const any = real({ label: 'Any', min: -Number.MAX_VALUE, max: Number.MAX_VALUE, default: 0 });
  const awkward = [0.1 + 0.2, 1 / 3, -1e-7, 5e-324, Number.MAX_VALUE, 1e21, 2 ** 53 + 2, Math.PI, 100.1 * 3];

  test('numbers come back from text to the last bit', () => {
    for (const x of awkward) expect(parseValue('x', any, formatValue(any, x) as string)).toBe(x);
    const many = series({ label: 'Many', min: any.min, max: any.max, length: [1, 20], editor: 'bars', default: [0] });
    expect(parseValue('x', many, formatValue(many, awkward) as string)).toEqual(awkward);
  });

  test.each<[Param, string | number | boolean | object]>([
    [width, 64],
    [seed(), 999_999],
    [model, 'siren'],
    [flag, true],
    [flag, false],
    [bars, [0.1, 0.7, 2]],
    [words, '&=,#%'],
    [net, { nodes: 0.1 + 0.2 }],
    [series({ label: 'Empty', min: 0, max: 1, length: [0, 4], editor: 'bars', default: [0.5] }), []],
  ])('%#: a value that text can hold comes back from it', (param, value) => {
    expect(parseValue('x', param, formatValue(param, value) as string)).toEqual(value);
  });

  test('a picture has no text', () => {
    expect(formatValue(photo, picture)).toBeNull();
  });
});
