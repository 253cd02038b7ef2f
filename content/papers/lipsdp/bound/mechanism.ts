/**
 * The calculator: every bound of one network at once. A step is one Newton step of each semidefinite program, all in
 * float64 outside tfjs, whose float32 is too coarse for them; tfjs trains the weights where the reader asks for it.
 */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Random } from '#lab/random';
import { RunStopped } from '#lab/stopped';
import { SolverRefused } from '#math/sdp';
import { layerNorms, type Norm, productBound } from '../build';
import { networkOf } from '../classifier';
import { bestRung, Ladder, variantNames } from '../ladder';
import { moons } from '../moons';
import { type Activation, activation, fromWeights, type Network } from '../network';
import { startSearch } from '../sampled';
import { LIMITS, readNetwork } from '../schema';
import { type Trainer, train, trainer } from '../trainer';
import { type params, TRAINING } from './params';

type Settings = Values<typeof params>;

/** Steps of Adam per step of the run, for as long as the weights are in training. */
const AT_ONCE = TRAINING.adam / TRAINING.steps;

const sizesOf = ({ inputs, width, depth, outputs }: Settings) => [
  inputs,
  ...new Array<number>(depth).fill(width),
  outputs,
];

function randomNetwork(random: Random, p: Settings, a: Activation): Network {
  const sizes = sizesOf(p);
  const weights = sizes.slice(1).map((outputs, k) => {
    const inputs = sizes[k] as number;
    const values = random(`layer${k + 1}`).normal(inputs * outputs, 0, 1 / Math.sqrt(inputs));
    return Array.from({ length: outputs }, (_, i) => Float64Array.from(values.subarray(i * inputs, (i + 1) * inputs)));
  });
  return fromWeights(weights, a);
}

function trainerOf(random: Random, p: Settings, a: Activation): Trainer {
  return trainer(random, moons(random('moons')), [2, ...sizesOf(p).slice(1, -1), 1], a);
}

/** A network as it stands, or one that is to be trained first. */
function choose(random: Random, p: Settings): { network: Network } | { trainer: Trainer } {
  if (p.network) return { network: readNetwork(p.network) };
  const a = activation(p.activation, { slope: p.slope, group: Number(p.group), angle: (p.angle * Math.PI) / 180 });
  if (p.width % a.group !== 0) {
    throw new RunStopped(
      `A width of ${p.width} does not divide into groups of ${a.group}.`,
      `Take a width that ${a.group} divides.`,
    );
  }
  if (p.width * p.depth > LIMITS.hidden) {
    throw new RunStopped(`${p.width * p.depth} hidden units are more than ${LIMITS.hidden}.`, 'Take fewer layers.');
  }
  return p.weights === 'trained' ? { trainer: trainerOf(random, p, a) } : { network: randomNetwork(random, p, a) };
}

/** The programs of a network, or why there are none. */
function ladderOf(network: Network, norm: Norm): Ladder {
  try {
    return new Ladder(network, norm);
  } catch (error) {
    if (!(error instanceof SolverRefused)) throw error;
    throw new RunStopped(error.message, 'Rescale the weights of the network.');
  }
}

/** What can be said of weights in training, cheaply. */
const stillTraining = (network: Network, norm: Norm) => ({
  layers: layerNorms(network, norm),
  product: productBound(network, norm),
  pattern: null,
  sampled: startSearch(network, norm).best,
});

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const chosen = choose(random, p);
    return {
      trainer: 'trainer' in chosen ? chosen.trainer : null,
      ladder: 'network' in chosen ? ladderOf(chosen.network, p.norm) : null,
      sizes:
        'network' in chosen
          ? [chosen.network[0]?.weight[0]?.length ?? 0, ...chosen.network.map(({ weight }) => weight.length)]
          : [2, ...sizesOf(p).slice(1, -1), 1],
      stream: random('search'),
      trace: [] as { step: number; name: string; upper: number; lower: number | null }[],
    };
  },
  // #region step
  step({ trainer: t, ladder, stream }) {
    if (ladder) ladder.step(stream);
    else if (t) for (let i = 0; i < AT_ONCE; i++) train(t);
  },
  // #endregion
  async measure(state, { step, params: { norm } }) {
    // Weights in training come first; then the programs start from where the training has ended.
    if (!state.ladder && state.trainer && step >= TRAINING.steps) {
      state.ladder = ladderOf(await networkOf(state.trainer.net, state.trainer.activation), norm);
    }
    for (const { variant, upper, lower, newton, done } of state.ladder?.rungs() ?? []) {
      // A program that has ended stays where it is; its curve ends there.
      const since = step - (state.trainer ? TRAINING.steps : 0);
      if (done && newton < since - 1) continue;
      state.trace.push({ step: since, name: variantNames[variant], upper, lower: lower > 0 ? lower : null });
    }
  },
  async frame({ trainer: t, ladder, sizes, trace }, { step, seconds, params: { norm } }) {
    const rungs = ladder?.rungs() ?? [];
    const best = bestRung(rungs);
    const { layers, product, pattern, sampled } =
      ladder ?? stillTraining(await networkOf((t as Trainer).net, (t as Trainer).activation), norm);
    return {
      norm,
      sizes,
      layers,
      product,
      pattern,
      sampled,
      rungs: rungs.map((rung) => ({ ...rung, name: variantNames[rung.variant] })),
      best: best ? { upper: best.upper, lower: best.lower, name: variantNames[best.variant] } : null,
      certified: best !== undefined && (ladder?.certified(best.variant) ?? false),
      done: ladder?.done ?? false,
      /** Steps of Adam so far, while the weights are in training; null when the programs run. */
      training: ladder ? null : step * AT_ONCE,
      trace: [...trace],
      seconds,
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
