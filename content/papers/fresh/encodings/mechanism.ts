/**
 * Four coordinate networks learn one signal side by side, from the same seed: what differs is only how the first
 * layer sees the position. Before training, each network's output has a spectrum of its own; FreSh reads it.
 */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Random } from '#lab/random';
import { finite, RunStopped } from '#lab/stopped';
import * as tf from '#lab/tf';
import { wasserstein } from '../distance';
import {
  type CoordinateNetwork,
  disposeNetwork,
  finerNetwork,
  fourierNetwork,
  namedWeights,
  networkVariables,
  plainNetwork,
  sirenNetwork,
} from '../networks';
import { chord, drawing, N, positions, type Signal, sample, variance } from '../signal';
import { magnitudes, normalised } from '../spectrum';
import type { params } from './params';

type Settings = Values<typeof params>;

export const BINS = 32;
/** Points between the training points at which the fit is drawn and judged, too. */
const DENSE = 512;
/** Untrained networks whose spectra are averaged, as in the official code. */
const EVALS = 10;
const WIDTH = 64;
const LEARNING_RATE = 1e-3;
/** FINER's omega_0; only its k is tuned. */
const FINER_OMEGA = 30;

const encodings: Record<string, (random: Random, p: Settings) => CoordinateNetwork> = {
  'plain ReLU': (random) => plainNetwork(random, { inputs: 1, width: WIDTH, depth: 6, activation: 'relu' }),
  'Fourier features': (random, { sigma }) =>
    fourierNetwork(random, { inputs: 1, features: 32, sigma, width: WIDTH, depth: 3, activation: 'relu' }),
  SIREN: (random, { omega0 }) => sirenNetwork(random, { inputs: 1, width: WIDTH, depth: 4, omega0 }),
  FINER: (random, { k }) => finerNetwork(random, { inputs: 1, width: WIDTH, depth: 4, omega0: FINER_OMEGA, k }),
};

const EQUAL_VOICES = Array.from({ length: 12 }, (_, i) => ([1, 2, 4, 6, 8, 10, 12].includes(i + 1) ? 1 : 0));

function target({ drawn, signal }: Settings, random: Random): Signal {
  if (drawn.length > 1) return drawing(drawn);
  if (signal === 'chord') return chord(EQUAL_VOICES, random('phases'));
  // Up from 1 cycle to 24 and down again, so that the period closes smoothly.
  if (signal === 'chirp') return (t) => 2 * Math.sin(2 * Math.PI * (1 - Math.cos(2 * Math.PI * t)) * 3.75);
  return (t) => 2 * ((Math.floor(8 * t) * 3) % 8) * 0.25 - 1.75;
}

const outputOf = (net: CoordinateNetwork, x: tf.Tensor2D): Promise<Float32Array> => {
  const output = tf.tidy(() => net.predict(x));
  const data = output.data<'float32'>();
  output.dispose();
  return data;
};

/** Mean normalised spectrum of `EVALS` untrained networks; the same seeds for every encoding and setting. */
async function untrainedSpectrum(name: string, random: Random, p: Settings, x: tf.Tensor2D): Promise<number[]> {
  const sum = new Array<number>(BINS).fill(0);
  for (let e = 0; e < EVALS; e++) {
    const net = (encodings[name] as (typeof encodings)[string])((stream) => random(`init${e}.${stream}`), p);
    const spectrum = normalised(magnitudes(await outputOf(net, x), BINS)) ?? sum;
    disposeNetwork(net);
    spectrum.forEach((s, d) => {
      sum[d] = (sum[d] as number) + s / EVALS;
    });
  }
  return sum;
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: p, random }) {
    const signal = target(p, random);
    const y = sample(signal, N);
    const spectrum = normalised(magnitudes(y, BINS));
    if (!spectrum)
      throw new RunStopped('This signal is flat: there is nothing to learn.', 'Draw something with a wave in it.');
    const x = tf.tensor2d(positions(N), [N, 1]);
    const contestants = [];
    for (const [name, make] of Object.entries(encodings)) {
      const untrained = await untrainedSpectrum(name, random, p, x);
      const net = make((stream) => random(`init0.${stream}`), p);
      contestants.push({
        name,
        net,
        variables: networkVariables(net),
        optimizer: tf.train.adam(LEARNING_RATE),
        untrained,
        distance: wasserstein(spectrum, untrained),
        loss: [] as number[],
        between: [] as number[],
        fit: [] as number[],
      });
    }
    const dense = sample(signal, DENSE);
    return {
      x,
      y: tf.tensor2d(y, [N, 1]),
      xDense: tf.tensor2d(positions(DENSE), [DENSE, 1]),
      dense,
      variance: variance(y),
      spectrum,
      contestants,
      steps: [] as number[],
    };
  },
  step({ contestants, x, y }) {
    for (const { net, variables, optimizer } of contestants) {
      optimizer.minimize(() => tf.losses.meanSquaredError(y, net.predict(x)), false, variables);
    }
  },
  async measure({ contestants, xDense, dense, variance: v, steps }, { step }) {
    steps.push(step);
    for (const contestant of contestants) {
      const fit = Array.from(await outputOf(contestant.net, xDense));
      const squared = fit.map((f, i) => (f - (dense[i] as number)) ** 2);
      const average = (of: number[]) => of.reduce((sum, e) => sum + e, 0) / of.length / v;
      // Every fourth dense point is a training point.
      const seen = average(squared.filter((_, i) => i % (DENSE / N) === 0));
      contestant.loss.push(finite(`the loss of ${contestant.name}`, seen));
      contestant.between.push(average(squared.filter((_, i) => i % (DENSE / N) !== 0)));
      contestant.fit = fit;
    }
  },
  frame({ contestants, dense, spectrum, steps }) {
    return {
      x: positions(DENSE),
      target: dense,
      targetSpectrum: spectrum,
      step: [...steps],
      networks: contestants.map(({ name, untrained, distance, loss, between, fit }) => ({
        name,
        untrained,
        distance,
        fit,
        /** Mean squared error over variance, at the training points and between them. */
        loss: [...loss],
        between: [...between],
      })),
    };
  },
  weights: ({ contestants }) =>
    Object.fromEntries(
      contestants.flatMap(({ name, net }) =>
        Object.entries(namedWeights(net)).map(([layer, tensor]) => [`${name}.${layer}`, tensor]),
      ),
    ),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
