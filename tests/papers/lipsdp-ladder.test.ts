import { describe, expect, test } from 'vitest';
import { loadPublic } from '#lab/node';
import type { Schema } from '#lab/params';
import { randomFrom } from '#lab/random';
import { findExperiment } from '#lab/registry';
import { startAny } from '#lab/run';
import { RunStopped } from '#lab/stopped';
import * as tf from '#lab/tf';
import { completeValues } from '#lab/values';
import { spectralNorm } from '#math/rows';
import { Ladder, solve } from '../../content/papers/lipsdp/ladder';
import { applyActivation, moons, networkOf } from '../../content/papers/lipsdp/moons';
import { activate, activation, fromWeights } from '../../content/papers/lipsdp/network';
import { readNetwork } from '../../content/papers/lipsdp/schema';
import { logit, orthogonalise, trainer } from '../../content/papers/lipsdp/trainer';
import { bound, nets } from './lipsdp-nets';

describe('the ladder', () => {
  test('every step gives valid bounds that only fall, from the product of norms on', () => {
    const net = fromWeights(nets.B, activation('maxmin'));
    const ladder = new Ladder(net, 'l2');
    const stream = randomFrom(1)('search');
    let before = ladder.rungs().map(({ upper }) => upper);
    // The chain of norms is the start where it is feasible: T and PS.
    expect((before[1] as number) / ladder.product).toBeCloseTo(1, 2);
    while (!ladder.done) {
      ladder.step(stream);
      const now = ladder.rungs().map(({ upper }) => upper);
      now.forEach((x, i) => {
        expect(x).toBeLessThanOrEqual(before[i] as number);
      });
      before = now;
    }
    const [rewritten, t, ps] = ladder.rungs();
    expect(t?.upper).toBeCloseTo(2.887988, 4);
    expect(ps?.upper).toBeCloseTo(2.568703, 4);
    expect(rewritten?.upper).toBeCloseTo(3.843329, 4);
    for (const rung of ladder.rungs()) {
      expect(ladder.certified(rung.variant)).toBe(true);
      expect(rung.lower).toBeLessThanOrEqual(rung.upper);
      expect(rung.stalled).toBeNull();
    }
    expect(ladder.sampled).toBeGreaterThan(2);
  });

  test('a layer of zeros has the constant 0', () => {
    const net = readNetwork({
      layers: [
        {
          weight: [
            [0, 0],
            [0, 0],
          ],
          activation: 'relu',
        },
        { weight: [[1, 1]] },
      ],
    });
    const ladder = new Ladder(net, 'l2');
    expect([ladder.product, ladder.pattern, ladder.rungs()[0]?.upper]).toEqual([0, 0, 0]);
    expect(solve(net, 'linf', 'neuron')).toBe(0);
  });

  test('weights that span many orders of magnitude are rescaled, and the bound with them', () => {
    const net = fromWeights(nets.A, activation('maxmin'));
    const wild = net.map((layer, k) => ({
      ...layer,
      weight: layer.weight.map((row) => row.map((x) => x * (k === 0 ? 1e8 : 1e-8))),
    }));
    expect(bound(wild, 'ps') / bound(net, 'ps')).toBeCloseTo(1, 6);
  });
});

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
  const data = moons(random('moons'), 20, 0.1);
  const t = trainer(random, data, [2, 8, 8, 1], activation('maxmin'));
  const network = await networkOf(t.net, t.activation);
  const y = tf.tidy(() => t.net.predict(t.x).dataSync());
  data.points.forEach((x, i) => {
    expect(logit(network, x)).toBeCloseTo(y[i] as number, 4);
  });
  tf.dispose([t.x, t.signs, ...t.net.variables]);
  t.optimizer.dispose();
});

test('orthogonalising from nearby moves every singular value to 1', async () => {
  const random = randomFrom(4);
  const t = trainer(random, moons(random('moons'), 4, 0.1), [2, 2, 1], activation('relu'));
  t.net.layers[0]?.weight.assign(
    tf.tensor2d([
      [1.2, 0.1],
      [0, 0.8],
    ]),
  );
  for (let i = 0; i < 8; i++) orthogonalise(t, 1);
  const [layer] = await networkOf(t.net, t.activation);
  expect(spectralNorm(layer?.weight ?? [])).toBeCloseTo(1, 5);
  tf.dispose([t.x, t.signs, ...t.net.variables]);
  t.optimizer.dispose();
});

test.each([
  [{ activation: 'maxmin', width: 7 }, 'A width of 7 does not divide into groups of 2.'],
  [{ activation: 'groupsort', group: '8', width: 12 }, 'A width of 12 does not divide into groups of 8.'],
])('the calculator refuses %o', async (given, message) => {
  const experiment = await findExperiment('lipsdp/bound');
  const start = startAny(experiment, completeValues(experiment.params as Schema, given), loadPublic);
  await expect(start).rejects.toThrow(RunStopped);
  await expect(startAny(experiment, completeValues(experiment.params as Schema, given), loadPublic)).rejects.toThrow(
    message,
  );
});
