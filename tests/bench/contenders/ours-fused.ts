/** The same with products that add with one rounding: faster, but not to the same bits on every machine. */
import { accelerate } from '#accelerate/accelerate';
import { compileStep } from '#accelerate/compile-step';
import type { Start } from './contender';
import { startStock } from './stock';
import { trainer } from './tfjs-models';

export const start: Start = async (task, problem, wasm) => {
  await startStock(wasm);
  accelerate({ fused: true });
  return trainer(task, problem, (step) => compileStep(step));
};
