/** The module worker that computes: sessions for widgets, and claims for claim cards. Nothing of it touches the DOM. */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { expose, proxy } from 'comlink';
import type { BackendName } from './backend-names';
import { locateWasm, useBackend } from './backends';
import { benchFor, checkClaim } from './claims';
import { fetchFrom } from './fetch-public';
import type { AnyValues, Schema } from './params';
import { findExperiment } from './registry';
import { type Listener, Session } from './session';
import { breathe, inTurn, TURN_MS, takeTurn } from './turns';
import { completeValues } from './values';

let load = fetchFrom('/');
/** The claims being checked; one that is taken out stops. */
const running = new Set<string>();

const lab = {
  /** `siteBase` is the address of `public/`; it ends in a slash. */
  configure(siteBase: string) {
    load = fetchFrom(siteBase);
    locateWasm({ plain, simd });
  },
  /** Starts the usual backend before anybody asks for it. */
  warm: () => inTurn(() => useBackend('wasm')),
  async open(id: string, params: AnyValues, tell: Listener, wish?: BackendName) {
    const experiment = await findExperiment(id);
    return proxy(new Session(experiment, completeValues(experiment.params as Schema, params), load, tell, wish));
  },
  /** Runs a whole claim, in turns with the sessions of this worker; rejects if it was stopped. */
  async claim(id: string, claimId: string, onProgress: (done: number, of: number) => void) {
    const experiment = await findExperiment(id);
    const start = () => useBackend('wasm').catch(() => useBackend('cpu'));
    let pass = await takeTurn();
    let until = performance.now() + TURN_MS;
    running.add(claimId);
    const passOn = async () => {
      if (performance.now() < until) return;
      pass();
      await breathe();
      pass = await takeTurn();
      if (!running.has(claimId)) throw new Error('Stopped.');
      await start();
      until = performance.now() + TURN_MS;
    };
    try {
      await start();
      return await checkClaim(experiment, claimId, load, onProgress, benchFor(experiment, load, passOn));
    } finally {
      running.delete(claimId);
      pass();
    }
  },
  stopClaim(claimId: string) {
    running.delete(claimId);
  },
};

export type Lab = typeof lab;

expose(lab);
