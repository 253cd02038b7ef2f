/** What an interrupted training goes on from, kept in the cache beside the installed packages. Node only. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';

const FOLDER = 'node_modules/.cache/maxim';
const fileOf = (name: string) => `${FOLDER}/${name}.checkpoint`;

export interface Checkpoint {
  losses: number[];
  seconds: number;
  /** Weights, then Adam's two running means of each, all in one. */
  numbers: Float32Array;
}

/** A line of JSON, then the numbers as float32. */
export async function saveCheckpoint(name: string, plan: object, { losses, seconds, numbers }: Checkpoint) {
  await mkdir(FOLDER, { recursive: true });
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const head = `${JSON.stringify({ plan, losses, seconds })}\n`;
  // Renamed when complete, so that an interruption leaves the one before.
  await writeFile(`${fileOf(name)}.part`, Buffer.concat([Buffer.from(head), bytes]));
  await rename(`${fileOf(name)}.part`, fileOf(name));
}

/** The training to go on with; undefined if there is none, or one by another plan. */
export async function loadCheckpoint(name: string, plan: object): Promise<Checkpoint | undefined> {
  const bytes = await readFile(fileOf(name)).catch(() => undefined);
  if (!bytes) return undefined;
  const end = bytes.indexOf('\n');
  const head = JSON.parse(bytes.subarray(0, end).toString());
  if (JSON.stringify(head.plan) !== JSON.stringify(plan)) return undefined;
  // Copied, because float32 has to start at a multiple of four bytes.
  const numbers = new Float32Array(Uint8Array.from(bytes.subarray(end + 1)).buffer);
  return { losses: head.losses, seconds: head.seconds, numbers };
}

export const dropCheckpoint = (name: string): Promise<void> => rm(fileOf(name), { force: true });
