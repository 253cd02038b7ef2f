/** "The calculator": the description that page, command line and tests read. */
import { defineExperiment } from '#lab/experiment';
import type { Variant } from '../state';
import { charts } from './charts';
import { claims } from './claims';
import type { Frame } from './mechanism';
import { params, TRAINING } from './params';

/** Newton steps of a full run; no program met so far needs as many. Weights that are to be trained come on top. */
export const STEPS = 160;

export function summary(f: Frame) {
  const of = (variant: Variant) => f.rungs.find((rung) => rung.variant === variant)?.upper ?? null;
  return {
    productBound: f.product,
    /** The least that a program gives for these activations. */
    sdpBound: f.best?.upper ?? null,
    sdpTOnly: of('t'),
    sdpWithPS: of('ps'),
    sdpNeuron: of('neuron'),
    sdpLayer: of('layer'),
    residualReluBound: of('relu-rewriting'),
    /** Over all activation patterns; null where they are too many. */
    patternBound: f.pattern,
    /** The largest norm of a Jacobian that the search met. */
    lowerBound: f.sampled,
    /** Best program: bound less dual value, both as Lipschitz constants. */
    gap: f.best ? f.best.upper - f.best.lower : null,
    certified: f.certified ? 1 : 0,
    seconds: f.seconds,
  };
}

export type Summary = ReturnType<typeof summary>;

export const bound = defineExperiment({
  id: 'lipsdp/bound',
  title: 'A calculator for Lipschitz bounds',
  params,
  steps: ({ weights, network }) => STEPS + (weights === 'trained' && !network ? TRAINING.steps : 0),
  cost: ({ width, depth, outputs, norm }) => (width * depth) ** 3 * (norm === 'linf' ? outputs : 1) + 2000,
  hint: 'Take fewer or narrower layers.',
  mechanism: () => import('./mechanism').then((module) => module.mechanism),
  charts,
  summary,
  claims,
  quick: { width: 8, activation: 'relu' },
});
