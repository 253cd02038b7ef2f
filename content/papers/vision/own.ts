/** Which token mixer stands for each of the five papers, and what the pages say of them all. */
import { type ContenderName, contenders } from '#nn/vision/contenders';

/** Names of all contenders, for controls. */
export const contenderTitles = Object.fromEntries(
  Object.entries(contenders).map(([name, { title }]) => [name, title]),
) as Record<ContenderName, string>;

/** Channels of the pages' networks: 20 suits every operator (five groups, halves, rafts of 4). */
export const CHANNELS = 20;
/** Blocks, and hidden units of the channel MLP per channel. */
export const DEPTH = 2;
export const RATIO = 2;
/** Tokens per side of a picture of 28 pixels with a border of 2. */
export const TOKENS = 8;
