import { describe, expect, test } from 'vitest';
import { loadPublic } from '#lab/node';
import type { Schema } from '#lab/params';
import { randomFrom } from '#lab/random';
import { findExperiment } from '#lab/registry';
import { startAny } from '#lab/run';
import { RunStopped } from '#lab/stopped';
import { completeValues } from '#lab/values';
import { Ladder, solve } from '../../content/papers/lipsdp/ladder';
import { activation, fromWeights } from '../../content/papers/lipsdp/network';
import { readNetwork } from '../../content/papers/lipsdp/schema';
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

test('weights are trained step by step, and then the programs start from them', async () => {
  const experiment = await findExperiment('lipsdp/bound');
  const params = completeValues(experiment.params as Schema, { weights: 'trained', width: 4, depth: 1 });
  expect(experiment.steps(params)).toBeGreaterThan(experiment.steps(completeValues(experiment.params as Schema, {})));
  const run = await startAny(experiment, params, loadPublic);
  const at = async (step: number) => {
    await run.advance(step - run.step);
    return run.frame() as Promise<{ training: number | null; product: number; rungs: { newton: number }[] }>;
  };
  const [start, middle, end] = [await at(0), await at(20), await at(42)];
  expect([start.training, middle.training, end.training]).toEqual([0, 200, null]);
  expect(middle.product).toBeGreaterThan(start.product);
  expect(middle.rungs).toEqual([]);
  expect(end.rungs.map(({ newton }) => newton)).toEqual([2, 2, 2]);
  run.dispose();
});
