/** Blocks of any contender, with tensors. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { bicubicMatrix } from './bicubic';
import { type Contender, factsOf, type OperatorName, type OptionsOf } from './contenders';
import type { BlockWeights, Layer } from './layer';
import { mixShiftLayer } from './mix-shift-layer';
import { mixerLayer } from './mixer-layer';
import { multiAxisLayer } from './multi-axis-layer';
import { noneLayer } from './none-layer';
import { type TokenMap, tokensOf } from './operator';
import { channelBlock } from './parts';
import { raftLayer } from './raft-layer';
import { spectrumLayer } from './spectrum-layer';
import { stripLayer } from './strip-layer';

const layers: { [Name in OperatorName]: Layer<OptionsOf[Name]> } = {
  none: noneLayer,
  mixer: mixerLayer,
  raft: raftLayer,
  'multi-axis': multiAxisLayer,
  strip: stripLayer,
  'mix-shift': mixShiftLayer,
  spectrum: spectrumLayer,
};

const layerOf = ({ operator }: Contender) => layers[operator] as Layer<OptionsOf[OperatorName]>;

/** Initial weights of `depth` equal blocks; see {@link Layer.start}. */
export const startBlocks = (
  random: Random,
  contender: Contender,
  map: TokenMap,
  { depth, ratio }: { depth: number; ratio: number },
): BlockWeights[] =>
  Array.from({ length: depth }, (_, i) => layerOf(contender).start(random, `block${i}`, map, contender.options, ratio));

/** x [batch, tokens, channels] after all blocks. */
export const applyBlocks = (
  blocks: readonly BlockWeights[],
  contender: Contender,
  map: TokenMap,
  x: tf.Tensor3D,
): tf.Tensor3D => blocks.reduce((y, weights) => layerOf(contender).block(weights, y, map, contender.options), x);

/** [batch, tokens, channels] from one map to another, both axes as RaftMLP's code resizes them. */
function resized(x: tf.Tensor3D, from: TokenMap, to: TokenMap): tf.Tensor3D {
  if (from.height === to.height && from.width === to.width) return x;
  const [batch, , channels] = x.shape;
  const axis = (length: number, wanted: number) =>
    tf.tensor2d(Float32Array.from(bicubicMatrix(length, wanted)), [wanted, length]);
  // Broadcast over the batch by hand: one product per axis, with the axis in front.
  const rows = tf.reshape(tf.transpose(tf.reshape(x, [batch, from.height, -1]), [1, 0, 2]), [from.height, -1]);
  const tall = tf.matMul(axis(from.height, to.height), rows as tf.Tensor2D);
  const columns = tf.transpose(tf.reshape(tall, [to.height * batch, from.width, channels]), [1, 0, 2]);
  const wide = tf.matMul(axis(from.width, to.width), tf.reshape(columns, [from.width, -1]) as tf.Tensor2D);
  const back = tf.reshape(wide, [to.width, to.height, batch, channels]);
  return tf.reshape(tf.transpose(back, [2, 1, 0, 3]), [batch, tokensOf(to), channels]);
}

/** Why blocks that were trained at `trained` cannot run at `map`; null where they can. */
export function refusesSize(contender: Contender, trained: TokenMap, map: TokenMap): string | null {
  const { tokens } = layerOf(contender);
  const facts = factsOf(contender);
  const tied = facts.weights({ ...trained, height: 2 * trained.height }) !== facts.weights(trained);
  const same = trained.height === map.height && trained.width === map.width;
  if (tokens || same) return null;
  return tied ? `its weights are tied to ${trained.height} by ${trained.width} tokens` : facts.refuses(map);
}

/**
 * All blocks at a map that they were not trained at. Where weights are tied to a map, RaftMLP's rule: the whole feature map, the
 * residual path too, is resized to the trained map before the token part and back after it; the channel MLP sees it as it is.
 */
export const applyResized = (
  blocks: readonly BlockWeights[],
  contender: Contender,
  trained: TokenMap,
  map: TokenMap,
  x: tf.Tensor3D,
): tf.Tensor3D =>
  blocks.reduce((y, weights) => {
    const { tokens, block } = layerOf(contender);
    if (!tokens) return block(weights, y, map, contender.options);
    const mixed = tokens(weights, resized(y, map, trained), trained, contender.options);
    return channelBlock(weights, resized(mixed, trained, map));
  }, x);
