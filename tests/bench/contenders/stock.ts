/** tfjs's wasm backend as it comes: SIMD, one thread, its own kernels, every step eager. */
import { locateWasm } from '#lab/backends';
import * as tf from '#lab/tf';
import type { Start, WasmFiles } from './contender';
import { trainer } from './tfjs-models';

/** Starts the backend without accelerating it. */
export async function startStock(wasm: WasmFiles): Promise<void> {
  locateWasm(wasm);
  if (!(await tf.setBackend('wasm'))) throw new Error('The wasm backend did not start.');
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('This engine has no SIMD.');
}

export const start: Start = async (task, problem, wasm) => {
  await startStock(wasm);
  return trainer(task, problem, (step) => step);
};
