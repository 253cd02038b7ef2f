/** Strip-MLP's block against a second implementation in plain loops, its limit cases, and what it must not be blind to. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import type { TokenMap } from '#nn/vision/operator';
import { strip } from '#nn/vision/strip';
import { columnStrip, lsmm, mixStrips, rowStrip, stripLayer } from '#nn/vision/strip-layer';

const map: TokenMap = { height: 6, width: 4, channels: 16 };
const patches = 2;
const [d, group] = [8, 4];

type Plain = Record<string, Float32Array>;

/** Weights at a scale at which every part counts, as tensors and as arrays. */
function drawn(seed: number, k: number, on = map) {
  const weights = stripLayer.start(randomFrom(seed), 'block', on, { strip: k, patches }, 2);
  const plain: Plain = {};
  for (const [name, variable] of Object.entries(weights)) {
    const values = randomFrom(seed)(`shaken.${name}`).normal(variable.size, name.endsWith('gain') ? 1 : 0, 0.4);
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    plain[name] = values;
  }
  return { weights, plain, free: () => tf.dispose(weights as Record<string, tf.Variable>) };
}

const input = (seed: number, channels: number, on = map) =>
  randomFrom(seed)('input').normal(on.height * on.width * channels, 0, 1);

const run = (f: (x: tf.Tensor3D) => tf.Tensor, x: ArrayLike<number>, channels: number): number[] =>
  tf.tidy(() => [...f(tf.tensor3d(Float32Array.from(x), [1, x.length / channels, channels])).dataSync()]);

const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] as number))));

// --- The second implementation: one image as x[token][channel] in float64, formulas as in the paper's code. ---

const get = (plain: Plain, name: string) => (i: number) => (plain[name] as Float32Array)[i] as number;
const erf = (x: number) => {
  // Series of Abramowitz and Stegun 7.1.6: exact to float64 for the values here.
  let [term, sum] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
};
const gelu = (x: number) => (x * (1 + erf(x * Math.SQRT1_2))) / 2;

function layerNorm(plain: Plain, name: string, row: number[]): number[] {
  const mean = row.reduce((a, b) => a + b, 0) / row.length;
  const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length;
  return row.map(
    (v, c) => ((v - mean) / Math.sqrt(variance + 1e-5)) * get(plain, `${name}.gain`)(c) + get(plain, `${name}.bias`)(c),
  );
}

const times = (weight: (i: number) => number, row: number[], outputs: number, bias: (j: number) => number = () => 0) =>
  Array.from({ length: outputs }, (_, j) => row.reduce((sum, v, i) => sum + v * weight(i * outputs + j), bias(j)));

/** The strip formula itself, with `rows` or columns as lines. */
function plainStrip(plain: Plain, k: number, x: number[][], direction: 'rows' | 'columns', on = map): number[][] {
  const { height, width } = on;
  const [lines, length] = direction === 'rows' ? [height, width] : [width, height];
  const token = (line: number, at: number) => (direction === 'rows' ? line * width + at : at * width + line);
  const matrix = get(plain, `${direction}.matrices`);
  const y = x.map((row) => row.map(() => 0));
  for (let line = 0; line < lines; line++)
    for (let to = 0; to < length; to++)
      for (let c = 0; c < d; c++) {
        const c2 = c % group;
        let sum = get(plain, `${direction}.bias`)(c2 * length + to);
        for (let delta = 0; delta < k; delta++) {
          const from = line + delta - (k - 1) / 2;
          if (from < 0 || from >= lines) continue;
          for (let at = 0; at < length; at++)
            sum += matrix(((c2 * k + delta) * length + at) * length + to) * (x[token(from, at)]?.[c] as number);
        }
        (y[token(line, to)] as number[])[c] = sum;
      }
  return y;
}

const plainPlaces = (plain: Plain, name: string, x: number[][], most: number): number[][] =>
  x.map((row, token) => {
    const apart = (token % map.width) - Math.floor(token / map.width);
    const entry = most + Math.min(most, Math.max(-most, apart));
    return row.map((v, c) => v + get(plain, name)(entry * d + c));
  });

/** A depth-wise convolution, zero beyond the edges; `kernel(c, dy, dx)` with the offsets from its middle. */
const convolved = (x: number[][], tall: number, wide: number, kernel: (c: number, dy: number, dx: number) => number) =>
  x.map((row, token) =>
    row.map((_, c) => {
      let sum = 0;
      const [h, w] = [Math.floor(token / map.width), token % map.width];
      for (let dy = -(tall - 1) / 2; dy <= (tall - 1) / 2; dy++)
        for (let dx = -(wide - 1) / 2; dx <= (wide - 1) / 2; dx++) {
          const [y, z] = [h + dy, w + dx];
          if (y >= 0 && y < map.height && z >= 0 && z < map.width)
            sum += kernel(c, dy, dx) * (x[y * map.width + z]?.[c] as number);
        }
      return sum;
    }),
  );

