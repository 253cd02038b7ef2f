/** The token mixers that the pages compare, each with the options it takes part with. Arithmetic only. */
import { type MixShiftOptions, mixShift } from './mix-shift';
import { type MixerOptions, mixer } from './mixer';
import { none } from './none';
import type { Operator, TokenMap } from './operator';
import { type RaftOptions, raft } from './raft';

/** The options of every operator, by its name. */
export interface OptionsOf {
  none: object;
  mixer: MixerOptions;
  raft: RaftOptions;
  'mix-shift': MixShiftOptions;
}

export type OperatorName = keyof OptionsOf;

export const operators: { [Name in OperatorName]: Operator<OptionsOf[Name]> } = {
  none,
  mixer,
  raft,
  'mix-shift': mixShift,
};

/** An operator with its options settled. */
export interface Contender {
  /** What it is called on the page. */
  title: string;
  operator: OperatorName;
  options: OptionsOf[OperatorName];
}

const contender = <Name extends OperatorName>(title: string, operator: Name, options: OptionsOf[Name]): Contender => ({
  title,
  operator,
  options,
});

export const contenders = {
  none: contender('no mixing', 'none', {}),
  mixer: contender('Mixer', 'mixer', { expansion: 2 }),
  'mixer-narrow': contender('Mixer, narrow', 'mixer', { expansion: 0.25 }),
  'raft-1': contender('Raft, r = 1', 'raft', { raft: 1 }),
  'raft-2': contender('Raft, r = 2', 'raft', { raft: 2 }),
  'raft-4': contender('Raft, r = 4', 'raft', { raft: 4 }),
  'mix-shift': contender('Mix-Shift', 'mix-shift', { shifts: [-2, -1, 0, 1, 2], kernels: [1, 1, 3, 5, 7] }),
  mix: contender('Mix only', 'mix-shift', { shifts: [0, 0, 0, 0, 0], kernels: [1, 1, 3, 5, 7] }),
  shift: contender('Shift only', 'mix-shift', { shifts: [-2, -1, 0, 1, 2], kernels: [1, 1, 1, 1, 1] }),
};

export type ContenderName = keyof typeof contenders;
export const contenderNames = Object.keys(contenders) as ContenderName[];

/** The four facts about a contender on one map: see {@link Operator}. */
export function factsOf({ operator, options }: Contender) {
  // Options and operator belong together: `contender` above takes no others.
  const bound = operators[operator] as Operator<OptionsOf[OperatorName]>;
  return {
    refuses: (map: TokenMap) => bound.refuses(map, options),
    weights: (map: TokenMap) => bound.weights(map, options),
    macs: (map: TokenMap) => bound.macs(map, options),
    reach: (map: TokenMap) => bound.reach(map, options),
  };
}
