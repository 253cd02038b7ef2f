/** What an interrupted training goes on from, kept in the cache beside the installed packages. Node only. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Schedule, Training } from './language-model';

const FOLDER = 'node_modules/.cache/bigram-subnetworks';

const fileOf = (name: string) => `${FOLDER}/${name}.checkpoint`;

interface Head {
  plan: Schedule;
  losses: number[];
  seconds: number;
}

/** A line of JSON, then weights and both running means as float32. */
export async function saveCheckpoint(name: string, plan: Schedule, state: Training): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const head: Head = { plan, losses: state.losses, seconds: state.seconds };
  const { first, second } = state.optimiser;
  const numbers = [state.weights, first, second].map((x) => Buffer.from(x.buffer, x.byteOffset, x.byteLength));
  const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...numbers]);
  // Renamed when complete, so that an interruption leaves the one before.
  await writeFile(`${fileOf(name)}.part`, bytes);
  await rename(`${fileOf(name)}.part`, fileOf(name));
}

/** The training to go on with; undefined if there is none, or one by another plan. */
export async function loadCheckpoint(name: string, plan: Schedule): Promise<Training | undefined> {
  const bytes = await readFile(fileOf(name)).catch(() => undefined);
  if (!bytes) return undefined;
  const end = bytes.indexOf('\n');
  const head: Head = JSON.parse(bytes.subarray(0, end).toString());
  if (JSON.stringify(head.plan) !== JSON.stringify(plan)) return undefined;
  // Copied, because float32 has to start at a multiple of four bytes.
  const numbers = new Float32Array(Uint8Array.from(bytes.subarray(end + 1)).buffer);
  const size = numbers.length / 3;
  const [weights, first, second] = [0, 1, 2].map((i) => numbers.slice(i * size, (i + 1) * size)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return {
    weights,
    optimiser: { first, second, steps: head.losses.length },
    losses: head.losses,
    seconds: head.seconds,
  };
}

export const dropCheckpoint = (name: string): Promise<void> => rm(fileOf(name), { force: true });
