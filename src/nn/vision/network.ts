/**
 * The classifier that all token mixers take part in: patches, one linear layer to the channels, equal blocks, norm, mean
 * over tokens, one linear layer to the classes. What it costs; the tensors are in `classifier.ts`.
 */
import { type Contender, factsOf } from './contenders';
import { type TokenMap, tokensOf } from './operator';

/** Pixels per side of a patch. */
export const PATCH = 4;
export const CLASSES = 10;

export interface NetworkShape {
  map: TokenMap;
  /** Blocks. */
  depth: number;
  /** Hidden units of the channel MLP per channel. */
  ratio: number;
}

export interface Cost {
  /** Trainable numbers. */
  weights: number;
  /** Multiply-adds for one picture. */
  macs: number;
}

/** What one block's channel MLP costs, with its norm. */
export function channelCost({ map, ratio }: NetworkShape): Cost {
  const { channels } = map;
  const hidden = Math.round(ratio * channels);
  return {
    weights: 2 * channels * hidden + hidden + channels + 2 * channels,
    macs: 2 * channels * hidden * tokensOf(map),
  };
}

/** The token part of all blocks alone. */
export function tokenCost(contender: Contender, { map, depth }: NetworkShape): Cost {
  const facts = factsOf(contender);
  return { weights: depth * facts.weights(map), macs: depth * facts.macs(map) };
}

/** The whole network. */
export function networkCost(contender: Contender, shape: NetworkShape): Cost {
  const { map, depth } = shape;
  const [token, channel] = [tokenCost(contender, shape), channelCost(shape)];
  const embed = PATCH ** 2 * map.channels;
  const head = map.channels * CLASSES;
  return {
    weights: token.weights + depth * channel.weights + embed + map.channels + head + CLASSES + 2 * map.channels,
    macs: token.macs + depth * channel.macs + embed * tokensOf(map) + head,
  };
}

/** Numbers of channels that are tried when two networks are to cost the same. */
const CHANNELS = Array.from({ length: 29 }, (_, i) => 8 + 4 * i);

/** The number of channels at which `contender` comes nearest to `goal` in `what`, by ratio; its map's own if none is accepted. */
export function channelsFor(contender: Contender, shape: NetworkShape, what: keyof Cost, goal: number): number {
  const at = (channels: number): NetworkShape => ({ ...shape, map: { ...shape.map, channels } });
  const off = (channels: number) => Math.abs(Math.log(networkCost(contender, at(channels))[what] / goal));
  const accepted = CHANNELS.filter((channels) => factsOf(contender).refuses(at(channels).map) === null);
  return accepted.reduce(
    (best, channels) => (off(channels) < off(best) ? channels : best),
    accepted[0] ?? shape.map.channels,
  );
}
