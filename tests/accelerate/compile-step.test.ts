import { describe, expect, test } from 'vitest';
import { wasmBackend } from '#accelerate/backend';
import { CannotReplay, compileStep } from '#accelerate/compile-step';
import * as tf from '#lab/tf';
import { fuzz, tensor } from './fuzz';

const optimizers = {
  Adam: () => tf.train.adam(0.01),
  'gradient descent': () => tf.train.sgd(0.05),
  // tfjs's own: it gives its variables new memory at every step.
  momentum: () => tf.train.momentum(0.02, 0.9),
};

/** A small network with what it learns from; equal each time it is made. */
function problem(make: () => tf.Optimizer = optimizers.Adam) {
  const { operand } = fuzz('problem');
  const variable = (shape: number[]) => tf.tidy(() => tf.variable(tensor(operand(shape))));
  const variables = [variable([3, 8]), variable([8]), variable([8, 2])] as const;
  const [x, y] = [tensor<tf.Rank.R2>(operand([16, 3])), tensor<tf.Rank.R2>(operand([16, 2]))];
  const optimizer = make();
  const predict = (inputs: tf.Tensor2D) =>
    tf.matMul(
      tf.tanh(tf.add(tf.matMul(inputs, variables[0] as tf.Tensor2D), variables[1])),
      variables[2] as tf.Tensor2D,
    );
  const loss = (inputs = x, targets = y) => tf.losses.meanSquaredError(targets, predict(inputs)) as tf.Scalar;
  return {
    variables,
    optimizer,
    loss,
    step: (inputs = x, targets = y) => void optimizer.minimize(() => loss(inputs, targets), false, [...variables]),
    values: () => variables.map((v) => Array.from(v.dataSync())),
    dispose: () => {
      tf.dispose([...variables, x, y]);
      optimizer.dispose();
    },
  };
}

const times = (n: number, what: () => void) => {
  for (let i = 0; i < n; i++) what();
};

describe('replayed steps', () => {
  test.each(Object.entries(optimizers))('with %s have the bits of the same steps one by one', (_name, make) => {
    const [eager, replayed] = [problem(make), problem(make)];
    const step = compileStep(() => replayed.step());
    times(100, () => eager.step());
    times(100, step);
    expect(step.replaying).toBe(true);
    expect(replayed.values()).toEqual(eager.values());
    step.dispose();
    // And tfjs can go on from there.
    times(3, () => replayed.step());
    times(3, () => eager.step());
    expect(replayed.values()).toEqual(eager.values());
    for (const one of [eager, replayed]) one.dispose();
  });

  test('take new data from the tensors they are called with', () => {
    const [eager, replayed] = [problem(), problem()];
    const step = compileStep((x: tf.Tensor2D, y: tf.Tensor2D) => replayed.step(x, y));
    const { operand } = fuzz('data');
    times(20, () => {
      const [x, y] = [tensor<tf.Rank.R2>(operand([16, 3])), tensor<tf.Rank.R2>(operand([16, 2]))];
      eager.step(x, y);
      step(x, y);
      tf.dispose([x, y]);
    });
    expect(step.replaying).toBe(true);
    expect(replayed.values()).toEqual(eager.values());
    const wide = tf.zeros<tf.Rank.R2>([17, 3]);
    expect(() => step(wide, wide)).toThrow('input 0 was float32 of shape [16,3] and is now float32 of shape [17,3]');
    step.dispose();
    wide.dispose();
    for (const one of [eager, replayed]) one.dispose();
  });

  test('follow a learning rate that changes', () => {
    const [eager, replayed] = [problem(), problem()];
    const step = compileStep(() => replayed.step());
    for (const rate of [0.01, 0.1, 0.001]) {
      for (const { optimizer } of [eager, replayed]) Object.assign(optimizer, { learningRate: rate });
      times(10, () => eager.step());
      times(10, step);
    }
    expect(replayed.values()).toEqual(eager.values());
    step.dispose();
    for (const one of [eager, replayed]) one.dispose();
  });

  test('are recorded anew when somebody else replaced a variable', () => {
    const [eager, replayed] = [problem(), problem()];
    const step = compileStep(() => replayed.step());
    for (let i = 0; i < 3; i++) {
      times(10, () => eager.step());
      times(10, step);
      for (const { variables } of [eager, replayed]) {
        tf.tidy(() => variables[1].assign(tf.mul(variables[1], 0.5)));
      }
    }
    times(10, () => eager.step());
    times(10, step);
    expect(step.replaying).toBe(true);
    expect(replayed.values()).toEqual(eager.values());
    step.dispose();
    for (const one of [eager, replayed]) one.dispose();
  });

  test('take no memory, and give back what the recording held', () => {
    const { wasm } = wasmBackend();
    const held = new Set<number>();
    const { _malloc, _free } = wasm;
    wasm._malloc = (bytes) => {
      const address = _malloc(bytes) >>> 0;
      held.add(address);
      return address;
    };
    wasm._free = (address) => {
      held.delete(address);
      _free(address);
    };
    try {
      const state = () => [held.size, tf.memory().numTensors, tf.memory().numBytes, tf.backend().numDataIds()];
      const before = state();
      const one = problem(optimizers.momentum);
      const step = compileStep(() => one.step());
      times(10, step);
      const recorded = state();
      times(1000, step);
      expect(state()).toEqual(recorded);
      step.dispose();
      one.dispose();
      // tfjs's momentum does not.
      (one.optimizer as unknown as { c: tf.Tensor }).c.dispose();
      expect(state()).toEqual(before);
    } finally {
      Object.assign(wasm, { _malloc, _free });
    }
  });
});

