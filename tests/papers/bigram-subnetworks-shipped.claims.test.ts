/** The shipped files, made anew from the corpus as far as minutes allow, and measured. */
import { readFile } from 'node:fs/promises';
import { unzlibSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPublic } from '#lab/node';
import { randomFrom } from '#lab/random';
import { bigramEntropy, bigramTable, countPairs } from '../../content/papers/bigram-subnetworks/bigram';
import { dependence } from '../../content/papers/bigram-subnetworks/dependence';
import { miniShape, pageShape } from '../../content/papers/bigram-subnetworks/layout';
import { gateRanges, open } from '../../content/papers/bigram-subnetworks/mask-baselines';
import { logPredictions } from '../../content/papers/bigram-subnetworks/predict';
import { cut, keptGates, loadSubject, type Subject } from '../../content/papers/bigram-subnetworks/subject';
import {
  bigramSurprisals,
  correlation,
  meanNats,
  surprisalsOf,
} from '../../content/papers/bigram-subnetworks/surprisal';
import { learnMerges, tokeniser } from '../../content/papers/bigram-subnetworks/tokeniser';
import { readCorpus, splitAt } from '../../content/papers/bigram-subnetworks/training/corpus';
import {
  evaluate,
  oneHotRows,
  startTraining,
  trainStep,
} from '../../content/papers/bigram-subnetworks/training/language-model';

const file = (name: string) => readFile(`public/data/bigram-subnetworks/${name}`);
const json = async (name: string) => JSON.parse((await file(name)).toString());

/** Reading the corpus takes seconds, on a busy machine more than hooks are given. */
const MINUTES = 120_000;

const { vocabulary: V } = pageShape;
let merges: [number, number][];
let tokens: Uint16Array;
let split: number;
beforeAll(async () => {
  const text = await readCorpus();
  merges = learnMerges(text, V);
  tokens = Uint16Array.from(tokeniser(merges).encode(text));
  split = splitAt(tokens.length);
}, MINUTES);

describe('what is shipped of the text', () => {
  test('the merges are those of the corpus; a smaller vocabulary has the first of them', async () => {
    expect(await json('page-merges.json')).toEqual(merges);
    expect(await json('mini-merges.json')).toEqual(merges.slice(0, merges.length - (V - miniShape.vocabulary)));
  });

  test('the pair counts are those of the training part, and make rows that sum to 1', async () => {
    const counts = new Uint32Array(Uint8Array.from(unzlibSync(await file('page-counts.zlib'))).buffer);
    expect(counts).toEqual(countPairs(tokens.subarray(0, split), V));
    const table = bigramTable(counts, V);
    for (let v = 0; v < V; v++) {
      const sum = table.subarray(v * V, (v + 1) * V).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
    }
    const note = await json('page-text.json');
    expect(note.tokens.corpus).toBe(tokens.length);
    expect(note.bigram.training.pairs).toBe(counts.filter((n) => n > 0).length);
    expect(note.bigram.training.entropy).toBeCloseTo(bigramEntropy(counts, V), 10);
  });

  test('the evaluation tokens are the first of the evaluation part', async () => {
    const held = new Uint16Array(Uint8Array.from(await file('page-evaluation.u16')).buffer);
    expect(held).toEqual(tokens.slice(split, split + 32_768));
  });
});

describe('what is shipped of the models', () => {
  test('training starts from its seed with the loss on record', async () => {
    const { plan, losses, shape } = await json('page.json');
    expect(shape).toEqual(pageShape);
    expect(losses).toHaveLength(plan.steps);
    const state = startTraining(pageShape, plan);
    trainStep(pageShape, plan, state, tokens.subarray(0, split), oneHotRows(V));
    // On record with five digits; other engines differ in the last bits of float32.
    expect(Math.abs((state.losses[0] as number) / losses[0] - 1)).toBeLessThan(2e-4);
  });

  test.each([
    ['page', pageShape],
    ['mini', miniShape],
  ] as const)('the weights of "%s" have the evaluation loss on record', async (name, shape) => {
    const { evaluationLoss } = await json(`${name}.json`);
    const weights = new Float32Array(Uint8Array.from(await file(`${name}-weights.f32`)).buffer);
    const evaluation = new Uint16Array(Uint8Array.from(await file(`${name}-evaluation.u16`)).buffer);
    const loss = evaluate(shape, weights, evaluation.subarray(0, 6145));
    expect(Math.abs(loss / evaluationLoss - 1)).toBeLessThan(1e-5);
  });
});

describe('the masks', () => {
  let subject: Subject;
  let note: Awaited<ReturnType<typeof json>>;
  beforeAll(async () => {
    subject = await loadSubject(loadPublic);
    note = await json('masks.json');
  });

  test.each(['1', '3', '10', '30'] as const)('of λ = %s keeps the weights on record', async (lambda) => {
    const gates = await keptGates(subject, loadPublic, lambda, 'subnetwork', randomFrom(1));
    const found = note.masks.find((entry: { lambda: number }) => String(entry.lambda) === lambda);
    expect(found.kept).toBe(open(gates));
    expect(found.keptPerMatrix).toEqual(
      Object.fromEntries(gateRanges(pageShape).map(({ name, from, to }) => [name, open(gates.subarray(from, to))])),
    );
  });

  // The other masks are measured by the claims; one is held to the record of the training in full.
  test('of λ = 10 and the networks around it measure as on record', async () => {
    const tokens = subject.evaluation.subarray(0, note.judged);
    const bigram = bigramSurprisals(pageShape, subject.table, tokens);
    const found = note.masks.find((entry: { lambda: number }) => entry.lambda === 10);
    const kinds = { subnetwork: 'subnetwork', random: 'random' } as const;
    for (const [name, keep] of Object.entries(kinds)) {
      const gates = await keptGates(subject, loadPublic, '10', keep, randomFrom(note.settings.seed));
      const logq = logPredictions(pageShape, cut(subject, gates), tokens);
      const bits = surprisalsOf(pageShape, logq, tokens);
      const measured: Record<string, number> = { r: correlation(bits, bigram) as number, surprisal: meanNats(bits) };
      if (keep === 'subnetwork') Object.assign(measured, dependence(pageShape, logq, tokens, subject.table));
      // On record with five digits.
      for (const [figure, value] of Object.entries(measured)) {
        const other = found[name][figure] as number;
        expect(Math.abs(value - other), `${name} ${figure}`).toBeLessThan(1e-4 * Math.max(1, Math.abs(other)));
      }
    }
  });
});
