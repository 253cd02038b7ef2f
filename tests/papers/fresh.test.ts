import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { wasserstein } from '../../content/papers/fresh/distance';
import {
  antiDiagonalSums,
  type Complex,
  coefficient,
  distance,
  magnitudes,
  normalised,
  quadrantMagnitudes,
} from '../../content/papers/fresh/spectrum';

const total = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0);
const noise = (name: string, length: number) => Array.from(randomFrom(1)(name).uniform(length, -1, 1));

/** cos(2 pi (a x + b y) / s), x to the right and y down. */
const wave = (s: number, a: number, b: number) =>
  Array.from({ length: s * s }, (_, at) => {
    const turns = (((a * (at % s) + b * Math.floor(at / s)) % s) + s) % s;
    return Math.cos((2 * Math.PI * turns) / s);
  });

const moved = (grey: readonly number[], s: number, from: (x: number, y: number) => [number, number]) =>
  grey.map((_, at) => {
    const [x, y] = from(at % s, Math.floor(at / s));
    return grey[y * s + x] as number;
  });

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number) {
  expect(actual).toHaveLength(expected.length);
  const worst = Math.max(...actual.map((x, i) => Math.abs(x - (expected[i] as number))));
  expect(worst).toBeLessThanOrEqual(tolerance);
}

describe('coefficients of the discrete Fourier transform', () => {
  const N = 128;

  test('a sinusoid with a phase has one coefficient, of half its amplitude times N', () => {
    // A sin(2 pi k i / N + p) = A / 2i (e^{i(..)} - c.c.), so Y_k = A N / 2 (sin p - i cos p) (textbook).
    const [A, k, p] = [0.7, 5, 1.1];
    const y = Array.from({ length: N }, (_, i) => A * Math.sin((2 * Math.PI * k * i) / N + p));
    const expected: Complex = [((A * N) / 2) * Math.sin(p), ((-A * N) / 2) * Math.cos(p)];
    expect(distance(coefficient(y, k), expected)).toBeLessThan(1e-11);
    const others = magnitudes(y, N / 2).filter((_, i) => i + 1 !== k);
    expect(Math.max(...others)).toBeLessThan(1e-11);
  });

  test('a single one at m is a wave over the frequencies, exp(-2 pi i k m / N)', () => {
    const m = 37;
    const y = Array.from({ length: N }, (_, i) => (i === m ? 1 : 0));
    for (let k = 0; k < N; k++) {
      const angle = (-2 * Math.PI * k * m) / N;
      expect(distance(coefficient(y, k), [Math.cos(angle), Math.sin(angle)])).toBeLessThan(1e-12);
    }
  });

  test('a constant has the coefficient N c at 0, and nothing else', () => {
    const y = new Array<number>(N).fill(0.3);
    expect(distance(coefficient(y, 0), [0.3 * N, 0])).toBeLessThan(1e-12);
    expect(Math.max(...magnitudes(y, N / 2))).toBeLessThan(1e-12);
  });

  test.each([64, 81])('power is kept: sum |Y_k|^2 = N sum y^2 (Parseval), N = %d', (n) => {
    const y = noise('parseval', n);
    const power = total(Array.from({ length: n }, (_, k) => Math.hypot(...coefficient(y, k)) ** 2));
    expect(power).toBeCloseTo(n * total(y.map((v) => v * v)), 9);
  });

  test('magnitudes are those of bins 1, 2, …', () => {
    const y = noise('magnitudes', 32);
    expect(magnitudes(y, 3)).toEqual([1, 2, 3].map((k) => Math.hypot(...coefficient(y, k))));
  });
});

