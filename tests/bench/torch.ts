/** PyTorch, where Python has it: `apt-get install python3-torch libopenblas0-pthread` on Debian. */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { CHECKED, ROUND_MS, WARM_UP_MS } from './measure';
import { type Block, problemOf } from './problem';
import { outputOf, runs } from './processes';
import type { Runner } from './runner';
import { adam, type Workload } from './workloads';

const SCRIPT = 'tests/bench/contenders/pytorch.py';

/** A Python of its own in the path often lacks what the system's has. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** Writes what `pytorch.py` reads: every number of the problem, and where it lies. */
async function writeProblem(folder: string, { task }: Workload): Promise<void> {
  const parts: Buffer[] = [];
  let offset = 0;
  const place = ({ shape, values }: Block) => {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const entry = { shape, type: values instanceof Int32Array ? 'int32' : 'float32', offset };
    parts.push(bytes);
    offset += bytes.length;
    return entry;
  };
  const placed = (blocks: Record<string, Block>) =>
    Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, place(block)]));
  const { weights, inputs } = problemOf(task);
  const spec = { task, adam, checked: CHECKED, warmUpMs: WARM_UP_MS, roundMs: ROUND_MS };
  const text = JSON.stringify({ ...spec, weights: placed(weights), inputs: placed(inputs) });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'problem.json'), text);
  await writeFile(join(folder, 'problem.bin'), Buffer.concat(parts));
}

/** PyTorch on one thread and on all, and its version with the BLAS that it loads; nothing where it is not installed. */
export async function torchRunners(folder: string): Promise<{ runners: Runner[]; versions: string[] }> {
  const working = await Promise.all(PYTHONS.map((python) => runs(python, ['-c', 'import torch'])));
  const python = PYTHONS.find((_, i) => working[i]);
  if (!python) return { runners: [], versions: [] };

  const runner = (id: string, title: string, threads: number): Runner => ({
    id,
    title,
    takes: () => true,
    async run(workload, check) {
      const place = join(folder, workload.id);
      if (check) await writeProblem(place, workload);
      const env = {
        OMP_NUM_THREADS: String(threads),
        // torch.set_num_threads does not reach OpenBLAS, which has threads of its own.
        OPENBLAS_NUM_THREADS: String(threads),
        // Threads that spin while they wait take the cores from OpenBLAS's: ten times slower as soon as a core is busy.
        OMP_WAIT_POLICY: 'PASSIVE',
      };
      return JSON.parse(await outputOf(python, [SCRIPT, place, check ? 'check' : 'rate', String(threads)], env));
    },
  });
  const all = availableParallelism();
  const one = runner('torch', 'PyTorch, 1 thread', 1);
  return {
    runners: all > 1 ? [one, runner('torch-all', `PyTorch, ${all} threads`, all)] : [one],
    versions: [(await outputOf(python, [SCRIPT])).trim()],
  };
}
