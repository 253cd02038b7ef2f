/** What a long training holds. Node only. */
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
    looks.push({ step, held: { ...trainer.memory?.(), 'bytes of the process': process.memoryUsage().rss } });
  }
  return looks;
}
