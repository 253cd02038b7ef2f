/** Writing what training makes into `public/`, each with a note of where it came from. Node only. */
import { mkdir, writeFile } from 'node:fs/promises';

export const FOLDER = 'public/data/bigram-subnetworks';

export async function writeArtefact(name: string, content: Uint8Array | object): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}/${name}`, content instanceof Uint8Array ? content : `${JSON.stringify(content)}\n`);
}

export const bytesOf = (x: Float32Array | Uint16Array | Uint32Array): Uint8Array =>
  new Uint8Array(x.buffer, x.byteOffset, x.byteLength);

/** What every provenance note says; `date` is the day, which only the command knows. */
export const provenance = (part: string, seed: number, seconds: number, date: string) => ({
  command: `npm run train -- bigram-subnetworks ${part}`,
  script: 'content/papers/bigram-subnetworks/training/train.ts',
  seed,
  date,
  seconds: Math.round(seconds),
  engine: `Node ${process.version}, tfjs wasm`,
});
