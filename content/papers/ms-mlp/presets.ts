/** Settings of the five groups that the page compares, and what a reader's own bars mean. */
import type { MixShiftOptions } from '#nn/vision/mix-shift';
import { SHIFTS, STAGE_KERNELS } from './sizes';

const KERNELS = STAGE_KERNELS[0];

export const presets = {
  paper: { name: 'Paper, stage 1', shifts: SHIFTS, kernels: KERNELS },
  last: { name: 'Paper, stage 4', shifts: SHIFTS, kernels: STAGE_KERNELS[3] },
  shift: { name: 'Shift only', shifts: SHIFTS, kernels: [1, 1, 1, 1, 1] },
  mix: { name: 'Mix only', shifts: [0, 0, 0, 0, 0], kernels: KERNELS },
  // Not the paper's: kernels that grow with |s|.
  symmetric: { name: 'Symmetric (not the paper’s)', shifts: [-4, -2, 0, 2, 4], kernels: [5, 3, 1, 3, 5] },
} as const satisfies Record<string, MixShiftOptions & { name: string }>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as PresetName[];

export const MOST_SHIFT = 10;
export const MOST_KERNEL = 7;

const between = (x: number, least: number, most: number) => Math.min(most, Math.max(least, x));

/** The nearest whole shift. */
export const wholeShift = (s: number): number => between(Math.round(s), -MOST_SHIFT, MOST_SHIFT) + 0;
/** The nearest odd side. */
export const oddKernel = (k: number): number => between(2 * Math.round((k - 1) / 2) + 1, 1, MOST_KERNEL);

export interface Chosen {
  setting: PresetName | 'own';
  shifts: readonly number[];
  kernels: readonly number[];
}

/** The options in force: a preset's, or the reader's bars, each at the nearest value that makes sense. */
export const optionsOf = ({ setting, shifts, kernels }: Chosen): MixShiftOptions =>
  setting === 'own'
    ? { shifts: shifts.map(wholeShift), kernels: kernels.map(oddKernel) }
    : { shifts: presets[setting].shifts, kernels: presets[setting].kernels };
