/**
 * Seconds to solve the Lipschitz programs of networks 16-64-64-10 with random weights. Start with
 * `node scripts/lab.mjs tests/bench/sdp.ts`.
 */
import { randomFrom } from '#lab/random';
import { solve } from '../../content/papers/lipsdp/ladder';
import { type ActivationName, activation, fromWeights } from '../../content/papers/lipsdp/network';
import type { Variant } from '../../content/papers/lipsdp/state';

const sizes = [16, 64, 64, 10];
const random = randomFrom(1);
const weights = sizes.slice(1).map((outputs, k) => {
  const inputs = sizes[k] as number;
  const stream = random(`layer${k + 1}`);
  return Array.from({ length: outputs }, () => Float64Array.from(stream.normal(inputs, 0, 1 / Math.sqrt(inputs))));
});

console.log('activation   constraints      bound      seconds');
for (const [name, variant] of [
  ['relu', 'neuron'],
  ['relu', 'layer'],
  ['maxmin', 't'],
  ['maxmin', 'ps'],
  ['maxmin', 'relu-rewriting'],
  ['groupsort', 'ps'],
] as [ActivationName, Variant][]) {
  const started = performance.now();
  const bound = solve(fromWeights(weights, activation(name)), 'l2', variant);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${name.padEnd(12)} ${variant.padEnd(16)} ${bound.toFixed(6)}   ${seconds.toFixed(2)}`);
}
