import { expect, test } from 'vitest';
import * as tf from '#lab/tf';
import { fuzz, type Operand, tensor } from './fuzz';

/** tfjs's own kernels: this runs when the file is loaded, before the backend is started and accelerated. */
const stock = new Map(tf.getKernelsForBackend('wasm').map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));

/** The values that a kernel gives, in the one version and the other. */
function both(name: string, operands: Operand[], attrs: tf.NamedAttrMap): [unknown, unknown] {
  const backend = tf.backend() as tf.KernelBackend & { disposeData(id: object): void };
  const tensors = operands.map((operand) => tensor(operand));
  const named = tensors.length > 1 && name !== 'Concat' ? { a: tensors[0], b: tensors[1] } : { x: tensors[0] };
  const inputs = (name === 'Concat' ? tensors : named) as tf.NamedTensorInfoMap;
  const results = [stock.get(name), tf.getKernel(name, 'wasm').kernelFunc].map((kernel) => {
    const out = (kernel as tf.KernelFunc)({ inputs, attrs, backend }) as tf.TensorInfo;
    const values = Array.from(backend.readSync(out.dataId) as Float32Array);
    backend.disposeData(out.dataId);
    return { shape: out.shape, values };
  });
  tf.dispose(tensors);
  return results as [unknown, unknown];
}

/** A kernel, and random operands and attributes for it. */
const cases: Record<string, (f: ReturnType<typeof fuzz>) => [Operand[], tf.NamedAttrMap]> = {
  // One matrix: with several, tfjs sums in blocks.
  BatchMatMul: ({ operand, size }) => {
    const [M, K, N] = [size(), size() * 9, size()];
    return [[operand([M, K]), operand([K, N])], { transposeA: false, transposeB: false }];
  },
  ...Object.fromEntries(
    ['Add', 'Sub', 'Multiply', 'RealDiv', 'SquaredDifference'].map((name) => [
      name,
      ({ operand, size, below }: ReturnType<typeof fuzz>) => {
        const [n, m] = [size(), size()];
        return [[operand([n, m]), operand([[m], [1, m], [n, 1], [n, m], []][below(5)] as number[])], {}];
      },
    ]),
  ),
  Sum: ({ operand, size, below }) => {
    const shape = [size(), size() * 9, size()];
    return [
      [operand(shape)],
      { axis: [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]][below(6)] as number[], keepDims: false },
    ];
  },
  Square: ({ odd, size }) => [[odd([size()])], {}],
  Step: ({ odd, size, below }) => [[odd([size()])], { alpha: below(3) }],
  Transpose: ({ operand, size }) => [[operand([2, size(), 3, size()])], { perm: [0, 2, 1, 3] }],
  Slice: ({ operand, size }) => [[operand([4, 5, size()])], { begin: [1, 2, 0], size: [2, 3, -1] }],
  Concat: ({ operand, size }) => {
    const rows = size();
    return [[operand([rows, size()]), operand([rows, size()])], { axis: 1 }];
  },
};

test.each(Object.keys(cases))('%s gives the bits of tfjs’s own kernel, 40 times', (name) => {
  const random = fuzz(`bits ${name}`);
  expect(tf.getKernel(name, 'wasm').kernelFunc).not.toBe(stock.get(name));
  for (let i = 0; i < 40; i++) {
    const [operands, attrs] = (cases[name] as (typeof cases)[string])(random);
    const [theirs, ours] = both(name, operands, attrs);
    expect(ours).toEqual(theirs);
  }
});
