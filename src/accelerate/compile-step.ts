/** Training steps that are recorded once and replayed without tfjs's bookkeeping. */
import { engine, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { kernelsOf } from './accelerate';
import { addressOf, wasmBackend } from './backend';
import type { Kernels } from './kernels';
import { Recording } from './recording';

/** A step cannot be replayed; it has been carried out all the same. */
export class CannotReplay extends Error {
  constructor(readonly reason: string) {
    super(`This step cannot be replayed: ${reason}.`);
  }
}

export interface CompiledStep<Inputs extends Tensor[]> {
  /** Carries out one step. Throws {@link CannotReplay} when it finds that it cannot be replayed. */
  (...inputs: Inputs): void;
  /** Whether steps are being replayed. */
  readonly replaying: boolean;
  /** Forgets the recording: the next steps are recorded anew. */
  forget(): void;
  /** Frees what the recording holds. The step can be called again, and is recorded anew. */
  dispose(): void;
}

/** How often a recording may be found out of date before that counts as a reason. */
const PATIENCE = 5;

/**
 * Compiles `step`: the forward pass, gradients and an optimizer's update, written with tfjs as usual, whose shapes stay
 * the same from call to call. It is carried out as it is once, recorded twice, and if both recordings agree, replayed
 * from then on: the same calls into WebAssembly on the same memory, to the same bits. What changes between steps must
 * live in variables, or in the tensors that the step is called with, which are copied to where the recording reads them.
 *
 * Refused, with the reason: data made anew in JavaScript, attributes or shapes that change, values read back, kernels
 * that compute in JavaScript, tensors or variables left behind. Whatever else `step` does in JavaScript happens only
 * while recording, so it must do nothing that matters; that cannot be seen from here.
 */
export function compileStep<Inputs extends Tensor[]>(step: (...inputs: Inputs) => void): CompiledStep<Inputs> {
  const backend = wasmBackend();
  const kernels: Kernels = kernelsOf(backend);
  let warm = false;
  let first: Recording | null = null;
  let ready: Recording | null = null;
  let outdated = 0;
  let places: Tensor[] | null = null;

  const drop = () => {
    first?.free();
    ready?.free();
    [first, ready] = [null, null];
  };

  const refuse = (reason: string): never => {
    drop();
    throw new CannotReplay(reason);
  };

  /** Copies the inputs to the place of their own that a recording reads them from. */
  const place = (inputs: Tensor[]): Tensor[] => {
    places ??= inputs.map((x) => tidy(() => engine().makeTensor(x.dataSync().slice(), x.shape, x.dtype)));
    places.forEach((own, i) => {
      const given = inputs[i] as Tensor;
      if (String(given.shape) !== String(own.shape) || given.dtype !== own.dtype) {
        refuse(
          `input ${i} was ${own.dtype} of shape [${own.shape}] and is now ${given.dtype} of shape [${given.shape}]`,
        );
      }
      const bytes = own.size * (own.dtype === 'bool' ? 1 : 4);
      kernels.copy(addressOf(backend, given), addressOf(backend, own), bytes);
    });
    return places;
  };

  const record = (inputs: Inputs): Recording => {
    const recording = new Recording(backend);
    try {
      recording.of(() => step(...inputs));
    } catch (error) {
      recording.free();
      drop();
      throw error;
    }
    if (recording.refusal) {
      recording.free();
      refuse(recording.refusal);
    }
    return recording;
  };

  const compiled = (...given: Inputs) => {
    if (engine().backendName !== 'wasm')
      throw new Error('A compiled step runs on the wasm backend that it was made for.');
    const inputs = place(given) as Inputs;
    if (ready?.valid) {
      for (const { written, read, bytes } of ready.moved) kernels.copy(written.address, read, bytes);
      for (const operation of ready.operations) operation();
      return;
    }
    if (ready) {
      drop();
      if (++outdated > PATIENCE) refuse('what it computes from is replaced again and again');
    }
    // The first step makes what later ones find: an optimizer's slots.
    if (!warm) {
      step(...inputs);
      warm = true;
    } else if (!first) {
      first = record(inputs);
    } else {
      const second = record(inputs);
      const differs = second.trace.findIndex((line, i) => line !== first?.trace[i]);
      const [was, is] = [first.trace[differs], second.trace[differs]];
      first.free();
      [first, ready] = [null, second];
      if (differs >= 0) refuse(`two steps in a row differ: first ${was ?? 'nothing'}, then ${is}`);
    }
  };
  return Object.defineProperties(compiled as CompiledStep<Inputs>, {
    replaying: { get: () => ready !== null },
    forget: {
      value: () => {
        drop();
        // What the step turns to now may have to make slots of its own.
        warm = false;
      },
    },
    dispose: {
      value: () => {
        drop();
        for (const own of places ?? []) own.dispose();
        places = null;
      },
    },
  });
}
