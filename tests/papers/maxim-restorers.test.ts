/** The two networks that restore photographs: convolution by hand, shapes, and training that stops and goes on. */
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { convolution } from '../../content/papers/maxim/convolution';
import { tasks } from '../../content/papers/maxim/degrade';
import { grey } from '../../content/papers/maxim/picture';
import {
  fill,
  restore,
  restorerNames,
  startRestorer,
  variablesOf,
  weightCount,
} from '../../content/papers/maxim/restorers';
import { dropCheckpoint, loadCheckpoint, saveCheckpoint } from '../../content/papers/maxim/training/checkpoint';
import { drawBatch, NetworkTraining, type Plan, rateAt } from '../../content/papers/maxim/training/network';
import { randomPatch } from '../../content/papers/maxim/training/photographs';

const random = randomFrom(1);
const values = (name: string, length: number) => random(name).normal(length, 0, 1);

describe('the convolution', () => {
  const [height, width, inputs, outputs] = [5, 4, 2, 3];
  const x = values('x', 2 * height * width * inputs);
  const filter = values('filter', 9 * inputs * outputs);
  const bias = values('bias', outputs);
  const tensors = () =>
    [
      tf.tensor4d(x, [2, height, width, inputs]),
      tf.tensor2d(filter, [9 * inputs, outputs]),
      tf.tensor1d(bias),
    ] as const;

  test('sums what lies under a filter of 3 x 3', () => {
    const out = tf.tidy(() => convolution(...tensors()).dataSync());
    for (let n = 0; n < 2; n++)
      for (let i = 0; i < height; i++)
        for (let j = 0; j < width; j++)
          for (let o = 0; o < outputs; o++) {
            let sum = bias[o] as number;
            for (let k = 0; k < 9; k++) {
              const [r, c] = [i + Math.floor(k / 3) - 1, j + (k % 3) - 1];
              if (r < 0 || r >= height || c < 0 || c >= width) continue;
              for (let q = 0; q < inputs; q++)
                sum +=
                  (x[((n * height + r) * width + c) * inputs + q] as number) *
                  (filter[(k * inputs + q) * outputs + o] as number);
            }
            expect(out[((n * height + i) * width + j) * outputs + o]).toBeCloseTo(sum, 4);
          }
  });

  test('has the gradients of tfjs’s own convolution', () => {
    const towards = tf.tensor4d(values('towards', 2 * height * width * outputs), [2, height, width, outputs]);
    const of = (f: (x: tf.Tensor4D, w: tf.Tensor2D, b: tf.Tensor1D) => tf.Tensor) =>
      tf.grads((x, w, b) => tf.sum(tf.mul(towards, f(x as tf.Tensor4D, w as tf.Tensor2D, b as tf.Tensor1D))))([
        ...tensors(),
      ]);
    const own = of(convolution);
    const tfjs = of((x, w, b) => tf.add(tf.conv2d(x, tf.reshape(w, [3, 3, inputs, outputs]), 1, 'same'), b));
    own.forEach((gradient, i) => {
      const [a, b] = [gradient.dataSync(), (tfjs[i] as tf.Tensor).dataSync()];
      a.forEach((v, k) => {
        expect(v).toBeCloseTo(b[k] as number, 3);
      });
    });
  });
});

