/**
 * MAXIM's cross-gating block: two feature maps gate each other. It stands where a network with attention would have
 * cross-attention. Of the same size here; the official block may first double the sides of y.
 */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import type { MultiAxisOptions } from '#nn/vision/multi-axis';
import { alongBlock, alongGrid, halves } from '#nn/vision/multi-axis-layer';
import type { TokenMap } from '#nn/vision/operator';
import { activate, dense, norm, Weights } from '#nn/vision/parts';

export type Sides = Pick<MultiAxisOptions, 'block' | 'grid'>;
const EPSILON = 1e-6;

/** The gates' spatial layers start at N(0, 0.02²) with biases 1, so that they start by letting everything pass. */
export function startCrossGating(random: Random, name: string, channels: number, { block, grid }: Sides): BlockWeights {
  const weights = new Weights(random, name);
  for (const map of ['x', 'y']) {
    weights.lecun(`${map}.project`, channels, channels);
    weights.norm(`${map}.norm`, channels);
    weights.lecun(`${map}.in`, channels, channels);
    weights.norm(`${map}.gate.norm`, channels);
    weights.lecun(`${map}.gate.in`, channels, 2 * channels);
    for (const [axis, side] of [
      ['grid', grid],
      ['block', block],
    ] as const) {
      weights.normal(`${map}.gate.${axis}.weight`, [side ** 2, side ** 2], 0.02);
      weights.constant(`${map}.gate.${axis}.bias`, [side ** 2], 1);
    }
    weights.lecun(`${map}.gate.out`, 2 * channels, channels);
    weights.lecun(`${map}.out`, channels, channels);
  }
  return weights.named;
}

/** One map's gate for the other: half of its channels mixed along the grid, half inside windows. */
function gateOf(
  weights: BlockWeights,
  name: string,
  features: tf.Tensor3D,
  map: TokenMap,
  { block, grid }: Sides,
): tf.Tensor3D {
  const ready = activate(dense(weights, `${name}.in`, norm(weights, `${name}.norm`, features, EPSILON)), 'tanh');
  const [u, v] = halves(ready);
  const far = alongGrid(u, map, grid, (vectors) => dense(weights, `${name}.grid`, vectors));
  const near = alongBlock(v, map, block, (vectors) => dense(weights, `${name}.block`, vectors));
  return dense(weights, `${name}.out`, tf.concat<tf.Tensor3D>([far, near], 2));
}

/**
 * x, y [batch, tokens, channels] to the same shapes: y + (y₁ g_x) W and x + ŷ + (x₁ g_y) W. What comes out of x contains
 * what comes out of y.
 */
export function crossGate(
  weights: BlockWeights,
  x: tf.Tensor3D,
  y: tf.Tensor3D,
  map: TokenMap,
  sides: Sides,
): { x: tf.Tensor3D; y: tf.Tensor3D } {
  const ready = (name: string, features: tf.Tensor3D) => {
    const own = dense(weights, `${name}.project`, features);
    const inner = activate(dense(weights, `${name}.in`, norm(weights, `${name}.norm`, own, EPSILON)), 'tanh');
    return { own, inner, gate: gateOf(weights, `${name}.gate`, inner, map, sides) };
  };
  const [ofX, ofY] = [ready('x', x), ready('y', y)];
  const newY: tf.Tensor3D = tf.add(ofY.own, dense(weights, 'y.out', tf.mul<tf.Tensor3D>(ofY.inner, ofX.gate)));
  const gatedX = dense(weights, 'x.out', tf.mul<tf.Tensor3D>(ofX.inner, ofY.gate));
  return { x: tf.add(tf.add(ofX.own, newY), gatedX), y: newY };
}
