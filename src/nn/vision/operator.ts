/**
 * Token mixers of vision networks on one footing: what each costs and how far it reaches, as plain arithmetic that pages
 * may import. What computes with tensors stands beside, in `<operator>-layer.ts`.
 */

/** A feature map of height x width tokens with so many channels; tokens are counted row by row. */
export interface TokenMap {
  height: number;
  width: number;
  channels: number;
}

export const tokensOf = ({ height, width }: TokenMap): number => height * width;

/** One way to mix tokens. All figures are those of the token part of one block, for one image. */
export interface Operator<Options> {
  /** Why this map cannot be mixed with these options, in words for the reader; null where it can. */
  refuses(map: TokenMap, options: Options): string | null;
  /** Trainable numbers: weights, biases and the norms before them. */
  weights(map: TokenMap, options: Options): number;
  /** Multiply-adds. Norms, activations and sums of two terms are not counted. */
  macs(map: TokenMap, options: Options): number;
  /** [tokens, tokens]: 1 at `to * tokens + from` where the token `to` of a block's output depends on `from` of its input. */
  reach(map: TokenMap, options: Options): Uint8Array;
}

/** Every token reaches every other. */
export const reachesAll = (map: TokenMap): Uint8Array => new Uint8Array(tokensOf(map) ** 2).fill(1);
