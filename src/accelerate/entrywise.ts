/** Arithmetic entry by entry, and sums: tfjs's kernels of these names, on float32; other types go to tfjs's own. */
import { backend_util, broadcast_util, getKernel, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { addressOf, type WasmBackend } from './backend';
import type { Kernels } from './kernels';
import { run } from './record';
import { broadcast, sizeOf } from './shapes';

/** The numbers of `assembly/elementwise.ts`. */
const BINARY = { Add: 0, Sub: 1, Multiply: 2, RealDiv: 3, SquaredDifference: 4 };

export function entrywiseKernels(backend: WasmBackend, kernels: Kernels): Record<string, KernelFunc> {
  const binary = (name: string, code: number): KernelFunc => {
    const own = getKernel(name, 'wasm').kernelFunc;
    return (args) => {
      const { a, b } = args.inputs as { a: TensorInfo; b: TensorInfo };
      if (a.dtype !== 'float32' || b.dtype !== 'float32') return own(args);
      const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const layout = broadcast(a.shape, b.shape, shape);
      if (!layout) return own(args);
      const out = backend.makeOutput(shape, 'float32');
      if (sizeOf(shape) === 0) return out;
      const [x, y, z] = [a, b, out].map((info) => addressOf(backend, info)) as [number, number, number];
      const [n0, n1, n2] = layout.sizes;
      const [a0, a1, a2] = layout.a;
      const [b0, b1, b2] = layout.b;
      run(() => kernels.binary(code, x, y, z, n0, n1, n2, a0, a1, a2, b0, b1, b2));
      return out;
    };
  };

  const unary = (name: string, compute: (x: number, out: number, size: number, alpha: number) => void): KernelFunc => {
    const own = getKernel(name, 'wasm').kernelFunc;
    return (args) => {
      const x = args.inputs.x as TensorInfo;
      if (x.dtype !== 'float32') return own(args);
      const out = backend.makeOutput(x.shape, 'float32');
      const [from, to, size] = [addressOf(backend, x), addressOf(backend, out), sizeOf(x.shape)];
      const { alpha = 0 } = (args.attrs ?? {}) as { alpha?: number };
      run(() => compute(from, to, size, alpha));
      return out;
    };
  };

  const ownSum = getKernel('Sum', 'wasm').kernelFunc;
  const sum: KernelFunc = (args) => {
    const x = args.inputs.x as TensorInfo;
    const { axis, keepDims } = args.attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const axes = util.parseAxisParam(axis, x.shape).toSorted((p, q) => p - q);
    const [first, last] = [axes[0] ?? 0, axes.at(-1) ?? -1];
    // One block of neighbouring axes; anything else is for tfjs, which transposes first.
    if (x.dtype !== 'float32' || last - first + 1 !== axes.length) return ownSum(args);
    const [outShape] = backend_util.computeOutAndReduceShapes(x.shape, axes);
    const out = backend.makeOutput(keepDims ? backend_util.expandShapeToKeepDim(outShape, axes) : outShape, 'float32');
    const [from, to] = [addressOf(backend, x), addressOf(backend, out)];
    const outer = sizeOf(x.shape.slice(0, first));
    const count = sizeOf(x.shape.slice(first, last + 1));
    const inner = sizeOf(x.shape.slice(last + 1));
    run(() => kernels.sumMiddle(from, to, outer, count, inner));
    return out;
  };

  return {
    ...Object.fromEntries(Object.entries(BINARY).map(([name, code]) => [name, binary(name, code)])),
    Square: unary('Square', (x, out, size) => kernels.square(x, out, size)),
    Sin: unary('Sin', (x, out, size) => kernels.sin(x, out, size)),
    Cos: unary('Cos', (x, out, size) => kernels.cos(x, out, size)),
    Step: unary('Step', (x, out, size, alpha) => kernels.stepOf(x, out, size, alpha)),
    Sum: sum,
  };
}
