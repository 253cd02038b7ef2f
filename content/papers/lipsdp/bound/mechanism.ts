/**
 * The calculator: every bound of one network at once. A step is one Newton step of each semidefinite program, all in
 * float64 outside tfjs, whose float32 is too coarse for them; tfjs trains the weights where the reader asks for it.
 */
import { defineMechanism } from '#lab/experiment';
import type { Values } from '#lab/params';
import type { Random } from '#lab/random';
import { RunStopped } from '#lab/stopped';
import * as tf from '#lab/tf';
import { SolverRefused } from '#math/sdp';
import { networkOf } from '../classifier';
import { bestRung, Ladder, variantNames } from '../ladder';
import { moons } from '../moons';
import { type Activation, activation, fromWeights, type Network } from '../network';
import { LIMITS, readNetwork } from '../schema';
import { train, trainer } from '../trainer';
import type { params } from './params';

type Settings = Values<typeof params>;

const TRAINING_STEPS = 400;

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

async function trainedNetwork(random: Random, p: Settings, a: Activation): Promise<Network> {
  const t = trainer(random, moons(random('moons')), [2, ...sizesOf(p).slice(1, -1), 1], a);
  for (let i = 0; i < TRAINING_STEPS; i++) train(t);
  const network = await networkOf(t.net, a);
  t.optimizer.dispose();
  tf.dispose([t.x, t.targets, ...t.net.variables]);
  return network;
}

function choose(random: Random, p: Settings): Network | Promise<Network> {
  if (p.network) return readNetwork(p.network);
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
  return p.weights === 'trained' ? trainedNetwork(random, p, a) : randomNetwork(random, p, a);
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: p, random }) {
    const network = await choose(random, p);
    try {
      return {
        ladder: new Ladder(network, p.norm),
        stream: random('search'),
        sizes: [network[0]?.weight[0]?.length ?? 0, ...network.map(({ weight }) => weight.length)],
        trace: [] as { step: number; name: string; upper: number; lower: number | null }[],
      };
    } catch (error) {
      if (!(error instanceof SolverRefused)) throw error;
      throw new RunStopped(error.message, 'Rescale the weights of the network.');
    }
  },
  // #region step
  step({ ladder, stream }) {
    ladder.step(stream);
  },
  // #endregion
  measure({ ladder, trace }, { step }) {
    for (const { variant, upper, lower, newton, done } of ladder.rungs()) {
      // A program that has ended stays where it is; its curve ends there.
      if (done && newton < step - 1) continue;
      trace.push({ step, name: variantNames[variant], upper, lower: lower > 0 ? lower : null });
    }
  },
  frame({ ladder, sizes, trace }, { seconds, params: { norm } }) {
    const rungs = ladder.rungs();
    const best = bestRung(rungs);
    return {
      norm,
      sizes,
      layers: ladder.layers,
      product: ladder.product,
      pattern: ladder.pattern,
      sampled: ladder.sampled,
      rungs: rungs.map((rung) => ({ ...rung, name: variantNames[rung.variant] })),
      best: best ? { upper: best.upper, lower: best.lower, name: variantNames[best.variant] } : null,
      certified: best !== undefined && ladder.certified(best.variant),
      done: ladder.done,
      trace: [...trace],
      seconds,
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
