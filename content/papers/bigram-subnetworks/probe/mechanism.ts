/** One text through the whole model, through what is kept of it, and through the bigram table. */
import { type Context, defineMechanism } from '#lab/experiment';
import { bigramSurprisal } from '../bigram';
import { open } from '../mask-baselines';
import { logPredictions } from '../predict';
import { readPrompt } from '../prompt';
import { cut, keptGates, loadSubject, type Subject } from '../subject';
import { correlation } from '../surprisal';
import { EXAMPLE, type params } from './params';

const TOP = 10;

/** sum p log(p / q), in nats, from p and log q; 0 log 0 is 0. */
const divergence = (p: Float32Array, logq: Float32Array) =>
  p.reduce((sum, x, w) => (x > 0 ? sum + x * (Math.log(x) - (logq[w] as number)) : sum), 0);

/** Half the sum of |p - q|: the share of probability that moved. */
const moved = (logp: Float32Array, logq: Float32Array) =>
  logp.reduce((sum, x, w) => sum + Math.abs(Math.exp(x) - Math.exp(logq[w] as number)), 0) / 2;

const finiteOrNull = (x: number) => (Number.isFinite(x) ? x : null);

async function look(subject: Subject, { params: p, random, load }: Context<typeof params>) {
  const { shape, weights, tokeniser, table } = subject;
  const V = shape.vocabulary;
  const { tokens, notes } = readPrompt(p.text, EXAMPLE, tokeniser, shape.context);
  const position = Math.max(0, tokens.length - 1 - p.back);
  // The same tokens before the chosen one, in the opposite order.
  const swapped = Uint16Array.from([...tokens.slice(0, position).reverse(), tokens[position] as number]);
  const gates = await keptGates(subject, load, p.lambda, p.keep, random);
  const predictors = { full: weights, kept: cut(subject, gates) };
  const at = (logq: Float32Array, t: number) => logq.subarray(t * V, (t + 1) * V);
  const read = (flat: Float32Array) => {
    const logq = logPredictions(shape, flat, tokens, tokens.length);
    const other = logPredictions(shape, flat, swapped, swapped.length);
    return { logq, here: at(logq, position), moved: moved(at(logq, position), at(other, position)) };
  };
  const [full, kept] = [read(predictors.full), read(predictors.kept)];
  const token = tokens[position] as number;
  const row = table.subarray(token * V, (token + 1) * V);
  const chances = (w: number) => ({
    full: Math.exp(full.here[w] as number),
    kept: Math.exp(kept.here[w] as number),
    bigram: row[w] as number,
  });
  const best = Float32Array.from({ length: V }, (_, w) => Math.max(...Object.values(chances(w))));
  const top = Array.from(best.keys())
    .sort((a, b) => (best[b] as number) - (best[a] as number) || a - b)
    .slice(0, TOP);
  const bits = (logq: Float32Array, t: number) => -(at(logq, t)[tokens[t + 1] as number] as number) / Math.LN2;
  const along = Array.from({ length: tokens.length - 1 }, (_, t) => ({
    full: bits(full.logq, t),
    kept: bits(kept.logq, t),
    bigram: bigramSurprisal(table, V, tokens[t] as number, tokens[t + 1] as number),
  }));
  const alongOf = (part: 'full' | 'kept' | 'bigram') => Float64Array.from(along, (bits) => bits[part]);
  return {
    tokens: Array.from(tokens, (id) => tokeniser.vocabulary[id] as string),
    notes,
    position,
    keptShare: open(gates) / gates.length,
    top: top.map((w) => ({ token: tokeniser.vocabulary[w] as string, ...chances(w) })),
    /** KL divergence of the bigram's row from the prediction, in nats. */
    fromBigram: { full: divergence(row, full.here), kept: divergence(row, kept.here) },
    /** Share of probability that moves when the tokens before are put in the opposite order. */
    moved: { full: full.moved, kept: kept.moved },
    /** Bits that each token costs, from the second on; null for a pair that was never counted. */
    surprisal: along.map(({ bigram, ...bits }) => ({ ...bits, bigram: finiteOrNull(bigram) })),
    /** Correlation of those with the bigram's; null for texts too short or too even to have one. */
    r: {
      full: correlation(alongOf('full'), alongOf('bigram')),
      kept: correlation(alongOf('kept'), alongOf('bigram')),
    },
  };
}

export const mechanism = defineMechanism<typeof params>()({
  async setup(context) {
    const subject = await loadSubject(context.load);
    return { subject, shown: await look(subject, context) };
  },
  async update(state, context) {
    state.shown = await look(state.subject, context);
  },
  frame: ({ shown }) => shown,
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
