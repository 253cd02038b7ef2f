/** The experiments of the page, against closed forms and second computations. */
import { describe, expect, test } from 'vitest';
import { loadPhoto } from '#data/photos';
import { benchFor } from '#lab/claims';
import { loadPublic, startBackend } from '#lab/node';
import { randomFrom } from '#lab/random';
import { findExperiment } from '#lab/registry';
import * as tf from '#lab/tf';
import { dct2, inverseDct2 } from '#math/dct';
import type { Frame as EqualiserFrame } from '../../content/papers/dynamic-spectrum-mixer/equaliser/mechanism';
import { apply, sharesOf, startFilter } from '../../content/papers/dynamic-spectrum-mixer/filters';
import { BANDS, bandMeans, gainMap, shiftError } from '../../content/papers/dynamic-spectrum-mixer/gains';
import type { Frame as GateFrame } from '../../content/papers/dynamic-spectrum-mixer/gate/mechanism';
import type { Frame as PassesFrame } from '../../content/papers/dynamic-spectrum-mixer/passes/mechanism';
import {
  bounds,
  draw,
  kindsOf,
  oracleError,
  together,
  wiener,
  wienerError,
} from '../../content/papers/dynamic-spectrum-mixer/textures';

await startBackend('wasm');
const at = (xs: ArrayLike<number>, i: number) => xs[i] as number;
const benchOf = async (name: string) => benchFor(await findExperiment(`dynamic-spectrum-mixer/${name}`), loadPublic);

describe('gains', () => {
  test('of a blur are those of the matrix of averages, whose eigenvectors the cosines are', () => {
    const side = 6;
    const gains = gainMap('blur', [], side);
    const point = new Float64Array(side * side);
    point[2 * side + 3] = 1;
    const kernel = inverseDct2(
      dct2(point, side, side).map((v, k) => v * at(gains, k)),
      side,
      side,
    );
    const taps = [1, 2, 1].map((t) => t / 4);
    for (let i = 0; i < side; i++) {
      for (let j = 0; j < side; j++) {
        expect(kernel[i * side + j]).toBeCloseTo((taps[i - 1] ?? 0) * (taps[j - 2] ?? 0), 14);
      }
    }
  });

  test.each([3, 4, 5, 8, 16, 31])(
    'no symmetric matrix is nearer to a shift of %i tokens than its symmetric half',
    (n) => {
      // (S + S^T) / 2 is the nearest symmetric matrix; its distance to S is that of (S - S^T) / 2, of size sqrt(n / 2).
      expect(shiftError(n)).toBeGreaterThanOrEqual(Math.SQRT1_2 - 1e-12);
      expect(shiftError(n)).toBeLessThan(1);
    },
  );

  test('of bands are the faders', () => {
    const faders = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];
    const means = bandMeans(gainMap('faders', faders, 64), 64);
    means.forEach((mean, b) => {
      expect(mean).toBeCloseTo(at(faders, b), 12);
    });
    expect(means).toHaveLength(BANDS);
  });
});

describe('the equaliser', async () => {
  const run = await benchOf('equaliser');
  const frame = async (params: object) => (await run(params as never, 0)).frame as EqualiserFrame;

  test('makes a kernel of the chosen pixel whose row is symmetric around it in the middle of the map', async () => {
    const { kernelRow } = await frame({ preset: 'blur', column: 20 });
    expect(kernelRow[19]).toBeCloseTo(at(kernelRow, 21), 12);
    expect(kernelRow[20]).toBeCloseTo(1 / 4, 12);
    expect(kernelRow[19]).toBeCloseTo(1 / 8, 12);
    expect(Math.abs(at(kernelRow, 25))).toBeLessThan(1e-14);
  });

  test('a fader that is moved takes over the preset that was on', async () => {
    const experiment = await findExperiment('dynamic-spectrum-mixer/equaliser');
    const next = experiment.act?.faders?.({ preset: 'low', faders: new Array(8).fill(1) }, { index: 4, value: 0.5 });
    expect(next).toEqual({ preset: 'faders', faders: [1, 1, 0, 0, 0.5, 0, 0, 0] });
  });

  test('a flat picture has energy at (0, 0) alone, and comes through', async () => {
    const flat = { name: 'flat', side: 64, grey: new Array(64 * 64).fill(0.5) };
    const f = await frame({ image: flat, preset: 'low' });
    expect(f.error).toBeLessThan(1e-20);
    for (const energy of f.before.slice(1)) expect(energy).toBeLessThan(1e-20);
  });
});

