/**
 * How soon the page answers while three widgets train on a processor four times slower: `node tests/bench/interaction.mjs [runs]`,
 * with dist/ built under /some/base. Clicks, key presses and drags of sliders by a script; what INP (interaction to next
 * paint) counts, from the browser's own event timing, which leaves the moves inside a drag out.
 */
import { loadavg } from 'node:os';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const WIDGETS = ['spectral-bias', 'encodings', 'choice'];
const SLOWER = 4;
const runs = Number(process.argv[2] ?? 3);

const { site, close } = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});

/** In the page: nothing is out of sight, because a widget there would pause; and every slow event is written down. */
function instrument() {
  const Watcher = globalThis.IntersectionObserver;
  globalThis.IntersectionObserver = class extends Watcher {
    constructor(report, options) {
      super((entries, observer) => {
        report(
          entries.map(({ target }) => ({ target, isIntersecting: true, intersectionRatio: 1 })),
          observer,
        );
      }, options);
    }
  };
  globalThis.entries = [];
  const note = (list) => {
    for (const {
      name,
      duration,
      interactionId,
      startTime,
      processingStart,
      processingEnd,
      target,
    } of list.getEntries()) {
      const [waiting, handling] = [processingStart - startTime, processingEnd - processingStart];
      const on = target?.textContent.trim().slice(0, 20) || target?.ariaLabel;
      globalThis.entries.push({ name, on, duration, interactionId, waiting, handling });
    }
  };
  new PerformanceObserver(note).observe({ type: 'event', durationThreshold: 16 });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function start(page, anchor) {
  const section = page.locator(`#${anchor}`);
  await section.scrollIntoViewIfNeeded();
  await page.locator(`#${anchor}[data-ready]`).waitFor();
  const primary = section.locator('.run-bar .primary');
  await primary.focus();
  await section.getByText(/Step \d+ of/).waitFor();
  // Slow enough that the run lasts as long as the script.
  await section.locator('.more select').selectOption('100 steps a second', { force: true });
  await primary.press('Enter');
}

/**
 * Brings the first such element that a reader could see to where the pointer reaches it, and says where that is. Read in one small
 * call, and well before the press: what a driver does in the page would count as the page's own delay.
 */
async function middle(page, anchor, selector) {
  const box = await page.evaluate((selector) => {
    const element = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = element.getBoundingClientRect();
    const [left, top] = [x + width / 2, y + height / 2];
    const hit = document.elementFromPoint(left, top);
    return { x: left, y: top, width, hit: element.contains(hit), over: hit?.outerHTML.slice(0, 80) };
  }, `#${anchor} ${selector}`);
  if (!box.hit) throw new Error(`#${anchor} ${selector} is covered by ${box.over}`);
  await pause(250);
  return box;
}

/** Drags a slider to and fro by a third of its width; by the mouse, at 60 moves a second. */
async function drag(page, anchor, slider) {
  const { x, y, width } = await middle(page, anchor, slider);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) {
    await page.mouse.move(x + (width / 3) * Math.sin(i / 2), y);
    await pause(16);
  }
  await page.mouse.up();
}

async function press(page, anchor, button) {
  const { x, y } = await middle(page, anchor, button);
  await page.mouse.click(x, y);
  await pause(250);
}

/** What a reader does at one widget: runs on, drags, presses keys, pauses, resets, steps, unfolds. */
async function visit(page, anchor) {
  await page.evaluate((anchor) => document.getElementById(anchor).scrollIntoView(), anchor);
  await pause(500);
  await drag(page, anchor, '[data-param] input[type=range]');
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('ArrowUp');
    await pause(150);
  }
  const [primary, step, reset] = [1, 2, 3].map((place) => `.run-bar .row button:nth-child(${place})`);
  for (const button of [primary, primary, primary, primary, reset, step, primary]) await press(page, anchor, button);
  for (let i = 0; i < 2; i++) await press(page, anchor, 'figure.chart summary');
}

const quantile = (xs, q) => xs.toSorted((a, b) => a - b)[Math.ceil(q * xs.length) - 1] ?? 0;
const show = (xs) =>
  `${xs.length} of 16 ms or more, worst ${quantile(xs, 1)} ms, 98th percentile ${quantile(xs, 0.98)} ms, median ${quantile(xs, 0.5)} ms`;

for (let run = 1; run <= runs; run++) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(instrument);
  await page.goto(`${site}papers/fresh/`);
  for (const anchor of WIDGETS) await start(page, anchor);
  const client = await page.context().newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.evaluate(() => {
    globalThis.entries.length = 0;
  });
  for (const anchor of WIDGETS) await visit(page, anchor);
  await pause(1000);
  const entries = await page.evaluate(() => globalThis.entries);
  await page.close();
  // One interaction is several events (pointerdown, pointerup, click); its latency is that of the slowest.
  const interactions = new Map();
  for (const entry of entries.filter(({ interactionId }) => interactionId > 0)) {
    const other = interactions.get(entry.interactionId);
    if (!other || other.duration < entry.duration) interactions.set(entry.interactionId, entry);
  }
  const slowest = [...interactions.values()].sort((a, b) => b.duration - a.duration);
  console.log(
    `run ${run}, load ${loadavg()[0].toFixed(1)}: interactions: ${show(slowest.map(({ duration }) => duration))}`,
  );
  for (const { name, on, duration, waiting, handling } of slowest.slice(0, 4)) {
    console.log(
      `  ${`${name} on ${on}`.padEnd(40)} ${duration} ms: ${waiting.toFixed(0)} waiting, ${handling.toFixed(0)} handled, ${(duration - waiting - handling).toFixed(0)} until painted`,
    );
  }
}
await browser.close();
close();
