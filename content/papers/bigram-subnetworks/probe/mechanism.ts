/** One text through the whole model, through a subnetwork of it, and through the bigram table. */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { bigramSurprisal } from '../bigram';
import { dependence } from '../dependence';
import { loadMask, loadTrained } from '../files';
import { layout, type Shape } from '../layout';
import { gatePlaces, masked } from '../mask';
import { complement, gateRanges, largestLike, open, randomLike } from '../mask-baselines';
import { logitsOf, weightsOf } from '../model';
import { bigramSurprisals, correlation, meanNats, surprisals } from '../surprisal';
import { normalise } from '../text';
import { type params, sentences } from './params';

type Settings = Values<typeof params>;

const TOP = 10;
/** Tokens of the evaluation text that r is measured on. */
const JUDGED = 2048;

/** Predictions [T, V] of one text. */
function predictions(shape: Shape, flat: Float32Array, tokens: Int32Array): Float32Array {
  const weights = weightsOf(shape, flat);
  const q = tf.tidy(() => tf.softmax(logitsOf(shape, weights, tokens, tokens.length)).dataSync() as Float32Array);
  tf.dispose(weights);
  return q;
}

function chosenMask(found: Uint8Array, { kind }: Settings, shape: Shape, gated: Float32Array, random: Random) {
  if (kind === 'complement') return complement(found);
  if (kind === 'random') return randomLike(found, shape, random);
  if (kind === 'random-complement') return complement(randomLike(found, shape, random));
  if (kind === 'largest') return largestLike(found, shape, gated);
  return found;
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ load, params: p }) {
    const trained = await loadTrained(load, 'page');
    const { shape, weights, tokeniser, table, evaluation } = trained;
    const places = gatePlaces(layout(shape));
    const masks: Record<string, Uint8Array> = {
      full: new Uint8Array(places.length).fill(1),
      empty: new Uint8Array(places.length),
    };
    for (const lambda of ['1', '3', '10', '30']) masks[lambda] = await loadMask(load, lambda, places.length);
    const tokens = Int32Array.from(tokeniser.encode(normalise(sentences[p.sentence])).slice(-shape.context));
    const judged = evaluation.subarray(0, JUDGED);
    return {
      ...trained,
      places,
      masks,
      tokens,
      judged,
      gated: Float32Array.from(places, (place) => weights[place] as number),
      full: predictions(shape, weights, tokens),
      bigram: bigramSurprisals(shape, table, judged),
    };
  },
  frame(state, { params: p, random }) {
    const { shape, weights, tokens, table, tokeniser, places } = state;
    const V = shape.vocabulary;
    const mask = chosenMask(state.masks[p.lambda] as Uint8Array, p, shape, state.gated, random);
    const kept = masked(weights, places, mask);
    const sub = predictions(shape, kept, tokens);
    const judgedBits = surprisals(shape, kept, state.judged);
    const position = Math.min(p.position, tokens.length) - 1;
    const token = tokens[position] as number;
    const at = (q: Float32Array) => q.subarray(position * V, (position + 1) * V);
    const rows = { full: at(state.full), sub: at(sub), bigram: table.subarray(token * V, (token + 1) * V) };
    // The tokens that any of the three gives much to, best of the three first.
    const best = (w: number) => Math.max(rows.full[w] as number, rows.sub[w] as number, rows.bigram[w] as number);
    const top = Array.from({ length: V }, (_, w) => w)
      .sort((a, b) => best(b) - best(a) || a - b)
      .slice(0, TOP);
    const bits = (q: Float32Array, t: number) => -Math.log2(q[t * V + (tokens[t + 1] as number)] as number);
    return {
      tokens: Array.from(tokens, (id) => tokeniser.vocabulary[id] as string),
      position,
      kept: open(mask) / mask.length,
      top: top.map((w) => ({
        token: tokeniser.vocabulary[w] as string,
        full: rows.full[w] as number,
        sub: rows.sub[w] as number,
        bigram: rows.bigram[w] as number,
      })),
      /** Bits per token of the text, from the second on; null where the pair was never counted. */
      surprisal: Array.from({ length: tokens.length - 1 }, (_, t) => {
        const pair = bigramSurprisal(table, V, tokens[t] as number, tokens[t + 1] as number);
        return { full: bits(state.full, t), sub: bits(sub, t), bigram: Number.isFinite(pair) ? pair : null };
      }),
      /** On the evaluation text: correlation of surprisals with the bigram model's, and nats per token. */
      r: correlation(judgedBits, state.bigram),
      evaluationSurprisal: meanNats(judgedBits),
      onContext: dependence(shape, kept, state.judged, table).onContext,
      perMatrix: gateRanges(shape).map(({ name, from, to }) => ({ name, kept: open(mask.subarray(from, to)) })),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
