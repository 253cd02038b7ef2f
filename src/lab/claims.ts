/** Checks claims by running their experiment: one number per seed against the claim's criterion. */
import type { AnyExperiment, Claim, Summary } from './experiment';
import type { AnyValues, Schema } from './params';
import { type Loader, runTo } from './run';
import { completeValues } from './values';

export interface ClaimResult {
  id: string;
  measured: number[];
  mean: number;
  /** Smallest and largest over the seeds. */
  spread: [number, number];
  holds: boolean;
}

type AnyClaim = Claim<Schema, unknown, Summary>;

/** Whether `measured` (one number per seed) meets the claim's criterion. NaN never does. */
export function meets({ relation, threshold, over }: AnyClaim['criterion'], measured: readonly number[]): boolean {
  const passes = (x: number) => (relation === '>=' ? x >= threshold : x <= threshold);
  return over === 'each seed' ? measured.every(passes) : passes(meanOf(measured));
}

const meanOf = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** Runs of an experiment, each computed once and shared by the claims that ask for it. */
export function benchFor(experiment: AnyExperiment, load: Loader, onStep?: () => void | Promise<void>) {
  const runs = new Map<string, ReturnType<typeof runTo>>();
  return (given: AnyValues, steps: number) => {
    const params = completeValues(experiment.params as Schema, given);
    const key = JSON.stringify([params, steps]);
    const known = runs.get(key) ?? runTo(experiment, params, steps, load, onStep);
    runs.set(key, known);
    return known;
  };
}

/** Measures one claim for all its seeds. A `bench` from {@link benchFor} shares runs between claims. */
export async function checkClaim(
  experiment: AnyExperiment,
  claimId: string,
  load: Loader,
  onProgress?: (done: number, of: number) => void,
  bench = benchFor(experiment, load),
): Promise<ClaimResult> {
  const claim = experiment.claims.find((c: AnyClaim) => c.id === claimId);
  if (!claim) throw new RangeError(`${experiment.id} makes no claim "${claimId}".`);
  const measured: number[] = [];
  for (const seed of claim.seeds) {
    onProgress?.(measured.length, claim.seeds.length);
    measured.push(await claim.measure(bench as never, seed));
  }
  return judged(claim, measured);
}

/** What follows from `measured`, one number per seed of the claim. */
export function judged({ id, criterion }: AnyClaim, measured: number[]): ClaimResult {
  return {
    id,
    measured,
    mean: meanOf(measured),
    spread: [Math.min(...measured), Math.max(...measured)],
    holds: meets(criterion, measured),
  };
}
