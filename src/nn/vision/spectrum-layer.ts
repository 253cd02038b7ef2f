/**
 * X + D^T (w ⊙ D LN(X)), then the channel MLP, with gains w that are one filter or, for each channel and image, a blend
 * of K filters. Transforms are products with two small matrices: at these sides that is faster than any fast transform.
 */
import * as tf from '#lab/tf';
import { dctMatrix, radialBands } from '#math/dct';
import type { BlockWeights, Layer } from './layer';
import { type TokenMap, tokensOf } from './operator';
import { activate, channelBlock, dense, norm, Weights } from './parts';
import { BANDS, generatorOf, type SpectrumOptions } from './spectrum';

/** Keeps a band without energy, as in a flat picture, away from log 0. */
const EPSILON = 1e-3;
/** Standard deviation of the initial gains: a block starts near the identity. */
const START = 0.1;

/**
 * Matrices by what they are made from, as plain arrays: tensors kept here would outlive every run. Steps that make the
 * same tensors from them each time can be replayed.
 */
const kept = new Map<string, Float32Array>();
function constant(key: string, make: () => Float32Array, shape: [number, number]): tf.Tensor2D {
  const values = kept.get(key) ?? make();
  kept.set(key, values);
  return tf.tensor2d(values, shape);
}

const dct = (n: number) => constant(`dct ${n}`, () => Float32Array.from(dctMatrix(n)), [n, n]);

/** [height * width, BANDS]: the mean over each band of what is at the frequencies. */
const bandMeans = ({ height, width }: TokenMap) =>
  constant(`bands ${height} ${width}`, () => {
    const bands = radialBands(height, width, BANDS);
    const sizes = Array.from({ length: BANDS }, (_, b) => bands.filter((band) => band === b).length);
    const values = new Float32Array(bands.length * BANDS);
    bands.forEach((band, j) => {
      values[j * BANDS + band] = 1 / (sizes[band] as number);
    });
    return values;
  }, [height * width, BANDS]);

/** Over the last axis: x M^T, or x M where `back`. */
function along(x: tf.Tensor4D, matrix: tf.Tensor2D, back: boolean): tf.Tensor4D {
  const n = matrix.shape[0];
  const rows = tf.reshape(x, [-1, n]) as tf.Tensor2D;
  return tf.reshape(tf.matMul(rows, matrix, false, !back), x.shape) as tf.Tensor4D;
}

/** x [batch, tokens, channels] to spectra [batch, channels, height, width]. */
export function toSpectrum(x: tf.Tensor3D, { height, width, channels }: TokenMap): tf.Tensor4D {
  const columns = tf.transpose(tf.reshape(x, [-1, height, width, channels]), [0, 3, 2, 1]) as tf.Tensor4D;
  return along(tf.transpose(along(columns, dct(height), false), [0, 1, 3, 2]), dct(width), false);
}

/** The inverse of {@link toSpectrum}. */
export function fromSpectrum(x: tf.Tensor4D, { height, width, channels }: TokenMap): tf.Tensor3D {
  const columns = along(tf.transpose(along(x, dct(width), true), [0, 1, 3, 2]), dct(height), true);
  return tf.reshape(tf.transpose(columns, [0, 3, 2, 1]), [-1, height * width, channels]);
}

/** log(ε + mean energy in each radial band) over all channels of spectra [batch, channels, height, width]: [batch, BANDS]. */
export function bandEnergies(spectra: tf.Tensor4D, map: TokenMap): tf.Tensor2D {
  const energy = tf.mean(tf.reshape(tf.square(spectra), [-1, map.channels, tokensOf(map)]), 1);
  return tf.log(tf.add(tf.matMul(energy as tf.Tensor2D, bandMeans(map)), EPSILON));
}

/** Shares of the K filters, for each image and channel [batch * channels, K], from the context z [batch, inputs]. */
export const routing = (weights: BlockWeights, z: tf.Tensor2D, filters: number): tf.Tensor2D =>
  tf.softmax(tf.reshape(dense(weights, 'generator.down', activate(dense(weights, 'generator.up', z))), [-1, filters]));

/** The gains of every image and channel [batch, channels, height, width], or [1, 1, height, width] where they are fixed. */
function gains(
  weights: BlockWeights,
  x: tf.Tensor3D,
  spectra: tf.Tensor4D,
  map: TokenMap,
  { filters, context }: SpectrumOptions,
): tf.Tensor4D {
  const { height, width, channels } = map;
  const bank = weights.filters as unknown as tf.Tensor2D;
  if (filters === 1) return tf.reshape(bank, [1, 1, height, width]);
  const z = context === 'mean' ? (tf.mean(x, 1) as tf.Tensor2D) : bandEnergies(spectra, map);
  return tf.reshape(tf.matMul(routing(weights, z, filters), bank), [-1, channels, height, width]);
}

/** D^T (w ⊙ D x) of x [batch, tokens, channels]: the token mixing without norm and residual path. */
export function mixSpectrum(
  weights: BlockWeights,
  x: tf.Tensor3D,
  map: TokenMap,
  options: SpectrumOptions,
): tf.Tensor3D {
  const spectra = toSpectrum(x, map);
  return fromSpectrum(tf.mul(spectra, gains(weights, x, spectra, map, options)), map);
}

export const spectrumLayer: Layer<SpectrumOptions> = {
  start(random, name, map, options, ratio) {
    const weights = new Weights(random, name);
    weights.norm('norm', map.channels);
    weights.normal('filters', [options.filters, tokensOf(map)], START);
    if (options.filters > 1) {
      const { inputs, hidden } = generatorOf(map.channels, options);
      weights.linear('generator.up', inputs, hidden);
      weights.linear('generator.down', hidden, options.filters * map.channels);
    }
    weights.channelMlp(map.channels, ratio);
    return weights.named;
  },
  block: (weights, x, map, options) =>
    channelBlock(weights, tf.add(x, mixSpectrum(weights, norm(weights, 'norm', x), map, options))),
};
