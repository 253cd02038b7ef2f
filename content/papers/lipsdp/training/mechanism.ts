/**
 * Two classifiers of the same samples in training, with two activations, from the same weights. Every 20 steps their
 * semidefinite programs are solved, and both are tried on samples that they do not train on.
 */
import { defineMechanism } from '#lab/experiment';
import { finite } from '#lab/stopped';
import * as tf from '#lab/tf';
import { type Activation, type ActivationName, activation } from '../network';
import { taskOf } from '../task';
import { boundsOf, orthogonalise, scoresOf, startOrthonormal, train, trainer } from '../trainer';
import { kindNames, type kinds, type params } from './params';

function activationOf(kind: (typeof kinds)[number], degrees: number): Activation {
  const [name, group] = kind.split('-') as [ActivationName, string | undefined];
  return activation(name, { angle: (degrees * Math.PI) / 180, ...(group && { group: Number(group) }) });
}

export const mechanism = defineMechanism<typeof params>()({
  async setup({ params: p, random, load }) {
    const task = await taskOf(p.task, { load, random });
    const activations = [p.first, p.second].map((kind) => activationOf(kind, p.angle));
    const group = Math.max(...activations.map((a) => a.group));
    const width = group * Math.ceil(p.width / group);
    const nets = activations.map((a, i) => ({
      name: i === 0 ? kindNames[p.first] : kindNames[p.second] + (p.first === p.second ? ', again' : ''),
      trainer: trainer(random, task.train, [task.inputs, width, width, task.outputs], a),
      product: [] as number[],
      sdp: [] as number[],
      sampled: [] as number[],
      loss: [] as number[],
      accuracy: [] as number[],
    }));
    if (p.orthogonal > 0) for (const net of nets) await startOrthonormal(net.trainer);
    return {
      nets,
      step: [] as number[],
      heldOut: tf.tensor2d(task.heldOut.inputs),
      // Behind a function: the runtime, which walks a state for tensors to free, does not have to walk the samples.
      task: () => task,
    };
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
  async measure(state, { step, random, params: p }) {
    const task = state.task();
    state.step.push(step);
    for (const net of state.nets) {
      // A box of 64 sides is mostly far from any digit, so there the search starts from digits.
      const bounds = await boundsOf(net.trainer, random, p.task === 'digits' ? task.heldOut.inputs : undefined);
      const { loss, accuracy } = await scoresOf(net.trainer, state.heldOut, task.heldOut.labels);
      net.product.push(finite(`the product of norms of the ${net.name} network`, bounds.product));
      net.sdp.push(bounds.sdp);
      net.sampled.push(bounds.sampled);
      net.loss.push(loss);
      net.accuracy.push(accuracy);
    }
  },
  frame: ({ nets, step }) => ({
    step: [...step],
    nets: nets.map(({ name, product, sdp, sampled, loss, accuracy }) => ({
      name,
      product: [...product],
      sdp: [...sdp],
      sampled: [...sampled],
      loss: [...loss],
      accuracy: [...accuracy],
    })),
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
