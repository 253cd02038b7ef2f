/** What can be set in "The turn in the residual stream". */
import { choice, integer, seed, text } from '#lab/params';
import { lambdaParam, windowsParam } from '../kinds';

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
  text: text({
    label: 'Your text',
    help: 'Read at every stage of the stream. Small letters, digits and marks; the last 32 tokens.',
    length: 400,
    default: EXAMPLE,
    live: true,
  }),
  back: integer({
    label: 'Look behind the token',
    help: 'Counted from the end: 0 is the last token of your text.',
    min: 0,
    max: 31,
    default: 0,
    live: true,
  }),
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
