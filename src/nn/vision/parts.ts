/** Parts of the blocks: weights by name, and layers over the last axis of tensors of any rank. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { gelu, layerNorm, linear, tanhGelu } from '../layers';
import type { BlockWeights } from './layer';

/** Named weights under one prefix of random streams. */
export class Weights {
  readonly named: Record<string, tf.Variable> = {};

  constructor(
    private readonly random: Random,
    private readonly prefix: string,
  ) {}

  private add(name: string, values: ArrayLike<number>, shape: number[]): void {
    this.named[name] = tf.tidy(() => tf.variable(tf.tensor(Float32Array.from(values), shape)));
  }

  private stream = (name: string) => this.random(`${this.prefix}.${name}`);

  constant(name: string, shape: number[], value: number): void {
    this.add(name, new Float32Array(tf.util.sizeFromShape(shape)).fill(value), shape);
  }

  /** N(0, deviation²). */
  normal(name: string, shape: number[], deviation: number): void {
    this.add(name, this.stream(name).normal(tf.util.sizeFromShape(shape), 0, deviation), shape);
  }

  /** U(-bound, bound). */
  uniform(name: string, shape: number[], bound: number): void {
    this.add(name, this.stream(name).uniform(tf.util.sizeFromShape(shape), -bound, bound), shape);
  }

  /** `<name>.weight` [inputs, outputs] and `<name>.bias`, both U(±1 / sqrt(inputs)): PyTorch's default for `Linear`. */
  linear(name: string, inputs: number, outputs: number): void {
    const bound = 1 / Math.sqrt(inputs);
    this.uniform(`${name}.weight`, [inputs, outputs], bound);
    this.uniform(`${name}.bias`, [outputs], bound);
  }

  /** The same by LeCun's rule: N(0, 1 / inputs), biases 0. Flax's default but for the cut tails. */
  lecun(name: string, inputs: number, outputs: number): void {
    this.normal(`${name}.weight`, [inputs, outputs], 1 / Math.sqrt(inputs));
    this.constant(`${name}.bias`, [outputs], 0);
  }

  /** `<name>.gain` ones and `<name>.bias` zeros. */
  norm(name: string, width: number): void {
    this.constant(`${name}.gain`, [width], 1);
    this.constant(`${name}.bias`, [width], 0);
  }

  /** The MLP over channels that every block has; PyTorch's initial weights for all, so that runs start alike. */
  channelMlp(channels: number, ratio: number): void {
    this.norm('channel.norm', channels);
    this.linear('channel.up', channels, Math.round(ratio * channels));
    this.linear('channel.down', Math.round(ratio * channels), channels);
  }
}

const rows = (x: tf.Tensor): tf.Tensor2D => tf.reshape(x, [-1, x.shape.at(-1) as number]);
const like = <T extends tf.Tensor>(x: T, y: tf.Tensor2D): T =>
  tf.reshape(y, [...x.shape.slice(0, -1), y.shape[1] as number]) as T;

/** Layer `name` of `weights` over the last axis of x. */
export const dense = <T extends tf.Tensor>(weights: BlockWeights, name: string, x: T): T =>
  like(x, linear(rows(x), weights[`${name}.weight`] as tf.Tensor2D, weights[`${name}.bias`] as tf.Tensor1D));

/** Norm `name` over the last axis of x. */
export const norm = <T extends tf.Tensor>(weights: BlockWeights, name: string, x: T, epsilon = 1e-5): T =>
  like(x, layerNorm(rows(x), weights[`${name}.gain`] as tf.Tensor1D, weights[`${name}.bias`] as tf.Tensor1D, epsilon));

/** GELU of every entry: with the error function, as PyTorch, or its approximation by tanh, as Flax. */
export const activate = <T extends tf.Tensor>(x: T, kind: 'erf' | 'tanh' = 'erf'): T =>
  like(x, kind === 'erf' ? gelu(rows(x)) : tanhGelu(rows(x)));

/** x + MLP(norm(x)) over channels. */
export const channelBlock = <T extends tf.Tensor>(weights: BlockWeights, x: T): T =>
  tf.add(x, dense(weights, 'channel.down', activate(dense(weights, 'channel.up', norm(weights, 'channel.norm', x)))));
