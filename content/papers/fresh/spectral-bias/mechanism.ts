/**
 * A coordinate network learns a 1-D signal by full-batch Adam, and we listen to its spectrum while it does: the
 * experiment of Rahaman et al. (2019; their official notebook), at browser size.
 */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Random } from '#lab/random';
import { finite, RunStopped } from '#lab/stopped';
import * as tf from '#lab/tf';
import {
  type CoordinateNetwork,
  fourierNetwork,
  namedWeights,
  networkVariables,
  plainNetwork,
  sirenNetwork,
} from '../networks';
import { chord, drawing, N, positions, sample, variance } from '../signal';
import { type Complex, coefficient, distance } from '../spectrum';
import { HIGHEST, type params } from './params';

type Settings = Values<typeof params>;

/** Bins shown of target and network; above HIGHEST the network makes what nobody asked for. */
export const BINS = 32;
const FOURIER_FEATURES = 32;
/** A loss beyond so many variances of the target has diverged. */
const ABSURD = 1e6;
/** Frequencies quieter than this share of the loudest are not tracked: their relative error means little. */
const AUDIBLE = 0.05;

function network(random: Random, p: Settings): CoordinateNetwork {
  const { width, depth, activation, sigma, omega0 } = p;
  if (p.encoding === 'siren') return sirenNetwork(random, { inputs: 1, width, depth, omega0 });
  if (p.encoding === 'fourier') {
    return fourierNetwork(random, { inputs: 1, features: FOURIER_FEATURES, sigma, width, depth, activation });
  }
  return plainNetwork(random, { inputs: 1, width, depth, activation });
}

const grid = positions(N);

const target = (random: Random, { drawn, amplitudes }: Settings): number[] =>
  sample(drawn.length > 0 ? drawing(drawn) : chord(amplitudes, random('phases')), N);

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const y = target(random, p);
    const coefficients = Array.from({ length: BINS }, (_, i): Complex => coefficient(y, i + 1));
    const loudness = coefficients.map((c) => (2 * Math.hypot(...c)) / N);
    const loudest = Math.max(...loudness.slice(0, HIGHEST));
    if (loudest < 1e-6) {
      throw new RunStopped(
        'Silence: with every amplitude at 0 there is nothing to learn.',
        'Turn at least one frequency up.',
      );
    }
    const tracked = Array.from({ length: HIGHEST }, (_, i) => i + 1).filter(
      (k) => (loudness[k - 1] as number) >= AUDIBLE * loudest,
    );
    const net = network(random, p);
    return {
      net,
      variables: networkVariables(net),
      optimizer: tf.train.adam(p.learningRate),
      x: tf.tensor2d(grid, [N, 1]),
      y: tf.tensor2d(y, [N, 1]),
      target: y,
      variance: variance(y),
      coefficients,
      loudness,
      tracked,
      fit: [] as number[],
      history: {
        step: [] as number[],
        loss: [] as number[],
        /** Per tracked frequency: 2|f_k| / N over A_k, 1 = learned. */
        learned: tracked.map((): number[] => []),
        /** Per tracked frequency: |f_k - y_k| / |y_k|, which sees the phase too. */
        error: tracked.map((): number[] => []),
      },
    };
  },
  update({ optimizer }, { params: p }) {
    // Adam reads this field at every step; tfjs only offers no setter for it.
    Object.assign(optimizer, { learningRate: p.learningRate });
  },
  // #region step
  step({ net, variables, optimizer, x, y }) {
    optimizer.minimize(() => tf.losses.meanSquaredError(y, net.predict(x)), false, variables);
  },
  // #endregion
  async measure(state, { step }) {
    const { net, x, target: y, history, tracked, coefficients } = state;
    const output = tf.tidy(() => net.predict(x));
    const fit = Array.from(await output.data());
    output.dispose();
    const loss = fit.reduce((sum, f, i) => sum + (f - (y[i] as number)) ** 2, 0) / N;
    // Adam freezes before anything turns NaN, with a loss that is absurd all the same.
    if (loss > ABSURD * state.variance) throw new RunStopped(`the loss is ${loss.toExponential(1)}`, '');
    history.loss.push(finite('the loss', loss));
    history.step.push(step);
    state.fit = fit;
    tracked.forEach((k, i) => {
      const [f, t] = [coefficient(fit, k), coefficients[k - 1] as Complex];
      history.learned[i]?.push(Math.hypot(...f) / Math.hypot(...t));
      history.error[i]?.push(distance(f, t) / Math.hypot(...t));
    });
  },
  frame({ target: y, fit, tracked, loudness, variance: v, history, coefficients }) {
    return {
      x: grid,
      target: y,
      fit,
      tracked,
      /** 2|Y_k|/N of the target, k = 1..BINS. */
      targetSpectrum: loudness,
      /** The same of what is still missing, target minus fit. */
      residualSpectrum: coefficients.map((c, i) => (2 * distance(coefficient(fit, i + 1), c)) / N),
      variance: v,
      history: {
        step: [...history.step],
        loss: [...history.loss],
        learned: history.learned.map((xs) => [...xs]),
        error: history.error.map((xs) => [...xs]),
      },
    };
  },
  weights: ({ net }) => namedWeights(net),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
