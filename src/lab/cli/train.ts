/** `npm run train -- <slug> [parts]`: runs the training of a paper that ships trained weights. */
import { startBackend } from '../node';
import { RefusedValue } from '../values';
import { main } from './terminal';

type Training = { train(parts: readonly string[], date: string): Promise<void> };

const trainings = import.meta.glob<Training>('/content/papers/*/training/train.ts');

await main(async () => {
  const [slug, ...parts] = process.argv.slice(2);
  const load = trainings[`/content/papers/${slug}/training/train.ts`];
  if (!load) {
    const known = Object.keys(trainings).map((path) => path.split('/').at(-3));
    throw new RefusedValue(`There is no training for "${slug ?? ''}". There are: ${known.join(', ')}.`);
  }
  await startBackend('wasm');
  await (await load()).train(parts, new Date().toISOString().slice(0, 10));
});
