/**
 * `npm run train -- vision [fashion|digits]`: trains the classifiers of `models.ts` and writes `public/data/vision/`. What is there
 * already by the same plan is not trained again, so that an interrupted training goes on where it was.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileStep } from '#accelerate/compile-step';
import { loadClasses, type SetName, SIDE, setNames } from '#data/classes';
import { progressBar } from '#lab/cli/terminal';
import { loadPublic } from '#lab/node';
import { randomFrom } from '#lab/random';
import * as tf from '#lab/tf';
import { RefusedValue } from '#lab/values';
import { patchesOf, variablesOf } from '#nn/vision/classifier';
import { contenders } from '#nn/vision/contenders';
import { judge, makeBatches, setRate, startTrainer, trainStep } from '#nn/vision/trainer';
import { trainedNames, trainedShape, weightFile } from '../models';

const plan = { seed: 1, steps: 1200, rateEvery: 20 };
const NOTES = 'public/data/vision/models.json';

interface Note {
  command: string;
  script: string;
  plan: typeof plan;
  date: string;
  seconds: number;
  engine: string;
  weights: number;
  /** Share of the 600 held-out pictures. */
  accuracy: number;
}

const readNotes = async (): Promise<Record<string, Note>> =>
  JSON.parse(await readFile(NOTES, 'utf8').catch(() => '{}'));

async function trainOne(set: SetName, name: (typeof trainedNames)[number], date: string): Promise<Note> {
  const { train, heldOut } = await loadClasses(loadPublic, set);
  const random = randomFrom(plan.seed);
  const started = performance.now();
  const batches = makeBatches(random, patchesOf(train.grey, SIDE, trainedShape), train.labels);
  const trainer = startTrainer(random, contenders[name], trainedShape, batches);
  const step = compileStep(() => trainStep(trainer, batches));
  const bar = progressBar(`${set}, ${name}`, plan.steps);
  for (let i = 0; i < plan.steps; i++) {
    if (i % plan.rateEvery === 0) setRate(trainer, i, plan.steps);
    step();
    bar.update(i + 1);
  }
  bar.stop();
  step.dispose();
  const probabilities = judge(trainer, patchesOf(heldOut.grey, SIDE, trainedShape));
  const right = heldOut.labels.filter((label, i) => {
    const row = probabilities.subarray(10 * i, 10 * i + 10);
    return row.indexOf(Math.max(...row)) === label;
  });
  const values = variablesOf(trainer.classifier).flatMap((variable) => Array.from(variable.dataSync()));
  await writeFile(join('public', weightFile(set, name)), new Uint8Array(Float32Array.from(values).buffer));
  tf.disposeVariables();
  tf.dispose([batches.patches, batches.labels, batches.next]);
  return {
    command: `npm run train -- vision ${set}`,
    script: 'content/papers/vision/training/train.ts',
    plan,
    date,
    seconds: Math.round((performance.now() - started) / 1000),
    engine: `Node ${process.version}, tfjs wasm`,
    weights: values.length,
    accuracy: right.length / heldOut.labels.length,
  };
}

/** Trains the models of the sets in `parts`, of both if none is named; `date` goes into their notes. */
export async function train(parts: readonly string[], date: string): Promise<void> {
  const unknown = parts.find((part) => !(setNames as readonly string[]).includes(part));
  if (unknown) throw new RefusedValue(`There is no part "${unknown}". There are: ${setNames.join(', ')}.`);
  await mkdir('public/data/vision', { recursive: true });
  for (const set of setNames.filter((name) => parts.length === 0 || parts.includes(name))) {
    for (const name of trainedNames) {
      const notes = await readNotes();
      const key = `${set}-${name}`;
      if (JSON.stringify(notes[key]?.plan) === JSON.stringify(plan)) continue;
      const note = await trainOne(set, name, date);
      console.log(`${key}: ${(100 * note.accuracy).toFixed(1)} % right, ${note.seconds} s`);
      await writeFile(NOTES, `${JSON.stringify({ ...notes, [key]: note }, null, 1)}\n`);
    }
  }
}
