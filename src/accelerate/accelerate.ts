/**
 * Makes tfjs's wasm backend fast without changing what it computes: `await tf.setBackend('wasm'); accelerate();`.
 * Models, operations and optimizers are used as before.
 */
import { engine, getKernel, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { type Cwrap, type WasmBackend, wasmBackend } from './backend';
import { filterGradient } from './convolutions';
import { entrywiseKernels } from './entrywise';
import { fusedSupported, instantiate, type Kernels } from './kernels';
import { layoutKernels } from './layout';
import { accelerateOptimizers } from './optimizers';
import { productKernels, SCRATCH_FLOATS } from './products';
import { refuse, run } from './record';
import { replayable } from './replayable';

const accelerated = new WeakMap<object, Kernels>();

/** The kernels of an accelerated backend. Throws if it is not. */
export function kernelsOf(backend: WasmBackend): Kernels {
  const kernels = accelerated.get(backend);
  if (!kernels) throw new Error("Call accelerate() after tf.setBackend('wasm') and before this.");
  return kernels;
}

/** Lets recordings hear the calls of tfjs's own WebAssembly. */
function hearCalls(backend: WasmBackend): void {
  const own = backend.wasm.cwrap;
  const heard: Cwrap = (name, returns, takes) => {
    const call = own(name, returns, takes);
    if (returns !== null) {
      return (...args) => {
        refuse(`${name} hands a number to JavaScript`);
        return call(...args);
      };
    }
    const known = replayable.has(name);
    return (...args) => {
      if (!known) refuse(`it is not known whether ${name} may be replayed`);
      run(() => call(...args));
    };
  };
  backend.wasm.cwrap = heard;
  // Kernels fetch their functions in their set-up, which has been.
  for (const { setupFunc } of getKernelsForBackend('wasm')) setupFunc?.(backend as never);
}

/**
 * Replaces the kernels of tfjs's wasm backend that are slow, for all code in this thread; calling it again does nothing.
 * Results keep their bits, except with `fused`: products then add with one rounding, which is about a quarter faster,
 * more exact, and not the same on every machine; where the engine cannot, that does nothing. Returns whether it does.
 * Throws if the wasm backend is not in use, or was built without SIMD.
 */
export function accelerate({ fused = false } = {}): { fused: boolean } {
  const backend = wasmBackend();
  const rounding = { fused: fused && fusedSupported() };
  if (accelerated.has(backend)) return rounding;
  const kernels = instantiate(backend.wasm.asm.memory, rounding.fused);
  accelerated.set(backend, kernels);
  hearCalls(backend);
  const scratch = backend.wasm._malloc(4 * SCRATCH_FLOATS);
  const replacements = {
    ...productKernels(backend, kernels, scratch),
    Conv2DBackpropFilter: filterGradient(backend, kernels, scratch),
    ...entrywiseKernels(backend, kernels),
    ...layoutKernels(backend, kernels),
  };
  for (const [kernelName, kernelFunc] of Object.entries(replacements)) {
    const own = getKernel(kernelName, 'wasm');
    if (own) unregisterKernel(kernelName, 'wasm');
    registerKernel({ ...own, kernelName, backendName: 'wasm', kernelFunc });
  }
  accelerateOptimizers(backend, kernels);
  return rounding;
}

/** Whether the backend in use has been accelerated. */
export const isAccelerated = (): boolean => engine().backendName === 'wasm' && accelerated.has(engine().backend);
