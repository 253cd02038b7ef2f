import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { bicubicMatrix } from '#nn/vision/bicubic';
import { applyBlocks, applyResized, refusesSize, startBlocks } from '#nn/vision/blocks';
import { logitsOf, patchesOf, startClassifier, variablesOf } from '#nn/vision/classifier';
import { contenderNames, contenders, factsOf } from '#nn/vision/contenders';
import { channelsFor, type NetworkShape, networkCost } from '#nn/vision/network';
import { BATCH, makeBatches, startTrainer, trainStep } from '#nn/vision/trainer';

const shape: NetworkShape = { map: { height: 8, width: 8, channels: 20 }, depth: 2, ratio: 2 };
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (x, i) => Math.abs(x - (b[i] as number))));

describe('the classifier', () => {
  // The counts of the same networks in another implementation.
  test.each([
    ['none', 3990],
    ['mixer', 37222],
    ['mixer-narrow', 8326],
    ['raft-1', 5270],
    ['raft-2', 8438],
    ['raft-4', 20918],
    ['multi-axis', 13838],
    ['strip-3', 12620],
    ['strip-1', 10060],
    ['mix-shift', 5430],
    ['shift', 4150],
    ['spectrum-1', 4198],
  ] as const)('with %s has %i weights, by the formula and as built', (name, weights) => {
    const built = startClassifier(randomFrom(1), contenders[name], shape);
    expect(networkCost(contenders[name], shape).weights).toBe(weights);
    expect(variablesOf(built).reduce((sum, variable) => sum + variable.size, 0)).toBe(weights);
    tf.dispose([built.ends, built.blocks]);
  });

  test.each(contenderNames)('with %s has as many weights as the formula says at other widths and depths', (name) => {
    const other = { map: { height: 12, width: 8, channels: 40 }, depth: 1, ratio: 3 };
    if (factsOf(contenders[name]).refuses(other.map)) return;
    const built = startClassifier(randomFrom(1), contenders[name], other);
    expect(variablesOf(built).reduce((sum, variable) => sum + variable.size, 0)).toBe(
      networkCost(contenders[name], other).weights,
    );
    tf.dispose([built.ends, built.blocks]);
  });

  test('cuts pictures into patches row by row, with a border of zeros', () => {
    const small: NetworkShape = { ...shape, map: { height: 2, width: 2, channels: 4 } };
    const grey = Float32Array.from({ length: 36 }, (_, i) => i + 1);
    const patches = patchesOf(grey, 6, small);
    // Token 0 has the border above and to the left, then pixels 1 to 3, 7 to 9, 13 to 15.
    expect(Array.from(patches.subarray(0, 16))).toEqual([0, 0, 0, 0, 0, 1, 2, 3, 0, 7, 8, 9, 0, 13, 14, 15]);
    expect(Array.from(patches.subarray(48, 64))).toEqual([22, 23, 24, 0, 28, 29, 30, 0, 34, 35, 36, 0, 0, 0, 0, 0]);
    expect(patches.reduce((a, b) => a + b)).toBe(grey.reduce((a, b) => a + b));
  });

  test('is blind to a fixed shuffle of patches where its mixer is a mean over them', () => {
    const built = startClassifier(randomFrom(1), contenders.none, shape);
    const x = randomFrom(2)('x').normal(64 * 16, 0, 1);
    const turned = Float32Array.from(
      { length: x.length },
      (_, i) => x[(63 - Math.floor(i / 16)) * 16 + (i % 16)] as number,
    );
    const [a, b] = [x, turned].map((v) =>
      tf.tidy(() => logitsOf(built, contenders.none, shape, tf.tensor3d(v, [1, 64, 16])).dataSync()),
    );
    expect(worst(a as Float32Array, b as Float32Array)).toBeLessThan(1e-5);
    tf.dispose([built.ends, built.blocks]);
  });
});

describe('equal budgets', () => {
  test.each(['weights', 'macs'] as const)('in %s: no other number of channels comes nearer', (what) => {
    const goal = networkCost(contenders.mixer, shape)[what];
    for (const name of ['raft-2', 'multi-axis', 'strip-3', 'mix-shift', 'spectrum-4'] as const) {
      const channels = channelsFor(contenders[name], shape, what, goal);
      const off = (c: number) =>
        Math.abs(
          Math.log(networkCost(contenders[name], { ...shape, map: { ...shape.map, channels: c } })[what] / goal),
        );
      for (const other of [channels - 4, channels + 4].filter((c) => c >= 8)) {
        if (factsOf(contenders[name]).refuses({ ...shape.map, channels: other }) === null)
          expect(off(channels)).toBeLessThanOrEqual(off(other));
      }
    }
  });

  test('the same mixer gets the same channels', () => {
    expect(channelsFor(contenders['raft-2'], shape, 'weights', networkCost(contenders['raft-2'], shape).weights)).toBe(
      20,
    );
  });
});

