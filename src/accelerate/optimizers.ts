/** tfjs's Adam and gradient descent with each variable updated in place, in one pass, to the same bits. */
import {
  AdamOptimizer,
  engine,
  SGDOptimizer,
  type Tensor,
  tidy,
  type Variable,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { addressOf, type WasmBackend } from './backend';
import type { Kernels } from './kernels';
import { run, uses } from './record';

type Gradients = Parameters<AdamOptimizer['applyGradients']>[0];

interface Slot {
  originalName: string;
  variable: Variable;
}

/** What tfjs's class keeps, without its private markers. */
interface Adam {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  accBeta1: Variable;
  accBeta2: Variable;
  accumulatedFirstMoment: Slot[];
  accumulatedSecondMoment: Slot[];
  incrementIterations(): void;
}

interface Descent {
  learningRate: number;
  incrementIterations(): void;
}

/** The variables to update, in tfjs's order, with their gradients. */
function pairs(gradients: Gradients): { name: string; value: Variable; gradient: Tensor | null }[] {
  const named = Array.isArray(gradients)
    ? gradients.map(({ name, tensor }) => [name, tensor] as const)
    : Object.entries(gradients);
  return named.map(([name, gradient]) => ({
    name,
    value: engine().registeredVariables[name] as Variable,
    gradient: gradient ?? null,
  }));
}

/** Whether `variables` can be written in place: here, of float32, and each alone on its memory. */
const writable = (backend: WasmBackend, variables: readonly Variable[]) =>
  engine().backendName === 'wasm' &&
  variables.every(
    ({ dtype, dataId }) => dtype === 'float32' && backend.dataIdMap.has(dataId) && backend.refCount(dataId) === 1,
  );

export function accelerateOptimizers(backend: WasmBackend, kernels: Kernels): void {
  const at = (tensor: Tensor) => addressOf(backend, tensor);

  const ownAdam = AdamOptimizer.prototype.applyGradients;
  AdamOptimizer.prototype.applyGradients = function (gradients: Gradients) {
    const adam = this as unknown as Adam;
    const all = pairs(gradients);
    const slots = [adam.accumulatedFirstMoment, adam.accumulatedSecondMoment];
    if (engine().backendName === 'wasm') {
      // The slots that tfjs would make at its first step, under the same names.
      all.forEach(({ name, value }, i) => {
        for (const [slot, letter] of slots.map((s, j) => [s, 'mv'[j]] as const)) {
          slot[i] ??= { originalName: `${name}/${letter}`, variable: tidy(() => zerosLike(value).variable(false)) };
        }
      });
    }
    const held = slots.flat().map(({ variable }) => variable);
    if (!writable(backend, [...all.map(({ value }) => value), ...held, adam.accBeta1, adam.accBeta2])) {
      ownAdam.call(this, gradients);
      return;
    }
    uses(adam.accBeta1, adam.accBeta2);
    const { beta1, beta2, epsilon } = adam;
    const [power1, power2] = [at(adam.accBeta1), at(adam.accBeta2)];
    all.forEach(({ value, gradient }, i) => {
      if (!gradient) return;
      const [w, g, size] = [at(value), at(gradient), value.size];
      const moments = slots.map((slot) => (slot[i] as Slot).variable);
      uses(value, ...moments);
      const [m, v] = moments.map(at) as [number, number];
      // The rate is read at each replay: schedules and sliders change it.
      run(() =>
        kernels.adam(
          ...[w, g, m, v, size],
          ...[beta1, 1 - beta1, beta2, 1 - beta2],
          ...[power1, power2, epsilon, -adam.learningRate],
        ),
      );
    });
    run(() => {
      kernels.scale(power1, beta1);
      kernels.scale(power2, beta2);
      adam.incrementIterations();
    });
  };

  const ownDescent = SGDOptimizer.prototype.applyGradients;
  SGDOptimizer.prototype.applyGradients = function (gradients: Gradients) {
    const descent = this as unknown as Descent;
    const all = pairs(gradients);
    if (
      !writable(
        backend,
        all.map(({ value }) => value),
      )
    ) {
      ownDescent.call(this, gradients);
      return;
    }
    for (const { value, gradient } of all) {
      if (!gradient) continue;
      uses(value);
      const [w, g, size] = [at(value), at(gradient), value.size];
      run(() => kernels.descend(w, g, size, -descent.learningRate));
    }
    run(() => descent.incrementIterations());
  };
}
