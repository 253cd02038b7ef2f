/** The module worker that computes: sessions for widgets, and claims for claim cards. Nothing of it touches the DOM. */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { expose, proxy } from 'comlink';
import type { BackendName } from './backend-names';
import { locateWasm, useBackend } from './backends';
import { checkClaim } from './claims';
import type { AnyValues, Schema } from './params';
import { findExperiment } from './registry';
import { type Listener, Session } from './session';
import { completeValues } from './values';

let base = '/';

async function load(path: string): Promise<Uint8Array> {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${path} could not be loaded (${response.status}).`);
  return new Uint8Array(await response.arrayBuffer());
}

const lab = {
  /** `siteBase` is the address of `public/`; it ends in a slash. */
  configure(siteBase: string) {
    base = siteBase;
    locateWasm({ plain, simd });
  },
  async open(id: string, params: AnyValues, tell: Listener, wish?: BackendName) {
    const experiment = await findExperiment(id);
    return proxy(new Session(experiment, completeValues(experiment.params as Schema, params), load, tell, wish));
  },
  async claim(id: string, claimId: string, onProgress: (done: number, of: number) => void) {
    await useBackend('wasm').catch(() => useBackend('cpu'));
    return checkClaim(await findExperiment(id), claimId, load, onProgress);
  },
};

export type Lab = typeof lab;

expose(lab);
