/** Continuous sparsification of the small model, from half-open gates until every gate has decided. */
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import { loadLiveText, loadTrained } from '../files';
import { decided, hardMask, masked, maskStep, openness, startMask } from '../mask';
import { gateRanges, largestLike, open } from '../mask-baselines';
import { bigramSurprisals, correlation, surprisals } from '../surprisal';
import type { params } from './params';

/** Sequences in a batch. */
const BATCH = 16;
const JUDGED = 2048;
const BINS = 20;

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
      history: [] as { step: number; crossEntropy: number | null; open: number; undecided: number }[],
    };
  },
  step(run, { params: p, random, step }) {
    // The paper's rule: once decided, gates stay. The remaining steps do nothing.
    if (run.done) return;
    const { shape, state, text, table } = run;
    const T = shape.context;
    const places = random(`batch ${step}`);
    const tokens = new Int32Array(BATCH * T);
    for (let b = 0; b < BATCH; b++) {
      const from = places.index(text.length - T);
      tokens.set(text.subarray(from, from + T), b * T);
    }
    maskStep(shape, state, p, tokens, table);
    run.done = decided(openness(state));
  },
  measure({ state, history, done }, { step }) {
    if (done && history.at(-1)?.step === state.losses.length) return;
    const gates = openness(state);
    const recent = state.losses.slice(-10);
    history.push({
      step: Math.min(step, state.losses.length),
      crossEntropy: recent.length > 0 ? finite('the loss', recent.reduce((a, b) => a + b, 0) / recent.length) : null,
      open: gates.filter((m) => m > 0.5).length / gates.length,
      undecided: gates.filter((m) => m >= 0.1 && m <= 0.9).length / gates.length,
    });
  },
  frame({ shape, state, gated, judged, bigram, history, done }) {
    const gates = openness(state);
    const counts = new Array<number>(BINS).fill(0);
    for (const m of gates) {
      const bin = Math.min(BINS - 1, Math.floor(m * BINS));
      counts[bin] = (counts[bin] as number) + 1;
    }
    const mask = hardMask(state.s);
    const rOf = (kept: Uint8Array) => {
      const r = correlation(surprisals(shape, masked(state.weights, state.places, kept), judged), bigram);
      return Number.isFinite(r) ? r : null;
    };
    return {
      history: history.map((entry) => ({ ...entry })),
      histogram: counts.map((n) => n / gates.length),
      perMatrix: gateRanges(shape).map(({ name, from, to }) => ({
        name,
        size: to - from,
        kept: open(mask.subarray(from, to)),
      })),
      keptShare: open(mask) / mask.length,
      r: rOf(mask),
      largestR: rOf(largestLike(mask, shape, gated)),
      beta: state.beta,
      done,
      taken: state.losses.length,
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
