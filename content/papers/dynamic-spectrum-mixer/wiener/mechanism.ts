/** One fixed filter and K blended ones learn to take noise off two kinds of pictures, on the same pictures. */
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import * as tf from '#lab/tf';
import { fromSpectrum } from '#nn/vision/spectrum-layer';
import { apply, type Filter, lossOf, sharesOf, startFilter } from '../filters';
import { type Batch, bounds, draw, kindsOf, oracleError, together, wiener } from '../textures';
import { BATCH, type params, SIDE, STEPS } from './params';

/** Pictures that the error is measured on. */
const HELD_OUT = 2000;
const map = { height: SIDE, width: SIDE, channels: 1 };

/** Coefficients as pictures [count, tokens, 1]. */
const pictures = (coefficients: Float32Array): tf.Tensor3D =>
  fromSpectrum(tf.tensor4d(coefficients, [coefficients.length / SIDE ** 2, 1, SIDE, SIDE]), map);

const both = ({ clean, noisy }: Batch) => tf.tidy(() => ({ clean: pictures(clean), noisy: pictures(noisy) }));

const byteOf = (v: number) => Math.round(255 * Math.min(1, Math.max(0, v)));
/** Pictures from -3 to 3, gains from 0 to 1. */
const asPicture = (values: ArrayLike<number>) => Array.from(values, (v) => byteOf(0.5 + v / 6));
const asGains = (values: ArrayLike<number>) => Array.from(values, byteOf);

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const kinds = kindsOf(SIDE, p.noise, p.overlap / 100);
    const heldOut = draw(random('held-out'), kinds, HELD_OUT);
    const start = (name: string, filters: number) => ({
      filter: startFilter(random, name, SIDE, { filters, context: p.context }),
      optimizer: tf.train.adam(p.learningRate),
      error: [] as number[],
    });
    return {
      kinds,
      stream: random('pictures'),
      heldOut: both(heldOut),
      oracle: oracleError(heldOut, kinds),
      limits: bounds(kinds),
      fixed: start('fixed', 1),
      dynamic: start('dynamic', p.filters),
      steps: [] as number[],
    };
  },
  // #region step
  step({ kinds, stream, fixed, dynamic }, { params: { learningRate }, step }) {
    const batch = draw(stream, kinds, BATCH);
    tf.tidy(() => {
      const { clean, noisy } = both(batch);
      for (const { filter, optimizer } of [fixed, dynamic]) {
        // tfjs reads the rate at every step, but declares it for subclasses only.
        (optimizer as unknown as { learningRate: number }).learningRate = learningRate * (1 - step / STEPS);
        optimizer.minimize(() => lossOf(filter, noisy, clean), false, Object.values(filter.weights));
      }
    });
  },
  // #endregion
  async measure({ heldOut: { clean, noisy }, oracle, limits, fixed, dynamic, steps }, { step }) {
    for (const { filter, error } of [fixed, dynamic]) {
      const loss = tf.tidy(() => lossOf(filter, noisy, clean));
      const [onHeldOut] = await loss.data();
      loss.dispose();
      // On the same pictures, so that what chance there is in them falls on both alike and cancels.
      error.push(limits.dynamic + finite('the error', onHeldOut as number) - oracle);
    }
    steps.push(step);
  },
  async frame({ kinds, heldOut, limits, fixed, dynamic, steps }) {
    const size = SIDE ** 2;
    const K = dynamic.filter.options.filters;
    const shares = tf.tidy(() => sharesOf(dynamic.filter, heldOut.noisy).arraySync());
    const bank = tf.tidy(() => dynamic.filter.weights.filters?.arraySync()) as number[][];
    /** The first two held-out pictures are one of each kind. */
    const [clean, noisy] = [heldOut.clean, heldOut.noisy].map((x) =>
      tf.tidy(() => tf.slice(x, [0, 0, 0], [2, size, 1]).dataSync()),
    ) as [Float32Array, Float32Array];
    const filtered = ({ filter }: { filter: Filter }) =>
      tf.tidy(() => apply(filter, tf.tensor3d(noisy, [2, size, 1])).dataSync() as Float32Array);
    const [byOne, byMany] = [filtered(fixed), filtered(dynamic)];
    const of = (kind: number) => shares.filter((_, i) => i % 2 === kind);
    const meanShares = [0, 1].map((kind) =>
      Array.from({ length: K }, (_, m) => of(kind).reduce((sum, a) => sum + (a[m] as number), 0) / of(kind).length),
    );
    return {
      steps: [...steps],
      fixed: [...fixed.error],
      dynamic: [...dynamic.error],
      filters: K,
      limits,
      /** What doing nothing costs: σ². */
      untouched: kinds.noise ** 2,
      /** Mean share of each filter, for smooth pictures and for gratings: [2][K]. */
      shares: meanShares,
      examples: [0, 1].map((kind) => {
        const own = (values: Float32Array) => asPicture(values.subarray(kind * size, (kind + 1) * size));
        return { clean: own(clean), noisy: own(noisy), byOne: own(byOne), byMany: own(byMany) };
      }),
      gains: {
        /** For smooth pictures, for gratings, for both at once. */
        best: [...kinds.spectra, together(kinds)].map((s) => asGains(wiener(s, kinds.noise))),
        learned: [
          ...meanShares.map((alpha) =>
            asGains(
              Array.from({ length: size }, (_, k) =>
                alpha.reduce((sum, a, m) => sum + a * (bank[m]?.[k] as number), 0),
              ),
            ),
          ),
          asGains(tf.tidy(() => fixed.filter.weights.filters?.dataSync()) as Float32Array),
        ],
        bank: bank.map(asGains),
      },
    };
  },
  weights: ({ fixed, dynamic }) => ({
    fixed: fixed.filter.weights.filters as tf.Variable,
    ...dynamic.filter.weights,
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
