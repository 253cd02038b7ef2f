/**
 * The coordinate networks of the FreSh paper, after its official code (`src/models.py`), at browser size: a position
 * x in [-1, 1]^d goes in, a value comes out. What differs is how the first layer turns position into waves.
 */
import type { Random } from '#lab/random';
import * as tf from '#lab/tf';
import { apply, type Dense, dense, variablesOf } from '#nn/dense';

export interface CoordinateNetwork {
  layers: Dense[];
  /** Fixed tensors that are not trained, such as the random frequencies B. */
  fixed: tf.Tensor[];
  /** x [points, inputs] -> values [points, 1] */
  predict(x: tf.Tensor2D): tf.Tensor2D;
}

export type Activation = 'relu' | 'tanh' | 'sine';

const activations: Record<Activation, (x: tf.Tensor2D) => tf.Tensor2D> = { relu: tf.relu, tanh: tf.tanh, sine: tf.sin };

/** `depth` dense layers, all hidden ones `width` wide, as Rahaman et al. count them (1-64x5-1 has depth 6). */
export function plainNetwork(
  random: Random,
  { inputs, width, depth, activation }: { inputs: number; width: number; depth: number; activation: Activation },
): CoordinateNetwork {
  const layers = Array.from({ length: depth }, (_, i) =>
    dense(random, `layer${i + 1}`, i === 0 ? inputs : width, i === depth - 1 ? 1 : width),
  );
  const act = activations[activation];
  return {
    layers,
    fixed: [],
    predict: (x) => layers.reduce((h, layer, i) => (i < depth - 1 ? act(apply(layer, h)) : apply(layer, h)), x),
  };
}

/**
 * Fourier features (Tancik et al. 2020): gamma(x) = [cos(2 pi x B), sin(2 pi x B)], B [inputs, features] from
 * N(0, sigma^2) and frozen, then a plain network of `depth` dense layers. On [-1, 1] the spread of frequencies is
 * 2 sigma cycles per side.
 */
export function fourierNetwork(
  random: Random,
  spec: { inputs: number; features: number; sigma: number; width: number; depth: number; activation: Activation },
): CoordinateNetwork {
  const { inputs, features, sigma } = spec;
  const B = random('B').normal(inputs * features, 0, 2 * Math.PI * sigma);
  const frequencies = tf.tensor2d(B, [inputs, features]);
  const body = plainNetwork(random, { ...spec, inputs: 2 * features });
  return {
    layers: body.layers,
    fixed: [frequencies],
    predict: (x) => {
      const phase: tf.Tensor2D = tf.matMul(x, frequencies);
      return body.predict(tf.concat2d([tf.cos(phase), tf.sin(phase)], 1));
    },
  };
}

/** omega of all SIREN and FINER layers but the first; it stays when omega_0 is tuned. */
const HIDDEN_OMEGA = 30;

/**
 * The layers of SIREN in FreSh's code: first weights U(-1, 1) / inputs, the others U(+-sqrt(6 / fan in) / 30), biases
 * PyTorch's default (`firstBias` overrides the first one's bound: FINER's k).
 */
function sineLayers(random: Random, inputs: number, width: number, depth: number, firstBias?: number): Dense[] {
  const hidden = Math.sqrt(6 / width) / HIDDEN_OMEGA;
  return Array.from({ length: depth }, (_, i) => {
    const bounds =
      i > 0 ? { weightBound: hidden } : { weightBound: 1 / inputs, ...(firstBias && { biasBound: firstBias }) };
    return dense(random, `layer${i + 1}`, i === 0 ? inputs : width, i === depth - 1 ? 1 : width, bounds);
  });
}

/**
 * SIREN (Sitzmann et al. 2020) as FreSh implements it: h -> sin(W (omega h) + b). omega multiplies the input, so it
 * does not scale the bias, unlike in most other code. Depth counts all dense layers, the linear output among them.
 */
export function sirenNetwork(
  random: Random,
  { inputs, width, depth, omega0 }: { inputs: number; width: number; depth: number; omega0: number },
): CoordinateNetwork {
  const layers = sineLayers(random, inputs, width, depth);
  return {
    layers,
    fixed: [],
    predict: (x) =>
      layers.reduce((h, layer, i) => {
        const z = apply(layer, tf.mul(h, i === 0 ? omega0 : HIDDEN_OMEGA));
        return i < depth - 1 ? tf.sin(z) : z;
      }, x),
  };
}

/** |z| + 1 as a constant: FINER's factor is held fixed in the backward pass. */
const heldScale = tf.customGrad((z) => ({
  value: tf.add(tf.abs(z as tf.Tensor), 1),
  gradFunc: (_dy, _saved) => tf.zerosLike(z as tf.Tensor),
}));

/**
 * FINER (Liu et al. 2024) as FreSh implements it: h -> sin(omega (|z| + 1) z), z = W h + b, first bias from U(-k, k)
 * (k = 0 keeps the default bias). A larger k spreads the slopes of sin over more frequencies.
 */
export function finerNetwork(
  random: Random,
  spec: { inputs: number; width: number; depth: number; omega0: number; k: number },
): CoordinateNetwork {
  const { inputs, width, depth, omega0, k } = spec;
  const layers = sineLayers(random, inputs, width, depth, k || undefined);
  return {
    layers,
    fixed: [],
    predict: (x) =>
      layers.reduce((h, layer, i) => {
        const z = apply(layer, h);
        if (i === depth - 1) return z;
        const omega = i === 0 ? omega0 : HIDDEN_OMEGA;
        return tf.sin(tf.mul(omega, tf.mul(heldScale(z), z)));
      }, x),
  };
}

export const networkVariables = (network: CoordinateNetwork): tf.Variable[] => variablesOf(network.layers);

/** Frees a network that no run keeps in its state; `tf.tidy` leaves variables alone. */
export const disposeNetwork = (network: CoordinateNetwork): void =>
  tf.dispose([...networkVariables(network), ...network.fixed]);

/** The named weights of a network, for export. */
export const namedWeights = (network: CoordinateNetwork): Record<string, tf.Tensor> =>
  Object.fromEntries(
    network.layers.flatMap(({ weight, bias }, i) => [
      [`layer${i + 1}.weight`, weight],
      [`layer${i + 1}.bias`, bias],
    ]),
  );
