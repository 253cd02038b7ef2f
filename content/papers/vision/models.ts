/** The classifiers that come trained: one for each operator and set of pictures. `training/train.ts` makes the files. */
import type { SetName } from '#data/classes';
import type { ContenderName } from '#nn/vision/contenders';
import type { NetworkShape } from '#nn/vision/network';
import { CHANNELS, DEPTH, RATIO, TOKENS } from './own';

export const trainedNames = [
  'mixer',
  'raft-2',
  'multi-axis',
  'strip-3',
  'mix-shift',
  'spectrum-4',
] as const satisfies readonly ContenderName[];

/** All have the map that they are trained at, 8 x 8 tokens. */
export const trainedShape: NetworkShape = {
  map: { height: TOKENS, width: TOKENS, channels: CHANNELS },
  depth: DEPTH,
  ratio: RATIO,
};

/** All weights in the order in which a classifier is built, float32. */
export const weightFile = (set: SetName, name: ContenderName): string => `data/vision/${set}-${name}.f32`;
