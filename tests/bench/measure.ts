/** How one contender is measured: the same in Node's process and in the browser's worker; `pytorch.py` does it again. */
import { measure as mitata } from 'mitata/src/lib.mjs';
import type { Trainer } from './contenders/contender';

export interface Measurement {
  stepsPerSecond: number;
  /** Before each of the first steps and after the last of them; empty if not asked for. */
  losses: number[];
}

/** Steps whose losses are compared between contenders. */
export const CHECKED = 5;
/** V8 needs most of a second to compile all of a step for good. */
export const WARM_UP_MS = 1000;
export const ROUND_MS = 1000;

export async function measure(trainer: Trainer, check: boolean): Promise<Measurement> {
  const losses: number[] = [];
  for (let step = 0; check && step <= CHECKED; step++) {
    if (step > 0) await trainer.step();
    losses.push(await trainer.loss());
  }
  // What is recorded or compiled at first does not belong to the rate.
  const started = performance.now();
  do await trainer.step();
  while (performance.now() - started < WARM_UP_MS);
  // Without a call of the garbage collector: where there is none, mitata would allocate a gigabyte instead.
  const { avg } = await mitata(() => trainer.step(), { min_cpu_time: ROUND_MS * 1e6, min_samples: 1, gc: false });
  return { stepsPerSecond: 1e9 / avg, losses };
}
