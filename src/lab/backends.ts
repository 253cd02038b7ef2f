/** Starting the devices that experiments compute on. */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { accelerate } from '#accelerate/accelerate';
import { type BackendName, backendTitles } from './backend-names';
import * as tf from './tf';

/** What to try, best first: the reader's or the experiment's wish, then wasm, then cpu, which always works. */
export function candidates(wish: BackendName | undefined): BackendName[] {
  return [...new Set<BackendName>([wish ?? 'wasm', 'wasm', 'cpu'])];
}

/** Where the two builds of tfjs's wasm backend lie, as URLs or file paths. Call before the first {@link useBackend}. */
export function locateWasm({ plain, simd }: { plain: string; simd: string }): void {
  // tfjs wants an address for the threaded build too, though it is never asked for (next line).
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plain,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': simd,
  });
  // The threaded build needs a cross-origin isolated page, and breaks when minified; SIMD alone needs neither.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
}

/** Makes `name` the backend of the operations that follow. Throws if the device does not have it. */
export async function useBackend(name: BackendName): Promise<void> {
  if (tf.engine().backendName === name) return;
  if (name === 'webgpu' && !tf.engine().registryFactory[name]) {
    if (!globalThis.navigator?.gpu) throw new Error('This browser has no WebGPU.');
    await import('@tensorflow/tfjs-backend-webgpu');
  }
  // tfjs reports a backend that fails to start by returning false, having warned on the console.
  if (!(await tf.setBackend(name))) throw new Error(`${backendTitles[name]} did not start on this device.`);
  // The kernels need SIMD, which every browser of the last years has.
  if (name === 'wasm' && (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) accelerate();
}
