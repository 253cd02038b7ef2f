/** The spectrum mixer of this site as a filter for single-channel pictures, and its training against noise. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import type { TokenMap } from '#nn/vision/operator';
import { Weights } from '#nn/vision/parts';
import { BANDS, type SpectrumOptions } from '#nn/vision/spectrum';
import { bandEnergies, mixSpectrum, routing, toSpectrum } from '#nn/vision/spectrum-layer';

/** Hidden units of the generator. A single channel would get none by the rule for networks. */
const HIDDEN = 8;

export interface Filter {
  map: TokenMap;
  options: SpectrumOptions;
  weights: BlockWeights;
}

/** Filters drawn from N(0.5, 0.1²): all pass about half of everything. */
export function startFilter(random: Random, name: string, side: number, options: SpectrumOptions): Filter {
  const { filters: K, context } = options;
  const weights = new Weights(random, name);
  weights.normal('filters', [K, side ** 2], 0.1);
  const bank = weights.named.filters as tf.Variable;
  tf.tidy(() => bank.assign(tf.add(bank, 0.5)));
  if (K > 1) {
    weights.linear('generator.up', context === 'bands' ? BANDS : 1, HIDDEN);
    weights.linear('generator.down', HIDDEN, K);
  }
  return { map: { height: side, width: side, channels: 1 }, options, weights: weights.named };
}

/** Filtered pictures of x [batch, tokens, 1]. */
export const apply = ({ weights, map, options }: Filter, x: tf.Tensor3D): tf.Tensor3D =>
  mixSpectrum(weights, x, map, options);

/** Shares of the K filters for each picture [batch, K]; ones where there is a single filter. */
export function sharesOf({ weights, map, options }: Filter, x: tf.Tensor3D): tf.Tensor2D {
  if (options.filters === 1) return tf.ones([x.shape[0], 1]);
  const z = options.context === 'mean' ? tf.mean(x, 1) : bandEnergies(toSpectrum(x, map), map);
  return routing(weights, z as tf.Tensor2D, options.filters);
}

// #region loss
/** Mean squared difference of the filtered noisy pictures and the clean ones, both [batch, tokens, 1]. */
export const lossOf = (filter: Filter, noisy: tf.Tensor3D, clean: tf.Tensor3D): tf.Scalar =>
  tf.mean(tf.square(tf.sub(apply(filter, noisy), clean)));
// #endregion
