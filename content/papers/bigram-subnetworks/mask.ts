/**
 * Continuous sparsification (Savarese et al. 2020) as the paper uses it: one gate per weight of attention and MLP, open
 * by sigma(beta s), with beta growing until every gate is open or shut. The model's weights stay as they are.
 */
import { type AdamW, startAdamW, stepAdamW } from './adamw';
import { lossAndGradient } from './gradient';
import { type Entry, layout, type Shape } from './layout';

export interface MaskPlan {
  /** Strength of the penalty on open gates. */
  lambda: number;
  /** Learning rate of the gates' parameters. */
  rate: number;
  /** beta is multiplied by this after each step. */
  growth: number;
}

export interface MaskTraining {
  /** The model's weights, all of them, flat. */
  weights: Float32Array;
  /** Index into `weights` of each gate's weight. */
  places: Int32Array;
  /** s, one per gate; starts at 0, where every gate is half open. */
  s: Float32Array;
  beta: number;
  optimiser: AdamW;
  /** Cross-entropy to the bigram distribution before each step, in nats. */
  losses: number[];
}

/** Indices into the flat weights of every weight that has a gate. */
export const gatePlaces = (entries: readonly Entry[]): Int32Array =>
  Int32Array.from(
    entries
      .filter(({ masked }) => masked)
      .flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i)),
  );

/** Where s starts for weights that are 0: shut for good, as in the paper's code. */
const SHUT = -1e6;

export function startMask(shape: Shape, weights: Float32Array): MaskTraining {
  const places = gatePlaces(layout(shape));
  const s = Float32Array.from(places, (place) => (weights[place] === 0 ? SHUT : 0));
  return { weights, places, s, beta: 1, optimiser: startAdamW(s.length), losses: [] };
}

/** How far each gate is open: sigma(beta s). */
export const openness = ({ s, beta }: Pick<MaskTraining, 's' | 'beta'>): Float32Array =>
  s.map((x) => 1 / (1 + Math.exp(-beta * x)));

/** `weights` with each gated weight times its gate. Gates of exactly 1 leave the weight's bits as they are. */
export function masked(weights: Float32Array, places: Int32Array, gates: ArrayLike<number>): Float32Array {
  const product = weights.slice();
  places.forEach((place, i) => {
    product[place] = (product[place] as number) * (gates[i] as number);
  });
  return product;
}

// #region loss
/**
 * The paper's loss for a batch, cross-entropy + lambda mean(sigma(beta s)), and its gradient with respect to s:
 * beta M (1 - M) (dL/dW_effective W + lambda / |s|).
 */
export function maskLoss(
  shape: Shape,
  state: Pick<MaskTraining, 'weights' | 'places' | 's' | 'beta'>,
  lambda: number,
  tokens: Int32Array,
  table: Float32Array,
): { crossEntropy: number; penalty: number; gradient: Float32Array } {
  const { weights, places, beta, s } = state;
  const open = openness(state);
  // The target of a position is the row of the token at that position, not the token that follows it.
  const { loss, gradient } = lossAndGradient(shape, masked(weights, places, open), tokens, table, tokens, true);
  const each = lambda / s.length;
  let sum = 0;
  const bySlope = s.map((_, i) => {
    const m = open[i] as number;
    const place = places[i] as number;
    sum += m;
    return beta * m * (1 - m) * ((gradient[place] as number) * (weights[place] as number) + each);
  });
  return { crossEntropy: loss, penalty: each * sum, gradient: bySlope };
}
// #endregion

/** One update, in place. */
export function maskStep(
  shape: Shape,
  state: MaskTraining,
  { lambda, rate, growth }: MaskPlan,
  tokens: Int32Array,
  table: Float32Array,
): void {
  const { crossEntropy, gradient } = maskLoss(shape, state, lambda, tokens, table);
  // PyTorch's defaults, as in the paper's code.
  stepAdamW(state.optimiser, state.s, gradient, { rate, beta1: 0.9, beta2: 0.999, decay: 0.01 });
  state.beta *= growth;
  state.losses.push(crossEntropy);
}

/** The paper's rule to stop: fewer gates between 0.1 and 0.9 than a hundredth of those above 0.9. */
export function decided(open: Float32Array): boolean {
  let [between, above] = [0, 0];
  for (const m of open) {
    if (m > 0.9) above++;
    else if (m >= 0.1) between++;
  }
  return between < 0.01 * above;
}

/** The mask that training found: 1 where s > 0, else 0. */
export const hardMask = (s: Float32Array): Uint8Array => Uint8Array.from(s, (x) => (x > 0 ? 1 : 0));
