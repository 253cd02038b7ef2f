/** What can be set in "The turn in the residual stream". */
import { choice, seed } from '#lab/params';
import { backParam, lambdaParam, textParam, windowsParam } from '../kinds';

export const networks = ['full', 'subnetwork', 'random', 'complement'] as const;
export type Network = (typeof networks)[number];

export const networkNames: Record<Network, string> = {
  full: 'full model',
  subnetwork: 'subnetwork',
  random: 'as many at random',
  complement: 'all but the subnetwork',
};

/** Stages of the stream: after the embedding, and after each of four blocks. */
export const STAGES = 5;
/** What is measured at each stage of each network, in this order; a step is one measurement. */
export const measures = ['angle', 'outputLens', 'inputLens', 'logitLens'] as const;
export const STEPS = measures.length * networks.length * STAGES;
/** All angles and covariances are there after so many. */
export const TURN_STEPS = networks.length * STAGES;

/** The text at the start, and where the reader leaves none. */
export const EXAMPLE = 'the people of the united';

export const params = {
  text: textParam(EXAMPLE),
  back: backParam,
  shown: choice({
    label: 'Read in',
    options: networks,
    names: networkNames,
    default: 'full',
    live: true,
  }),
  lambda: { ...lambdaParam, default: '1' as const, live: false },
  windows: windowsParam,
  seed: seed({ help: 'Draws the windows of text and the weights kept at random.' }),
};
