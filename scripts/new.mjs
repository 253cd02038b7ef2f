/** `npm run new -- <slug>`: writes the skeleton of a paper, which runs as it is, and names what is left to write. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MARK = 'LEFT TO WRITE';
const [slug, ...more] = process.argv.slice(2);

if (!slug || more.length > 0 || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug)) {
  console.error(
    `Usage: npm run new -- <slug>\n"${slug ?? ''}" is not a slug: lower-case words and digits, joined by hyphens.`,
  );
  process.exit(2);
}
const folder = join('content', 'papers', slug);
if (existsSync(folder)) {
  console.error(`${folder} is there already; nothing was written.`);
  process.exit(2);
}

const files = {
  'index.mdx': join(folder, 'index.mdx'),
  'experiments.ts': join(folder, 'experiments.ts'),
  'params.ts': join(folder, 'example', 'params.ts'),
  'mechanism.ts': join(folder, 'example', 'mechanism.ts'),
  'experiment.ts': join(folder, 'example', 'experiment.ts'),
  'exercises.ts': join('tests', 'papers', 'exercises', `${slug}.ts`),
  'test.ts': join('tests', 'papers', `${slug}.test.ts`),
  'recorded.test.ts': join('tests', 'papers', `${slug}-recorded.claims.test.ts`),
};
const left = [];
for (const [template, path] of Object.entries(files)) {
  const text = readFileSync(join(import.meta.dirname, 'skeleton', `${template}.txt`), 'utf8')
    .replaceAll('__slug__', slug)
    .replaceAll('__date__', new Date().toISOString().slice(0, 10));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  text.split('\n').forEach((line, i) => {
    if (line.includes(MARK)) left.push(`${path}:${i + 1}`);
  });
}

const recorded = spawnSync('node', [join('scripts', 'lab.mjs'), 'record', slug], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
if (recorded.status !== 0) process.exit(1);

console.log(`Wrote ${folder}/ and its tests in tests/papers/, and recorded the toy experiment.\n`);
console.log(`Left to write, and named by the tests until it is (every line that says "${MARK}"):`);
for (const place of left) console.log(`  ${place}`);
if (!readFileSync('content/bibliography.bib', 'utf8').includes(`{${slug},`)) {
  console.log(
    `  content/bibliography.bib: an entry with the key ${slug}, with keywords (its theme) and annote (one sentence)`,
  );
}
console.log(`\nThen: npm run record -- ${slug}`);
