/**
 * Trainable numbers and multiply-adds of whole networks, from their published settings: the authors' code
 * (configs/settings/*.yaml and libs/modules.py of okojoalg/raft-mlp) and Google's Mixer-B/16 (vit_jax/configs/models.py).
 */
import { mixer } from '#nn/vision/mixer';
import type { TokenMap } from '#nn/vision/operator';
import { raft } from '#nn/vision/raft';

/** One level: an embedding that shrinks the picture, then equal blocks. */
export interface Level {
  /** Sides of the squares that the embedding reads around every token; the smallest is its stride. */
  kernels: readonly number[];
  channels: number;
  depth: number;
  /** Raft size, or hidden units per token of a Mixer. */
  mixing: { raft: number } | { expansion: number };
}

export interface Network {
  name: string;
  levels: readonly Level[];
}

/** Settings that all of them share: pictures of 224 pixels in three colours, 1,000 classes, channel MLPs four times as wide. */
const PICTURE = { side: 224, colours: 3 };
const CLASSES = 1000;
const RATIO = 4;

export interface Size {
  weights: number;
  macs: number;
  /** The share of `weights` in token mixing, norms included. */
  mixing: number;
}

const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);

/** Counts with biases and norms; multiply-adds for one picture, without norms, activations and sums. */
export function sizeOf({ levels }: Network): Size {
  let [side, inputs] = [PICTURE.side, PICTURE.colours];
  const size = { weights: 0, macs: 0, mixing: 0 };
  for (const { kernels, channels, depth, mixing } of levels) {
    side /= Math.min(...kernels);
    const map: TokenMap = { height: side, width: side, channels };
    const read = inputs * sum(kernels.map((kernel) => kernel ** 2));
    size.weights += read * channels + channels;
    size.macs += side ** 2 * read * channels;
    const [token, tokenMacs] =
      'raft' in mixing
        ? [raft.weights(map, mixing), raft.macs(map, mixing)]
        : [mixer.weights(map, mixing), mixer.macs(map, mixing)];
    const channelMlp = 2 * RATIO * channels ** 2 + RATIO * channels + channels;
    size.mixing += depth * token;
    size.weights += depth * (token + channelMlp + 2 * channels);
    size.macs += depth * (tokenMacs + side ** 2 * 2 * RATIO * channels ** 2);
    inputs = channels;
  }
  size.weights += 2 * inputs + inputs * CLASSES + CLASSES;
  size.macs += inputs * CLASSES;
  return size;
}

/** The four levels of the hierarchical models, at 56, 28, 14 and 7 tokens a side. */
const pyramid = (name: string, widths: readonly [number, number, number, number]): Network => ({
  name,
  levels: [
    { kernels: [4, 8], channels: widths[0], depth: 2, mixing: { raft: 2 } },
    { kernels: [2, 4], channels: widths[1], depth: 2, mixing: { raft: 2 } },
    { kernels: [2, 4], channels: widths[2], depth: 6, mixing: { raft: 2 } },
    { kernels: [2], channels: widths[3], depth: 2, mixing: { raft: 2 } },
  ],
});

const flat = (name: string, mixing: Level['mixing']): Network => ({
  name,
  levels: [{ kernels: [16], channels: 768, depth: 12, mixing }],
});

export const networks = [
  pyramid('RaftMLP-S', [64, 128, 256, 512]),
  pyramid('RaftMLP-M', [96, 192, 384, 768]),
  // 192 channels in the second level, as in the file, where one would expect 256.
  pyramid('RaftMLP-L', [128, 192, 512, 1024]),
  flat('One level, r = 1', { raft: 1 }),
  flat('One level, r = 2', { raft: 2 }),
  flat('One level, r = 4', { raft: 4 }),
  flat('Mixer of the authors’ code', { expansion: 2 }),
  flat('Mixer-B/16', { expansion: 384 / 196 }),
] as const;
