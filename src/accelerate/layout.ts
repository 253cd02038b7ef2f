/**
 * Kernels that move values, on types of four bytes: Transpose, Slice, SplitV, Concat, Cast, Identity and
 * UnsortedSegmentSum.
 */
import { backend_util, getKernel, type KernelFunc, slice_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { addressOf, type WasmBackend } from './backend';
import type { Kernels } from './kernels';
import { run } from './record';
import { sizeOf, stridesOf } from './shapes';

type Four = [number, number, number, number];

const isWide = ({ dtype }: TensorInfo) => dtype === 'float32' || dtype === 'int32';

/** `numbers` as four, led by `filler`. */
const four = (numbers: readonly number[], filler: number) =>
  [...Array(4 - numbers.length).fill(filler), ...numbers] as Four;

export function layoutKernels(backend: WasmBackend, kernels: Kernels): Record<string, KernelFunc> {
  /** Copies an array of `sizes` from one layout to another; at most four axes. */
  const copy = (x: number, y: number, sizes: readonly number[], from: readonly number[], to: readonly number[]) => {
    const [n0, n1, n2, n3] = four(sizes, 1);
    const [x0, x1, x2, x3] = four(from, 0);
    const [y0, y1, y2, y3] = four(to, 0);
    run(() => kernels.copyStrided(x, y, n0, n1, n2, n3, x0, x1, x2, x3, y0, y1, y2, y3));
  };

  /** The same values under the same address: nothing to compute. */
  const shared = (x: TensorInfo, shape = x.shape): TensorInfo => {
    backend.incRef(x.dataId);
    return { dataId: x.dataId, shape, dtype: x.dtype };
  };

  const ownTranspose = getKernel('Transpose', 'wasm').kernelFunc;
  const transpose: KernelFunc = (args) => {
    const x = args.inputs.x as TensorInfo;
    const { perm } = args.attrs as unknown as { perm: number[] };
    const moving = perm.filter((axis) => x.shape[axis] !== 1);
    // tfjs's own is fast for two or three axes, and where the last one moves.
    const keepsRows = moving.at(-1) === Math.max(...moving);
    if (!isWide(x) || moving.length > 4 || (moving.length < 4 && !keepsRows)) return ownTranspose(args);
    const shape = perm.map((axis) => x.shape[axis] as number);
    if (moving.every((axis, i) => i === 0 || axis > (moving[i - 1] as number))) return shared(x, shape);
    const out = backend.makeOutput(shape, x.dtype);
    const strides = stridesOf(x.shape);
    const sizes = moving.map((axis) => x.shape[axis] as number);
    const from = moving.map((axis) => strides[axis] as number);
    if (sizeOf(shape) > 0) copy(addressOf(backend, x), addressOf(backend, out), sizes, from, stridesOf(sizes));
    return out;
  };

  const ownSlice = getKernel('Slice', 'wasm').kernelFunc;
  const slice: KernelFunc = (args) => {
    const x = args.inputs.x as TensorInfo;
    const attrs = args.attrs as unknown as { begin: number | number[]; size: number | number[] };
    if (!isWide(x) || x.shape.length > 4) return ownSlice(args);
    const [begin, size] = slice_util.parseSliceParams(x as never, attrs.begin, attrs.size) as [number[], number[]];
    slice_util.assertParamsValid(x as never, begin, size);
    const out = backend.makeOutput(size, x.dtype);
    const strides = stridesOf(x.shape);
    const start = begin.reduce((sum, at, axis) => sum + at * (strides[axis] as number), 0);
    if (sizeOf(size) > 0) {
      copy(addressOf(backend, x) + 4 * start, addressOf(backend, out), size, strides, stridesOf(size));
    }
    return out;
  };

  const split: KernelFunc = (args) => {
    const x = args.inputs.x as TensorInfo;
    const attrs = args.attrs as unknown as { numOrSizeSplits: number | number[]; axis: number };
    const [axis] = util.parseAxisParam(attrs.axis, x.shape) as [number];
    const begin = x.shape.map(() => 0);
    return backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits, axis).map((part) => {
      const size = x.shape.with(axis, part);
      const piece = slice({ inputs: { x }, attrs: { begin: [...begin], size }, backend }) as TensorInfo;
      begin[axis] = (begin[axis] as number) + part;
      return piece;
    });
  };

  const ownConcat = getKernel('Concat', 'wasm').kernelFunc;
  const concat: KernelFunc = (args) => {
    const inputs = Object.values(args.inputs) as TensorInfo[];
    const [first] = inputs as [TensorInfo];
    if (!inputs.every(isWide)) return ownConcat(args);
    const [axis] = util.parseAxisParam((args.attrs as unknown as { axis: number }).axis, first.shape) as [number];
    const shapes = inputs.map(({ shape }) => shape);
    backend_util.assertParamsConsistent(shapes, axis);
    const shape = backend_util.computeOutShape(shapes, axis);
    const out = backend.makeOutput(shape, first.dtype);
    const rows = sizeOf(shape.slice(0, axis));
    const row = sizeOf(shape.slice(axis));
    let to = addressOf(backend, out);
    for (const x of inputs) {
      const part = sizeOf(x.shape.slice(axis));
      if (rows * part > 0) copy(addressOf(backend, x), to, [rows, part], [part, 1], [row, 1]);
      to += 4 * part;
    }
    return out;
  };

  const ownCast = getKernel('Cast', 'wasm').kernelFunc;
  const cast: KernelFunc = (args) => {
    const x = args.inputs.x as TensorInfo;
    // tfjs copies the values in JavaScript even where the type stays.
    return (args.attrs as unknown as { dtype: string }).dtype === x.dtype ? shared(x) : ownCast(args);
  };

  // tfjs copies here too, though its other backends share; a tensor never changes, and optimizers look before they write.
  const identity: KernelFunc = ({ inputs }) => shared(inputs.x as TensorInfo);

  const segmentSum: KernelFunc = ({ inputs, attrs }) => {
    const { x, segmentIds } = inputs as { x: TensorInfo; segmentIds: TensorInfo };
    const { numSegments } = attrs as unknown as { numSegments: number };
    if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32' || segmentIds.shape.length !== 1) {
      throw new Error(
        `unsortedSegmentSum takes float32 values and a list of int32 segments, not ${x.dtype} and ` +
          `${segmentIds.dtype} of shape [${segmentIds.shape}].`,
      );
    }
    const out = backend.makeOutput([numSegments, ...x.shape.slice(1)], 'float32');
    const [from, ids, to] = [x, segmentIds, out].map((info) => addressOf(backend, info)) as [number, number, number];
    const [count, width] = [segmentIds.shape[0] as number, sizeOf(x.shape.slice(1))];
    run(() => kernels.addRows(from, ids, to, count, numSegments, width));
    return out;
  };

  return {
    Transpose: transpose,
    Slice: slice,
    SplitV: split,
    Concat: concat,
    Cast: cast,
    Identity: identity,
    UnsortedSegmentSum: segmentSum,
  };
}
