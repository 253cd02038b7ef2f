import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { beyond, button, live, noticesOf, paused, soon, stepOf, widgets, withBrowser } from './site';

const open = withBrowser();

/** The widget that these addresses are about. */
const path = 'papers/fresh/';
const anchor = 'spectral-bias';

const field = (page: Page, name: string) => page.locator(`#${anchor}-${name}`);
const values = async (page: Page) =>
  Promise.all(['width', 'depth', 'seed'].map((name) => field(page, name).inputValue()));

test('what an address gets wrong is said piece by piece, and the rest is applied', async () => {
  const page = await open(`${path}#${anchor}?width=7&seed=abc&nonsense=1&depth=3`);
  const section = page.locator(`#${anchor}`);
  await live(section);
  const notices = await noticesOf(section);
  expect(notices).toHaveLength(3);
  for (const [i, name] of ['width', 'seed', 'nonsense'].entries()) expect(notices[i]).toContain(name);
  expect(notices[0]).toContain('8');
  expect(notices[0]).toContain('256');
  expect(await values(page)).toEqual(['64', '3', '1']);
});

test('an address with a step that is too far, or none at all, is refused with a message', async () => {
  const page = await open(`${path}#${anchor}?step=1e9&width=`);
  const section = page.locator(`#${anchor}`);
  await live(section);
  expect(await noticesOf(section)).toHaveLength(2);
  // The charts are live a moment before the bar says so.
  await expect.poll(() => stepOf(section), soon).toBe(0);
});

/** What is above it and grows while it loads would push it out of sight. */
const lowest = widgets.filter(({ path }, i) => widgets[i + 1]?.path !== path);

test.for(lowest)('an address opens $id at the bottom of /$path', async ({ path, anchor }) => {
  const page = await open(`${path}#${anchor}?`, { viewport: { width: 1280, height: 600 } });
  await live(page.locator(`#${anchor}`));
  await expect
    .poll(() => page.locator(`#${anchor}`).evaluate((section) => Math.abs(section.getBoundingClientRect().top)), soon)
    .toBeLessThan(300);
});

test('?backend=cpu computes in plain JavaScript', async () => {
  const page = await open(`${path}?backend=cpu#${anchor}?width=8&step=3`);
  const section = page.locator(`#${anchor}`);
  await live(section);
  await beyond(section, 3);
  await expect.poll(() => section.locator('.menu').textContent(), soon).toContain('Computing with plain JavaScript');
  expect(await noticesOf(section)).toEqual([]);
});

test.for(['', `#${anchor}?depth=3`])('?backend=nonsense is refused with a message (%s)', async (hash) => {
  const page = await open(`${path}?backend=nonsense${hash}`);
  const section = page.locator(`#${anchor}`);
  await section.scrollIntoViewIfNeeded();
  await expect.poll(() => noticesOf(section), soon).toEqual([expect.stringContaining('nonsense')]);
});

test('back and forward restore the permalinks that were followed', async () => {
  const page = await open(`${path}#${anchor}?width=8&seed=2&step=3`);
  const section = page.locator(`#${anchor}`);
  await live(section);
  const first = async () => {
    await expect.poll(() => values(page), soon).toEqual(['8', '6', '2']);
    await expect.poll(() => stepOf(section), soon).toBe(3);
  };
  const second = async () => {
    await expect.poll(() => values(page), soon).toEqual(['16', '4', '1']);
    await expect.poll(() => stepOf(section), soon).toBe(5);
  };
  await first();
  await paused(section);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#${anchor}?width=16&depth=4&step=5`);
  await second();
  await paused(section);
  await page.goBack();
  await first();
  await paused(section);
  await page.goForward();
  await second();
});

test('a permalink followed in the middle of a run ends that run and shows what it asks for', async () => {
  const page = await open(`${path}#${anchor}?width=8&step=100000`);
  const section = page.locator(`#${anchor}`);
  await beyond(section, 20);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#${anchor}?width=16&step=5`);
  await expect.poll(() => stepOf(section), soon).toBe(5);
  await paused(section);
  await page.waitForTimeout(700);
  expect(await stepOf(section)).toBe(5);
  expect(await noticesOf(section)).toEqual([]);
});

test('a run that a permalink started can be reset and changed before it is through', async () => {
  const page = await open(`${path}#${anchor}?width=8&step=100000`);
  const section = page.locator(`#${anchor}`);
  await beyond(section, 20);
  await button(section, 'Reset').click();
  await expect.poll(() => stepOf(section), soon).toBe(0);
  await paused(section);
});
