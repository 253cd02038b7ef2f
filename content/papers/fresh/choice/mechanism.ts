/**
 * FreSh on a picture: the distance between the target's spectrum and that of untrained networks for every candidate
 * (official code: `calculate_initial_wasserstein_distance`), its choice, then all candidates trained for real, so
 * that the choice can be judged.
 *
 * The first `candidates x evals` steps each look at one untrained network; the steps after them train all candidates
 * side by side, each on the same random pixels.
 */
import { type Context, defineMechanism } from '#lab/experiment';
import type { Random, Stream } from '#lab/random';
import { finite, RunStopped } from '#lab/stopped';
import * as tf from '#lab/tf';
import { wasserstein } from '../distance';
import {
  type CoordinateNetwork,
  disposeNetwork,
  fourierNetwork,
  namedWeights,
  networkVariables,
  sirenNetwork,
} from '../networks';
import { antiDiagonalSums, normalised } from '../spectrum';
import { families, type params } from './params';
import { targetPicture } from './picture';

const WIDTH = 32;
const FOURIER_FEATURES = 32;
const BATCH = 256;
/** Training steps between two renderings of all candidates. */
export const RENDER_EVERY = 25;

function network(family: keyof typeof families, random: Random, knob: number): CoordinateNetwork {
  if (family === 'siren') return sirenNetwork(random, { inputs: 2, width: WIDTH, depth: 4, omega0: knob });
  const spec = { inputs: 2, features: FOURIER_FEATURES, width: WIDTH, depth: 3, activation: 'relu' } as const;
  return fourierNetwork(random, { ...spec, sigma: knob });
}

/** The streams of the e-th initialisation: the same for every candidate, so that only the knob differs. */
const initialisation =
  (random: Random, e: number): Random =>
  (name) =>
    random(`init${e}.${name}`);

/** Pixel positions in [-1, 1]^2, end points included, row by row: [side * side, 2]. */
function coordinates(side: number): Float32Array {
  const at = (i: number) => (2 * i) / (side - 1) - 1;
  return Float32Array.from({ length: 2 * side * side }, (_, i) => {
    const pixel = i >> 1;
    return at(i % 2 === 0 ? pixel % side : Math.floor(pixel / side));
  });
}

/** Peak signal-to-noise ratio in dB of grey values on [-1, 1], after mapping both to [0, 1]. */
export const psnr = (meanSquaredError: number): number => -10 * Math.log10(meanSquaredError / 4);

const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

interface Candidate {
  knob: number;
  network: CoordinateNetwork;
  variables: tf.Variable[];
  optimizer: tf.Optimizer;
  distances: number[];
  /** Sum of the normalised spectra of its untrained networks. */
  spectrum: number[];
  psnr: number[];
  /** Its picture now, grey 0..255. */
  picture: number[];
}

async function setup(context: Context<typeof params>) {
  const { params: p, random } = context;
  const side = Number(p.side);
  const { knobs, learningRate } = families[p.family];
  const grey = await targetPicture(context);
  // Values on [-1, 1], as in the official code; scale and mean drop out of the normalised spectrum anyway.
  const values = Float32Array.from(grey, (v) => 2 * v - 1);
  const spectrum = normalised(antiDiagonalSums(values, side, p.bins));
  if (!spectrum)
    throw new RunStopped('This picture is one flat grey: it has no spectrum to compare.', 'Choose another one.');
  const positions = coordinates(side);
  const candidates = knobs.map((knob): Candidate => {
    const net = network(p.family, initialisation(random, 0), knob);
    return {
      knob,
      network: net,
      variables: networkVariables(net),
      optimizer: tf.train.adam(learningRate),
      distances: [],
      spectrum: new Array<number>(p.bins).fill(0),
      psnr: [],
      picture: [],
    };
  });
  return {
    side,
    grey,
    values,
    spectrum,
    positions,
    x: tf.tensor2d(positions, [side * side, 2]),
    candidates,
    batch: random('batch'),
    /** The untrained rendering that `measure` has yet to read. */
    pending: null as tf.Tensor | null,
    trained: [] as number[],
    seconds: { choosing: 0, training: 0 },
  };
}

type State = Awaited<ReturnType<typeof setup>>;

/** The same BATCH random pixels for every candidate. */
function drawBatch(stream: Stream, { positions, values }: State): { x: tf.Tensor2D; y: tf.Tensor2D } {
  const x = new Float32Array(2 * BATCH);
  const y = new Float32Array(BATCH);
  for (let b = 0; b < BATCH; b++) {
    const pixel = stream.index(values.length);
    x[2 * b] = positions[2 * pixel] as number;
    x[2 * b + 1] = positions[2 * pixel + 1] as number;
    y[b] = values[pixel] as number;
  }
  return { x: tf.tensor2d(x, [BATCH, 2]), y: tf.tensor2d(y, [BATCH, 1]) };
}

