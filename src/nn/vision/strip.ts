/**
 * Strip-MLP's token mixing (Cao et al. 2023): half of the channels through strips of adjacent rows, then of adjacent
 * columns (CGSMM), the other half through two depth-wise convolutions that are re-weighted by what the picture holds
 * (LSMM). Counts follow the official code (models/strip_mlp.py).
 */
import { type Operator, reachesAll, type TokenMap, tokensOf } from './operator';

export interface StripOptions {
  /** K, adjacent rows (or columns) that one output is computed from. Odd; 3 in the paper, 1 is a plain axial layer. */
  strip: number;
  /** C1, slices of the channel axis that share their weights. Must divide half of the channels. */
  patches: number;
}

/** LSMM's kernels are 3 x 7 and 7 x 3: three adjacent lines, seven places along each. */
export const LOCAL = { across: 3, along: 7 } as const;

/** Sizes that both halves are built of. */
export function stripSizes({ channels }: Pick<TokenMap, 'channels'>, { patches }: Pick<StripOptions, 'patches'>) {
  const half = channels / 2;
  return {
    /** d, channels of each half. */
    half,
    /** C_g, channels of a patch: as many matrices per strip layer. */
    group: half / patches,
    /** Hidden units of the network that re-weights LSMM's branches. */
    hidden: Math.floor(half / 2),
  };
}

/** Weights of one strip layer on lines of `length`: C_g sets of K matrices and a bias. */
export const stripWeights = (length: number, group: number, strip: number): number =>
  group * (strip * length ** 2 + length);

export const strip: Operator<StripOptions> = {
  refuses({ channels }, { strip: k, patches }) {
    if (k % 2 !== 1) return `a strip of ${k} lines has no middle`;
    if (channels % 2 !== 0) return `${channels} channels have no half`;
    return (channels / 2) % patches === 0
      ? null
      : `half of ${channels} channels cannot be cut into ${patches} equal patches`;
  },
  weights(map, options) {
    const { height, width, channels } = map;
    const { half, group, hidden } = stripSizes(map, options);
    const first = 2 * channels + (channels ** 2 + channels) + 2 * channels;
    const strips = stripWeights(width, group, options.strip) + stripWeights(height, group, options.strip);
    const places = (2 * height + 1 + 2 * width + 1) * half;
    const joins = 4 * half ** 2 + 2 * half;
    const local = 2 * LOCAL.across * LOCAL.along * half + (4 * half * hidden + hidden + 3 * half);
    return first + strips + places + joins + local + channels ** 2;
  },
  /** The convolutions are counted as such; how the layer computes them is its own affair. */
  macs(map, options) {
    const { height, width, channels } = map;
    const { half, hidden } = stripSizes(map, options);
    const strips = options.strip * half * (height + width);
    const local = 2 * LOCAL.across * LOCAL.along * half + 3 * half;
    return tokensOf(map) * (3 * channels ** 2 + strips + local) + 4 * half * hidden;
  },
  /** Through both strips together, whatever K; LSMM's re-weighting, which sees the mean over all tokens, adds to it. */
  reach: reachesAll,
};
