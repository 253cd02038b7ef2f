/** "One filter or four?": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params, STEPS } from './params';

export const summary = ({ fixed, dynamic, limits }: Frame) => ({
  fixed: fixed.at(-1) ?? Number.NaN,
  dynamic: dynamic.at(-1) ?? Number.NaN,
  bestFixed: limits.fixed,
  bestDynamic: limits.dynamic,
  /** What knowing the kind is worth at best, in dB. */
  possibleGain: 10 * Math.log10(limits.fixed / limits.dynamic),
  gain: 10 * Math.log10((fixed.at(-1) ?? Number.NaN) / (dynamic.at(-1) ?? Number.NaN)),
});

export type Summary = ReturnType<typeof summary>;

export const wiener = defineExperiment({
  id: 'dynamic-spectrum-mixer/wiener',
  title: 'One filter or four?',
  params,
  steps: () => STEPS,
  measureEvery: 20,
  hint: 'Lower the learning rate and reset.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { filters: 2 },
});
