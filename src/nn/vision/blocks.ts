/** Blocks of any contender, with tensors. */
import type { Random } from '#lab/random';
import type * as tf from '#lab/tf';
import type { Contender, OperatorName, OptionsOf } from './contenders';
import type { BlockWeights, Layer } from './layer';
import { mixShiftLayer } from './mix-shift-layer';
import { mixerLayer } from './mixer-layer';
import { multiAxisLayer } from './multi-axis-layer';
import { noneLayer } from './none-layer';
import type { TokenMap } from './operator';
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