describe('training', () => {
  const random = randomFrom(3);
  const patches = random('patches').normal(128 * 64 * 16, 0, 1);
  const labels = Int32Array.from({ length: 128 }, (_, i) => i % 10);

  test('takes every picture once before it takes one again, in an order that is not that of the file', () => {
    const batches = makeBatches(random, patches, labels);
    expect(batches.patches.shape).toEqual([4, BATCH * 64 * 16]);
    const all = batches.patches.dataSync();
    const firsts = Array.from({ length: 128 }, (_, i) => all[i * 64 * 16] as number);
    const given = Array.from({ length: 128 }, (_, i) => patches[i * 64 * 16] as number);
    expect(firsts).not.toEqual(given);
    expect(firsts.toSorted()).toEqual(given.toSorted());
    // Each goes with its own label.
    const hot = batches.labels.dataSync();
    for (const [i, value] of firsts.entries()) expect(hot[i * 10 + (labels[given.indexOf(value)] as number)]).toBe(1);
    const trainer = startTrainer(random, contenders.none, shape, batches);
    const seen: number[] = [];
    for (let step = 0; step < 5; step++) {
      seen.push(trainer.turn.dataSync().indexOf(1));
      trainStep(trainer, batches);
    }
    expect(seen).toEqual([0, 1, 2, 3, 0]);
    tf.dispose([batches.patches, batches.labels, batches.next, trainer.turn, trainer.loss]);
    tf.dispose([trainer.classifier.ends, trainer.classifier.blocks]);
  });
});

describe('another size than trained', () => {
  const { map } = shape;
  const larger = { height: 12, width: 12, channels: 20 };
  const blocksOf = (name: keyof typeof contenders) => startBlocks(randomFrom(4), contenders[name], map, shape);
  const input = (tokens: number) => tf.tensor3d(randomFrom(4)('x').normal(tokens * 20, 0, 1), [1, tokens, 20]);

  test.each(contenderNames)('%s at its own size computes what it always does', (name) => {
    const blocks = blocksOf(name);
    const [plain, resized] = [applyBlocks, null].map((apply) =>
      tf.tidy(() =>
        (apply
          ? apply(blocks, contenders[name], map, input(64))
          : applyResized(blocks, contenders[name], map, map, input(64))
        ).dataSync(),
      ),
    );
    expect(resized).toEqual(plain);
    tf.dispose(blocks);
  });

  test.each(['mixer', 'raft-1', 'raft-2', 'raft-4'] as const)(
    '%s gives a flat map the same answer at every size',
    (name) => {
      const blocks = blocksOf(name);
      // Flat also after the mixing: what a mixer adds differs from place to place, so its weights have to be flat, too.
      for (const weights of blocks)
        for (const [key, variable] of Object.entries(weights))
          if (!key.startsWith('channel.')) tf.tidy(() => variable.assign(tf.fill(variable.shape, 0.01)));
      const token = randomFrom(5)('token').normal(20, 0, 1);
      const flat = (tokens: number) =>
        tf.tensor3d(
          Float32Array.from({ length: 20 * tokens }, (_, i) => token[i % 20] as number),
          [1, tokens, 20],
        );
      const [small, large] = [map, larger].map((at) =>
        tf.tidy(() => applyResized(blocks, contenders[name], map, at, flat(at.height * at.width)).dataSync()),
      );
      for (let i = 0; i < (large as Float32Array).length; i++)
        expect((large as Float32Array)[i]).toBeCloseTo((small as Float32Array)[i % 20] as number, 4);
      tf.dispose(blocks);
    },
  );

  test('resizes the residual path, too: a mixer that adds nothing leaves a smoothed map, as RaftMLP does it', () => {
    const blocks = [blocksOf('raft-2')[0] as ReturnType<typeof blocksOf>[number]];
    for (const weights of blocks)
      for (const [key, variable] of Object.entries(weights))
        if (/down|channel/.test(key)) tf.tidy(() => variable.assign(tf.zeros(variable.shape)));
    const got = tf.tidy(() => applyResized(blocks, contenders['raft-2'], map, larger, input(144)).dataSync());
    // Down and up again by the matrices, in plain loops.
    const [down, up] = [bicubicMatrix(12, 8), bicubicMatrix(8, 12)];
    const round = Array.from({ length: 144 }, (_, at) => {
      const [a, b] = [Math.floor(at / 12), at % 12];
      let sum = 0;
      for (let k = 0; k < 8; k++) sum += (up[a * 8 + k] as number) * (down[k * 12 + b] as number);
      return sum;
    });
    const x = input(144);
    const values = x.dataSync();
    const expected = Float32Array.from({ length: 144 * 20 }, (_, i) => {
      const [token, c] = [Math.floor(i / 20), i % 20];
      const [row, column] = [Math.floor(token / 12), token % 12];
      let sum = 0;
      for (let p = 0; p < 12; p++)
        for (let q = 0; q < 12; q++)
          sum +=
            (round[row * 12 + p] as number) *
            (round[column * 12 + q] as number) *
            (values[(p * 12 + q) * 20 + c] as number);
      return sum;
    });
    expect(worst(got, expected)).toBeLessThan(1e-4);
    expect(worst(got, values)).toBeGreaterThan(0.1);
    x.dispose();
    tf.dispose(blocks);
  });

  test.each([
    ['mixer', null],
    ['raft-2', null],
    ['mix-shift', null],
    ['multi-axis', null],
    ['strip-3', 'its weights are tied to 8 by 8 tokens'],
    ['spectrum-4', 'its weights are tied to 8 by 8 tokens'],
  ] as const)('%s: %s', (name, said) => {
    expect(refusesSize(contenders[name], map, larger)).toBe(said);
    expect(refusesSize(contenders[name], map, map)).toBeNull();
  });

  test('says where the windows do not fit', () => {
    expect(refusesSize(contenders['multi-axis'], map, { ...map, height: 10, width: 10 })).toMatch(/10/);
  });
});
