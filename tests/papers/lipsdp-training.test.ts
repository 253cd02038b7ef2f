import { expect, test } from 'vitest';
import { loadPublic } from '#lab/node';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { spectralNorm } from '#math/rows';
import { applyActivation, networkOf } from '../../content/papers/lipsdp/classifier';
import { cellsOf, gridOf } from '../../content/papers/lipsdp/grid';
import { lossOf, rightOf, targetsOf } from '../../content/papers/lipsdp/loss';
import { moons } from '../../content/papers/lipsdp/moons';
import { activate, activation } from '../../content/papers/lipsdp/network';
import { stripsOf } from '../../content/papers/lipsdp/plane';
import { taskOf } from '../../content/papers/lipsdp/task';
import { logit, orthogonalise, scoresOf, type Trainer, train, trainer } from '../../content/papers/lipsdp/trainer';

function dispose({ x, targets, net, optimizer }: Trainer): void {
  tf.dispose([x, targets, ...net.variables]);
  optimizer.dispose();
}

test.each([
  activation('maxmin'),
  activation('groupsort', { group: 4 }),
  activation('groupsort', { group: 8 }),
  activation('householder', { angle: 0.6 }),
  activation('leaky-relu', { slope: 0.2 }),
  activation('relu'),
  activation('tanh'),
])('tfjs and float64 agree on $name ($group)', (a) => {
  const values = randomFrom(2)('x').normal(40, 0, 1);
  const y = tf.tidy(() => applyActivation(a, tf.tensor2d(values, [5, 8])).dataSync());
  for (let row = 0; row < 5; row++) {
    activate(a, Float64Array.from(values.subarray(8 * row, 8 * row + 8))).forEach((v, i) => {
      expect(y[8 * row + i]).toBeCloseTo(v, 5);
    });
  }
});

test('the network that is bounded is the network that was trained', async () => {
  const random = randomFrom(4);
  const data = moons(random('moons'), { count: 20, noise: 0.1 });
  const t = trainer(random, data, [2, 8, 8, 1], activation('maxmin'));
  const network = await networkOf(t.net, t.activation);
  const y = tf.tidy(() => t.net.predict(t.x).dataSync());
  data.inputs.forEach((x, i) => {
    expect(logit(network, x)).toBeCloseTo(y[i] as number, 4);
  });
  dispose(t);
});

test('orthogonalising from nearby moves every singular value to 1', async () => {
  const random = randomFrom(4);
  const t = trainer(random, moons(random('moons'), { count: 4, noise: 0.1 }), [2, 2, 1], activation('relu'));
  t.net.layers[0]?.weight.assign(
    tf.tensor2d([
      [1.2, 0.1],
      [0, 0.8],
    ]),
  );
  for (let i = 0; i < 8; i++) orthogonalise(t, 1);
  const [layer] = await networkOf(t.net, t.activation);
  expect(spectralNorm(layer?.weight ?? [])).toBeCloseTo(1, 5);
  dispose(t);
});

test('the loss of one logit is that of two of which one is 0, and an even guess costs the logarithm of the classes', () => {
  const logits = [[-2], [0.3], [40]];
  const labels = [0, 1, 0];
  tf.tidy(() => {
    const one = lossOf(tf.tensor2d(logits), targetsOf(labels, 1)).dataSync()[0] as number;
    const two = lossOf(tf.tensor2d(logits.map(([f]) => [0, f as number])), targetsOf(labels, 2)).dataSync()[0];
    expect(one).toBeCloseTo((Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(-0.3)) + 40) / 3, 5);
    expect(two).toBeCloseTo(one, 5);
    expect(lossOf(tf.zeros([4, 10]), targetsOf([1, 2, 3, 4], 10)).dataSync()[0]).toBeCloseTo(Math.log(10), 5);
  });
});

test('right is the sign of one logit, or the largest of several', () => {
  expect(rightOf([-1, 2, 3], [0, 1, 0])).toEqual([true, true, false]);
  expect(rightOf([0, 5, 1, 7, 2, 3], [1, 2])).toEqual([true, false]);
});

test('some steps on digits help on digits that were held out, and weight decay shrinks the weights', async () => {
  const random = randomFrom(1);
  const { train: samples, heldOut } = await taskOf('digits', { load: loadPublic, random });
  const x = tf.tensor2d(heldOut.inputs);
  const size = async (decay: number) => {
    const t = trainer(random, samples, [64, 8, 8, 10], activation('maxmin'));
    const before = await scoresOf(t, x, heldOut.labels);
    for (let i = 0; i < 30; i++) train(t, decay);
    const after = await scoresOf(t, x, heldOut.labels);
    expect(before.accuracy).toBeLessThan(0.3);
    expect(after.loss).toBeLessThan(0.9 * before.loss);
    const network = await networkOf(t.net, t.activation);
    dispose(t);
    return network.reduce((product, { weight }) => product * spectralNorm(weight), 1);
  };
  expect(await size(0.02)).toBeLessThan(await size(0));
  x.dispose();
});

test('a picture in strips covers each cell once with its shade, and leaves shade 0 bare', () => {
  const shadeOf = (value: number) => (value > 0.2 ? 2 : value > -0.4 ? 1 : 0);
  const grid = gridOf(6, 1.5, (x, y) => Math.sin(3 * x) * y);
  const strips = stripsOf(grid, 1.5, shadeOf);
  for (const { x, y, value } of cellsOf(grid, 1.5)) {
    const over = strips.filter((s) => s.x1 < x && x < s.x2 && s.y1 < y && y < s.y2);
    expect(over.map(({ shade }) => shade)).toEqual(shadeOf(value) === 0 ? [] : [shadeOf(value)]);
  }
});
