/**
 * A faster matrix product for tfjs's wasm backend.
 *
 * With a transpose flag, the wasm kernel leaves XNNPACK for a plain loop that is more than ten times slower, and every
 * gradient of a matrix product sets that flag. Transposing first and multiplying without the flag gives the same
 * numbers (the sums run in another order) at the speed of the flagless product.
 */
import { getKernel, type KernelFunc, type NamedAttrMap, registerKernel, type TensorInfo, unregisterKernel } from './tf';

const FLAGS = [
  ['a', 'transposeA'],
  ['b', 'transposeB'],
] as const;

let installed = false;

export function useExplicitTransposes(): void {
  if (installed) return;
  installed = true;
  for (const kernelName of ['BatchMatMul', '_FusedMatMul']) {
    const original = getKernel(kernelName, 'wasm');
    const transpose = getKernel('Transpose', 'wasm').kernelFunc;
    const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
      const operands = { a: inputs.a as TensorInfo, b: inputs.b as TensorInfo };
      // The transpose kernel is fast up to rank 3; the layers here need no more.
      if (operands.a.shape.length > 3 || operands.b.shape.length > 3) {
        return original.kernelFunc({ inputs, attrs: attrs as NamedAttrMap, backend });
      }
      const temporary: TensorInfo[] = [];
      for (const [operand, flag] of FLAGS) {
        if (!attrs?.[flag]) continue;
        const x = operands[operand];
        const perm = x.shape.length === 3 ? [0, 2, 1] : [1, 0];
        operands[operand] = transpose({ inputs: { x }, attrs: { perm }, backend }) as TensorInfo;
        temporary.push(operands[operand]);
      }
      const output = original.kernelFunc({
        inputs: { ...inputs, ...operands },
        attrs: { ...attrs, transposeA: false, transposeB: false },
        backend,
      });
      for (const { dataId } of temporary) (backend as { disposeData(id: object): void }).disposeData(dataId);
      return output;
    };
    unregisterKernel(kernelName, 'wasm');
    registerKernel({ ...original, kernelFunc });
  }
}
