import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, chartsOf, soon, withBrowser } from './site';

const open = withBrowser();

const editorOf = (section: Locator) => section.locator('[data-param=points]');
const pointsOf = (section: Locator) =>
  editorOf(section)
    .locator('circle')
    .evaluateAll((circles) => circles.map((c) => c.getAttribute('aria-valuetext')));

async function prompt() {
  const page = await open('papers/one-step-gd/');
  const section = await awake(page, 'prompt');
  await editorOf(section).scrollIntoViewIfNeeded();
  return { page, section, before: await pointsOf(section) };
}

test('a point can be dragged, and the charts follow without a new run', async () => {
  const { page, section, before } = await prompt();
  const charts = await chartsOf(section);
  const box = (await editorOf(section).locator('circle').first().boundingBox()) as { x: number; y: number };
  await page.mouse.move(box.x + 4, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(box.x + 30, box.y - 20, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await pointsOf(section))[0], soon).not.toBe(before[0]);
  expect((await pointsOf(section)).slice(1)).toEqual(before.slice(1));
  await expect.poll(() => chartsOf(section), soon).not.toEqual(charts);
  await expect.poll(() => page.url(), soon).toContain('points=');
});

test('a click on the ground adds a point, and a full editor takes no more', async () => {
  const { section, before } = await prompt();
  await editorOf(section)
    .locator('svg')
    .click({ position: { x: 12, y: 12 } });
  await expect.poll(async () => (await pointsOf(section)).length, soon).toBe(before.length + 1);
  const add = editorOf(section).getByRole('button', { name: 'Add a point' });
  for (let i = before.length + 1; i < 12; i++) await add.click();
  await expect.poll(async () => (await pointsOf(section)).length, soon).toBe(12);
  expect(await add.isDisabled()).toBe(true);
});

test('arrow keys move a point, Delete removes it, and none left is a prompt too', async () => {
  const { page, section, before } = await prompt();
  await editorOf(section).locator('circle').nth(1).focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await pointsOf(section))[1], soon).not.toBe(before[1]);
  await page.keyboard.press('Delete');
  await expect.poll(async () => (await pointsOf(section)).length, soon).toBe(before.length - 1);
  const remove = editorOf(section).getByRole('button', { name: 'Remove one' });
  for (let i = before.length - 1; i > 0; i--) await remove.click();
  await expect.poll(async () => (await pointsOf(section)).length, soon).toBe(0);
  await expect
    .poll(() => section.locator('figure[data-chart=answer] .plot').getAttribute('aria-label'), soon)
    .toContain('least squares undefined');
});
