/**
 * The workloads in tfjs, for the stock backend and for ours alike: plain operations and tfjs's own gradients, none of
 * them missing on the wasm backend.
 */
import * as tf from '#lab/tf';
import { type Attention, attend } from '../../../content/papers/one-step-gd/attention';
import { type Block, layersOf, type Problem } from '../problem';
import { adam, type LanguageModel, type Mixer, type Task } from '../workloads';
import type { Trainer } from './contender';
import { mixerLogits } from './tfjs-mixer';
import { causal, logits } from './tfjs-transformer';

type Tensors = Record<string, tf.Tensor>;
type Variables = Record<string, tf.Variable>;

const mapped = <T>(blocks: Record<string, Block>, make: (block: Block) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, make(block)]));

const tensorOf = ({ values, shape }: Block) =>
  tf.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float32');

function predict(weights: Variables, x: tf.Tensor): tf.Tensor {
  const layers = layersOf(weights);
  return layers.reduce((h, { W, b }, k) => {
    const z = tf.add(tf.matMul(h, W), b);
    return k < layers.length - 1 ? tf.relu(z) : z;
  }, x);
}

/** The wasm backend has no gradient for rows picked by index, so that tokens are one-hot rows. */
function languageModelLoss(task: LanguageModel, weights: Variables, inputs: Tensors): () => tf.Tensor {
  const oneHot = (tokens: tf.Tensor) =>
    tf.cast(tf.oneHot(tf.reshape(tokens, [-1]) as tf.Tensor1D, task.vocabulary), 'float32') as tf.Tensor2D;
  const [tokens, next] = [oneHot(inputs.tokens as tf.Tensor), oneHot(inputs.next as tf.Tensor)];
  const mask = causal(task.context);
  return () => tf.losses.softmaxCrossEntropy(next, logits(task, weights, tokens, mask));
}

function mixerLoss(task: Mixer, weights: Variables, inputs: Tensors): () => tf.Tensor {
  const labels = tf.cast(tf.oneHot(inputs.labels as tf.Tensor1D, task.classes), 'float32');
  return () => tf.losses.softmaxCrossEntropy(labels, mixerLogits(task, weights, inputs.patches as tf.Tensor2D));
}

/** The loss as a function of the variables. */
function lossOf(task: Task, weights: Variables, inputs: Tensors): () => tf.Tensor {
  switch (task.kind) {
    case 'mlp':
      return () => tf.losses.meanSquaredError(inputs.y as tf.Tensor, predict(weights, inputs.x as tf.Tensor));
    case 'linear-attention': {
      const [tokens, queries] = [inputs.tokens as tf.Tensor3D, inputs.queries as tf.Tensor2D];
      const layer = weights as unknown as Attention;
      return () => tf.losses.meanSquaredError(inputs.targets as tf.Tensor, attend(layer, tokens, queries, task.n));
    }
    case 'language-model':
      return languageModelLoss(task, weights, inputs);
    case 'mixer':
      return mixerLoss(task, weights, inputs);
  }
}

/** Trains on the present backend. `compile` may turn the step into a faster one that does the same. */
export function trainer(task: Task, problem: Problem, compile: (step: () => void) => () => void): Trainer {
  const weights = mapped(problem.weights, (block) => tf.variable(tensorOf(block)));
  const loss = lossOf(task, weights, mapped(problem.inputs, tensorOf));
  const { rate, beta1, beta2, epsilon } = adam;
  const optimizer = tf.train.adam(rate, beta1, beta2, epsilon);
  const trained = Object.values(weights);
  return {
    step: compile(() => {
      optimizer.minimize(() => loss() as tf.Scalar, false, trained);
    }),
    loss: () => tf.tidy(() => loss().dataSync()[0] as number),
    memory() {
      const { numTensors, numBytes } = tf.memory();
      const { wasm } = tf.backend() as tf.KernelBackend & { wasm: { HEAPU8: Uint8Array } };
      return { tensors: numTensors, 'in tensors': numBytes, 'wasm heap': wasm.HEAPU8.length };
    },
  };
}
