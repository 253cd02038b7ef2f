/** MS-MLP's block against a second implementation in plain loops. */
import { describe, expect, test } from 'vitest';
import { compileStep } from '#accelerate/compile-step';
import { type Random, randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { applyBlocks, startBlocks } from '#nn/vision/blocks';
import { type ContenderName, contenders } from '#nn/vision/contenders';
import type { BlockWeights } from '#nn/vision/layer';
import { chunkSizes, type MixShiftOptions } from '#nn/vision/mix-shift';
import { mixAndShift } from '#nn/vision/mix-shift-layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';

type Plane = number[][];

const modulo = (a: number, n: number) => ((a % n) + n) % n;
const rolled = (plane: Plane, down: number, right: number): Plane =>
  plane.map((row, i) =>
    row.map((_, j) => plane[modulo(i - down, plane.length)]?.[modulo(j - right, row.length)] as number),
  );
/** Cross-correlation with zero padding, as PyTorch's `Conv2d`. */
const correlated = (plane: Plane, kernel: ArrayLike<number>, k: number): Plane =>
  plane.map((row, i) =>
    row.map((_, j) => {
      let sum = 0;
      for (let a = 0; a < k; a++) {
        for (let b = 0; b < k; b++) {
          sum += (kernel[a * k + b] as number) * (plane[i + a - (k - 1) / 2]?.[j + b - (k - 1) / 2] ?? 0);
        }
      }
      return sum;
    }),
  );

const valuesOf = (weights: BlockWeights, name: string) => (weights[name] as tf.Variable).dataSync();

/** Y of one image [tokens, channels] by the text: roll, then depth-wise convolution, for each group and direction. */
function second(
  weights: BlockWeights,
  x: ArrayLike<number>,
  { height, width, channels }: TokenMap,
  o: MixShiftOptions,
) {
  const y = new Float64Array(x.length);
  const at = (i: number, j: number, c: number) => (i * width + j) * channels + c;
  let c = 0;
  o.kernels.forEach((k, g) => {
    for (let own = 0; own < (chunkSizes(channels, o.kernels.length)[g] as number); own++, c++) {
      const plane = Array.from({ length: height }, (_, i) =>
        Array.from({ length: width }, (_unused, j) => x[at(i, j, c)] as number),
      );
      const s = o.shifts[g] as number;
      for (const [direction, down, right] of [
        ['horizontal', 0, s],
        ['vertical', s, 0],
      ] as const) {
        const kernel = valuesOf(weights, `${direction}.${g}.kernel`).slice(own * k * k, (own + 1) * k * k);
        const bias = valuesOf(weights, `${direction}.${g}.bias`)[own] as number;
        correlated(rolled(plane, down, right), kernel, k).forEach((row, i) => {
          row.forEach((value, j) => {
            y[at(i, j, c)] = (y[at(i, j, c)] as number) + value + bias;
          });
        });
      }
    }
  });
  return y;
}

const map: TokenMap = { height: 9, width: 6, channels: 18 };
const start = (random: Random, name: ContenderName, on = map) =>
  startBlocks(random, contenders[name], on, { depth: 1, ratio: 2 })[0] as BlockWeights;
const optionsOf = (name: ContenderName) => contenders[name].options as MixShiftOptions;

const mixed = (weights: BlockWeights, x: ArrayLike<number>, options: MixShiftOptions, on = map) =>
  tf.tidy(
    () =>
      mixAndShift(
        weights,
        tf.tensor3d(Float32Array.from(x), [1, tokensOf(on), on.channels]),
        on,
        options,
      ).dataSync() as Float32Array,
  );
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);

describe.each(['mix-shift', 'mix', 'shift'] as const)('%s', (name) => {
  test.each([1, 2, 3])('mixes as plain loops do (seed %i)', (seed) => {
    const random = randomFrom(seed);
    const weights = start(random, name);
    const x = random('x').normal(tokensOf(map) * map.channels, 0, 1);
    expect(worst(mixed(weights, x, optionsOf(name)), second(weights, x, map, optionsOf(name)))).toBeLessThan(2e-5);
    tf.dispose(weights);
  });
});

const paper = optionsOf('mix-shift');

test('the block norms what was mixed, has one residual path and the exact GELU', () => {
  const random = randomFrom(4);
  const weights = start(random, 'mix-shift');
  for (const [name, variable] of Object.entries(weights)) {
    tf.tidy(() => variable.assign(tf.tensor(random(`drawn.${name}`).normal(variable.size, 0, 0.5), variable.shape)));
  }
  const x = random('x').normal(tokensOf(map) * map.channels, 0, 1);
  const y = second(weights, x, map, paper);
  const [C, hidden] = [map.channels, 2 * map.channels];
  const value = (name: string) => valuesOf(weights, name);
  // erf by its power series: a third implementation of nothing, but independent of tfjs's.
  const erf = (z: number) => {
    let [term, sum] = [z, z];
    for (let n = 1; n < 200; n++) {
      term *= (-z * z) / n;
      sum += term / (2 * n + 1);
    }
    return Math.abs(z) > 4.5 ? Math.sign(z) : (2 / Math.sqrt(Math.PI)) * sum;
  };
  const expected = Float64Array.from(x);
  for (let t = 0; t < tokensOf(map); t++) {
    const row = y.slice(t * C, (t + 1) * C);
    const mean = row.reduce((a, b) => a + b) / C;
    const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / C;
    const normed = row.map(
      (v, c) =>
        ((v - mean) / Math.sqrt(variance + 1e-6)) * (value('channel.norm.gain')[c] as number) +
        (value('channel.norm.bias')[c] as number),
    );
    for (let h = 0; h < hidden; h++) {
      const z = normed.reduce(
        (sum, v, c) => sum + v * (value('channel.up.weight')[c * hidden + h] as number),
        value('channel.up.bias')[h] as number,
      );
      const active = (z * (1 + erf(z / Math.SQRT2))) / 2;
      for (let c = 0; c < C; c++) {
        expected[t * C + c] =
          (expected[t * C + c] as number) + active * (value('channel.down.weight')[h * C + c] as number);
      }
    }
    for (let c = 0; c < C; c++) {
      expected[t * C + c] = (expected[t * C + c] as number) + (value('channel.down.bias')[c] as number);
    }
  }
  const got = tf.tidy(() =>
    applyBlocks([weights], contenders['mix-shift'], map, tf.tensor3d(x, [1, tokensOf(map), C])).dataSync(),
  );
  expect(worst(got, expected)).toBeLessThan(1e-4);
  tf.dispose(weights);
});

