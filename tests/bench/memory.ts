/** What a long training holds, in tensors and in bytes. Node only, started with `--expose-gc`. */
import type { Trainer } from './contenders/contender';

/** Steps after which to look: at the first, everything that is made once has been made. */
const LOOKS = [100, 1000, 10_000];

export interface Look {
  step: number;
  held: Record<string, number>;
}

export async function watchMemory(trainer: Trainer): Promise<Look[]> {
  const looks: Look[] = [];
  for (let step = 1; step <= (LOOKS.at(-1) as number); step++) {
    await trainer.step();
    if (!LOOKS.includes(step)) continue;
    gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    looks.push({ step, held: { ...trainer.memory?.(), 'JavaScript heap': heapUsed, process: rss } });
  }
  return looks;
}