describe('sums over anti-diagonals', () => {
  test.each([
    [0, 1],
    [3, 0],
    [3, 5],
    [17, 4],
    [16, 16],
  ])('a plane wave (%d, %d) is s^2 / 2 at bin a + b and 0 elsewhere', (a, b) => {
    // cos = (e + conj e) / 2; the conjugate half has a negative frequency (worked out by hand).
    const s = 64;
    const expected = Array.from({ length: 32 }, (_, i) => (i + 1 === a + b ? (s * s) / 2 : 0));
    // None of these waves is its own conjugate, which would double it.
    expectClose(antiDiagonalSums(wave(s, a, b), s, 32), expected, 1e-9 * s * s);
  });

  test('a wave with one negative frequency is invisible in the low bins', () => {
    const s = 128;
    const tilted = wave(s, 3, -5);
    // Worked out by hand: the 64 cropped bins hold less than 1e-12 s^2, the peak sits at d = 126.
    expect(total(antiDiagonalSums(tilted, s, 64))).toBeLessThan(1e-12 * s * s);
    const all = quadrantMagnitudes(tilted, s, s - 1);
    expect(all[123 * s + 3]).toBeCloseTo((s * s) / 2, 6);
    expect(all[5 * s + 125]).toBeCloseTo((s * s) / 2, 6);
  });

  test('transposing leaves the spectrum as it is, mirroring does not', () => {
    const s = 32;
    const grey = noise('picture', s * s);
    const S = antiDiagonalSums(grey, s, 16);
    expectClose(
      antiDiagonalSums(
        moved(grey, s, (x, y) => [y, x]),
        s,
        16,
      ),
      S,
      1e-10,
    );
    const mirrored = antiDiagonalSums(
      moved(grey, s, (x, y) => [s - 1 - x, y]),
      s,
      16,
    );
    expect(wasserstein(mirrored, S)).toBeGreaterThan(0.01);
  });

  test('after normalising, brightness and contrast do not matter', () => {
    const s = 16;
    const grey = noise('picture', s * s);
    const shares = (picture: readonly number[]) => normalised(antiDiagonalSums(picture, s, 8)) as number[];
    expect(total(shares(grey))).toBeCloseTo(1, 12);
    expectClose(shares(grey.map((v) => -0.3 * v + 5)), shares(grey), 1e-12);
  });

  test.each([0, 1 / 3, 0.7, 1, -1])('a picture of the constant %d has no spectrum', (value) => {
    for (const s of [64, 128, 256]) {
      expect(normalised(antiDiagonalSums(new Array<number>(s * s).fill(value), s, 32))).toBeNull();
    }
  });

  test('more bins than half the side are refused', () => {
    expect(() => antiDiagonalSums(new Array<number>(81).fill(0), 9, 5)).toThrow(
      new RangeError('5 bins need a picture of 10 pixels; this one has 9.'),
    );
  });
});

describe("the official code's way: all frequencies, a mask, then the sums", () => {
  /** Keeps the one of (i, j) and its conjugate (-i, -j) on the lower anti-diagonal; on the same one, the upper. */
  const kept = (i: number, j: number, s: number) => {
    const [ci, cj] = [(s - i) % s, (s - j) % s];
    return i + j < ci + cj || (i + j === ci + cj && i <= ci);
  };

  /** |Y[i, j]| straight from the definition of the 2-D transform. */
  function fullTransform(grey: readonly number[], s: number) {
    return Array.from({ length: s * s }, (_, at) => {
      const [i, j] = [Math.floor(at / s), at % s];
      let [re, im] = [0, 0];
      grey.forEach((value, pixel) => {
        const angle = (-2 * Math.PI * (i * Math.floor(pixel / s) + j * (pixel % s))) / s;
        re += value * Math.cos(angle);
        im += value * Math.sin(angle);
      });
      return Math.hypot(re, im);
    });
  }

  test.each([8, 9, 16])('the mask takes each conjugate pair exactly once, s = %d', (s) => {
    for (let i = 0; i < s; i++) {
      for (let j = 0; j < s; j++) {
        const [ci, cj] = [(s - i) % s, (s - j) % s];
        const own = i === ci && j === cj;
        expect(Number(kept(i, j, s)) + (own ? 0 : Number(kept(ci, cj, s)))).toBe(1);
      }
    }
  });

  test.each([
    [8, 4],
    [9, 4],
    [16, 8],
  ])('gives the same as the sums of the low quadrant, s = %d, %d bins', (s, bins) => {
    const grey = noise(`official ${s}`, s * s);
    const Y = fullTransform(grey, s);
    const masked = new Array<number>(2 * s - 1).fill(0);
    Y.forEach((magnitude, at) => {
      const [i, j] = [Math.floor(at / s), at % s];
      if (kept(i, j, s)) masked[i + j] = (masked[i + j] as number) + magnitude;
    });
    expectClose(antiDiagonalSums(grey, s, bins), masked.slice(1, bins + 1), 1e-10);
  });
});
