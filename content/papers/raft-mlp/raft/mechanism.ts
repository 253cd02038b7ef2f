/** One block of RaftMLP with its initial weights: what an output depends on, what the block costs, how it correlates noise. */
import { defineMechanism } from '#lab/experiment';
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { type HalfOptions, mixHalf, mixRafts, raftLayer } from '#nn/vision/raft-layer';
import { placeOf } from '../../vision/poke/mechanism';
import { CHANNELS, type params, RAFTS } from './params';

/** Maps of white noise; an estimated correlation then errs by about 1 / sqrt(1024) = 0.03. */
const SAMPLES = 1024;

/** Raft sizes of which the correlations are compared. */
const COMPARED = [1, 2, 4] as const;

// #region slopes
/**
 * |d Y[token, channel] / d X| as [channel][token], by
 * backpropagation through the block up to a checkpoint.
 */
function slopes(
  weights: BlockWeights,
  x: tf.Tensor3D,
  map: TokenMap,
  options: HalfOptions,
  until: 'vertical' | 'both',
  output: { token: number; channel: number },
): number[][] {
  return tf.tidy(() => {
    const one = (at: tf.Tensor) => {
      const y =
        until === 'vertical'
          ? mixHalf(weights, 'vertical', at as tf.Tensor3D, map, options)
          : mixRafts(weights, at as tf.Tensor3D, map, options);
      return tf.sum(tf.slice(y, [0, output.token, output.channel], [1, 1, 1])) as tf.Scalar;
    };
    const slope = tf.abs(tf.grad(one)(x));
    return tf.transpose(tf.reshape(slope, [tokensOf(map), map.channels])).arraySync() as number[][];
  });
}
// #endregion

/** What both halves add to white noise, for one raft size: [samples, tokens, channels]. */
const addedToNoise = (random: Random, weights: BlockWeights, map: TokenMap, r: number): tf.Tensor3D =>
  tf.tidy(() => {
    const values = random('noise').normal(SAMPLES * tokensOf(map) * map.channels, 0, 1);
    const noise = tf.tensor3d(values, [SAMPLES, tokensOf(map), map.channels]);
    return tf.sub(mixRafts(weights, noise, map, { raft: r }), noise);
  });

/** Correlation over samples of one channel at `token` with the same channel at every token. */
const correlations = (y: tf.Tensor3D, token: number, channel: number): number[] =>
  tf.tidy(() => {
    const values = tf.reshape(tf.slice(y, [0, 0, channel], [-1, -1, 1]), [y.shape[0], y.shape[1]]);
    const centred = tf.sub(values, tf.mean(values, 0, true));
    const unit: tf.Tensor2D = tf.div(centred, tf.sqrt(tf.sum(tf.square(centred), 0, true)));
    const own = tf.slice(unit, [0, token], [-1, 1]);
    return Array.from(tf.matMul(own, unit, true).dataSync());
  });

const rootMeanSquare = (xs: readonly number[]) => Math.sqrt(xs.reduce((sum, x) => sum + x * x, 0) / xs.length);

/** Weight matrices and their multiply-adds, counted from the tensors of a block: no formula. Biases and norms left out. */
function counted(weights: BlockWeights, map: TokenMap): { weights: number; macs: number } {
  const values = tokensOf(map) * map.channels;
  const total = { weights: 0, macs: 0 };
  for (const [name, { shape, size }] of Object.entries(weights)) {
    if (!/^(vertical|horizontal)\.(up|down)\.weight$/.test(name)) continue;
    total.weights += size;
    // Every matrix is applied once to each raft vector; the rafts together hold all values of the map once.
    total.macs += size * (values / (name.includes('.up.') ? (shape[0] as number) : (shape[1] as number)));
  }
  return total;
}

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: { side }, random }) {
    const map: TokenMap = { height: side, width: side, channels: CHANNELS };
    const blocks = RAFTS.map((r) => raftLayer.start(random, `raft${r}`, map, { raft: r }, 2));
    const input = random('input').normal(tokensOf(map) * CHANNELS, 0, 1);
    return {
      map,
      blocks,
      x: tf.tensor3d(input, [1, tokensOf(map), CHANNELS]),
      added: COMPARED.map((r) => addedToNoise(random, blocks[RAFTS.indexOf(r)] as BlockWeights, map, r)),
    };
  },
  frame({ map, blocks, x, added }, { params: p }) {
    const { width: side } = map;
    const r = Number(p.raft);
    const weights = blocks[RAFTS.indexOf(r)] as BlockWeights;
    const place = placeOf(p.token, side);
    const token = place.row * side + place.column;
    const onLine = (t: number) => t % side === place.column || Math.floor(t / side) === place.row;
    const options = { raft: r, normed: p.normed };
    const output = { token, channel: p.channel };
    const { weights: count, macs } = counted(weights, map);
    const tokens = tokensOf(map);
    return {
      side,
      raft: r,
      normed: p.normed,
      token: { ...place, index: token, channel: p.channel },
      vertical: slopes(weights, x, map, options, 'vertical', output),
      both: slopes(weights, x, map, options, 'both', output),
      /** Token-mixing weights and multiply-adds of the block, without biases and norms, and those of a Mixer (e = 2). */
      cost: { weights: count, macs, mixerWeights: 4 * tokens ** 2, mixerMacs: 4 * CHANNELS * tokens ** 2 },
      correlations: added.map((y, i) => {
        const values = correlations(y, token, p.channel);
        const others = values.flatMap((value, t) => (t === token ? [] : [{ value, line: onLine(t) }]));
        return {
          raft: COMPARED[i] as number,
          values,
          /** Root mean squares over the token's row and column, and over all tokens on neither. */
          line: rootMeanSquare(others.filter(({ line }) => line).map(({ value }) => value)),
          rest: rootMeanSquare(others.filter(({ line }) => !line).map(({ value }) => value)),
        };
      }),
    };
  },
  weights: ({ blocks }) => blocks[1] as BlockWeights,
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
