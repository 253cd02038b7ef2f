/**
 * What one redraw of a live chart costs in Chromium: `node tests/bench/charts.mjs`. Charts with the most that a frame may
 * hold change on every frame of the screen, once put anew into the page and once in place.
 */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const FRAMES = 120;

const { output } = await build({
  configFile: false,
  logLevel: 'error',
  build: {
    write: false,
    lib: { entry: 'tests/bench/charts-page.ts', formats: ['iife'], name: 'page' },
  },
}).then((result) => [result].flat()[0]);

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const css = readFileSync('src/styles/charts.css', 'utf8');
await page.setContent(
  `<!doctype html><style>${css}</style><figure><div class="plot" style="width: 740px"></div></figure>`,
);
await page.addScriptTag({ content: output[0].code });

const client = await page.context().newCDPSession(page);
await client.send('Performance.enable');
const metrics = async () =>
  Object.fromEntries((await client.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
const quantile = (xs, q) => xs.toSorted((a, b) => a - b)[Math.floor(q * (xs.length - 1))];

const { names, ways } = await page.evaluate(() => ({ names: bench.names, ways: bench.ways }));
console.log('ms per redraw: script (p95), style and layout, all tasks of the main thread; frames per second');
for (const name of names) {
  for (const way of ways) {
    const run = (frames) => page.evaluate(([...args]) => bench.measure(...args), [name, way, frames]);
    await run(20);
    const before = await metrics();
    const { script, between } = await run(FRAMES);
    const after = await metrics();
    const each = (...keys) => keys.reduce((sum, key) => sum + after[key] - before[key], 0) * (1000 / FRAMES);
    console.log(
      `${name.padEnd(36)} ${way.padEnd(9)} ${quantile(script, 0.5).toFixed(1).padStart(6)} (${quantile(script, 0.95).toFixed(1)})`,
      `${each('RecalcStyleDuration', 'LayoutDuration').toFixed(1).padStart(6)} ${each('TaskDuration').toFixed(1).padStart(6)}`,
      `${(1000 / (between.reduce((a, b) => a + b) / FRAMES)).toFixed(0).padStart(5)}`,
    );
  }
}
await browser.close();
