/** The compiled kernels, working in tfjs's own memory. What each takes is said in `assembly/`; addresses are in bytes. */
import * as generated from './kernels.generated';

/** Addresses of operands and result, then sizes and distances in values. */
type Numbers = (...args: number[]) => void;

export interface Kernels {
  matmul: Numbers;
  binary: Numbers;
  square: Numbers;
  stepOf: Numbers;
  sumMiddle: Numbers;
  copy: Numbers;
  copyStrided: Numbers;
  addRows: Numbers;
  adam: Numbers;
  scale: Numbers;
  descend: Numbers;
  sin: Numbers;
  cos: Numbers;
}

const bytesOf = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Whether this engine adds products with one rounding. */
export const fusedSupported = (): boolean => WebAssembly.validate(bytesOf(generated.fused));

/**
 * The kernels on `memory`; `fused` for those that add products with one rounding. Throws where the engine has no SIMD
 * (or no relaxed SIMD, for `fused`).
 */
export function instantiate(memory: WebAssembly.Memory, fused: boolean): Kernels {
  const module = new WebAssembly.Module(bytesOf(fused ? generated.fused : generated.plain));
  return new WebAssembly.Instance(module, { env: { memory, sin: Math.sin, cos: Math.cos } })
    .exports as unknown as Kernels;
}