describe('steps that cannot be replayed are refused with the reason, after they have been carried out', () => {
  let noise = 0;
  /** Two things in one expression. */
  const both = (..._done: unknown[]) => undefined;
  const reasons: [string, (one: ReturnType<typeof problem>) => void][] = [
    ['two steps in a row differ', ({ step }) => tf.tidy(() => step(tf.fill([16, 3], ++noise)))],
    ['two steps in a row differ', ({ step }) => tf.tidy(() => step(tf.tensor2d(Array(48).fill(++noise), [16, 3])))],
    ['two steps in a row differ', ({ step }) => tf.tidy(() => step(tf.zeros([++noise, 3]), tf.zeros([noise, 2])))],
    ['it reads values back to JavaScript', ({ loss, step }) => tf.tidy(() => both(loss().dataSync(), step()))],
    [
      'Cast computes in JavaScript',
      ({ loss, step }) => tf.tidy(() => both(tf.cast(tf.greater(loss(), 1), 'float32'), step())),
    ],
    [
      'it is not known whether Conv2D may be replayed',
      ({ variables, step }) =>
        tf.tidy(() => {
          tf.conv2d(tf.reshape<tf.Rank.R3>(variables[0], [3, 8, 1]), tf.ones([2, 2, 1, 1]), 1, 'same');
          step();
        }),
    ],
    ['it leaves new tensors behind', ({ loss, step }) => both(leftover.push(loss()), step())],
    ['it makes new variables', ({ step }) => both(leftover.push(tf.tidy(() => tf.variable(tf.scalar(1)))), step())],
    ['it computes nothing with tensors', ({ variables }) => void variables[0].size],
  ];
  const leftover: tf.Tensor[] = [];

  test.each(reasons)('%s', (reason, body) => {
    const [eager, refused] = [problem(), problem()];
    const start = noise;
    times(3, () => body(eager));
    noise = start;
    const step = compileStep(() => body(refused));
    let error: unknown;
    times(3, () => {
      try {
        step();
      } catch (thrown) {
        error ??= thrown;
      }
    });
    expect(error).toBeInstanceOf(CannotReplay);
    expect(String(error)).toContain(reason);
    expect(refused.values()).toEqual(eager.values());
    expect(step.replaying).toBe(false);
    step.dispose();
    tf.dispose(leftover.splice(0));
    for (const one of [eager, refused]) one.dispose();
  });

  test('an error of the step itself goes through', () => {
    const step = compileStep(() => {
      throw new TypeError('of its own');
    });
    expect(step).toThrow(new TypeError('of its own'));
  });
});
