/**
 * `npm run train -- bigram-subnetworks <part>`: makes the files of `public/data/bigram-subnetworks/`. Parts, in this
 * order: `page` and `mini` train the language models, `masks` finds the subnetworks of the first.
 */
import { progressBar } from '../../../../src/lab/cli/terminal';
import { miniShape, pageShape, type Shape } from '../layout';
import { learnMerges, type Tokeniser, tokeniser } from '../tokeniser';
import { bytesOf, provenance, writeArtefact } from './artefacts';
import { loadCheckpoint, saveCheckpoint } from './checkpoint';
import { readCorpus, splitAt } from './corpus';
import { evaluate, oneHotRows, type Schedule, schedule, startTraining, trainStep } from './language-model';

const models: Record<'page' | 'mini', { shape: Shape; plan: Schedule }> = {
  page: { shape: pageShape, plan: { ...schedule, steps: 2500, batch: 64 } },
  mini: { shape: miniShape, plan: { ...schedule, steps: 3000, batch: 128 } },
};

const SAVE_EVERY = 100;
/** Tokens that the model is evaluated on: the first of the evaluation part. */
const EVALUATED = 6144;

/** The corpus in tokens, and the tokeniser learnt from it. */
export async function tokenised(V: number): Promise<{ tokeniser: Tokeniser; merges: number[][]; tokens: Uint16Array }> {
  const text = await readCorpus();
  const merges = learnMerges(text, V);
  const made = tokeniser(merges);
  return { tokeniser: made, merges, tokens: Uint16Array.from(made.encode(text)) };
}

async function trainModel(name: keyof typeof models): Promise<void> {
  const { shape, plan } = models[name];
  const { merges, tokens } = await tokenised(shape.vocabulary);
  const split = splitAt(tokens.length);
  const [training, evaluation] = [tokens.subarray(0, split), tokens.subarray(split, split + EVALUATED + 1)];
  await writeArtefact(`${name}-merges.json`, merges);
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
    ...provenance(name, plan.seed, state.seconds),
    shape,
    plan,
    tokens: { corpus: tokens.length, training: split, evaluated: EVALUATED },
    evaluationLoss: loss,
    losses: state.losses.map((x) => Number(x.toPrecision(5))),
  });
}

export async function train(parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    if (part === 'page' || part === 'mini') await trainModel(part);
    else throw new RangeError(`There is no part "${part}". There are: page, mini.`);
  }
}
