/** What an experiment needs in Node: the backends started, and `public/` read from disk. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BackendName } from './backend-names';
import { locateWasm, useBackend } from './backends';
import type { Loader } from './run';

/** Reads a file of `public/`. Commands and tests run in the project's root. */
export const loadPublic: Loader = async (path) => new Uint8Array(await readFile(join(process.cwd(), 'public', path)));

/** Starts `backend` in Node. WebGPU is not there; asking for it throws. */
export async function startBackend(backend: BackendName = 'wasm'): Promise<void> {
  const resolve = createRequire(join(process.cwd(), 'package.json')).resolve;
  locateWasm({
    plain: resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'),
    simd: resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
  });
  await useBackend(backend);
}
