/** Finds the best Gaussian and bilateral filter for each task and strength, on the photographs learnt from. Node only. */
import { randomFrom } from '#lab/random';
import { degraded, tasks } from '../degrade';
import type { Tuned } from '../files';
import { type Bilateral, bilateralFilter, gaussianFilter } from '../filters';
import { clipped, type Grey, meanSquaredError } from '../picture';
import { randomPatch } from './photographs';

export const strengths = [0.1, 0.3, 0.5, 0.7, 0.9] as const;
const PATCHES = 40;
const SIDE = 64;

const gaussians = Array.from({ length: 15 }, (_, i) => 0.2 * i);
const bilaterals: (Bilateral | null)[] = [
  null,
  ...[0.7, 1, 1.5, 2.2].flatMap((space) => [0.03, 0.06, 0.12, 0.2, 0.3, 0.5].map((range) => ({ space, range }))),
];

/** The candidate with the least mean squared error over all patches. */
function best<C>(candidates: readonly C[], pairs: readonly [Grey, Grey][], filter: (x: Grey, by: C) => Grey): C {
  const errors = candidates.map((by) =>
    pairs.reduce((sum, [spoilt, clean]) => sum + meanSquaredError(clipped(filter(spoilt, by)), clean), 0),
  );
  return candidates[errors.indexOf(Math.min(...errors))] as C;
}

export function tuneFilters(pictures: readonly Grey[], seed: number): Tuned[] {
  return tasks.flatMap((task) =>
    strengths.map((strength): Tuned => {
      const pairs = Array.from({ length: PATCHES }, (_, i): [Grey, Grey] => {
        const stream = randomFrom(seed)(`filters ${task} ${strength} ${i}`);
        const clean = randomPatch(pictures, SIDE, stream);
        return [degraded(clean, task, strength, () => stream), clean];
      });
      const gaussian = best(gaussians, pairs, gaussianFilter);
      const bilateral = best(bilaterals, pairs, (x, by) => (by ? bilateralFilter(x, by) : x));
      return { task, strength, gaussian: Number(gaussian.toFixed(1)), bilateral };
    }),
  );
}
