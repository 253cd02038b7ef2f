/**
 * Strip-MLP's block as in the official code, but for these: LayerNorm stands for BatchNorm, so that an image's answer does
 * not depend on its batch; the depth-wise 3 x 3 convolution before the mixing is left out; and the channel part is the
 * MLP that all blocks here have, without the paper's 7 x 7 convolution and response normalisation. Initial weights are
 * PyTorch's defaults, as there.
 *
 * Everything that mixes along lines is one batched product: the K rows of a strip lie side by side, so that a strip layer
 * has one matrix [K * length, length] per group channel. LSMM's 3 x 7 convolution is such a layer, too, with bands of seven
 * diagonals for matrices.
 */
import * as tf from '#lab/tf';
import type { BlockWeights, Layer } from './layer';
import type { TokenMap } from './operator';
import { activate, channelBlock, dense, norm, Weights } from './parts';
import { LOCAL, type StripOptions, stripSizes } from './strip';

const weightOf = (weights: BlockWeights, name: string) => weights[name] as tf.Variable;

/** x [batch, tokens, channels] to [group channels, batch * patches, tokens]; channel c1 * C_g + c2 is patch c1. */
const toGroups = (x: tf.Tensor3D, patches: number): tf.Tensor3D => {
  const [batch, tokens, channels] = x.shape;
  const group = channels / patches;
  const apart = tf.transpose(tf.reshape(x, [batch, tokens, patches, group]), [3, 0, 2, 1]);
  return tf.reshape(apart, [group, batch * patches, tokens]);
};

/** What {@link toGroups} did, undone. */
const fromGroups = (x: tf.Tensor3D, patches: number): tf.Tensor3D => {
  const [group, images, tokens] = x.shape;
  const together = tf.transpose(tf.reshape(x, [group, images / patches, patches, tokens]), [1, 3, 2, 0]);
  return tf.reshape(together, [images / patches, tokens, patches * group]);
};

/** Maps of `lines` x `length` tokens, on the last axis of x, with lines and length exchanged. */
const turned = (x: tf.Tensor3D, lines: number, length: number): tf.Tensor3D => {
  const [group, images] = x.shape;
  return tf.reshape(tf.transpose(tf.reshape(x, [group, images, lines, length]), [0, 1, 3, 2]), x.shape);
};

/**
 * One strip layer without bias: x [groups, images, lines * length], matrices [groups, K * length, length]. Line h of the
 * result is the sum over the K lines around it, each times its own matrix; beyond the edges lie zeros.
 */
function alongStrips(x: tf.Tensor3D, lines: number, length: number, matrices: tf.Tensor3D): tf.Tensor3D {
  const [groups, images] = x.shape;
  const strip = (matrices.shape[1] as number) / length;
  const margin = ((strip - 1) / 2) * length;
  const flat = tf.reshape(x, [groups * images, lines * length]);
  const padded =
    margin === 0
      ? flat
      : tf.pad(flat, [
          [0, 0],
          [margin, margin],
        ]);
  const neighbours = Array.from({ length: strip }, (_, k) =>
    tf.reshape(tf.slice(padded, [0, k * length], [-1, lines * length]), [-1, length]),
  );
  const stacked = tf.reshape(tf.concat(neighbours, 1), [groups, images * lines, strip * length]);
  return tf.reshape(tf.matMul(stacked, matrices), x.shape);
}

/** Strip layer `name` over the rows of x [batch, height * width, d]: [width, width] matrices, K adjacent rows. */
export function rowStrip(
  weights: BlockWeights,
  x: tf.Tensor3D,
  { height, width }: TokenMap,
  patches: number,
): tf.Tensor3D {
  const mixed = alongStrips(toGroups(x, patches), height, width, weightOf(weights, 'rows.matrices') as tf.Tensor3D);
  const [groups, images] = mixed.shape;
  const lines = tf.reshape(mixed, [groups, images * height, width]);
  const shifted = tf.add(lines, tf.reshape(weightOf(weights, 'rows.bias'), [groups, 1, width]));
  return fromGroups(tf.reshape(shifted, mixed.shape), patches);
}

