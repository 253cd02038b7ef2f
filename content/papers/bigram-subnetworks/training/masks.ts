/** Finds the bigram subnetworks of a trained model, one per strength of the penalty, and measures them. Node only. */
import { readFile } from 'node:fs/promises';
import { progressBar } from '#lab/cli/terminal';
import { fingerprint } from '#lab/fingerprint';
import { randomFrom } from '#lab/random';
import { bigramTable, countPairs } from '../bigram';
import { dependence } from '../dependence';
import { lambdas } from '../kinds';
import type { Shape } from '../layout';
import { decided, hardMask, type MaskPlan, masked, maskStep, openness, startMask } from '../mask';
import { complement, gateRanges, largestLike, open, packBits, randomLike } from '../mask-baselines';
import { logPredictions } from '../predict';
import { bigramSurprisals, correlation, meanNats, surprisals } from '../surprisal';
import { FOLDER, provenance, writeArtefact } from './artefacts';
import { splitAt, tokenised } from './corpus';
import { drawBatch } from './language-model';

export interface MaskSettings extends Omit<MaskPlan, 'lambda'> {
  seed: number;
  /** Sequences in a batch. */
  batch: number;
  /** Ends a training whose gates do not decide. */
  mostSteps: number;
}

/** The paper takes rate 5e-5 and growth 1.001 over at most 15,000 steps; these reach the same end in some 500. */
const settings: MaskSettings = { seed: 1, batch: 16, rate: 0.01, growth: 2000 ** (1 / 700), mostSteps: 900 };

/** Tokens that masks are judged on. */
const JUDGED = 6144;

const rounded = (x: number | null) => (x === null ? null : Number(x.toPrecision(5)));

/** r to the bigram model and mean surprisal in nats of a model. */
function judge(shape: Shape, flat: Float32Array, tokens: Uint16Array, bigram: Float64Array) {
  const bits = surprisals(shape, flat, tokens);
  return { r: rounded(correlation(bits, bigram)), surprisal: rounded(meanNats(bits)) };
}

/** The masks found before for the same model and settings, so that an interrupted search goes on with the next. */
async function earlier(
  model: string,
): Promise<{ seconds: number; masks: (object & { lambda: number })[] } | undefined> {
  const text = await readFile(`${FOLDER}/masks.json`, 'utf8').catch(() => undefined);
  const found = text && JSON.parse(text);
  return found?.model === model && JSON.stringify(found.settings) === JSON.stringify(settings) ? found : undefined;
}

/** Finds what is missing of the masks of the model `page`. */
export async function findMasks(shape: Shape, date: string): Promise<void> {
  const V = shape.vocabulary;
  const weights = new Float32Array(Uint8Array.from(await readFile(`${FOLDER}/page-weights.f32`)).buffer);
  const { tokens } = await tokenised(V);
  const split = splitAt(tokens.length);
  const training = tokens.subarray(0, split);
  const judged = tokens.subarray(split, split + JUDGED);
  const table = bigramTable(countPairs(training, V), V);
  const bigram = bigramSurprisals(shape, table, judged);
  const measure = (flat: Float32Array) => judge(shape, flat, judged, bigram);
  const { places } = startMask(shape, weights);
  const gated = Float32Array.from(places, (place) => weights[place] as number);
  const keep = (mask: Uint8Array) => measure(masked(weights, places, mask));
  const dependenceOf = (flat: Float32Array) => {
    const { onContext, fromBigram } = dependence(shape, logPredictions(shape, flat, judged), judged, table);
    return { onContext: rounded(onContext), fromBigram: rounded(fromBigram) };
  };

  const full = { ...measure(weights), ...dependenceOf(weights) };
  const empty = keep(new Uint8Array(places.length));
  const random = randomFrom(settings.seed);
  const model = fingerprint(Array.from(weights));
  const before = await earlier(model);
  const results = before?.masks ?? [];
  let seconds = before?.seconds ?? 0;
  console.log('full', full, 'empty', empty, 'bigram', rounded(meanNats(bigram)));
  for (const lambda of lambdas.map(Number).filter((lambda) => results.every((done) => done.lambda !== lambda))) {
    const started = performance.now();
    const state = startMask(shape, weights);
    const bar = progressBar(`mask, lambda ${lambda}`, settings.mostSteps);
    let done = false;
    while (!done && state.losses.length < settings.mostSteps) {
      const { inputs } = drawBatch(training, settings.batch, shape.context, settings.seed, state.losses.length);
      maskStep(shape, state, { ...settings, lambda }, inputs, table);
      done = decided(openness(state));
      bar.update(state.losses.length);
    }
    bar.stop();
    seconds += (performance.now() - started) / 1000;
    const mask = hardMask(state.s);
    const shuffled = randomLike(mask, shape, random);
    const result = {
      lambda,
      steps: state.losses.length,
      decided: done,
      kept: open(mask),
      keptShare: rounded(open(mask) / mask.length),
      keptPerMatrix: Object.fromEntries(
        gateRanges(shape).map(({ name, from, to }) => [name, open(mask.subarray(from, to))]),
      ),
      subnetwork: { ...keep(mask), ...dependenceOf(masked(weights, places, mask)) },
      complement: keep(complement(mask)),
      random: keep(shuffled),
      randomComplement: keep(complement(shuffled)),
      largest: keep(largestLike(mask, shape, gated)),
      losses: state.losses.map(rounded),
    };
    results.push(result);
    const { losses: _, ...shown } = result;
    console.log(JSON.stringify(shown));
    await writeArtefact(`mask-${lambda}.bits`, packBits(mask));
    await writeArtefact('masks.json', {
      ...provenance('masks', settings.seed, seconds, date),
      settings,
      model,
      judged: JUDGED,
      gates: places.length,
      bigramSurprisal: rounded(meanNats(bigram)),
      full,
      empty,
      masks: results,
    });
  }
}
