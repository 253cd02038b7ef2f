/**
 * MAXIM's multi-axis gMLP block, then the channel MLP. Norms, GELU and initial weights as in the official JAX code
 * (google-research/maxim, `ResidualSplitHeadMultiAxisGmlpLayer`): all kernels N(0, 0.02²), biases 0.
 */
import * as tf from '#lab/tf';
import type { BlockWeights, Layer } from './layer';
import type { MultiAxisOptions } from './multi-axis';
import type { TokenMap } from './operator';
import { activate, channelBlock, dense, norm, Weights } from './parts';

const DEVIATION = 0.02;
const EPSILON = 1e-6;

/** Shape of a map seen as [lead, side, between, side, rest]: what is mixed are the two axes `side`. */
interface Windows {
  lead: number;
  side: number;
  between: number;
  rest: number;
}

/**
 * `layer` along both `side` axes of x at once, for everything else alike. In two turns, of four axes and of three, since
 * turning five at once is slow in WebAssembly.
 */
function alongWindows(
  x: tf.Tensor,
  { lead, side, between, rest }: Windows,
  layer: (vectors: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor {
  const n = side * side;
  const windows = tf.transpose(tf.reshape(x, [lead, side, between, side * rest]), [0, 2, 1, 3]);
  const vectors = tf.transpose(tf.reshape(windows, [lead * between, n, rest]), [0, 2, 1]);
  const mixed = tf.reshape(layer(tf.reshape(vectors, [-1, n])), [lead * between, rest, n]);
  const back = tf.reshape(tf.transpose(mixed, [0, 2, 1]), [lead, between, side, side * rest]);
  return tf.reshape(tf.transpose(back, [0, 2, 1, 3]), x.shape);
}

/** Mixes x [batch, tokens, channels] inside each window of `block` x `block` pixels. */
export const alongBlock = (
  x: tf.Tensor3D,
  { height, width, channels }: TokenMap,
  block: number,
  layer: (vectors: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor3D =>
  alongWindows(
    x,
    { lead: (x.shape[0] * height) / block, side: block, between: width / block, rest: channels },
    layer,
  ) as tf.Tensor3D;

/** Mixes the pixels of x at the same place of `grid` x `grid` windows. */
export const alongGrid = (
  x: tf.Tensor3D,
  { height, width, channels }: TokenMap,
  grid: number,
  layer: (vectors: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor3D =>
  alongWindows(
    x,
    { lead: x.shape[0], side: grid, between: height / grid, rest: (width / grid) * channels },
    layer,
  ) as tf.Tensor3D;

/** Both halves of the last axis of x. */
export function halves(x: tf.Tensor3D): [tf.Tensor3D, tf.Tensor3D] {
  const [batch, tokens, width] = x.shape;
  const parts = tf.split(tf.reshape(x, [batch * tokens, width]), 2, 1);
  return parts.map((part) => tf.reshape(part, [batch, tokens, width / 2])) as [tf.Tensor3D, tf.Tensor3D];
}

/** y + (U (mix(LN(V)) + 1)) W_out + b_out with [U, V] = GELU(LN(y) W_in + b_in): gMLP's layer along `mix`. */
function gated(
  weights: BlockWeights,
  name: string,
  y: tf.Tensor3D,
  along: (v: tf.Tensor3D, layer: (vectors: tf.Tensor2D) => tf.Tensor2D) => tf.Tensor3D,
  open: boolean,
): tf.Tensor3D {
  const [u, v] = halves(activate(dense(weights, `${name}.in`, norm(weights, `${name}.norm`, y, EPSILON)), 'tanh'));
  const mixed = along(norm(weights, `${name}.gate.norm`, v, EPSILON), (vectors) =>
    dense(weights, `${name}.gate`, vectors),
  );
  const gate = tf.add(open ? mixed : tf.mul(mixed, 0), 1);
  return tf.add(y, dense(weights, `${name}.out`, tf.mul(u, gate)));
}

/** Weights of one block but for its channel MLP. */
export function addMultiAxis(weights: Weights, channels: number, { block, grid }: MultiAxisOptions): void {
  const layer = (name: string, inputs: number, outputs: number) => {
    weights.normal(`${name}.weight`, [inputs, outputs], DEVIATION);
    weights.constant(`${name}.bias`, [outputs], 0);
  };
  weights.norm('norm', channels);
  layer('in', channels, 2 * channels);
  for (const [name, side] of [
    ['grid', grid],
    ['block', block],
  ] as const) {
    weights.norm(`${name}.norm`, channels);
    layer(`${name}.in`, channels, 2 * channels);
    weights.norm(`${name}.gate.norm`, channels);
    layer(`${name}.gate`, side ** 2, side ** 2);
    layer(`${name}.out`, channels, channels);
  }
  layer('out', 2 * channels, channels);
}

/** The multi-axis gMLP block alone: x + [grid branch, block branch] W_2 + b_2. The grid branch has the first half. */
export function mixAxes(
  weights: BlockWeights,
  x: tf.Tensor3D,
  map: TokenMap,
  { block, grid, axes }: MultiAxisOptions,
): tf.Tensor3D {
  const [forGrid, forBlock] = halves(activate(dense(weights, 'in', norm(weights, 'norm', x, EPSILON)), 'tanh'));
  const far = gated(weights, 'grid', forGrid, (v, layer) => alongGrid(v, map, grid, layer), axes !== 'block');
  const near = gated(weights, 'block', forBlock, (v, layer) => alongBlock(v, map, block, layer), axes !== 'grid');
  return tf.add(x, dense(weights, 'out', tf.concat([far, near], 2)));
}

export const multiAxisLayer: Layer<MultiAxisOptions> = {
  start(random, name, { channels }, options, ratio) {
    const weights = new Weights(random, name);
    addMultiAxis(weights, channels, options);
    weights.channelMlp(channels, ratio);
    return weights.named;
  },
  block: (weights, x, map, options) => channelBlock(weights, mixAxes(weights, x, map, options)),
};
