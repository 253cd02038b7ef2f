/**
 * Two small networks of almost equal weight that restore grey pictures: one in MAXIM's style, and a plain one of
 * convolutions. Both see 2 x 2 pixels as four channels of one token, and both add what they find to their input.
 */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import type { MultiAxisOptions } from '#nn/vision/multi-axis';
import { addMultiAxis, mixAxes } from '#nn/vision/multi-axis-layer';
import { norm, Weights } from '#nn/vision/parts';
import { convolution } from './convolution';

export const restorers = {
  /** Twice: a multi-axis block, then two convolutions. */
  maxim: { channels: 16, mixers: 2, axes: { block: 8, grid: 8, axes: 'both' } as MultiAxisOptions },
  /** Three times two convolutions, wider. */
  cnn: { channels: 24, mixers: 0, blocks: 3 },
} as const;

export type RestorerName = keyof typeof restorers;
export const restorerNames = Object.keys(restorers) as RestorerName[];

/** Pixels along the side of a token. */
const TOKEN = 2;
const IN = TOKEN ** 2;
/** Sides of pictures have to be multiples of this, for the windows of the multi-axis blocks. */
export const MULTIPLE = 16;

const blocksOf = (name: RestorerName) => (name === 'maxim' ? restorers.maxim.mixers : restorers.cnn.blocks);

export type RestorerWeights = { stem: BlockWeights; blocks: BlockWeights[]; out: BlockWeights };

function addConvolution(weights: Weights, name: string, inputs: number, outputs: number, deviation?: number): void {
  weights.normal(`${name}.weight`, [9 * inputs, outputs], deviation ?? 1 / Math.sqrt(9 * inputs));
  weights.constant(`${name}.bias`, [outputs], 0);
}

export function startRestorer(name: RestorerName, random: Random): RestorerWeights {
  const { channels } = restorers[name];
  const named = (part: string, fill: (weights: Weights) => void) => {
    const weights = new Weights(random, `${name}.${part}`);
    fill(weights);
    return weights.named;
  };
  return {
    stem: named('stem', (w) => addConvolution(w, 'conv', IN, channels)),
    blocks: Array.from({ length: blocksOf(name) }, (_, i) =>
      named(`block${i}`, (w) => {
        if (name === 'maxim') addMultiAxis(w, channels, restorers.maxim.axes);
        w.norm('conv.norm', channels);
        addConvolution(w, 'conv1', channels, channels);
        addConvolution(w, 'conv2', channels, channels);
      }),
    ),
    // Small, so that an untrained network hardly changes its input.
    out: named('out', (w) => addConvolution(w, 'conv', channels, IN, 0.002)),
  };
}

/** All variables, in the order in which files hold them. */
export const variablesOf = ({ stem, blocks, out }: RestorerWeights): tf.Variable[] =>
  [stem, ...blocks, out].flatMap((part) => Object.values(part));

export const weightCount = (weights: RestorerWeights): number =>
  variablesOf(weights).reduce((sum, w) => sum + w.size, 0);

/** Writes `flat` into the weights, in the order of {@link variablesOf}. */
export function fill(weights: RestorerWeights, flat: Float32Array): void {
  if (flat.length !== weightCount(weights)) {
    throw new Error(`There are ${flat.length} numbers for ${weightCount(weights)} weights.`);
  }
  let at = 0;
  for (const variable of variablesOf(weights)) {
    const values = flat.slice(at, at + variable.size);
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
    at += variable.size;
  }
}

const conv = (weights: BlockWeights, name: string, x: tf.Tensor4D): tf.Tensor4D =>
  convolution(x, weights[`${name}.weight`] as tf.Tensor2D, weights[`${name}.bias`] as tf.Tensor1D);

/** x + conv(LReLU(conv(LN(x)))): MAXIM's residual block without its channel attention. */
const convolve = (weights: BlockWeights, x: tf.Tensor4D): tf.Tensor4D =>
  tf.add(x, conv(weights, 'conv2', tf.leakyRelu(conv(weights, 'conv1', norm(weights, 'conv.norm', x, 1e-6)), 0.2)));

/** Restores pictures x [batch, height, width] of grey values; sides are multiples of {@link MULTIPLE}. */
export function restore(name: RestorerName, { stem, blocks, out }: RestorerWeights, x: tf.Tensor3D): tf.Tensor3D {
  const [batch, height, width] = x.shape;
  const { channels } = restorers[name];
  const map = { height: height / TOKEN, width: width / TOKEN, channels };
  const tokens = [batch, map.height, map.width] as const;
  const apart = tf.transpose(tf.reshape(x, [batch * map.height, TOKEN, map.width, TOKEN]), [0, 2, 1, 3]);
  let y = conv(stem, 'conv', tf.reshape(apart, [...tokens, IN]));
  for (const weights of blocks) {
    if (name === 'maxim') {
      const flat: tf.Tensor3D = tf.reshape(y, [batch, map.height * map.width, channels]);
      y = tf.reshape(mixAxes(weights, flat, map, restorers.maxim.axes), y.shape);
    }
    y = convolve(weights, y);
  }
  const found = tf.reshape(conv(out, 'conv', y), [batch * map.height, map.width, TOKEN, TOKEN]);
  return tf.add(x, tf.reshape(tf.transpose(found, [0, 2, 1, 3]), x.shape));
}