const toBytes = (values: ArrayLike<number>) =>
  Array.from(values, (v) => Math.round(127.5 * (Math.min(1, Math.max(-1, v)) + 1)));

async function renderAll({ candidates, x, values, trained }: State, trainStep: number): Promise<void> {
  trained.push(trainStep);
  for (const candidate of candidates) {
    const output = tf.tidy(() => candidate.network.predict(x));
    const picture = await output.data();
    output.dispose();
    const error = Array.from(picture).reduce((sum, v, i) => sum + (v - (values[i] as number)) ** 2, 0) / values.length;
    candidate.psnr.push(psnr(finite(`the error at knob ${candidate.knob}`, error)));
    candidate.picture = toBytes(picture);
  }
}

export const mechanism = defineMechanism<typeof params>()({
  setup,
  step(state, { params: p, random, step }) {
    const { candidates, x, batch } = state;
    if (step < candidates.length * p.evals) {
      const candidate = candidates[Math.floor(step / p.evals)] as Candidate;
      const untrained = network(p.family, initialisation(random, step % p.evals), candidate.knob);
      state.pending = tf.tidy(() => untrained.predict(x));
      disposeNetwork(untrained);
      return;
    }
    const pixels = drawBatch(batch, state);
    for (const { network: net, variables, optimizer } of candidates) {
      optimizer.minimize(() => tf.losses.meanSquaredError(pixels.y, net.predict(pixels.x)), false, variables);
    }
    tf.dispose(pixels);
  },
  async measure(state, { params: p, step, seconds }) {
    const { candidates, side, spectrum, pending } = state;
    const choosing = candidates.length * p.evals;
    // #region distance
    if (pending) {
      const candidate = candidates[Math.floor((step - 1) / p.evals)] as Candidate;
      const picture = await pending.data();
      pending.dispose();
      state.pending = null;
      const q = normalised(antiDiagonalSums(picture, side, p.bins));
      if (!q) throw new RunStopped(`an untrained network at knob ${candidate.knob} is constant`, '');
      candidate.distances.push(wasserstein(spectrum, q));
      candidate.spectrum = candidate.spectrum.map((s, d) => s + (q[d] as number));
      if (candidate.picture.length === 0) candidate.picture = toBytes(picture);
    }
    // #endregion
    if (step <= choosing) state.seconds.choosing = seconds;
    else state.seconds.training = seconds - state.seconds.choosing;
    if (step >= choosing && (step - choosing) % RENDER_EVERY === 0) await renderAll(state, step - choosing);
  },
  frame({ side, grey, spectrum, candidates, trained, seconds }, { params: p, step }) {
    const { usual, symbol } = families[p.family];
    const judged = candidates.filter((c) => c.distances.length > 0);
    const distances = candidates.map((c) => (c.distances.length > 0 ? mean(c.distances) : null));
    const complete = step >= candidates.length * p.evals;
    const chosen = complete ? distances.indexOf(Math.min(...judged.map((c) => mean(c.distances)))) : null;
    const final = candidates.map((c) => c.psnr.at(-1) ?? null);
    return {
      side,
      symbol,
      /** Grey 0..255. */
      target: toBytes(grey.map((v) => 2 * v - 1)),
      targetSpectrum: spectrum,
      knobs: candidates.map((c) => c.knob),
      /** Mean distance to the target's spectrum in bins, and its standard error. */
      distances,
      standardErrors: candidates.map(({ distances: d }) =>
        d.length > 1 ? Math.sqrt(mean(d.map((x) => (x - mean(d)) ** 2)) / d.length) : 0,
      ),
      spectra: candidates.map((c) => (c.distances.length > 0 ? c.spectrum.map((s) => s / c.distances.length) : [])),
      pictures: candidates.map((c) => c.picture),
      usual: candidates.findIndex((c) => c.knob === usual),
      chosen,
      best: trained.length > 1 ? final.indexOf(Math.max(...final.map((v) => v ?? Number.NEGATIVE_INFINITY))) : null,
      shown: p.shown,
      history: { step: [...trained], psnr: candidates.map((c) => [...c.psnr]) },
      seconds: { ...seconds },
    };
  },
  weights: ({ candidates }) =>
    Object.fromEntries(
      candidates.flatMap(({ knob, network: net }) =>
        Object.entries(namedWeights(net)).map(([name, tensor]) => [`knob${knob}.${name}`, tensor]),
      ),
    ),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
