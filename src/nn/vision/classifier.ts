/** The classifier of `network.ts` with tensors. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { applyBlocks, startBlocks } from './blocks';
import type { Contender } from './contenders';
import type { BlockWeights } from './layer';
import { CLASSES, type NetworkShape, PATCH } from './network';
import { tokensOf } from './operator';
import { dense, norm, Weights } from './parts';

export interface Classifier {
  /** `embed` and `head`, with the norm before it. */
  ends: BlockWeights;
  blocks: BlockWeights[];
}

export function startClassifier(random: Random, contender: Contender, shape: NetworkShape): Classifier {
  const ends = new Weights(random, 'network');
  ends.linear('embed', PATCH ** 2, shape.map.channels);
  ends.norm('norm', shape.map.channels);
  ends.linear('head', shape.map.channels, CLASSES);
  return { ends: ends.named, blocks: startBlocks(random, contender, shape.map, shape) };
}

/** [batch, tokens, 16] to logits [batch, 10]; `blocks` may be applied by the caller's own rule. */
export function logitsOf(
  { ends, blocks }: Classifier,
  contender: Contender,
  shape: NetworkShape,
  patches: tf.Tensor3D,
  apply: (x: tf.Tensor3D) => tf.Tensor3D = (x) => applyBlocks(blocks, contender, shape.map, x),
): tf.Tensor2D {
  const tokens = norm(ends, 'norm', apply(dense(ends, 'embed', patches)));
  return dense(ends, 'head', tf.mean(tokens, 1) as tf.Tensor2D);
}

/** All trainable variables. */
export const variablesOf = ({ ends, blocks }: Classifier): tf.Variable[] =>
  [ends, ...blocks].flatMap((weights) => Object.values(weights));

/** Every weight under a name of its own, as files and exports have them. */
export const namedWeights = ({ ends, blocks }: Classifier): Record<string, tf.Variable> =>
  Object.fromEntries([
    ...Object.entries(ends),
    ...blocks.flatMap((weights, i) => Object.entries(weights).map(([name, w]) => [`block${i}.${name}`, w] as const)),
  ]);

/**
 * Pictures [count, side * side] as tokens [count * tokens * 16]: patches of 4 x 4 pixels, row by row. Pictures that are
 * smaller than the map get a border of zeros of equal width all around.
 */
export function patchesOf(grey: ArrayLike<number>, side: number, { map }: NetworkShape): Float32Array {
  const [rows, columns] = [map.height * PATCH, map.width * PATCH];
  const [top, left] = [(rows - side) / 2, (columns - side) / 2];
  const count = grey.length / side ** 2;
  const patches = new Float32Array(count * tokensOf(map) * PATCH ** 2);
  for (let i = 0; i < count; i++) {
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const [row, column] = [y + top, x + left];
        const token = Math.floor(row / PATCH) * map.width + Math.floor(column / PATCH);
        const within = (row % PATCH) * PATCH + (column % PATCH);
        patches[(i * tokensOf(map) + token) * PATCH ** 2 + within] = grey[i * side ** 2 + y * side + x] as number;
      }
    }
  }
  return patches;
}
