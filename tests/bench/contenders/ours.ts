/** Our kernels, and steps recorded once and replayed, as the pages compute. */
import { compileStep } from '#accelerate/compile-step';
import { locateWasm, useBackend } from '#lab/backends';
import type { Start } from './contender';
import { trainer } from './tfjs-models';

export const start: Start = async (task, problem, wasm) => {
  locateWasm(wasm);
  await useBackend('wasm');
  return trainer(task, problem, (step) => compileStep(step));
};
