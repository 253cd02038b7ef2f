/** The files that hold text in tokens: what masks are judged on, and how often each pair of tokens occurs. Node only. */
import { zlibSync } from 'fflate';
import { bigramEntropy, countPairs } from '../bigram';
import type { Shape } from '../layout';
import { bytesOf, provenance, writeArtefact } from './artefacts';
import { splitAt, tokenised } from './corpus';

/** Tokens that pages may evaluate on. */
const EVALUATION = 32_768;
/** Tokens of training text that the small model's masks learn from in the browser. */
const LIVE = 65_536;

export async function writeText(name: 'page' | 'mini', { vocabulary: V }: Shape, date: string): Promise<void> {
  const started = performance.now();
  const { merges, tokens } = await tokenised(V);
  const split = splitAt(tokens.length);
  const counts = countPairs(tokens.subarray(0, split), V);
  await writeArtefact(`${name}-merges.json`, merges);
  await writeArtefact(`${name}-counts.zlib`, zlibSync(bytesOf(counts), { level: 9 }));
  await writeArtefact(`${name}-evaluation.u16`, bytesOf(tokens.slice(split, split + EVALUATION)));
  // From the middle, so that it is speeches as the evaluation part is; the first tokens are the novel.
  const middle = Math.floor(split / 2);
  if (name === 'mini') await writeArtefact('mini-training.u16', bytesOf(tokens.slice(middle, middle + LIVE)));
  const note = {
    ...provenance('text', 0, (performance.now() - started) / 1000, date),
    vocabulary: V,
    tokens: { corpus: tokens.length, training: split, evaluation: EVALUATION },
    bigram: {
      training: summary(counts, V),
      corpus: summary(countPairs(tokens, V), V),
    },
  };
  await writeArtefact(`${name}-text.json`, note);
  console.log(name, note.tokens, note.bigram);
}

/** Pairs that occur, and the entropy of the next token given this one, in nats. */
const summary = (counts: Uint32Array, V: number) => ({
  pairs: counts.filter((n) => n > 0).length,
  entropy: bigramEntropy(counts, V),
});
