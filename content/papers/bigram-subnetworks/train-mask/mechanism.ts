/** Continuous sparsification of the small model, from half-open gates until every gate has decided. */
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import { loadLiveText, loadTrained } from '../files';
import { decided, hardMask, masked, maskStep, openness, startMask } from '../mask';
import { gateRanges, largestLike, open } from '../mask-baselines';
import { bigramSurprisals, correlation, surprisals } from '../surprisal';
import type { params } from './params';

/** Tokens of evaluation text that r is measured on. */
const JUDGED = 1024;
/** Losses are averaged over so many steps. */
const RECENT = 10;
const BINS = 20;

interface Moment {
  step: number;
  /** Mean of the last batches, in nats; null before the first. */
  crossEntropy: number | null;
  /** λ times the mean gate. */
  penalty: number;
  /** Share of gates that are more than half open: those that the mask of now would keep. */
  kept: number;
  /** Share of gates between 0.1 and 0.9. */
  undecided: number;
  /** Correlation with bigram surprisals of that mask, and of as many weights, the largest; null where not defined. */
  r: number | null;
  largestR: number | null;
}

const mean = (xs: ArrayLike<number>) => Array.from(xs).reduce((a, b) => a + b, 0) / xs.length;

export const mechanism = defineMechanism<typeof params>()({
  async setup({ load }) {
    const { shape, weights, table, evaluation } = await loadTrained(load, 'mini');
    const judged = evaluation.subarray(0, JUDGED);
    const state = startMask(shape, weights);
    return {
      shape,
      table,
      judged,
      text: await loadLiveText(load),
      state,
      gated: Float32Array.from(state.places, (place) => weights[place] as number),
      bigram: bigramSurprisals(shape, table, judged),
      done: false,
      history: [] as Moment[],
    };
  },
  step(run, { params: p, random, step }) {
    // The paper's rule: once decided, the gates stay. The remaining steps do nothing.
    if (run.done) return;
    const { shape, state, text, table } = run;
    const T = shape.context;
    const places = random(`batch ${step}`);
    const tokens = new Int32Array(p.batch * T);
    for (let b = 0; b < p.batch; b++) {
      const from = places.index(text.length - T);
      tokens.set(text.subarray(from, from + T), b * T);
    }
    maskStep(shape, state, p, tokens, table);
    run.done = decided(openness(state));
  },
  measure({ shape, state, gated, judged, bigram, history, done }, { params: p }) {
    const step = state.losses.length;
    if (done && history.at(-1)?.step === step) return;
    const gates = openness(state);
    const mask = hardMask(state.s);
    const rOf = (kept: Uint8Array) =>
      correlation(surprisals(shape, masked(state.weights, state.places, kept), judged), bigram);
    history.push({
      step,
      crossEntropy: step > 0 ? finite('the loss', mean(state.losses.slice(-RECENT))) : null,
      penalty: p.lambda * mean(gates),
      kept: open(mask) / mask.length,
      undecided: gates.filter((m) => m >= 0.1 && m <= 0.9).length / gates.length,
      r: rOf(mask),
      largestR: rOf(largestLike(mask, shape, gated)),
    });
  },
  frame({ shape, state, history, done }) {
    const gates = openness(state);
    const counts = new Array<number>(BINS).fill(0);
    for (const m of gates) {
      const bin = Math.min(BINS - 1, Math.floor(m * BINS));
      counts[bin] = (counts[bin] as number) + 1;
    }
    const mask = hardMask(state.s);
    return {
      history: history.map((moment) => ({ ...moment })),
      histogram: counts.map((n) => n / gates.length),
      perMatrix: gateRanges(shape).map(({ name, from, to }) => ({
        name,
        size: to - from,
        kept: open(mask.subarray(from, to)),
      })),
      beta: state.beta,
      done,
      taken: state.losses.length,
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
