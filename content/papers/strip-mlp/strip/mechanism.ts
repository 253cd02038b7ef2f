/** The layers of Strip-MLP with random weights; what an output depends on is read off their gradients. */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import * as tf from '#lab/tf';
import type { BlockWeights } from '#nn/vision/layer';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { stripWeights } from '#nn/vision/strip';
import {
  columnStrip,
  localBranches,
  localShares,
  lsmm,
  mixStrips,
  rowStrip,
  stripLayer,
  weighed,
} from '#nn/vision/strip-layer';
import { CHANNELS, type params } from './params';
import { othersReached, type Place, routesBetween } from './reach';

type Settings = Values<typeof params>;

/** Sides of the maps in the published networks. */
export const STAGES = [7, 14, 28, 56] as const;

const shortened = (x: number) => Number(x.toPrecision(6));

/** |dy/dx| of one output entry, [tokens]; over the channels of x its Euclidean norm. */
async function sensitivity(
  layer: (x: tf.Tensor3D) => tf.Tensor3D,
  input: Float32Array,
  { height, width }: TokenMap,
  entry: { token: number; channel: number },
): Promise<number[]> {
  const gradient = tf.tidy(() => {
    const x = tf.tensor3d(input, [1, height * width, input.length / (height * width)]);
    const answer = (at: tf.Tensor3D) =>
      tf.sum(tf.slice(layer(at), [0, entry.token, entry.channel], [1, 1, 1])) as tf.Scalar;
    return tf.squeeze(tf.norm(tf.grad(answer as (x: tf.Tensor) => tf.Tensor)(x), 2, 2));
  });
  const values = await gradient.data();
  gradient.dispose();
  return Array.from(values);
}

/** Weight of the route through each place in between: an entry of the row matrices times one of the column matrices. */
function routeWeights(p: Settings, weights: BlockWeights, from: Place, to: Place, via: readonly Place[]): number[] {
  const k = Number(p.strip);
  const group = CHANNELS / Number(p.patches);
  const [rows, columns] = ['rows', 'columns'].map((name) => (weights[`${name}.matrices`] as tf.Variable).dataSync());
  const entry = (matrices: ArrayLike<number>, shift: number, input: number, output: number) => {
    const line = shift + (k - 1) / 2;
    return matrices[((((p.channel - 1) % group) * k + line) * p.side + input) * p.side + output] as number;
  };
  return via.map(
    ({ row, column }) =>
      entry(rows as ArrayLike<number>, from.row - row, from.column, column) *
      entry(columns as ArrayLike<number>, column - to.column, row, to.row),
  );
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: p, random }) {
    const map: TokenMap = { height: p.side, width: p.side, channels: 2 * CHANNELS };
    const [k, patches, channel] = [Number(p.strip), Number(p.patches), p.channel - 1];
    const weights = stripLayer.start(random, 'layer', map, { strip: k, patches }, 1);
    const half = random('input').normal(tokensOf(map) * CHANNELS, 0, 1);
    const whole = random('whole').normal(tokensOf(map) * map.channels, 0, 1);
    const clipped = (at: number) => Math.min(at, p.side) - 1;
    const to = { row: clipped(p.row), column: clipped(p.column) };
    const from = { row: clipped(p.fromRow), column: clipped(p.fromColumn) };
    const entry = { token: to.row * p.side + to.column, channel };
    const rows = (x: tf.Tensor3D) => rowStrip(weights, x, map, patches);
    const both = (x: tf.Tensor3D) => columnStrip(weights, rows(x), map, patches);
    const shares = tf.tidy(() => {
      const branches = localBranches(weights, tf.tensor3d(half, [1, tokensOf(map), CHANNELS]), map);
      return localShares(weights, branches);
    });
    const frozen = (x: tf.Tensor3D) => weighed(localBranches(weights, x, map), shares);
    const seen = (layer: (x: tf.Tensor3D) => tf.Tensor3D, input = half) => sensitivity(layer, input, map, entry);
    const cascade = await seen(both);
    const boards = [
      { name: 'row layer', cells: await seen(rows) },
      { name: 'row, then column', cells: cascade },
      { name: 'local strips', cells: await seen(frozen) },
      { name: 'whole mixing', cells: await seen((x) => mixStrips(weights, x, map, patches), whole) },
    ];
    const kernel = boards[2]?.cells as number[];
    const outside = (await seen((x) => lsmm(weights, x, map))).filter((_, token) => kernel[token] === 0);
    const via = routesBetween(from, to, k, p.side);
    const carried = routeWeights(p, weights, from, to, via);
    tf.dispose([weights as Record<string, tf.Variable>, shares]);
    return {
      side: p.side,
      strip: k,
      to,
      from,
      boards: boards.map(({ name, cells }) => ({ name, cells: cells.map(shortened) })),
      /** The largest effect of a token outside LSMM's kernels, through its re-weighting; as a share of the largest inside. */
      leak: shortened(Math.max(0, ...outside) / Math.max(...kernel)),
      /** Tokens outside the kernels with any effect. */
      leaking: outside.filter((x) => x > 0).length,
      outside: outside.length,
      routes: via.map((place, i) => ({ ...place, weight: shortened(carried[i] as number) })),
      /** The sum of the weights of all routes, and what the gradient of both layers says, without sign. */
      routeSum: shortened(Math.abs(carried.reduce((sum, w) => sum + w, 0))),
      gradient: shortened(cascade[from.row * p.side + from.column] as number),
      matrices: CHANNELS / Number(p.patches),
      layerWeights: stripWeights(p.side, CHANNELS / Number(p.patches), k),
      stages: STAGES.map((side) => ({ side, others: [1, 3, 5].map((lines) => othersReached(lines, side)) })),
    };
  },
  frame: (state) => structuredClone(state),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
