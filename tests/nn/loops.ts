/** Parts of vision blocks by plain loops in float64: what second implementations of token mixers are made of. */
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';

/** A weight as a function of its indices. */
export const reader = (weights: BlockWeights, name: string): ((...at: number[]) => number) => {
  const variable = weights[name] as tf.Variable;
  const values = variable.dataSync();
  return (...at) => values[at.reduce((sum, i, axis) => sum * (variable.shape[axis] as number) + i, 0)] as number;
};

/** Every weight drawn anew, so that none is zero or one by its start. */
export function shake(weights: BlockWeights, seed: number, deviation = 0.4): void {
  for (const [name, variable] of Object.entries(weights)) {
    const values = randomFrom(seed)(`shaken.${name}`).normal(variable.size, 0, deviation);
    tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  }
}

/** The error function by its power series; enough terms for |x| < 6. */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

export const geluByErf = (x: number): number => (x / 2) * (1 + erf(x / Math.SQRT2));
export const geluByTanh = (x: number): number =>
  (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

/** W2 gelu(W1 v + b1) + b2 for the layers `up` and `down` of `weights`. */
export function mlp(weights: BlockWeights, up: string, down: string, v: number[], gelu: (x: number) => number) {
  const layer = (name: string, x: number[]) => {
    const [weight, bias] = [reader(weights, `${name}.weight`), reader(weights, `${name}.bias`)];
    const outputs = (weights[`${name}.bias`] as tf.Variable).size;
    return Array.from({ length: outputs }, (_, o) => x.reduce((sum, value, i) => sum + value * weight(i, o), bias(o)));
  };
  return layer(down, layer(up, v).map(gelu));
}

/** LN over the entries of one token. */
export function normed(weights: BlockWeights, name: string, token: number[], epsilon: number): number[] {
  const [gain, bias] = [reader(weights, `${name}.gain`), reader(weights, `${name}.bias`)];
  const mean = token.reduce((a, b) => a + b, 0) / token.length;
  const variance = token.reduce((sum, v) => sum + (v - mean) ** 2, 0) / token.length;
  return token.map((v, c) => ((v - mean) / Math.sqrt(variance + epsilon)) * gain(c) + bias(c));
}

/** A map of tokens as [token][channel], with the channel MLP of every block applied to each token. */
export const channelMlp = (weights: BlockWeights, x: number[][]): number[][] =>
  x.map((token) => {
    const added = mlp(weights, 'channel.up', 'channel.down', normed(weights, 'channel.norm', token, 1e-5), geluByErf);
    return token.map((v, c) => v + (added[c] as number));
  });

/** Flat [tokens, channels] to rows and back. */
export const asTokens = (flat: ArrayLike<number>, channels: number): number[][] =>
  Array.from({ length: flat.length / channels }, (_, t) =>
    Array.from({ length: channels }, (_, c) => flat[t * channels + c] as number),
  );

/** Largest difference over the largest size. */
export function relativeGap(found: ArrayLike<number>, expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((v, i) => Math.abs(v - (found[i] as number)))) / largest;
}
