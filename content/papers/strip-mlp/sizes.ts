/**
 * Weights and multiply-adds of the published networks, layer by layer as the official code builds them
 * (models/strip_mlp.py and configs/ of github.com/Med-Process/Strip_MLP).
 */
import { LOCAL, stripWeights } from '#nn/vision/strip';

export interface Published {
  name: string;
  /** E, channels of the first stage; doubled with each of the next three. */
  embed: number;
  /** Blocks per stage. */
  depths: readonly [number, number, number, number];
  /** What the repository prints (README): ImageNet top-1 in percent, millions of weights, billions of FLOPs. */
  printed: { top1: number; weights: number; flops: number };
}

export const published: readonly Published[] = [
  { name: 'Light tiny', embed: 80, depths: [2, 2, 6, 2], printed: { top1: 81.2, weights: 18, flops: 2.5 } },
  { name: 'Tiny', embed: 80, depths: [2, 2, 12, 2], printed: { top1: 82.2, weights: 25, flops: 3.7 } },
  { name: 'Small', embed: 96, depths: [2, 2, 18, 2], printed: { top1: 83.3, weights: 43, flops: 6.8 } },
  { name: 'Base', embed: 112, depths: [2, 2, 18, 2], printed: { top1: 83.6, weights: 57, flops: 9.2 } },
];

/** Sides of the maps of 224 x 224 pictures. */
export const SIDES = [56, 28, 14, 7] as const;
const STRIP = 3;
/** Channel part: hidden units per channel. */
const ALPHA = 3;
const CLASSES = 1000;

/** C1 by the code's rule: 2 where 80 divides the channels, else 4. */
export const patchesOf = (channels: number): number => (channels % 80 === 0 ? 2 : 4);

export interface Cost {
  weights: number;
  /** Multiply-adds of convolutions and linear layers, for one picture. */
  macs: number;
}

const sum = (...costs: Cost[]): Cost => ({
  weights: costs.reduce((total, cost) => total + cost.weights, 0),
  macs: costs.reduce((total, cost) => total + cost.macs, 0),
});
const times = (count: number, { weights, macs }: Cost): Cost => ({ weights: count * weights, macs: count * macs });

/** A convolution on `places` positions whose outputs each see `fan` numbers. */
const convolution = (outputs: number, fan: number, places: number, bias: boolean): Cost => ({
  weights: outputs * fan + (bias ? outputs : 0),
  macs: outputs * fan * places,
});
/** BatchNorm, LayerNorm or response normalisation: a gain and a bias per channel. Not counted as multiply-adds. */
const norm = (channels: number): Cost => ({ weights: 2 * channels, macs: 0 });

/** Both strip layers of a block: [side, side] matrices, K = 3 of them per group channel. */
export function stripCost(channels: number, side: number): Cost {
  const half = channels / 2;
  const group = half / patchesOf(channels);
  return { weights: 2 * stripWeights(side, group, STRIP), macs: 2 * STRIP * half * side ** 3 };
}

/** One block of `channels` on a map of `side` x `side`. */
export function blockCost(channels: number, side: number): Cost {
  const half = channels / 2;
  const tokens = side ** 2;
  const token = sum(
    // Depth-wise 3 x 3 behind its norm; the first 1 x 1 layer with its norm.
    sum(norm(channels), convolution(channels, 9, tokens, false)),
    sum(convolution(channels, channels, tokens, true), norm(channels)),
    stripCost(channels, side),
    // Learned places, two tables; the norm between the strips; the two joins.
    { weights: 2 * (2 * side + 1) * half, macs: 0 },
    norm(half),
    times(2, convolution(half, channels, tokens, false)),
    // LSMM: its two kernels, and the network that re-weights them, which sees one vector per picture.
    times(2, convolution(half, LOCAL.across * LOCAL.along, tokens, false)),
    convolution(Math.floor(half / 2), half, 1, true),
    convolution(3 * half, Math.floor(half / 2), 1, true),
    convolution(channels, channels, tokens, false),
  );
  const channel = sum(
    convolution(channels, 49, tokens, false),
    norm(channels),
    convolution(ALPHA * channels, channels, tokens, true),
    norm(ALPHA * channels),
    convolution(channels, ALPHA * channels, tokens, true),
  );
  return sum(token, channel);
}

/** The whole network, on pictures of 224 x 224 with 1,000 classes. */
export function networkCost({ embed, depths }: Pick<Published, 'embed' | 'depths'>): Cost {
  const stages = SIDES.map((side, i) => ({ side, channels: embed * 2 ** i, depth: depths[i] as number }));
  const last = 8 * embed;
  const merge = (inputs: number, side: number) => convolution(2 * inputs, 4 * inputs, side ** 2, false);
  // Grouped 2 x 2 convolutions of the extra paths: each output sees the four pixels of one input channel.
  const path = (outputs: number, side: number) => convolution(outputs, 4, side ** 2, false);
  return sum(
    convolution(embed, 48, 56 ** 2, false),
    ...stages.map(({ channels, side, depth }) => times(depth, blockCost(channels, side))),
    merge(embed, 28),
    merge(2 * embed, 14),
    merge(4 * embed, 7),
    path(4 * embed, 14),
    path(8 * embed, 7),
    path(8 * embed, 7),
    norm(last),
    convolution(CLASSES, last, 1, true),
  );
}
