/** "One axis, the other, or both": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

export function summary({ history, inputPsnr, weights }: Frame) {
  const [gainBoth = null, gainBlock = null, gainGrid = null] = history.gain.map((values) => values.at(-1) ?? null);
  /** Gains in dB; weights of each network. */
  return { gainBoth, gainBlock, gainGrid, inputPsnr, weights };
}

export type Summary = ReturnType<typeof summary>;

export const axes = defineExperiment({
  id: 'maxim/axes',
  title: 'One axis, the other, or both',
  params,
  steps: ({ trainSteps }) => trainSteps,
  cost: ({ depth }) => depth,
  hint: 'Lower the learning rate and reset.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { trainSteps: 50 },
});