describe('Wiener filters', () => {
  const kinds = kindsOf(16, 1, 0);

  test('have the errors of the prototype, in closed form', () => {
    expect(bounds(kinds).fixed).toBeCloseTo(0.3511, 4);
    expect(bounds(kinds).dynamic).toBeCloseTo(0.2455, 4);
  });

  test('no other gain errs less, at any frequency', () => {
    const S = together(kinds);
    const errorAt = (w: number, s: number) => (1 - w) ** 2 * s + w ** 2;
    const best = wiener(S, 1);
    best.forEach((w, k) => {
      for (const other of [w - 0.01, w + 0.01]) expect(errorAt(other, at(S, k))).toBeGreaterThan(errorAt(w, at(S, k)));
    });
    const total = best.reduce((sum, w, k) => sum + errorAt(w, at(S, k)), 0) / S.length;
    expect(total).toBeCloseTo(wienerError(S, 1), 12);
  });

  test.each([1, 2, 3])('their error is that of 4,000 drawn pictures, seed %i', (seed) => {
    const batch = draw(randomFrom(seed)('pictures'), kinds, 4000);
    // A picture's squared error varies by some 0.08 around its mean: four standard errors of 4,000 are 0.005.
    expect(Math.abs(oracleError(batch, kinds) - bounds(kinds).dynamic)).toBeLessThan(0.005);
  });

  test('gain nothing where the kinds have one spectrum, and never lose', () => {
    const same = bounds(kindsOf(16, 1, 1));
    expect(same.fixed).toBeCloseTo(same.dynamic, 14);
    for (const overlap of [0, 0.3, 0.7]) {
      for (const noise of [0.2, 1, 2]) {
        const { fixed, dynamic } = bounds(kindsOf(16, noise, overlap));
        expect(fixed).toBeGreaterThan(dynamic);
      }
    }
  });
});

describe('filters', () => {
  test.each([1, 2, 3])('with Wiener gains err as the closed form says, seed %i', (seed) => {
    const kinds = kindsOf(8, 1, 0);
    const filter = startFilter(randomFrom(seed), 'filter', 8, { filters: 1, context: 'bands' });
    const gains = wiener(together(kinds), 1);
    const { clean, noisy } = draw(randomFrom(seed)('pictures'), kinds, 4000);
    const error = tf.tidy(() => {
      filter.weights.filters?.assign(tf.tensor2d(Float32Array.from(gains), [1, 64]));
      const pictures = (values: Float32Array) => {
        const all = new Float32Array(values.length);
        for (let i = 0; i < values.length; i += 64) all.set(inverseDct2(values.subarray(i, i + 64), 8, 8), i);
        return tf.tensor3d(all, [values.length / 64, 64, 1]);
      };
      return tf.mean(tf.square(tf.sub(apply(filter, pictures(noisy)), pictures(clean)))).dataSync()[0] as number;
    });
    expect(Math.abs(error - bounds(kinds).fixed)).toBeLessThan(0.01);
    tf.dispose(filter.weights);
  });

  test('shares are positive and sum to 1', () => {
    const filter = startFilter(randomFrom(1), 'filter', 8, { filters: 4, context: 'bands' });
    const shares = tf.tidy(() => {
      const x = tf.tensor3d(randomFrom(2)('x').normal(10 * 64, 0, 1), [10, 64, 1]);
      return sharesOf(filter, x).arraySync();
    });
    for (const row of shares) {
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(Math.min(...row)).toBeGreaterThan(0);
    }
    tf.dispose(filter.weights);
  });
});

test('the gate cuts the picture into tiles and puts it together again', async () => {
  const run = await benchOf('gate');
  const { frame } = (await run({ filters: 2 }, 0)) as { frame: GateFrame };

  const photo = await loadPhoto(loadPublic, 'boats', 128);
  frame.clean.forEach((byte, p) => {
    expect(Math.abs(byte - 255 * at(photo, p))).toBeLessThan(1);
  });
});

test('untrained networks answer white noise with nearly white noise', async () => {
  const run = await benchOf('passes');
  const { frame } = (await run({ maps: 512 }, 0)) as { frame: PassesFrame };
  for (const { untrained } of frame.responses) {
    for (const band of untrained.slice(1)) expect(Math.abs(band)).toBeLessThan(1.5);
  }
});
