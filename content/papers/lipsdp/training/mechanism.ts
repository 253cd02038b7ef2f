/**
 * Two classifiers of the same moons in training, one with MaxMin and one with ReLU, from the same weights. Every 20
 * steps their semidefinite programs are solved.
 */
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import * as tf from '#lab/tf';
import { polar } from '#math/rows';
import { moons } from '../moons';
import { activation } from '../network';
import { boundsOf, orthogonalise, TASK, type Trainer, train, trainer } from '../trainer';
import type { params } from './params';

const kinds = [
  { name: 'MaxMin', activation: activation('maxmin') },
  { name: 'ReLU', activation: activation('relu') },
];

/** Replaces each weight by the nearest matrix whose singular values are all 1. */
async function startOrthonormal({ net }: Trainer): Promise<void> {
  for (const { weight } of net.layers) {
    const [inputs, outputs] = weight.shape;
    const data = await weight.data();
    const rows = Array.from({ length: inputs }, (_, i) =>
      Float64Array.from(data.subarray(i * outputs, (i + 1) * outputs)),
    );
    tf.tidy(() => weight.assign(tf.tensor2d(polar(rows).map((row) => [...row]))));
  }
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: { width, orthogonal }, random }) {
    const data = moons(random('moons'), TASK.points, TASK.noise);
    const even = 2 * Math.ceil(width / 2);
    const nets = kinds.map((kind) => ({
      name: kind.name,
      trainer: trainer(random, data, [2, even, even, 1], kind.activation),
      product: [] as number[],
      sdp: [] as number[],
      sampled: [] as number[],
      accuracy: [] as number[],
    }));
    if (orthogonal > 0) for (const net of nets) await startOrthonormal(net.trainer);
    return { nets, step: [] as number[], data: () => data };
  },
  // The decay is read at every step, so nothing has to be done when it changes.
  update() {},
  // #region step
  step({ nets }, { params: { decay, orthogonal } }) {
    for (const net of nets) {
      train(net.trainer, decay);
      if (orthogonal > 0) orthogonalise(net.trainer, orthogonal);
    }
  },
  // #endregion
  async measure(state, { step, random }) {
    state.step.push(step);
    for (const net of state.nets) {
      const bounds = await boundsOf(net.trainer, random, state.data());
      net.product.push(finite(`the product of norms of the ${net.name} network`, bounds.product));
      net.sdp.push(bounds.sdp);
      net.sampled.push(bounds.sampled);
      net.accuracy.push(bounds.accuracy);
    }
  },
  frame: ({ nets, step }) => ({
    step: [...step],
    nets: nets.map(({ name, product, sdp, sampled, accuracy }) => ({
      name,
      product: [...product],
      sdp: [...sdp],
      sampled: [...sampled],
      accuracy: [...accuracy],
    })),
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
