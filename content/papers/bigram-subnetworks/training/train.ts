/**
 * `npm run train -- bigram-subnetworks <part>`: makes the files of `public/data/bigram-subnetworks/`. Parts, in this
 * order: `text` the tokenisers, pair counts and evaluation text, `page` and `mini` the language models, `masks` the
 * subnetworks of the first. An interrupted training goes on where it was when the command is given again.
 */

import { progressBar } from '#lab/cli/terminal';
import { RefusedValue } from '#lab/values';
import { miniShape, pageShape, type Shape } from '../layout';
import { bytesOf, provenance, writeArtefact } from './artefacts';
import { loadCheckpoint, saveCheckpoint } from './checkpoint';
import { splitAt, tokenised } from './corpus';
import { evaluate, oneHotRows, type Schedule, schedule, startTraining, trainStep } from './language-model';
import { findMasks } from './masks';
import { writeText } from './text-files';

const models: Record<'page' | 'mini', { shape: Shape; plan: Schedule }> = {
  page: { shape: pageShape, plan: { ...schedule, steps: 2500, batch: 64 } },
  mini: { shape: miniShape, plan: { ...schedule, steps: 3000, batch: 128 } },
};

const SAVE_EVERY = 100;
/** Tokens that the model is evaluated on: the first of the evaluation part. */
const EVALUATED = 6144;

async function trainModel(name: keyof typeof models, date: string): Promise<void> {
  const { shape, plan } = models[name];
  const { tokens } = await tokenised(shape.vocabulary);
  const split = splitAt(tokens.length);
  const [training, evaluation] = [tokens.subarray(0, split), tokens.subarray(split, split + EVALUATED + 1)];
  const state = (await loadCheckpoint(name, plan)) ?? startTraining(shape, plan);
  const rows = oneHotRows(shape.vocabulary);
  const bar = progressBar(`language model "${name}"`, plan.steps);
  while (state.losses.length < plan.steps) {
    const started = performance.now();
    trainStep(shape, plan, state, training, rows);
    state.seconds += (performance.now() - started) / 1000;
    const step = state.losses.length;
    bar.update(step);
    if (step % SAVE_EVERY === 0) {
      await saveCheckpoint(name, plan, state);
      if (!process.stderr.isTTY) {
        const recent = state.losses.slice(-SAVE_EVERY).reduce((a, b) => a + b) / SAVE_EVERY;
        console.log(`step ${step}: loss ${recent.toFixed(4)}, ${state.seconds.toFixed(0)} s`);
      }
    }
  }
  bar.stop();
  const loss = evaluate(shape, state.weights, evaluation);
  console.log(`${name}: evaluation loss ${loss.toFixed(4)} nats per token`);
  await writeArtefact(`${name}-weights.f32`, bytesOf(state.weights));
  await writeArtefact(`${name}.json`, {
    ...provenance(name, plan.seed, state.seconds, date),
    shape,
    plan,
    tokens: { corpus: tokens.length, training: split, evaluated: EVALUATED },
    evaluationLoss: loss,
    losses: state.losses.map((x) => Number(x.toPrecision(5))),
  });
}

const run: Record<string, (date: string) => Promise<void>> = {
  text: async (date) => {
    await writeText('page', pageShape, date);
    await writeText('mini', miniShape, date);
  },
  page: (date) => trainModel('page', date),
  mini: (date) => trainModel('mini', date),
  masks: (date) => findMasks(pageShape, date),
};

/** Makes `parts`, all of them if none is named; `date` goes into their notes. */
export async function train(parts: readonly string[], date: string): Promise<void> {
  const known = Object.keys(run);
  const unknown = parts.find((part) => !known.includes(part));
  if (unknown) throw new RefusedValue(`There is no part "${unknown}". There are: ${known.join(', ')}.`);
  for (const part of parts.length > 0 ? parts : known) await run[part]?.(date);
}