describe.each(restorerNames)('the network "%s"', (name) => {
  test('takes any size, and starts by giving back its input', () => {
    const weights = startRestorer(name, random);
    for (const [height, width] of [
      [32, 16],
      [64, 64],
    ] as const) {
      const x = values('picture', 2 * height * width);
      const out = tf.tidy(() => {
        const restored = restore(name, weights, tf.tensor3d(x, [2, height, width]));
        expect(restored.shape).toEqual([2, height, width]);
        return restored.dataSync() as Float32Array;
      });
      // The last layer starts at 0.002: of a picture of size one, some percent are changed.
      expect(Math.sqrt(out.reduce((sum, v, i) => sum + (v - (x[i] as number)) ** 2, 0) / x.length)).toBeLessThan(0.2);
    }
    tf.dispose(variablesOf(weights));
  });

  test.each(tasks)('has shipped weights for %s, with a note of how they came about', async (task) => {
    const weights = startRestorer(name, random);
    const file = await readFile(`public/data/maxim/${task}-${name}.f32`);
    const flat = new Float32Array(Uint8Array.from(file).buffer);
    fill(weights, flat);
    expect(flat.length).toBe(weightCount(weights));
    expect(flat.every(Number.isFinite)).toBe(true);
    const note = JSON.parse(await readFile(`public/data/maxim/${task}-${name}.json`, 'utf8'));
    expect(note).toMatchObject({ weights: flat.length, plan: { task, network: name } });
    expect(note.losses).toHaveLength(note.plan.steps);
    expect(Object.keys(note.photographs)).not.toContain('boats');
    tf.dispose(variablesOf(weights));
  });
});

test('both networks have almost the same number of weights', () => {
  const counts = restorerNames.map((name) => weightCount(startRestorer(name, random)));
  expect(counts).toEqual([32_884, 33_148]);
  expect(() => fill(startRestorer('cnn', random), new Float32Array(7))).toThrow('7 numbers for 33148 weights');
});

describe('training', () => {
  const pictures = [
    grey(
      40,
      50,
      values('a', 2000).map((v) => 0.5 + 0.2 * v),
    ),
  ];
  const plan: Plan = {
    ...({ task: 'denoise', network: 'maxim', seed: 3, steps: 8 } as const),
    ...{ batch: 2, side: 16, rate: 1e-3, warmUp: 2 },
  };

  test('a patch is a piece of its picture, in one of eight ways', () => {
    const numbered = grey(
      20,
      24,
      Float32Array.from({ length: 480 }, (_, i) => i),
    );
    const stream = randomFrom(5)('patches');
    const corners = new Set<string>();
    for (let n = 0; n < 200; n++) {
      const { values: v } = randomPatch([numbered], 20, stream);
      expect(new Set(v).size).toBe(400);
      corners.add(
        `${Math.sign((v[1] as number) - (v[0] as number))} ${Math.abs((v[1] as number) - (v[0] as number))} ${Math.sign((v[20] as number) - (v[0] as number))}`,
      );
    }
    expect(corners.size).toBe(8);
  });

  test('batches depend on the seed and the step alone; the rate warms up and falls to zero', () => {
    expect(drawBatch(pictures, plan, 4)).toEqual(drawBatch(pictures, plan, 4));
    expect(drawBatch(pictures, plan, 4)).not.toEqual(drawBatch(pictures, plan, 5));
    expect([0, 1, 2, 5, 8].map((step) => Number(rateAt(step, plan).toFixed(6)))).toEqual([5e-4, 1e-3, 1e-3, 5e-4, 0]);
  });

  test('stopped and gone on, it ends where one that was never stopped does', async () => {
    const whole = new NetworkTraining(plan, pictures);
    for (let i = 0; i < 8; i++) whole.step();
    const first = new NetworkTraining(plan, pictures);
    for (let i = 0; i < 4; i++) first.step();
    await saveCheckpoint('of-a-test', plan, await first.checkpoint());
    const before = await loadCheckpoint('of-a-test', plan);
    expect(await loadCheckpoint('of-a-test', { ...plan, seed: 4 })).toBeUndefined();
    const second = new NetworkTraining(plan, pictures);
    await second.resume(before as NonNullable<typeof before>);
    for (let i = 0; i < 4; i++) second.step();
    expect(second.losses).toHaveLength(8);
    const [a, b] = [whole.flat(), second.flat()];
    expect(Math.max(...a.map((v, i) => Math.abs(v - (b[i] as number))))).toBeLessThan(1e-5);
    expect(whole.losses.at(-1)).toBeCloseTo(second.losses.at(-1) as number, 5);
    await dropCheckpoint('of-a-test');
    for (const training of [whole, first, second]) training.dispose();
  });
});
