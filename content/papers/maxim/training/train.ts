/**
 * `npm run train -- maxim <part>`: makes the files of `public/data/maxim/`. Parts: `filters` finds the best parameters of
 * the two filters, `denoise`, `deblur` and `derain` train both networks for that task. An interrupted training goes on
 * where it was when the command is given again.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { progressBar } from '#lab/cli/terminal';
import { RefusedValue } from '#lab/values';
import { type Task, tasks } from '../degrade';
import { restorerNames } from '../restorers';
import { dropCheckpoint, loadCheckpoint, saveCheckpoint } from './checkpoint';
import { strengths, tuneFilters } from './filters';
import { NetworkTraining, type Plan } from './network';
import { learntFrom, readPhotographs } from './photographs';

const FOLDER = 'public/data/maxim';
const SEED = 1;
const SAVE_EVERY = 200;
const schedule: Omit<Plan, 'task' | 'network'> = {
  seed: SEED,
  steps: 1800,
  batch: 4,
  side: 64,
  rate: 2.5e-3,
  warmUp: 50,
};

async function write(name: string, content: Uint8Array | object): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}/${name}`, content instanceof Uint8Array ? content : `${JSON.stringify(content)}\n`);
}

const provenance = (part: string, seconds: number, date: string) => ({
  command: `npm run train -- maxim ${part}`,
  script: 'content/papers/maxim/training/train.ts',
  photographs: learntFrom,
  seed: SEED,
  date,
  seconds: Math.round(seconds),
  engine: `Node ${process.version}, tfjs wasm`,
});

async function trainTask(task: Task, date: string): Promise<void> {
  const pictures = await readPhotographs();
  for (const network of restorerNames) {
    const plan: Plan = { ...schedule, task, network };
    const name = `${task}-${network}`;
    const training = new NetworkTraining(plan, pictures);
    const before = await loadCheckpoint(name, plan);
    if (before) await training.resume(before);
    const bar = progressBar(name, plan.steps);
    while (training.losses.length < plan.steps) {
      training.step();
      const step = training.losses.length;
      bar.update(step);
      if (step % SAVE_EVERY > 0) continue;
      await saveCheckpoint(name, plan, await training.checkpoint());
      const recent = training.losses.slice(-SAVE_EVERY).reduce((a, b) => a + b) / SAVE_EVERY;
      if (!process.stderr.isTTY)
        console.log(`${name}, step ${step}: ${recent.toPrecision(4)}, ${training.seconds.toFixed(0)} s`);
    }
    bar.stop();
    const flat = training.flat();
    await write(`${name}.f32`, new Uint8Array(flat.buffer));
    await write(`${name}.json`, {
      ...provenance(task, training.seconds, date),
      plan,
      weights: flat.length,
      losses: training.losses.map((x) => Number(x.toPrecision(4))),
    });
    training.dispose();
    await dropCheckpoint(name);
  }
}

async function tune(date: string): Promise<void> {
  const started = performance.now();
  const tuned = tuneFilters(await readPhotographs(), SEED);
  await write('filters.json', {
    ...provenance('filters', (performance.now() - started) / 1000, date),
    strengths,
    tuned,
  });
  for (const one of tuned) console.log(JSON.stringify(one));
}

const run: Record<string, (date: string) => Promise<void>> = {
  filters: tune,
  ...Object.fromEntries(tasks.map((task) => [task, (date: string) => trainTask(task, date)])),
};

/** Makes `parts`, all of them if none is named; `date` goes into their notes. */
export async function train(parts: readonly string[], date: string): Promise<void> {
  const known = Object.keys(run);
  const unknown = parts.find((part) => !known.includes(part));
  if (unknown) throw new RefusedValue(`There is no part "${unknown}". There are: ${known.join(', ')}.`);
  for (const part of parts.length > 0 ? parts : known) await run[part]?.(date);
}
