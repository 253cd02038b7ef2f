/**
 * Training steps per second, with and without the explicit transposes of `src/lab/wasm-matmul.ts`, side by side in one
 * run: rounds of both in turn, medians, and their ratio. Start with `npm run bench`.
 */
import { startBackend } from '#lab/node';
import * as tf from '#lab/tf';
import { getKernel, type KernelConfig, registerKernel, unregisterKernel } from '#lab/tf';
import { useExplicitTransposes } from '#lab/wasm-matmul';

const KERNELS = ['BatchMatMul', '_FusedMatMul'];
const ROUNDS = 5;
const ROUND_MS = 1000;

/** Puts tfjs's own kernels, or ours, in place. */
function install(kernels: KernelConfig[]): void {
  for (const kernel of kernels) {
    unregisterKernel(kernel.kernelName, 'wasm');
    registerKernel(kernel);
  }
}

const current = () => KERNELS.map((name) => getKernel(name, 'wasm'));
const stock = current();
await startBackend('wasm');
useExplicitTransposes();
const ours = current();

/** One Adam step of a three-layer ReLU network of the given sizes. */
function trainer(inputs: number, width: number, outputs: number, batch: number): () => void {
  const weight = (rows: number, columns: number, seed: number) =>
    tf.variable(tf.randomNormal([rows, columns], 0, 0.05, 'float32', seed) as tf.Tensor2D);
  const W = [weight(inputs, width, 1), weight(width, width, 2), weight(width, outputs, 3)] as const;
  const x = tf.randomNormal([batch, inputs], 0, 1, 'float32', 4) as tf.Tensor2D;
  const y = tf.randomNormal([batch, outputs], 0, 1, 'float32', 5);
  const optimizer = tf.train.adam(1e-3);
  const predict = () => tf.matMul(tf.relu(tf.matMul(tf.relu(tf.matMul(x, W[0])), W[1])), W[2]);
  return () => optimizer.minimize(() => tf.losses.meanSquaredError(y, predict()), false, [...W]);
}

function stepsPerSecond(step: () => void): number {
  for (let i = 0; i < 5; i++) step();
  const start = performance.now();
  let steps = 0;
  while (performance.now() - start < ROUND_MS) {
    step();
    steps++;
  }
  return (steps / (performance.now() - start)) * 1000;
}

const median = (xs: number[]) => xs.sort((a, b) => a - b)[xs.length >> 1] as number;

console.log('sizes (in-width-width-out, batch)   stock/s   ours/s   ratio (medians of 5 rounds in turn)');
for (const sizes of [
  [2, 16, 1, 64],
  [1, 64, 1, 128],
  [64, 256, 10, 128],
] as [number, number, number, number][]) {
  const step = trainer(...sizes);
  const rates = { stock: [] as number[], ours: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    install(stock);
    rates.stock.push(stepsPerSecond(step));
    install(ours);
    rates.ours.push(stepsPerSecond(step));
  }
  const [a, b] = [median(rates.stock), median(rates.ours)];
  console.log(
    `${sizes.join('-').padEnd(36)}${a.toFixed(0).padStart(7)}${b.toFixed(0).padStart(9)}${(b / a).toFixed(2).padStart(8)}`,
  );
}