/** The same over the columns: [height, height] matrices, K adjacent columns. */
export function columnStrip(
  weights: BlockWeights,
  x: tf.Tensor3D,
  { height, width }: TokenMap,
  patches: number,
): tf.Tensor3D {
  const columns = turned(toGroups(x, patches), height, width);
  const mixed = alongStrips(columns, width, height, weightOf(weights, 'columns.matrices') as tf.Tensor3D);
  const [groups, images] = mixed.shape;
  const lines = tf.reshape(mixed, [groups, images * width, height]);
  const shifted = tf.add(lines, tf.reshape(weightOf(weights, 'columns.bias'), [groups, 1, height]));
  return fromGroups(turned(tf.reshape(shifted, mixed.shape), width, height), patches);
}

/** Learned vectors [height * width, d]: the entry of place (h, w) depends on w - h alone, cut off at +-`most`. */
function places(table: tf.Tensor, { height, width }: TokenMap, most: number): tf.Tensor2D {
  const entry = Array.from({ length: height * width }, (_, token) => {
    const apart = (token % width) - Math.floor(token / width);
    return most + Math.min(most, Math.max(-most, apart));
  });
  const chosen = entry.map((at) => Array.from({ length: 2 * most + 1 }, (_, row) => (row === at ? 1 : 0)));
  return tf.matMul(tf.tensor2d(chosen), table as tf.Tensor2D);
}

/** [x, y] along the channels, times a weight without bias: the paper's "Channel FC". */
function join(weight: tf.Tensor, x: tf.Tensor3D, y: tf.Tensor3D): tf.Tensor3D {
  const [batch, tokens, half] = x.shape;
  const both = tf.concat([tf.reshape(x, [-1, half]), tf.reshape(y, [-1, half])], 1);
  return tf.reshape(tf.matMul(both, weight as tf.Tensor2D), [batch, tokens, -1]) as tf.Tensor3D;
}

/** Cascade group strip mixing of x [batch, tokens, d]: rows, then columns, each joined with what came in. */
export function cgsmm(weights: BlockWeights, x: tf.Tensor3D, map: TokenMap, patches: number): tf.Tensor3D {
  const placed: tf.Tensor3D = tf.add(x, places(weightOf(weights, 'rows.places'), map, map.height));
  const rows = join(weightOf(weights, 'rows.join'), rowStrip(weights, placed, map, patches), x);
  const between = activate(norm(weights, 'rows.norm', rows));
  const moved: tf.Tensor3D = tf.add(between, places(weightOf(weights, 'columns.places'), map, map.width));
  return join(weightOf(weights, 'columns.join'), x, columnStrip(weights, moved, map, patches));
}

/** Depth-wise kernels [d, 3 * 7] as strip matrices [d, 3 * length, length] whose entries repeat along diagonals. */
function bands(kernels: tf.Tensor, length: number): tf.Tensor3D {
  const { across, along } = LOCAL;
  const diagonals = Array.from({ length: along }, (_, tap) =>
    Array.from({ length: length ** 2 }, (_unused, at) =>
      Math.floor(at / length) === (at % length) + tap - (along - 1) / 2 ? 1 : 0,
    ),
  );
  const spread = tf.matMul(tf.reshape(kernels, [-1, along]), tf.tensor2d(diagonals));
  return tf.reshape(spread, [-1, across * length, length]);
}

/** LSMM's three branches of x [batch, tokens, d], as [d, batch, tokens]: the tall kernel, the wide one, x itself. */
export function localBranches(weights: BlockWeights, x: tf.Tensor3D, { height, width }: TokenMap): tf.Tensor3D[] {
  const whole = toGroups(x, 1);
  const wide = alongStrips(whole, height, width, bands(weightOf(weights, 'local.wide'), width));
  const columns = turned(whole, height, width);
  const tall = alongStrips(columns, width, height, bands(weightOf(weights, 'local.tall'), height));
  return [turned(tall, width, height), wide, whole];
}

