import { afterEach, expect, test } from 'vitest';
import { useBackend } from '#lab/backends';
import * as tf from '#lab/tf';
import { fuzz, tensor } from './fuzz';

afterEach(() => useBackend('wasm'));

const optimizers = {
  Adam: () => tf.train.adam(0.01),
  'Adam with other constants': () => tf.train.adam(0.1, 0.7, 0.95, 1e-3),
  'gradient descent': () => tf.train.sgd(0.05),
};

/** The variables after 30 updates with gradients that are known beforehand, and so the same on both backends. */
async function updated(
  make: () => tf.Optimizer,
  backend: 'wasm' | 'cpu',
  watch?: (variable: tf.Variable) => tf.Tensor,
) {
  await useBackend(backend);
  const { operand } = fuzz('optimizers');
  const optimizer = make();
  const variables = [[1], [7], [5, 3], [16, 33]].map((shape) => {
    const start = tensor(operand(shape));
    const variable = tf.variable(start);
    start.dispose();
    return variable;
  });
  const watched = watch?.(variables[3] as tf.Variable);
  for (let step = 0; step < 30; step++) {
    const gradients = variables.map(({ name, shape }) => ({ name, tensor: tensor(operand(shape)) }));
    // The third is left out at times, as tfjs's own gradients may.
    if (step % 5 === 4) Object.assign(gradients[2] as object, { tensor: null });
    optimizer.applyGradients(gradients);
    tf.dispose(gradients.map((gradient) => gradient.tensor).filter(Boolean));
  }
  const values = variables.map((variable) => Array.from(variable.dataSync()));
  const result = { values, watched: watched && Array.from(watched.dataSync()) };
  tf.dispose([...variables, ...(watched ? [watched] : [])]);
  optimizer.dispose();
  return result;
}

test.each(Object.entries(optimizers))('%s has the bits of tfjs’s own on plain JavaScript', async (_name, make) => {
  expect(await updated(make, 'wasm')).toEqual(await updated(make, 'cpu'));
});

test.each(Object.entries(optimizers))('%s leaves alone what shares memory with a variable', async (_name, make) => {
  const { values, watched } = await updated(make, 'wasm', (variable) => tf.clone(variable));
  const before = fuzz('optimizers');
  const [, , , start] = [[1], [7], [5, 3], [16, 33]].map((shape) => before.operand(shape));
  expect(watched).toEqual(Array.from(start?.values ?? []));
  expect(values).toEqual((await updated(make, 'cpu')).values);
});
