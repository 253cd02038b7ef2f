/** The workloads in jax-js on its wasm device, the whole step in one `jit`: loss, gradients and Adam. */
import { defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { type Block, layersOf } from '../problem';
import { adam, type LanguageModel, type LinearAttention, type Task } from '../workloads';
import type { Start } from './contender';
import { type Arrays, type Loss, take } from './jax-arrays';
import { mixerLoss } from './jax-mixer';
import { languageModelLoss } from './jax-transformer';

const meanSquare = (error: np.Array) => np.mean(np.square(error));

function mlpLoss(weights: Arrays, inputs: Arrays): np.Array {
  const layers = layersOf(weights);
  const predicted = layers.reduce(
    (h, { W, b }, k) => {
      const z = np.matmul(h, W).add(b);
      return k < layers.length - 1 ? nn.relu(z) : z;
    },
    take(inputs, 'x'),
  );
  return meanSquare(predicted.sub(take(inputs, 'y')));
}

const linearAttentionLoss =
  ({ n }: LinearAttention): Loss =>
  (weights, inputs) => {
    const tokens = take(inputs, 'tokens');
    const [batch, , side] = tokens.shape as [number, number, number];
    const flat = tokens.reshape([batch * n, side]);
    const keys = np.matmul(flat.ref, np.matrixTranspose(take(weights, 'key'))).reshape([batch, n, side]);
    const asked = np.matmul(take(inputs, 'queries'), np.matrixTranspose(take(weights, 'query')));
    const scores = np.sum(keys.mul(asked.reshape([batch, 1, side])), 2);
    const read = np.matmul(np.matmul(flat, np.matrixTranspose(take(weights, 'value'))), take(weights, 'readOut'));
    const values = read.reshape([batch, n]);
    return meanSquare(np.sum(scores.mul(values), 1).div(n).sub(take(inputs, 'targets')));
  };

function lossOf(task: Task): Loss {
  if (task.kind === 'mlp') return mlpLoss;
  if (task.kind === 'mixer') return mixerLoss(task);
  return task.kind === 'linear-attention' ? linearAttentionLoss(task) : languageModelLoss(task as LanguageModel);
}

const arrayOf = ({ values, shape }: Block) =>
  np.array(values as Float32Array<ArrayBuffer>, { shape, dtype: values instanceof Int32Array ? np.int32 : np.float32 });

const mapped = <T, R>(record: Record<string, T>, make: (value: T, name: string) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value, name)]));

type State = { weights: Arrays; first: Arrays; second: Arrays; steps: np.Array };

/** One Adam step; uses up the state and the inputs. */
function stepOf(loss: Loss) {
  const { rate, beta1, beta2, epsilon } = adam;
  return ({ weights, first, second, steps }: State, inputs: Arrays): State => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(weights) as Arrays, inputs);
    value.dispose();
    const t = steps.add(1);
    const corrected = (beta: number) =>
      np
        .exp(t.ref.mul(Math.log(beta)))
        .neg()
        .add(1);
    const [unbias1, unbias2] = [corrected(beta1), corrected(beta2)];
    const next: State = { weights: {}, first: {}, second: {}, steps: t };
    for (const [name, weight] of Object.entries(weights)) {
      const g = take(gradients as Arrays, name);
      const m = take(first, name)
        .mul(beta1)
        .add(g.ref.mul(1 - beta1));
      const v = take(second, name)
        .mul(beta2)
        .add(np.square(g).mul(1 - beta2));
      const deviation = np.sqrt(v.ref.div(unbias2.ref)).add(epsilon);
      next.weights[name] = weight.sub(m.ref.div(unbias1.ref).mul(rate).div(deviation));
      next.first[name] = m;
      next.second[name] = v;
    }
    unbias1.dispose();
    unbias2.dispose();
    return next;
  };
}

export const start: Start = async (task, problem) => {
  await init('wasm');
  defaultDevice('wasm');
  const inputs = mapped(problem.inputs, arrayOf);
  const zeros = ({ shape }: Block) => np.zeros(shape);
  let state: State = {
    weights: mapped(problem.weights, arrayOf),
    first: mapped(problem.weights, zeros),
    second: mapped(problem.weights, zeros),
    steps: np.array(0),
  };
  const [step, loss] = [jit(stepOf(lossOf(task))), jit(lossOf(task))];
  const again = () => tree.ref(inputs) as Arrays;
  return {
    step() {
      state = step(state, again()) as State;
      // Until something is read, jax-js only writes down what is to be computed. One number of a `jit` brings about all of
      // it, and sooner than waiting for each array would.
      state.steps.ref.dataSync();
    },
    loss: async () => (await loss(tree.ref(state.weights) as Arrays, again()).data())[0] as number,
  };
};