describe('what follows the picture', () => {
  const board: TokenMap = { height: 20, width: 20, channels: 20 };
  const random = randomFrom(5);
  const x = random('x').normal(tokensOf(board) * board.channels, 0, 1);
  const at = (i: number, j: number, c: number) => (i * board.width + j) * board.channels + c;
  const each = (visit: (i: number, j: number, c: number) => void, margin = 0) => {
    for (let i = margin; i < board.height - margin; i++) {
      for (let j = margin; j < board.width - margin; j++) for (let c = 0; c < board.channels; c++) visit(i, j, c);
    }
  };
  const moved = (values: ArrayLike<number>, from: (i: number, j: number) => readonly [number, number]) => {
    const out = new Float32Array(values.length);
    each((i, j, c) => {
      const [a, b] = from(i, j);
      out[at(i, j, c)] = values[at(a, b, c)] as number;
    });
    return out;
  };

  test('a step to the right moves the answer inside and changes it at the border', () => {
    const weights = start(randomFrom(5), 'mix-shift', board);
    const step = (i: number, j: number) => [i, modulo(j - 1, 20)] as const;
    const [after, expected] = [
      mixed(weights, moved(x, step), paper, board),
      moved(mixed(weights, x, paper, board), step),
    ];
    let [inside, anywhere] = [0, 0];
    // Inside: farther from the border than shift and half a kernel reach together.
    each((...p) => {
      inside = Math.max(inside, Math.abs((after[at(...p)] as number) - (expected[at(...p)] as number)));
    }, 6);
    each((...p) => {
      anywhere = Math.max(anywhere, Math.abs((after[at(...p)] as number) - (expected[at(...p)] as number)));
    });
    expect(inside).toBeLessThan(1e-5);
    expect(anywhere).toBeGreaterThan(0.01);
    tf.dispose(weights);
  });

  test('turning the picture over its diagonal exchanges the directions; a mirror does not follow, even with mirrored kernels', () => {
    const weights = start(randomFrom(6), 'mix-shift', board);
    const each = (of: (direction: string, g: number) => tf.Tensor) =>
      Object.fromEntries(
        ['horizontal', 'vertical'].flatMap((direction) =>
          paper.kernels.flatMap((_, g) => [
            [`${direction}.${g}.kernel`, of(direction, g)] as const,
            [`${direction}.${g}.bias`, weights[`${direction}.${g}.bias`] as tf.Tensor] as const,
          ]),
        ),
      ) as unknown as BlockWeights;
    const square = (direction: string, g: number): tf.Tensor3D => {
      const k = paper.kernels[g] as number;
      return tf.reshape(weights[`${direction}.${g}.kernel`] as tf.Tensor, [-1, k, k]);
    };
    const flat = (kernels: tf.Tensor3D): tf.Tensor => tf.reshape(kernels, [kernels.shape[0], -1]);
    const across = (i: number, j: number) => [j, i] as const;
    const turned = each((direction, g) =>
      flat(tf.transpose(square(direction === 'horizontal' ? 'vertical' : 'horizontal', g), [0, 2, 1])),
    );
    for (const g of paper.kernels.keys()) {
      Object.assign(turned, {
        [`horizontal.${g}.bias`]: weights[`vertical.${g}.bias`],
        [`vertical.${g}.bias`]: weights[`horizontal.${g}.bias`],
      });
    }
    expect(
      worst(mixed(turned, moved(x, across), paper, board), moved(mixed(weights, x, paper, board), across)),
    ).toBeLessThan(1e-5);
    const mirror = (i: number, j: number) => [i, 19 - j] as const;
    const mirrored = each((direction, g) => flat(tf.reverse(square(direction, g), 2)));
    expect(
      worst(mixed(mirrored, moved(x, mirror), paper, board), moved(mixed(weights, x, paper, board), mirror)),
    ).toBeGreaterThan(0.01);
    tf.dispose(weights);
  });
});

test('a step of training is replayed', () => {
  const on: TokenMap = { height: 8, width: 8, channels: 20 };
  const weights = start(randomFrom(7), 'mix-shift', on);
  const x = tf.tensor3d(randomFrom(7)('x').normal(4 * 64 * 20, 0, 1), [4, 64, 20]);
  const optimizer = tf.train.sgd(0.01);
  const before = tf.memory().numTensors;
  const step = compileStep(() => {
    optimizer.minimize(
      () => tf.mean(tf.square(applyBlocks([weights], contenders['mix-shift'], on, x))) as tf.Scalar,
      false,
      Object.values(weights),
    );
  });
  for (let i = 0; i < 5; i++) step();
  expect(step.replaying).toBe(true);
  step.dispose();
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([weights, x]);
  optimizer.dispose();
});
