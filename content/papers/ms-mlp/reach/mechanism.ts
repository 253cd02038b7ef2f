/** The exact receptive field of one output token, from gradients of real blocks with random weights. */
import { loadPhoto } from '#data/photos';
import { type Context, defineMechanism } from '#lab/experiment';
import * as tf from '#lab/tf';
import { applyBlocks, startBlocks } from '#nn/vision/blocks';
import type { Contender } from '#nn/vision/contenders';
import { chunkSizes } from '#nn/vision/mix-shift';
import { type TokenMap, tokensOf } from '#nn/vision/operator';
import { coverage, fieldOf, readsOf, tokenAt } from '../field';
import { optionsOf, presetNames, presets } from '../presets';
import { MOST_BLOCKS, PICTURE, type params } from './params';

/** Two channels for each group. */
const CHANNELS = 10;
const GROUPS = 5;

async function setup(context: Context<typeof params>) {
  const { params: p, random, load } = context;
  const map: TokenMap = { height: p.board, width: p.board, channels: CHANNELS };
  const contender: Contender = { title: 'the setting', operator: 'mix-shift', options: optionsOf(p) };
  const grey = p.image ? [...p.image.grey] : await loadPhoto(load, p.photo, PICTURE);
  return {
    map,
    options: optionsOf(p),
    contender,
    blocks: startBlocks(random, contender, map, { depth: MOST_BLOCKS, ratio: 2 }),
    x: tf.tensor3d(random('x').normal(tokensOf(map) * CHANNELS, 0, 1), [1, tokensOf(map), CHANNELS]),
    /** What the channels of the output token are weighed by: any weights that do not vanish. */
    towards: tf.tensor2d(random('towards').normal(CHANNELS, 0, 1), [1, CHANNELS]),
    grey,
    cells: cellMeans(grey, p.board),
  };
}

type State = Awaited<ReturnType<typeof setup>>;

/** Mean grey of the picture in each of n x n cells; a pixel counts with the part of it that lies in the cell. */
export function cellMeans(grey: readonly number[], n: number): number[] {
  const scale = PICTURE / n;
  const overlap = (cell: number, pixel: number) =>
    Math.max(0, Math.min((cell + 1) * scale, pixel + 1) - Math.max(cell * scale, pixel));
  const across = (cell: number) => {
    const parts: [number, number][] = [];
    for (let pixel = Math.floor(cell * scale); pixel < Math.min(PICTURE, Math.ceil((cell + 1) * scale)); pixel++) {
      parts.push([pixel, overlap(cell, pixel) / scale]);
    }
    return parts;
  };
  return Array.from({ length: n * n }, (_, cell) =>
    across(Math.floor(cell / n)).reduce(
      (sum, [i, a]) =>
        sum + across(cell % n).reduce((row, [j, b]) => row + a * b * (grey[i * PICTURE + j] as number), 0),
      0,
    ),
  );
}

// #region gradient
/** d(output at `token`)/d(input) after `depth` blocks, [tokens, channels]; with one block, of what the block adds. */
const gradient = (
  { blocks, contender, map, x, towards }: State,
  token: number,
  depth: number,
): Promise<Float32Array> => {
  const slope = tf.tidy(() =>
    tf.grad((input) => {
      const output = applyBlocks(blocks.slice(0, depth), contender, map, input as tf.Tensor3D);
      const added = depth === 1 ? tf.sub(output, input) : output;
      return tf.sum(tf.mul(tf.slice(tf.reshape(added, [tokensOf(map), -1]), [token, 0], [1, -1]), towards));
    })(x),
  );
  return slope.data().then((values) => {
    slope.dispose();
    return values as Float32Array;
  });
};
// #endregion

const GROUP_OF = chunkSizes(CHANNELS, GROUPS).flatMap((size, g) => new Array<number>(size).fill(g));

/** The groups (0 to 4) whose channels of the input at `at` matter. */
const groupsAt = (slope: Float32Array, at: number): number[] => [
  ...new Set(GROUP_OF.filter((_, c) => slope[at * CHANNELS + c] !== 0)),
];

/** How much of the absolute gradient lies in the channels of each group. */
function shares(slope: Float32Array): number[] {
  const sums = new Array<number>(GROUPS).fill(0);
  slope.forEach((value, i) => {
    const g = GROUP_OF[i % CHANNELS] as number;
    sums[g] = (sums[g] as number) + Math.abs(value);
  });
  const total = sums.reduce((a, b) => a + b, 0);
  return sums.map((sum) => sum / total);
}

export const mechanism = defineMechanism<typeof params>()({
  setup,
  // Token and depth are read anew by every frame; nothing in the state depends on them.
  update: () => undefined,
  async frame(state, { params: p }) {
    const { map, options } = state;
    const token = tokenAt(map, p.token as [number, number]);
    const first = new Array<number>(tokensOf(map)).fill(0);
    const group = new Array<number>(tokensOf(map)).fill(0);
    let strength: number[] = [];
    for (let depth = 1; depth <= p.depth; depth++) {
      const slope = await gradient(state, token, depth);
      if (depth === 1) strength = shares(slope);
      for (let at = 0; at < first.length; at++) {
        const groups = groupsAt(slope, at);
        if (groups.length > 0 && first[at] === 0) first[at] = depth;
        if (depth !== 1 || groups.length === 0) continue;
        // The group that sees this token sharpest; the first among equals.
        group[at] =
          1 + groups.reduce((a, b) => ((options.kernels[b] as number) < (options.kernels[a] as number) ? b : a));
      }
      // The residual path, which the gradient of what a block adds leaves out.
      if (first[token] === 0) first[token] = 1;
    }
    const expected = fieldOf(map, options, token, p.depth);
    return {
      side: p.board,
      token,
      depth: p.depth,
      shifts: [...options.shifts],
      kernels: [...options.kernels],
      /** After how many blocks the output depends on each token; 0: it does not. From gradients. */
      first,
      /** The group, counted from 1, that reads it sharpest in one block; 0: none. From gradients. */
      group,
      /** Share of the absolute gradient of one block that each group has. */
      strength,
      /** Tokens where the gradients and the arithmetic of shifts and windows disagree. */
      disagree: first.filter((at, i) => at !== expected[i]).length,
      covered: first.filter((at) => at > 0).length,
      curves: [
        ...presetNames.map((name) => ({ name: presets[name].name, options: presets[name] })),
        ...(p.setting === 'own' ? [{ name: 'My bars', options }] : []),
      ].map((curve) => ({ name: curve.name, share: coverage(map, curve.options, token, MOST_BLOCKS) })),
      windows: options.kernels.flatMap((_, g) =>
        (['horizontal', 'vertical'] as const).map((direction) => {
          const reads = [...readsOf(map, options, token, g, direction)].sort((a, b) => a - b);
          const mean = reads.reduce((sum, at) => sum + (state.cells[at] as number), 0) / Math.max(1, reads.length);
          return { group: g + 1, direction, reads, mean };
        }),
      ),
      /** Grey 0 to 255: the picture, and its mean in every token's cell. */
      picture: state.grey.map((v) => Math.round(255 * v)),
      cells: state.cells.map((v) => Math.round(255 * v)),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
