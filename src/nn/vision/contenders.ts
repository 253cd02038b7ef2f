/** The token mixers that the pages compare, each with the options it takes part with. Arithmetic only. */
import { type MixShiftOptions, mixShift } from './mix-shift';
import { type MixerOptions, mixer } from './mixer';
import { type MultiAxisOptions, multiAxis } from './multi-axis';
import { none } from './none';
import type { Operator, TokenMap } from './operator';
import { type RaftOptions, raft } from './raft';
import { type SpectrumOptions, spectrum } from './spectrum';
import { type StripOptions, strip } from './strip';

/** The options of every operator, by its name. */
export interface OptionsOf {
  none: object;
  mixer: MixerOptions;
  raft: RaftOptions;
  'multi-axis': MultiAxisOptions;
  strip: StripOptions;
  'mix-shift': MixShiftOptions;
  spectrum: SpectrumOptions;
}

export type OperatorName = keyof OptionsOf;

export const operators: { [Name in OperatorName]: Operator<OptionsOf[Name]> } = {
  none,
  mixer,
  raft,
  'multi-axis': multiAxis,
  strip,
  'mix-shift': mixShift,
  spectrum,
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
  'multi-axis': contender('MAXIM', 'multi-axis', { block: 4, grid: 4, axes: 'both' }),
  'multi-axis-block': contender('MAXIM, block axis only', 'multi-axis', { block: 4, grid: 4, axes: 'block' }),
  'multi-axis-grid': contender('MAXIM, grid axis only', 'multi-axis', { block: 4, grid: 4, axes: 'grid' }),
  'strip-3': contender('Strip, K = 3', 'strip', { strip: 3, patches: 2 }),
  'strip-1': contender('Strip, K = 1', 'strip', { strip: 1, patches: 2 }),
  'mix-shift': contender('Mix-Shift', 'mix-shift', { shifts: [-2, -1, 0, 1, 2], kernels: [1, 1, 3, 5, 7] }),
  mix: contender('Mix only', 'mix-shift', { shifts: [0, 0, 0, 0, 0], kernels: [1, 1, 3, 5, 7] }),
  shift: contender('Shift only', 'mix-shift', { shifts: [-2, -1, 0, 1, 2], kernels: [1, 1, 1, 1, 1] }),
  'spectrum-1': contender('Spectrum, one filter', 'spectrum', { filters: 1, context: 'bands' }),
  'spectrum-4': contender('Spectrum, four filters', 'spectrum', { filters: 4, context: 'bands' }),
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
