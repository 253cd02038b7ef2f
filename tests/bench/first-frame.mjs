/**
 * How long after 'Run' the first live frame of each paper's first run is on the screen, with the widget near for two seconds before:
 * `node tests/bench/first-frame.mjs [slug …]`, with dist/ built under /some/base.
 */
import { existsSync, readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const TIMES = 3;
const given = process.argv.slice(2);
const slugs =
  given.length > 0 ? given : readdirSync('dist/papers').filter((slug) => existsSync(`dist/papers/${slug}/index.html`));
const { site, close } = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});

/** In the page: presses Run; ms until the first chart is drawn live, and until a step later than the initial state shows. */
async function press(section) {
  const run = section.querySelector('.run-bar .primary');
  const start = performance.now();
  run.focus();
  run.click();
  const until = (there) =>
    new Promise((resolve) => {
      const look = () => (there() ? resolve(performance.now() - start) : requestAnimationFrame(look));
      look();
    });
  const state = section.querySelector('.run-bar .state');
  return Promise.all([
    until(() => section.querySelector('.plot[data-live]')),
    until(
      () => Number(/Step (\d+)/.exec(state.textContent)?.[1] ?? 0) > 0 && section.querySelector('.plot[data-live]'),
    ),
  ]);
}

for (const slug of slugs) {
  const times = [];
  for (let i = 0; i < TIMES; i++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${site}papers/${slug}/`, { waitUntil: 'load' });
    const section = page.locator('.experiment:has(progress)').first();
    await section.scrollIntoViewIfNeeded();
    await page.mouse.move(640, 300 + i);
    await page.waitForTimeout(2000);
    times.push(await section.evaluate(press));
    await context.close();
  }
  const show = (part) => times.map((time) => time[part].toFixed(0)).join(', ');
  console.log(`${slug}: first live chart after ${show(0)} ms, first step after ${show(1)} ms`);
}
await browser.close();
close();
