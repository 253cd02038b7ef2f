/** Products of matrices: tfjs's kernels BatchMatMul and _FusedMatMul, in all four cases of transposition. */
import { broadcast_util, getKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, type WasmBackend } from './backend';
import type { Kernels } from './kernels';
import { run } from './record';
import { sizeOf } from './shapes';

/** Floats that `matmul` packs at a time, of B and of A. */
export const SCRATCH_FLOATS = (8 + 256) * 256;

interface Attributes {
  transposeA: boolean;
  transposeB: boolean;
}

/** How far apart the matrices of a batch are, for each matrix of the result's batch. */
function places(batch: readonly number[], outBatch: readonly number[], size: number): number[] {
  const missing = outBatch.length - batch.length;
  return Array.from({ length: sizeOf(outBatch) }, (_, index) => {
    let [rest, place, stride] = [index, 0, 1];
    for (let axis = outBatch.length - 1; axis >= 0; axis--) {
      const n = outBatch[axis] as number;
      const own = batch[axis - missing] ?? 1;
      if (own !== 1) place += (rest % n) * stride;
      stride *= own;
      rest = Math.floor(rest / n);
    }
    return place * size;
  });
}

function product(
  { a, b }: { a: TensorInfo; b: TensorInfo },
  { transposeA, transposeB }: Attributes,
  backend: WasmBackend,
  kernels: Kernels,
  scratch: number,
): TensorInfo {
  for (const { dtype } of [a, b]) {
    if (dtype !== 'float32') throw new Error(`A product of matrices takes float32, not ${dtype}.`);
  }
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [M, K] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [inner, N] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (inner !== K) {
    throw new Error(
      `matMul: inner sizes ${K} and ${inner} of shapes [${a.shape}] and [${b.shape}] must be equal ` +
        `(transposeA=${transposeA}, transposeB=${transposeB}).`,
    );
  }
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const out = backend.makeOutput([...batch, M, N], 'float32');
  if (sizeOf(out.shape) === 0) return out;
  const [x, y, z] = [a, b, out].map((info) => addressOf(backend, info)) as [number, number, number];
  if (K === 0) {
    // Sums of no terms.
    run(() => backend.wasm.HEAPU8.fill(0, z, z + 4 * sizeOf(out.shape)));
    return out;
  }
  const multiply = (from: number, by: number, to: number, count: number, nextA: number, nextB: number) =>
    run(() => kernels.matmul(from, by, to, count, nextA, nextB, M, N, K, +transposeA, +transposeB, scratch));
  const count = sizeOf(batch);
  const [countA, countB] = [sizeOf(batchA), sizeOf(batchB)];
  if ([1, count].includes(countA) && [1, count].includes(countB)) {
    multiply(x, y, z, count, countA === 1 ? 0 : M * K, countB === 1 ? 0 : K * N);
    return out;
  }
  const [placesA, placesB] = [places(batchA, batch, M * K), places(batchB, batch, K * N)];
  for (let i = 0; i < count; i++) {
    multiply(x + 4 * (placesA[i] as number), y + 4 * (placesB[i] as number), z + 4 * i * M * N, 1, 0, 0);
  }
  return out;
}

/** Kernels of tfjs for the activations that a fused product may end with. */
const ACTIVATIONS: Record<string, string> = {
  relu: 'Relu',
  relu6: 'Relu6',
  elu: 'Elu',
  sigmoid: 'Sigmoid',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
};

/** `scratch` is room for SCRATCH_FLOATS. */
export function productKernels(backend: WasmBackend, kernels: Kernels, scratch: number): Record<string, KernelFunc> {
  const multiply: KernelFunc = ({ inputs, attrs }) =>
    product(inputs as { a: TensorInfo; b: TensorInfo }, attrs as unknown as Attributes, backend, kernels, scratch);
  const fused: KernelFunc = ({ inputs, attrs }) => {
    const { bias, preluActivationWeights: alpha } = inputs;
    const { activation = 'linear', leakyreluAlpha } = attrs as { activation?: string; leakyreluAlpha?: number };
    let out = multiply({ inputs, attrs, backend }) as TensorInfo;
    /** Replaces the result by what a kernel makes of it. */
    const apply = (name: string, more: Record<string, TensorInfo | undefined>, options: { alpha?: number } = {}) => {
      const before = out;
      const operands = name === 'Add' ? { a: before, ...more } : { x: before, ...more };
      out = getKernel(name, 'wasm').kernelFunc({ inputs: operands, attrs: options, backend }) as TensorInfo;
      backend.disposeData(before.dataId);
    };
    if (bias) apply('Add', { b: bias as TensorInfo });
    if (activation !== 'linear') {
      const name = ACTIVATIONS[activation];
      if (!name) throw new Error(`There is no activation "${activation}" for a fused product.`);
      apply(name, alpha ? { alpha: alpha as TensorInfo } : {}, { alpha: leakyreluAlpha });
    }
    return out;
  };
  return { BatchMatMul: multiply, _FusedMatMul: fused };
}