function plainLocal(plain: Plain, x: number[][]): number[][] {
  // Across the lines first in both kernels: three lines, seven places.
  const wide = convolved(x, 3, 7, (c, dy, dx) => get(plain, 'local.wide')(c * 21 + (dy + 1) * 7 + dx + 3));
  const tall = convolved(x, 7, 3, (c, dy, dx) => get(plain, 'local.tall')(c * 21 + (dx + 1) * 7 + dy + 3));
  const mean = Array.from(
    { length: d },
    (_, c) =>
      x.reduce((sum, row, t) => sum + (row[c] as number) + (wide[t]?.[c] as number) + (tall[t]?.[c] as number), 0) /
      x.length,
  );
  const hidden = times(get(plain, 'local.up.weight'), mean, Math.floor(d / 2), get(plain, 'local.up.bias')).map(gelu);
  const scores = times(get(plain, 'local.down.weight'), hidden, 3 * d, get(plain, 'local.down.bias'));
  return x.map((row, t) =>
    row.map((v, c) => {
      const powers = [0, 1, 2].map((i) => Math.exp(scores[3 * c + i] as number)) as [number, number, number];
      const total = powers[0] + powers[1] + powers[2];
      return (powers[0] * (tall[t]?.[c] as number) + powers[1] * (wide[t]?.[c] as number) + powers[2] * v) / total;
    }),
  );
}

function plainMix(plain: Plain, k: number, x: number[][]): number[][] {
  const first = x.map((row) =>
    layerNorm(
      plain,
      'first.norm',
      times(get(plain, 'first.weight'), layerNorm(plain, 'norm', row), 16, get(plain, 'first.bias')),
    ).map(gelu),
  );
  const [global, local] = [first.map((row) => row.slice(0, d)), first.map((row) => row.slice(d))];
  const rows = plainStrip(plain, k, plainPlaces(plain, 'rows.places', global, map.height), 'rows');
  const between = rows.map((row, t) =>
    layerNorm(plain, 'rows.norm', times(get(plain, 'rows.join'), [...row, ...(global[t] as number[])], d)).map(gelu),
  );
  const columns = plainStrip(plain, k, plainPlaces(plain, 'columns.places', between, map.width), 'columns');
  const out = columns.map((row, t) => times(get(plain, 'columns.join'), [...(global[t] as number[]), ...row], d));
  return plainLocal(plain, local).map((row, t) => times(get(plain, 'join'), [...(out[t] as number[]), ...row], 16));
}

const asRows = (x: ArrayLike<number>, channels: number) =>
  Array.from({ length: x.length / channels }, (_, t) =>
    Array.from({ length: channels }, (_u, c) => x[t * channels + c] as number),
  );

describe.each([1, 3, 5])('a strip of K = %i', (k) => {
  test.each([1, 2, 3])('computes what plain loops compute, seed %i', (seed) => {
    const { weights, plain, free } = drawn(seed, k);
    const x = input(seed, 16);
    const found = run((t) => mixStrips(weights, t, map, patches), x, 16);
    const expected = plainMix(plain, k, asRows(x, 16)).flat();
    expect(worst(found, expected)).toBeLessThan(1e-4 * Math.max(...expected.map(Math.abs)));
    free();
  });
});

/** An image moved down by one line; what leaves below is lost. */
const lowered = (x: ArrayLike<number>, channels: number) => {
  const row = map.width * channels;
  return Array.from({ length: x.length }, (_, i) => (i < row ? 0 : (x[i - row] as number)));
};

describe('what moves with the picture', () => {
  test('the row layer moves with it from line to line, the column layer does not', () => {
    const { weights, free } = drawn(4, 3);
    // Empty first and last lines, so that no edge is met.
    const row = map.width * d;
    const x = input(4, d).map((v, i) => (i < row || i >= (map.height - 2) * row ? 0 : v));
    const rows = (at: ArrayLike<number>) => run((t) => rowStrip(weights, t, map, patches), at, d);
    const columns = (at: ArrayLike<number>) => run((t) => columnStrip(weights, t, map, patches), at, d);
    expect(worst(rows(lowered(x, d)).slice(row), lowered(rows(x), d).slice(row))).toBeLessThan(1e-5);
    expect(worst(columns(lowered(x, d)).slice(row), lowered(columns(x), d).slice(row))).toBeGreaterThan(0.1);
    free();
  });

  test('exchanging the patches of the channels exchanges the results; exchanging channels of a patch does not', () => {
    const { weights, free } = drawn(5, 3);
    const x = input(5, d);
    const exchanged = (values: ArrayLike<number>, order: number[]) =>
      Array.from({ length: values.length }, (_, i) => values[i - (i % d) + (order[i % d] as number)] as number);
    const rows = (at: ArrayLike<number>) => run((t) => rowStrip(weights, t, map, patches), at, d);
    const across = [4, 5, 6, 7, 0, 1, 2, 3];
    expect(worst(rows(exchanged(x, across)), exchanged(rows(x), across))).toBeLessThan(1e-5);
    const within = [1, 0, 2, 3, 5, 4, 6, 7];
    expect(worst(rows(exchanged(x, within)), exchanged(rows(x), within))).toBeGreaterThan(0.1);
    free();
  });

  test('LSMM moves with it away from the edges as far as its weights stay', () => {
    const { weights, free } = drawn(6, 3);
    for (const name of ['local.down.weight']) weights[name]?.assign(tf.zerosLike(weights[name] as tf.Variable));
    const big = { height: 12, width: 4, channels: 16 };
    const row = big.width * d;
    // One line of input, far from the edges: seven lines high at most after the tall kernel.
    const x = input(6, d, big).map((v, i) => (Math.floor(i / row) === 5 ? v : 0));
    const local = (at: ArrayLike<number>) => run((t) => lsmm(weights, t, big), at, d);
    expect(worst(local(lowered(x, d)).slice(row), lowered(local(x), d).slice(row))).toBeLessThan(1e-5);
    free();
  });
});

