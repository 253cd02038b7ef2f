/** Four networks, five stages of the residual stream each: how far it still has to turn, and what can be read from it. */
import { type Context, defineMechanism } from '#lab/experiment';
import { embeddings, inputRecall, lens, streamOf } from '../lenses';
import { type AffineMap, cosine, covariance, medianAngle, type Rows, ridge } from '../linear-map';
import { readPrompt } from '../prompt';
import { cut, drawWindows, keptGates, loadSubject, type Subject } from '../subject';
import { correlation, meanNats, surprisalsOf } from '../surprisal';
import { EXAMPLE, measures, type Network, networks, type params, STAGES, STEPS } from './params';

/** Strength of the ridge, as in the paper's code. */
const ALPHA = 1;
const TOP = 3;

/** One number per stage and measure; null until it is measured. */
type Measured = Record<(typeof measures)[number], (number | null)[]>;

interface Judged {
  flat: Float32Array;
  /** Empty until the first of its measurements, as is what follows. */
  stages: Rows[];
  /** The map from each stage to the last one. */
  maps: AffineMap[];
  /** Surprisals of the network's own predictions, in bits. */
  bits: Float64Array;
  measured: Measured;
  /** Cosine of the covariances of each two stages. */
  similarity: number[][];
}

/** The likeliest next tokens at every stage, behind the token that the reader chose. */
async function read({ tokeniser, shape }: Subject, flat: Float32Array, { params: p }: Context<typeof params>) {
  const { tokens, notes } = readPrompt(p.text, EXAMPLE, tokeniser, shape.context);
  const position = Math.max(0, tokens.length - 1 - p.back);
  const V = shape.vocabulary;
  const stages = streamOf(shape, flat, tokens, tokens.length).map((stage) => {
    const logq = lens(shape, flat, stage).subarray(position * V, (position + 1) * V);
    const order = Array.from(logq.keys()).sort((a, b) => (logq[b] as number) - (logq[a] as number) || a - b);
    return order
      .slice(0, TOP)
      .map((w) => ({ token: tokeniser.vocabulary[w] as string, p: Math.exp(logq[w] as number) }));
  });
  return { behind: tokeniser.vocabulary[tokens[position] as number] as string, notes, stages };
}

function measure({ shape }: Subject, judged: Judged, stage: number, what: keyof Measured, tokens: Uint16Array) {
  const { flat, stages, maps } = judged;
  const here = stages[stage] as Rows;
  const bits = (logq: Float32Array) => surprisalsOf(shape, logq, tokens);
  if (what === 'angle') {
    maps[stage] = ridge(here, stages.at(-1) as Rows, ALPHA);
    return medianAngle(maps[stage]);
  }
  if (what === 'outputLens') return correlation(bits(lens(shape, flat, here, maps[stage])), judged.bits);
  if (what === 'inputLens') {
    return inputRecall(shape, flat, here, ridge(here, embeddings(shape, flat, tokens), ALPHA), tokens);
  }
  return meanNats(bits(lens(shape, flat, here)));
}

export const mechanism = defineMechanism<typeof params>()({
  async setup(context) {
    const { load, params: p, random } = context;
    const subject = await loadSubject(load);
    const flatOf = async (network: Network) =>
      network === 'full' ? subject.weights : cut(subject, await keptGates(subject, load, p.lambda, network, random));
    const none = () => new Array<number | null>(STAGES).fill(null);
    const judged = {} as Record<Network, Judged>;
    for (const network of networks) {
      const measured = { angle: none(), outputLens: none(), inputLens: none(), logitLens: none() };
      judged[network] = {
        flat: await flatOf(network),
        stages: [],
        maps: [],
        bits: new Float64Array(),
        measured,
        similarity: [],
      };
    }
    return {
      subject,
      tokens: drawWindows(subject.evaluation, subject.shape.context, p.windows, random('windows')),
      judged,
      reading: await read(subject, judged[p.shown].flat, context),
    };
  },
  async update(state, context) {
    state.reading = await read(state.subject, state.judged[context.params.shown].flat, context);
  },
  step({ subject, tokens, judged }, { step }) {
    // Once all is measured, further steps do nothing.
    if (step >= STEPS) return;
    const what = measures[Math.floor(step / (networks.length * STAGES))] as keyof Measured;
    const network = judged[networks[Math.floor(step / STAGES) % networks.length] as Network];
    const stage = step % STAGES;
    if (network.stages.length === 0) {
      network.stages = streamOf(subject.shape, network.flat, tokens);
      network.bits = surprisalsOf(
        subject.shape,
        lens(subject.shape, network.flat, network.stages.at(-1) as Rows),
        tokens,
      );
      const covariances = network.stages.map(covariance);
      network.similarity = covariances.map((a) => covariances.map((b) => cosine(a, b)));
    }
    network.measured[what][stage] = measure(subject, network, stage, what, tokens);
  },
  frame: ({ judged, reading }) => ({
    networks: networks.map((network) => ({
      network,
      measured: structuredClone(judged[network].measured),
      similarity: judged[network].similarity.map((row) => [...row]),
    })),
    reading,
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
