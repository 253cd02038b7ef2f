/** A small denoiser of multi-axis blocks: pixel to C channels, L blocks, norm, back to one number, added to the input. */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { applyBlocks, startBlocks } from '#nn/vision/blocks';
import { type Contender, contenders } from '#nn/vision/contenders';
import type { BlockWeights } from '#nn/vision/layer';
import { dense, norm, Weights } from '#nn/vision/parts';
import { SIDE } from './tiles';

const CHANNELS = 8;
/** Hidden units per channel of the channel MLPs. */
const RATIO = 2;
const map = { height: SIDE, width: SIDE, channels: CHANNELS };

/** The contenders, in the order in which charts show them. All have b = g = 4, and equally many weights. */
export const axes = ['both', 'block', 'grid'] as const;
export type Axes = (typeof axes)[number];

const contenderOf = (which: Axes): Contender =>
  contenders[({ both: 'multi-axis', block: 'multi-axis-block', grid: 'multi-axis-grid' } as const)[which]];

export interface Denoiser {
  which: Axes;
  blocks: BlockWeights[];
  ends: BlockWeights;
}

/** Equal `random` gives all three the same initial weights: only the gates that are held differ. */
export function startDenoiser(which: Axes, random: Random, depth: number): Denoiser {
  const ends = new Weights(random, 'ends');
  ends.linear('in', 1, CHANNELS);
  ends.norm('norm', CHANNELS);
  ends.linear('out', CHANNELS, 1);
  return { which, blocks: startBlocks(random, contenderOf(which), map, { depth, ratio: RATIO }), ends: ends.named };
}

export const variablesOf = ({ blocks, ends }: Denoiser): tf.Variable[] => [...blocks, ends].flatMap(Object.values);

/** x [batch, pixels, 1] to the same shape. */
export const denoise = ({ which, blocks, ends }: Denoiser, x: tf.Tensor3D): tf.Tensor3D =>
  tf.add(x, dense(ends, 'out', norm(ends, 'norm', applyBlocks(blocks, contenderOf(which), map, dense(ends, 'in', x)))));
