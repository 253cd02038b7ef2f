/**
 * How the time of a build grows with the number of pages: `node tests/bench/build.mjs [copies …]` (10, 100 and 300). Builds the
 * site as it is, cold and warm, and then with so many copies of one paper, experiments and all, in a temporary folder; draws
 * `tests/bench/build.svg`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

const PAPER = 'one-step-gd';
const papers = 'content/papers';
const bibliography = 'content/bibliography.bib';
const counts = process.argv.slice(2).map(Number);
if (counts.length === 0) counts.push(10, 100, 300);

const folder = mkdtempSync(join(tmpdir(), 'papers-build-'));
const at = (path) => join(folder, path);
const { stdout } = spawnSync('git', ['ls-files', '-z'], { encoding: 'utf8' });
for (const file of stdout.split('\0').filter(Boolean)) cpSync(file, at(file));
// Links to the packages, but no cache beside them: Astro keeps its own in node_modules.
mkdirSync(at('node_modules'));
for (const name of readdirSync('node_modules')) {
  if (name === '.bin' || !name.startsWith('.'))
    symlinkSync(join(process.cwd(), 'node_modules', name), at(`node_modules/${name}`));
}

/** Seconds of `astro build`, and the pages it says it built. */
function build() {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: folder,
    encoding: 'utf8',
    // A line for each of thousands of pages.
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${stdout.slice(-2000)}\n${stderr}`);
  return { pages: Number(/(\d+) page\(s\) built/.exec(stdout)?.[1]), seconds: (performance.now() - start) / 1000 };
}

/** The paper once more under another name, which stands for the old one in all of its files. */
function copy(slug) {
  cpSync(at(`${papers}/${PAPER}`), at(`${papers}/${slug}`), { recursive: true });
  for (const entry of readdirSync(at(`${papers}/${slug}`), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(PAPER, slug));
  }
}

const entry = new RegExp(`@\\w+\\{${PAPER},.*?\\n\\}`, 's').exec(readFileSync(bibliography, 'utf8'))?.[0];
if (!entry) throw new Error(`${bibliography} has no entry for ${PAPER}.`);

const say = (name, { pages, seconds }) =>
  console.log(
    `${name.padEnd(22)} ${String(pages).padStart(4)} pages ${seconds.toFixed(1).padStart(7)} s ${(seconds / pages).toFixed(2).padStart(6)} s a page   (load ${loadavg()[0].toFixed(1)})`,
  );

/** Seconds against pages, with the line through them. */
function draw(points, base, each) {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({
    document,
    width: 480,
    height: 300,
    x: { label: 'pages built', domain: [0, Math.max(...points.map(({ pages }) => pages))] },
    y: { label: 'seconds', zero: true, grid: true },
    marks: [
      Plot.line(
        [0, Math.max(...points.map(({ pages }) => pages))].map((pages) => ({ pages, seconds: base + each * pages })),
        { x: 'pages', y: 'seconds', strokeDasharray: '4 3' },
      ),
      Plot.dot(points, { x: 'pages', y: 'seconds', fill: 'black' }),
    ],
  });
  // linkedom lets nobody set the style as a property, which is Plot's way.
  svg.setAttribute('style', 'background: white; color: black');
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  writeFileSync('tests/bench/build.svg', `${svg.outerHTML}\n`);
}

try {
  const points = [build()];
  say('as it is, cold', points[0]);
  say('as it is, warm', build());
  let made = 0;
  for (const count of counts.sort((a, b) => a - b)) {
    const slugs = Array.from({ length: count - made }, (_, i) => `${PAPER}-copy-${made + i + 1}`);
    for (const slug of slugs) copy(slug);
    const entries = slugs.map((slug) => entry.replace(PAPER, slug));
    writeFileSync(at(bibliography), [readFileSync(at(bibliography), 'utf8'), ...entries].join('\n'));
    made = count;
    for (const cache of ['.astro', 'node_modules/.astro', 'node_modules/.vite', 'dist']) {
      rmSync(at(cache), { recursive: true, force: true });
    }
    points.push(build());
    say(`${count} copies, cold`, points.at(-1));
  }
  // Least squares: seconds = base + each * pages.
  const total = (of) => points.reduce((sum, point) => sum + of(point), 0);
  const [x, y] = [total(({ pages }) => pages) / points.length, total(({ seconds }) => seconds) / points.length];
  const each = total((p) => (p.pages - x) * (p.seconds - y)) / total((p) => (p.pages - x) ** 2);
  const base = y - each * x;
  const off = points.map(({ pages, seconds }) => Math.abs(seconds / (base + each * pages) - 1));
  console.log(
    `a line: ${base.toFixed(1)} s + ${each.toFixed(3)} s a page, off by at most ${(100 * Math.max(...off)).toFixed(0)} %`,
  );
  draw(points, base, each);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
