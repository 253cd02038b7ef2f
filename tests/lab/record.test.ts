import { describe, expect, test } from 'vitest';
import { fingerprint } from '#lab/fingerprint';
import { randomFrom } from '#lab/random';
import { agreement, CLOSE, rounded } from '#lab/record';

describe('rounding', () => {
  test('numbers keep five significant digits', () => {
    expect(rounded(2 / 3)).toBe(0.66667);
    expect(rounded(123_456_789)).toBe(123_460_000);
    expect(rounded(-0.000_012_345_678)).toBe(-0.000_012_346);
    expect(rounded(0.1 + 0.2)).toBe(0.3);
    expect(rounded(0)).toBe(0);
  });

  test('another number of digits can be asked for, down to the innermost number', () => {
    expect(rounded({ a: [[2 / 3]], b: Float64Array.of(987) }, 2)).toEqual({ a: [[0.67]], b: [990] });
  });

  test('typed arrays become plain ones, and what is no number stays', () => {
    const frame = { fit: Float32Array.of(0.1, 1 / 3), name: 'ReLU 3.14159265', on: true, none: null, deep: [{ k: 1 }] };
    const expected = { fit: [0.1, 0.33333], name: 'ReLU 3.14159265', on: true, none: null, deep: [{ k: 1 }] };
    expect(rounded(frame)).toEqual(expected);
    expect(Array.isArray((rounded(frame) as typeof expected).fit)).toBe(true);
  });

  test('what JSON cannot hold becomes null', () => {
    expect(rounded([Number.NaN, Number.POSITIVE_INFINITY, 1])).toEqual([null, null, 1]);
    expect(rounded(Float32Array.of(Number.NaN))).toEqual([null]);
  });
});

describe('agreement', () => {
  const run = (print: string, summary: Record<string, number | null>) => ({ fingerprint: print, summary });

  test('equal fingerprints are exact', () => {
    expect(agreement(run('a', { x: 1 }), run('a', { x: 1 }))).toBe('exact');
  });

  test('other fingerprints are close while every figure is within 2 % of the larger', () => {
    expect(CLOSE).toBe(0.02);
    expect(agreement(run('a', { x: 100, y: -50 }), run('b', { x: 98, y: -51 }))).toBe('close');
    expect(agreement(run('a', { x: 98 }), run('b', { x: 100 }))).toBe('close');
    expect(agreement(run('a', { x: 0, y: null }), run('b', { x: 0, y: null }))).toBe('close');
  });

  test('one figure further off makes them different', () => {
    expect(agreement(run('a', { x: 100, y: 1 }), run('b', { x: 97.9, y: 1 }))).toBe('different');
    expect(agreement(run('a', { x: 1 }), run('b', { x: -1 }))).toBe('different');
    expect(agreement(run('a', { x: 0 }), run('b', { x: 1e-9 }))).toBe('different');
    expect(agreement(run('a', { x: Number.NaN }), run('b', { x: 1 }))).toBe('different');
  });

  test('a number against null is different, both ways', () => {
    expect(agreement(run('a', { x: null }), run('b', { x: 0 }))).toBe('different');
    expect(agreement(run('a', { x: 0 }), run('b', { x: null }))).toBe('different');
  });

  test('a figure that only one of them has is a difference, both ways', () => {
    expect(agreement(run('a', { x: 1, y: 2 }), run('b', { x: 1 }))).toBe('different');
    expect(agreement(run('a', { x: 1 }), run('b', { x: 1, y: 2 }))).toBe('different');
  });
});

describe('fingerprint', () => {
  const frame = () => ({ fit: Float32Array.of(0.25, -1, 3), loss: [1, 0.5], name: 'run', done: false, none: null });
  /** The next float32 in the direction of larger magnitude. */
  const bumped = (x: number) => {
    const bits = new Uint32Array(Float32Array.of(x).buffer);
    bits[0] = (bits[0] as number) + 1;
    return new Float32Array(bits.buffer)[0] as number;
  };
  const weights = Array.from(randomFrom(5)('weights').uniform(40, -1, 1));

  test('is eight hexadecimal digits, equal for equal data', () => {
    expect(fingerprint(frame())).toMatch(/^[0-9a-f]{8}$/);
    expect(fingerprint(frame())).toBe(fingerprint(frame()));
    expect(fingerprint([1, 2])).toBe(fingerprint(Float32Array.of(1, 2)));
  });

  test('changes with the last bit of a number, a text, a truth value or a null', () => {
    const print = fingerprint(frame());
    expect(fingerprint({ ...frame(), loss: [1, 0.5 + 2 ** -53] })).not.toBe(print);
    expect(fingerprint({ ...frame(), fit: Float32Array.of(0.25, -1, bumped(3)) })).not.toBe(print);
    expect(fingerprint({ ...frame(), name: 'rum' })).not.toBe(print);
    expect(fingerprint({ ...frame(), done: true })).not.toBe(print);
    expect(fingerprint({ ...frame(), none: 0 })).not.toBe(print);
  });

  test('changes with the order of the numbers', () => {
    expect(fingerprint([1, 2, 3])).not.toBe(fingerprint([1, 3, 2]));
    expect(fingerprint(weights)).not.toBe(fingerprint(weights.toReversed()));
  });

  test('changes with the sign of two numbers at once', () => {
    expect(fingerprint([-1, -2])).not.toBe(fingerprint([1, 2]));
    expect(fingerprint(weights.map((x) => -x))).not.toBe(fingerprint(weights));
  });

  test('changes with the last float32 bits of any two numbers', () => {
    const print = fingerprint(weights);
    let missed = 0;
    for (let i = 0; i < weights.length; i++) {
      for (let j = i + 1; j < weights.length; j++) {
        const other = weights.map((x, at) => (at === i || at === j ? bumped(x) : x));
        if (fingerprint(other) === print) missed++;
      }
    }
    expect(missed).toBe(0);
  });

  test('passes over wall time, wherever it stands', () => {
    const timed = (seconds: number) => fingerprint({ loss: [1], seconds, deep: { seconds, k: 2 } });
    expect(timed(1)).toBe(timed(2));
    expect(timed(1)).toBe(fingerprint({ loss: [1], deep: { k: 2 } }));
    expect(fingerprint({ loss: [1], second: 1 })).not.toBe(fingerprint({ loss: [1], second: 2 }));
  });
});
