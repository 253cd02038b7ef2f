/** "Restore a photograph": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params } from './params';

export function summary({ psnr }: Frame) {
  const [psnrSpoilt = 0, psnrGaussian = 0, psnrBilateral = 0, psnrCnn = 0, psnrMaxim = 0] = psnr;
  /** In dB. */
  return { psnrSpoilt, psnrGaussian, psnrBilateral, psnrCnn, psnrMaxim, lead: psnrMaxim - psnrCnn };
}

export type Summary = ReturnType<typeof summary>;

export const restore = defineExperiment({
  id: 'maxim/restore',
  title: 'Restore a photograph',
  params,
  steps: () => 0,
  hint: 'Reset, or choose another picture.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: {},
});
