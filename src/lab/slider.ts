/** Where a slider stands for a value and back: linear or logarithmic, in steps. Used by controls and scrubbed numbers. */
import type { IntegerParam, RealParam, SeedParam } from './params';

export type NumberParam = IntegerParam | RealParam | SeedParam;

/** Positions of a slider run from 0 to this. */
export const POSITIONS = 1000;

const isLog = (param: NumberParam) => param.kind === 'real' && param.scale === 'log';

const clamp = (x: number, { min, max }: NumberParam) => Math.min(max, Math.max(min, x));

/** Rounds to what a person would type: three significant digits, or the parameter's own step. */
export function tidyValue(param: NumberParam, value: number): number {
  const step = 'step' in param ? param.step : undefined;
  const whole = param.kind !== 'real';
  const unit = step ?? (whole ? 1 : undefined);
  const rounded = unit ? param.min + Math.round((value - param.min) / unit) * unit : Number(value.toPrecision(3));
  return clamp(Number(rounded.toPrecision(12)), param);
}

export function toPosition(param: NumberParam, value: number): number {
  const { min, max } = param;
  const share = isLog(param) ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(POSITIONS * Math.min(1, Math.max(0, share)));
}

export function fromPosition(param: NumberParam, position: number): number {
  const { min, max } = param;
  const share = position / POSITIONS;
  return tidyValue(param, isLog(param) ? min * (max / min) ** share : min + share * (max - min));
}

/** One press of an arrow key: one step of a whole number, a fiftieth of the way else. `times` may be negative. */
export function nudged(param: NumberParam, value: number, times: number): number {
  if (param.kind !== 'real') return tidyValue(param, value + times * (('step' in param && param.step) || 1));
  if (param.step) return tidyValue(param, value + times * param.step);
  return fromPosition(param, Math.min(POSITIONS, Math.max(0, toPosition(param, value) + (times * POSITIONS) / 50)));
}
