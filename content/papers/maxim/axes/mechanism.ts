/** Three denoisers of equal weights and equal work, which differ in who may mix with whom, learn side by side. */
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import * as tf from '#lab/tf';
import { axes, denoise, startDenoiser, variablesOf } from './network';
import { type params, TESTED } from './params';
import { drawTiles, SIDE } from './tiles';

const BATCH = 16;
const WARM_UP = 20;
/** Measurements of a run, besides the one before it. */
const MEASURED = 12;
const PIXELS = SIDE ** 2;

export const rateAt = (step: number, steps: number, rate: number): number =>
  step < WARM_UP
    ? (rate * (step + 1)) / WARM_UP
    : 0.5 * rate * (1 + Math.cos((Math.PI * (step - WARM_UP)) / (steps - WARM_UP)));

const error = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return sum / a.length;
};

/** A row of `length` zeros with a single one. */
const onePlace = (length: number, at: number): tf.Tensor2D =>
  tf.tensor2d(
    Float32Array.from({ length }, (_, i) => +(i === at)),
    [1, length],
  );

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    // All pictures of a run at once, a batch per row: a step that reads nothing from JavaScript can be replayed.
    const training = drawTiles(random('training'), p.trainSteps * BATCH, p.period, p.noise);
    const test = drawTiles(random('test'), TESTED, p.period, p.noise);
    const networks = axes.map((which) => startDenoiser(which, random, p.depth));
    return {
      networks,
      variables: networks.flatMap(variablesOf),
      optimizer: tf.train.adam(rateAt(0, p.trainSteps, p.learningRate)),
      noisy: tf.tensor2d(training.noisy, [p.trainSteps, BATCH * PIXELS]),
      clean: tf.tensor2d(training.clean, [p.trainSteps, BATCH * PIXELS]),
      // A one in the place of the row to learn from, and the matrix that moves it on: a product picks the row, since
      // tfjs's own picking looks at its indices in JavaScript and could not be replayed.
      row: tf.tidy(() => tf.variable(onePlace(p.trainSteps, 0), false) as tf.Variable<tf.Rank.R2>),
      onward: tf.tidy(() =>
        tf.concat<tf.Tensor2D>(
          Array.from({ length: p.trainSteps }, (_, i) => onePlace(p.trainSteps, (i + 1) % p.trainSteps)),
          0,
        ),
      ),
      test: { ...test, x: tf.tensor3d(test.noisy, [TESTED, PIXELS, 1]) },
      inputError: error(test.noisy, test.clean),
      outputs: axes.map((): Float32Array => test.noisy),
      history: { step: [] as number[], gain: axes.map((): number[] => []) },
    };
  },
  // #region step
  step({ networks, variables, optimizer, noisy, clean, row, onward }) {
    tf.tidy(() => {
      const x: tf.Tensor3D = tf.reshape(tf.matMul(row, noisy), [BATCH, PIXELS, 1]);
      const y: tf.Tensor3D = tf.reshape(tf.matMul(row, clean), [BATCH, PIXELS, 1]);
      // Their weights are apart, so that learning from the sum is learning from each.
      const losses = () => networks.map((network) => tf.losses.meanSquaredError(y, denoise(network, x)));
      optimizer.minimize(() => tf.addN(losses()) as tf.Scalar, false, variables);
      row.assign(tf.matMul(row, onward));
    });
  },
  // #endregion
  async measure(state, { params: p, step }) {
    // tfjs reads the rate at every step, but declares it for subclasses only.
    (state.optimizer as unknown as { learningRate: number }).learningRate = rateAt(step, p.trainSteps, p.learningRate);
    if (step % Math.ceil(p.trainSteps / MEASURED) > 0 && step !== p.trainSteps) return;
    const { networks, test, inputError, history } = state;
    const outputs: Float32Array[] = [];
    for (const network of networks) {
      const output = tf.tidy(() => denoise(network, test.x));
      outputs.push((await output.data()) as Float32Array);
      output.dispose();
    }
    state.outputs = outputs;
    history.step.push(step);
    outputs.forEach((output, i) => {
      history.gain[i]?.push(10 * Math.log10(inputError / finite('the error', error(output, test.clean))));
    });
  },
  frame({ networks, test, outputs, inputError, history }, { params: p }) {
    const picture = (values: Float32Array) =>
      Array.from(values.subarray((p.shown - 1) * PIXELS, p.shown * PIXELS), (v) => Number(v.toFixed(4)));
    return {
      period: p.period,
      /** Of each network. */
      weights: variablesOf(networks[0] as (typeof networks)[number]).reduce((sum, w) => sum + w.size, 0),
      /** PSNR of the noisy pictures for a peak of 1, in dB. */
      inputPsnr: -10 * Math.log10(inputError),
      /** PSNR won, in dB, in the order of `axes`. */
      history: { step: [...history.step], gain: history.gain.map((values) => [...values]) },
      pictures: { noisy: picture(test.noisy), clean: picture(test.clean), restored: outputs.map(picture) },
    };
  },
  weights: ({ networks }) =>
    Object.fromEntries(
      networks.flatMap((network) =>
        [...network.blocks, network.ends].flatMap((part, i) =>
          Object.entries(part).map(([name, w]) => [
            `${network.which}.${i < network.blocks.length ? `block${i}` : 'ends'}.${name}`,
            w,
          ]),
        ),
      ),
    ),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