/** How much each branch counts, per image and channel: [d, batch, 1] each, from the mean over all tokens. */
export function localShares(weights: BlockWeights, branches: readonly tf.Tensor3D[]): tf.Tensor3D[] {
  const total = branches.reduce((sum, branch) => tf.add(sum, branch)) as tf.Tensor3D;
  const [half, batch] = total.shape;
  const mean = tf.transpose(tf.mean(total, 2) as tf.Tensor2D);
  const scores = dense(weights, 'local.down', activate(dense(weights, 'local.up', mean)));
  const shares = tf.transpose(tf.softmax(tf.reshape(scores, [batch * half, 3])));
  return branches.map((_, i) => {
    const share = tf.transpose(tf.reshape(tf.slice(shares, [i, 0], [1, -1]), [batch, half]));
    return tf.reshape(share, [half, batch, 1]);
  });
}

/** The branches, each times its share, as [batch, tokens, d]. */
export const weighed = (branches: readonly tf.Tensor3D[], shares: readonly tf.Tensor3D[]): tf.Tensor3D => {
  const parts: tf.Tensor3D[] = branches.map((branch, i) => tf.mul(branch, shares[i] as tf.Tensor3D));
  return fromGroups(
    parts.reduce((sum, part) => tf.add(sum, part)),
    1,
  );
};

/** Local strip mixing of x [batch, tokens, d]. */
export function lsmm(weights: BlockWeights, x: tf.Tensor3D, map: TokenMap): tf.Tensor3D {
  const branches = localBranches(weights, x, map);
  return weighed(branches, localShares(weights, branches));
}

/** Both halves, without the residual path and the channel MLP. */
export function mixStrips(weights: BlockWeights, x: tf.Tensor3D, map: TokenMap, patches: number): tf.Tensor3D {
  const { half } = stripSizes(map, { patches });
  const first = activate(norm(weights, 'first.norm', dense(weights, 'first', norm(weights, 'norm', x))));
  const global = cgsmm(weights, tf.slice(first, [0, 0, 0], [-1, -1, half]), map, patches);
  const local = lsmm(weights, tf.slice(first, [0, 0, half], [-1, -1, half]), map);
  return join(weightOf(weights, 'join'), global, local);
}

export const stripLayer: Layer<StripOptions> = {
  start(random, name, map, options, ratio) {
    const { height, width, channels } = map;
    const { half, group, hidden } = stripSizes(map, options);
    const weights = new Weights(random, name);
    weights.norm('norm', channels);
    weights.linear('first', channels, channels);
    weights.norm('first.norm', channels);
    for (const [direction, length, most] of [
      ['rows', width, height],
      ['columns', height, width],
    ] as const) {
      const bound = 1 / Math.sqrt(options.strip * length);
      weights.uniform(`${direction}.matrices`, [group, options.strip * length, length], bound);
      weights.uniform(`${direction}.bias`, [group, length], bound);
      weights.normal(`${direction}.places`, [2 * most + 1, half], 0.02);
      weights.uniform(`${direction}.join`, [2 * half, half], 1 / Math.sqrt(2 * half));
    }
    weights.norm('rows.norm', half);
    const taps = LOCAL.across * LOCAL.along;
    for (const branch of ['wide', 'tall']) weights.uniform(`local.${branch}`, [half, taps], 1 / Math.sqrt(taps));
    weights.linear('local.up', half, hidden);
    weights.linear('local.down', hidden, 3 * half);
    weights.uniform('join', [channels, channels], 1 / Math.sqrt(channels));
    weights.channelMlp(channels, ratio);
    return weights.named;
  },
  block: (weights, x, map, { patches }) => channelBlock(weights, tf.add(x, mixStrips(weights, x, map, patches))),
};
