/** "FreSh on a photograph": the description that page, command line and tests read. The mechanism is beside it. */
import { defineExperiment } from '#lab/experiment';
import { spearman } from '#math/spearman';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { CANDIDATES, params } from './params';

export function summary({ knobs, usual, chosen, best, distances, history }: Frame) {
  const final = history.psnr.map((curve) => curve.at(-1) ?? Number.NaN);
  const trained = history.step.length > 1;
  const at = (i: number | null) => (trained && i !== null ? (final[i] as number) : null);
  const [psnrUsual, psnrChosen, psnrBest] = [at(usual), at(chosen), at(best)];
  return {
    /** The knob that FreSh picks. */
    chosen: chosen === null ? null : (knobs[chosen] as number),
    /** The knob that the sweep finds best. */
    best: best === null ? null : (knobs[best] as number),
    /** Distance of the choice, in bins. */
    distance: chosen === null ? null : (distances[chosen] as number),
    psnrDefault: psnrUsual,
    psnrChosen,
    psnrBest,
    /** dB won over the usual default. */
    gain: psnrChosen === null || psnrUsual === null ? null : psnrChosen - psnrUsual,
    /** dB lost against the best of the sweep. */
    regret: psnrChosen === null || psnrBest === null ? null : psnrBest - psnrChosen,
    /** Spearman correlation of distance before and error (minus PSNR) after training. */
    rankCorrelation: trained
      ? spearman(
          distances.map((d) => d ?? Number.NaN),
          final.map((v) => -v),
        )
      : null,
  };
}

export type Summary = ReturnType<typeof summary>;

export const choice = defineExperiment({
  id: 'fresh/choice',
  title: 'FreSh on a photograph',
  params,
  steps: ({ evals, trainSteps }) => CANDIDATES * evals + trainSteps,
  cost: ({ side }) => Number(side) ** 2 + 8000,
  hint: 'Reset, or choose another picture or network.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { evals: 1, trainSteps: 1000 },
});
