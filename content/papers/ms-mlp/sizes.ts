/** The published networks of MS-MLP, counted from the settings of the official repository (configs/*.yaml, models/ms_mlp.py). */
import { type MixShiftOptions, mixShift } from '#nn/vision/mix-shift';

export const SHIFTS = [-2, -1, 0, 1, 2] as const;

/** Kernel sides of the five groups, stage by stage; the same in all three networks. */
export const STAGE_KERNELS = [
  [1, 1, 3, 5, 7],
  [1, 3, 3, 5, 7],
  [1, 5, 5, 5, 7],
  [1, 7, 7, 7, 7],
] as const;

export interface Published {
  name: string;
  /** Channels of the first stage; each later one has twice as many. */
  channels: number;
  /** Blocks of the four stages. */
  depths: readonly [number, number, number, number];
  /** As printed in the repository's README. */
  printed: { top1: number; parameters: string; flops: string };
}

export const published: readonly Published[] = [
  {
    name: 'Tiny',
    channels: 96,
    depths: [3, 3, 9, 3],
    printed: { top1: 82.1, parameters: '28 M', flops: '4.9 G' },
  },
  {
    name: 'Small',
    channels: 96,
    depths: [3, 3, 27, 3],
    printed: { top1: 83.4, parameters: '50 M', flops: '9.0 G' },
  },
  {
    name: 'Base',
    channels: 128,
    depths: [3, 3, 27, 3],
    printed: { top1: 83.8, parameters: '88 M', flops: '16.1 G' },
  },
];

const CLASSES = 1000;
/** Side of the map of the first stage, for pictures of 224 x 224 cut into patches of 4 x 4. */
const SIDE = 56;
/** Hidden units of the channel MLP per channel. */
const RATIO = 4;

/** One block on one map: what the mixing takes and what the channel MLP takes. */
export interface BlockSize {
  mixing: { parameters: number; macs: number };
  /** Norm, both layers with biases, and the layer scale. */
  channel: { parameters: number; macs: number };
}

export function blockSize(channels: number, side: number, kernels: readonly number[]): BlockSize {
  const map = { height: side, width: side, channels };
  const options: MixShiftOptions = { shifts: SHIFTS, kernels };
  return {
    mixing: { parameters: mixShift.weights(map, options), macs: mixShift.macs(map, options) },
    channel: {
      parameters: 2 * channels + 2 * RATIO * channels ** 2 + (RATIO + 1) * channels + channels,
      macs: 2 * RATIO * channels ** 2 * side ** 2,
    },
  };
}

export interface StageSize extends BlockSize {
  channels: number;
  side: number;
  kernels: readonly number[];
}

/** One block of each stage. */
export const stagesOf = ({ channels }: Pick<Published, 'channels'>): StageSize[] =>
  STAGE_KERNELS.map((kernels, stage) => {
    const [c, side] = [channels * 2 ** stage, SIDE / 2 ** stage];
    return { channels: c, side, kernels, ...blockSize(c, side, kernels) };
  });

/** A convolution whose stride is its side, with bias, then a norm over channels; on a map of `side` after it. */
function downSampling(inputs: number, outputs: number, patch: number, side: number) {
  const weights = patch ** 2 * inputs * outputs;
  return { parameters: weights + outputs + 2 * outputs, macs: weights * side ** 2 };
}

/** Parameters and multiply-adds of a whole network on one picture of 224 x 224; norms and sums are not counted as multiply-adds. */
export function sizeOf(network: Published): { parameters: number; macs: number } {
  const stages = stagesOf(network);
  const last = stages.at(-1) as StageSize;
  const parts = [
    ...stages.flatMap(({ channels, side, mixing, channel }, stage) => [
      stage === 0 ? downSampling(3, channels, 4, side) : downSampling(channels / 2, channels, 2, side),
      ...Array.from({ length: network.depths[stage] as number }, () => [mixing, channel]).flat(),
    ]),
    { parameters: 2 * last.channels + (last.channels + 1) * CLASSES, macs: last.channels * CLASSES },
  ];
  return parts.reduce(
    (sum, { parameters, macs }) => ({ parameters: sum.parameters + parameters, macs: sum.macs + macs }),
    { parameters: 0, macs: 0 },
  );
}
