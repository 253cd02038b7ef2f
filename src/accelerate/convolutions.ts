/** The gradient of a convolution by its filter, which tfjs's wasm backend lacks. */
import { backend_util, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, type WasmBackend } from './backend';
import type { Kernels } from './kernels';
import { run } from './record';

interface Attributes {
  strides: [number, number] | number;
  pad: 'same' | 'valid' | number;
  dataFormat: string;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  filterShape: [number, number, number, number];
}

/** The outputs, first and count, that filter position `at` reaches along an axis without leaving the picture. */
function reached(at: number, padding: number, stride: number, size: number, outSize: number): [number, number] {
  const first = Math.max(0, Math.ceil((padding - at) / stride));
  const last = Math.min(outSize - 1, Math.floor((size - 1 + padding - at) / stride));
  return [first, Math.max(0, last - first + 1)];
}

/** Each entry of the filter is a product: what lies under it in all pictures, times the gradients there. */
export function filterGradient(backend: WasmBackend, kernels: Kernels, scratch: number): KernelFunc {
  return ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
    const { strides, pad, dataFormat, dimRoundingMode, filterShape } = attrs as unknown as Attributes;
    if (dataFormat !== 'NHWC' || x.dtype !== 'float32' || dy.dtype !== 'float32') {
      throw new Error(`The gradient of a filter takes float32 in NHWC, not ${x.dtype}, ${dy.dtype} in ${dataFormat}.`);
    }
    const shape = x.shape as [number, number, number, number];
    const info = backend_util.computeConv2DInfo(shape, filterShape, strides, 1, pad, dimRoundingMode);
    const { batchSize: B, inHeight: H, inWidth: W, inChannels: I, outHeight, outWidth, outChannels: O } = info;
    const out = backend.makeOutput(filterShape, 'float32');
    const [from, grad, to] = [x, dy, out].map((tensor) => addressOf(backend, tensor)) as [number, number, number];
    for (let i = 0; i < info.filterHeight; i++) {
      for (let j = 0; j < info.filterWidth; j++) {
        const [row, rows] = reached(i, info.padInfo.top, info.strideHeight, H, outHeight);
        const [column, columns] = reached(j, info.padInfo.left, info.strideWidth, W, outWidth);
        const entry = to + 4 * (i * info.filterWidth + j) * I * O;
        if (B * rows * columns === 0) {
          run(() => backend.wasm.HEAPU8.fill(0, entry, entry + 4 * I * O));
          continue;
        }
        /** A part of `source`, every `down`-th row and `right`-th column, together. */
        const gather = (
          source: number,
          start: number,
          width: number,
          height: number,
          c: number,
          down: number,
          right: number,
        ) => {
          const part = backend.makeOutput([B, rows, columns, c], 'float32');
          const address = addressOf(backend, part);
          run(() =>
            kernels.copyStrided(
              ...[source + 4 * start * c, address, B, rows, columns, c],
              ...[height * width * c, down * width * c, right * c, 1],
              ...[rows * columns * c, columns * c, c, 1],
            ),
          );
          return { part, address };
        };
        const top = row * info.strideHeight + i - info.padInfo.top;
        const left = column * info.strideWidth + j - info.padInfo.left;
        const under = gather(from, top * W + left, W, H, I, info.strideHeight, info.strideWidth);
        const whole = rows === outHeight && columns === outWidth;
        const above = whole
          ? { part: null, address: grad }
          : gather(grad, row * outWidth + column, outWidth, outHeight, O, 1, 1);
        const terms = B * rows * columns;
        run(() => kernels.matmul(under.address, above.address, entry, 1, 0, 0, I, O, terms, 1, 0, scratch));
        for (const { part } of [under, above]) if (part) backend.disposeData(part.dataId);
      }
    }
    return out;
  };
}
