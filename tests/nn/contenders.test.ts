/** What has to hold for every token mixer that the pages compare. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { applyBlocks, startBlocks } from '#nn/vision/blocks';
import { contenderNames, contenders, factsOf } from '#nn/vision/contenders';
import type { BlockWeights } from '#nn/vision/layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';

/** Taller than wide where the operator allows it, so that a mix-up of rows and columns shows. */
const maps: TokenMap[] = [
  { height: 8, width: 4, channels: 20 },
  { height: 8, width: 8, channels: 20 },
];
const cases = contenderNames.flatMap((name) =>
  maps.filter((map) => factsOf(contenders[name]).refuses(map) === null).map((map) => ({ name, map })),
);

const titleOf = ({ name, map }: (typeof cases)[number]) => `${name} on ${map.height} x ${map.width}`;

/** All weights drawn anew at a scale at which every path counts: initial ones may be zero or tiny. */
function shaken(blocks: BlockWeights[], seed: number): void {
  blocks.forEach((weights, i) => {
    for (const [name, variable] of Object.entries(weights)) {
      const values = randomFrom(seed)(`shaken.${i}.${name}`).normal(variable.size, 0, 0.4);
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    }
  });
}

const one = ({ name, map }: (typeof cases)[number], seed: number) => {
  const blocks = startBlocks(randomFrom(seed), contenders[name], map, { depth: 1, ratio: 2 });
  return { blocks, free: () => tf.dispose(blocks) };
};

const input = ({ height, width, channels }: TokenMap, seed: number) =>
  randomFrom(seed)('input').normal(height * width * channels, 0, 1);

const run = ({ name, map }: (typeof cases)[number], blocks: BlockWeights[], x: Float32Array): Float32Array =>
  tf.tidy(
    () =>
      applyBlocks(
        blocks,
        contenders[name],
        map,
        tf.tensor3d(x, [x.length / (tokensOf(map) * map.channels), tokensOf(map), map.channels]),
      ).dataSync() as Float32Array,
  );

describe.each(cases.map((c) => [titleOf(c), c] as const))('%s', (_, c) => {
  const { map } = c;
  const facts = factsOf(contenders[c.name]);
  const tokens = tokensOf(map);

  test('has as many weights in its token part as the formula says', () => {
    const { blocks, free } = one(c, 1);
    const counted = Object.entries(blocks[0] as BlockWeights)
      .filter(([name]) => !name.startsWith('channel.'))
      .reduce((sum, [, variable]) => sum + variable.size, 0);
    expect(counted).toBe(facts.weights(map));
    free();
  });

  test('changes exactly the tokens that it is said to reach', () => {
    const { blocks, free } = one(c, 2);
    shaken(blocks, 2);
    const x = input(map, 2);
    const before = run(c, blocks, x);
    const found = new Uint8Array(tokens ** 2);
    for (let from = 0; from < tokens; from++) {
      const changed = x.slice();
      for (let k = 0; k < map.channels; k++) changed[from * map.channels + k] = (k % 3) - 0.7;
      const after = run(c, blocks, changed);
      after.forEach((value, at) => {
        if (value !== before[at]) found[Math.floor(at / map.channels) * tokens + from] = 1;
      });
    }
    expect(found).toEqual(facts.reach(map));
    free();
  });

  test('has the gradient of central differences, in x and in every weight', () => {
    const { blocks, free } = one(c, 3);
    shaken(blocks, 3);
    const weights = blocks[0] as BlockWeights;
    const x = input(map, 3);
    const towards = randomFrom(3)('towards').normal(x.length, 0, 1);
    const value = (at: Float32Array) => run(c, blocks, at).reduce((sum, y, i) => sum + y * (towards[i] as number), 0);
    const variable = tf.variable(tf.tensor3d(x, [1, tokens, map.channels]));
    const { grads } = tf.variableGrads(
      () =>
        tf.sum(
          tf.mul(
            applyBlocks(blocks, contenders[c.name], map, variable as tf.Tensor3D),
            tf.tensor3d(towards, [1, tokens, map.channels]),
          ),
        ) as tf.Scalar,
      [variable, ...Object.values(weights)],
    );
    // Along a random direction all entries count at once; float32 leaves three digits of a central difference.
    const along = (values: Float32Array, name: string) =>
      randomFrom(3)(`direction.${name}`).normal(values.length, 0, 1);
    const expectSlope = (name: string, exact: Float32Array, at: (step: number) => number, direction: Float32Array) => {
      const slope = exact.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
      const length = Math.sqrt(exact.reduce((sum, g) => sum + g * g, 0) * direction.length) / Math.sqrt(exact.length);
      const step = 2e-3;
      const difference = (at(step) - at(-step)) / (2 * step);
      expect(Math.abs(slope - difference), name).toBeLessThan(0.02 * (Math.abs(slope) + length) + 0.02);
    };
    const directionX = along(x, 'x');
    expectSlope(
      'x',
      grads[variable.name]?.dataSync() as Float32Array,
      (step) => value(x.map((v, i) => v + step * (directionX[i] as number))),
      directionX,
    );
    for (const [name, w] of Object.entries(weights)) {
      const start = w.dataSync().slice() as Float32Array;
      const direction = along(start, name);
      const at = (step: number) => {
        tf.tidy(() =>
          w.assign(
            tf.tensor(
              start.map((v, i) => v + step * (direction[i] as number)),
              w.shape,
            ),
          ),
        );
        return value(x);
      };
      expectSlope(name, grads[w.name]?.dataSync() as Float32Array, at, direction);
      at(0);
    }
    tf.dispose([grads, variable]);
    free();
  });

  test('treats every image of a batch by itself', () => {
    const { blocks, free } = one(c, 4);
    shaken(blocks, 4);
    const [a, b] = [input(map, 5), input(map, 6)];
    const both = run(c, blocks, Float32Array.from([...a, ...b]));
    const apart = [...run(c, blocks, a), ...run(c, blocks, b)];
    const worst = Math.max(...apart.map((v, i) => Math.abs(v - (both[i] as number))));
    expect(worst).toBeLessThan(1e-5 * Math.max(...apart.map(Math.abs)));
    free();
  });
});