describe('limit cases', () => {
  test('K = 3 with nothing in the outer matrices is K = 1', () => {
    const [wide, narrow] = [drawn(7, 3), drawn(7, 1)];
    const matrices = wide.weights['rows.matrices'] as tf.Variable;
    tf.tidy(() => {
      const [groups, , length] = matrices.shape as [number, number, number];
      const middle = tf.slice(tf.reshape(matrices, [groups, 3, length, length]), [0, 1, 0, 0], [-1, 1, -1, -1]);
      matrices.assign(
        tf.reshape(
          tf.pad(middle, [
            [0, 0],
            [1, 1],
            [0, 0],
            [0, 0],
          ]),
          matrices.shape,
        ),
      );
      (narrow.weights['rows.matrices'] as tf.Variable).assign(tf.reshape(middle, [groups, length, length]));
      (narrow.weights['rows.bias'] as tf.Variable).assign(wide.weights['rows.bias'] as tf.Variable);
    });
    const x = input(7, d);
    const [a, b] = [wide, narrow].map(({ weights }) => run((t) => rowStrip(weights, t, map, patches), x, d));
    expect(worst(a as number[], b as number[])).toBeLessThan(1e-6);
    wide.free();
    narrow.free();
  });

  test('K = 1 with one channel per patch is one matrix for all rows and channels', () => {
    const weights = stripLayer.start(randomFrom(8), 'block', map, { strip: 1, patches: d }, 2);
    const matrix = (weights['rows.matrices'] as tf.Variable).dataSync();
    const bias = (weights['rows.bias'] as tf.Variable).dataSync();
    const x = input(8, d);
    const expected = Array.from(x, (_, i) => {
      const [line, to, c] = [Math.floor(i / (map.width * d)), Math.floor(i / d) % map.width, i % d];
      let sum = bias[to] as number;
      for (let from = 0; from < map.width; from++)
        sum += (matrix[from * map.width + to] as number) * (x[(line * map.width + from) * d + c] as number);
      return sum;
    });
    expect(
      worst(
        run((t) => rowStrip(weights, t, map, d), x, d),
        expected,
      ),
    ).toBeLessThan(1e-5);
    tf.dispose(weights as Record<string, tf.Variable>);
  });
});

describe('arithmetic', () => {
  test('counts the weights of the prototype of this page: 4,315 for K = 3 and 3,035 for K = 1, 8 x 8 tokens', () => {
    const common = { height: 8, width: 8, channels: 20 };
    expect(strip.weights(common, { strip: 3, patches: 2 })).toBe(4315);
    expect(strip.weights(common, { strip: 1, patches: 2 })).toBe(3035);
  });

  test('counts multiply-adds part by part', () => {
    // 24 tokens: first and last 1 x 1, 2 * 256; the two joins, 2 * 128; strips 3 * 8 * 4 and 3 * 8 * 6; kernels 2 * 21 * 8;
    // weighing 3 * 8. Once: 8 * 4 + 4 * 24.
    expect(strip.macs(map, { strip: 3, patches: 2 })).toBe(24 * (512 + 256 + 96 + 144 + 336 + 24) + 128);
  });

  test('says what it cannot do', () => {
    expect(strip.refuses(map, { strip: 2, patches: 2 })).toMatch(/no middle/);
    expect(strip.refuses({ ...map, channels: 9 }, { strip: 3, patches: 2 })).toMatch(/no half/);
    expect(strip.refuses(map, { strip: 3, patches: 3 })).toMatch(/3 equal patches/);
    expect(strip.refuses(map, { strip: 3, patches: 2 })).toBeNull();
  });
});
