import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, hasFocus, soon, tabTo, withBrowser } from './site';

const open = withBrowser();
const path = 'papers/fresh/';

const exercise = (page: Page, id: string) => page.locator(`#exercise-${id}`);
const isSolved = (page: Page, id: string) =>
  exercise(page, id).evaluate(
    (section) => section.classList.contains('solved') && section.querySelector('.mark')?.checkVisibility() === true,
  );
const counted = (page: Page) => page.locator('[data-solved-of=fresh]').textContent();
const said = (page: Page, id: string) => exercise(page, id).locator('output').textContent();

async function answer(page: Page, id: string, text: string): Promise<void> {
  await exercise(page, id).locator('input').fill(text);
  await exercise(page, id).getByRole('button', { name: 'Check' }).click();
}

test('a wrong number is told so, a right one marks the exercise, and that outlasts a reload', async () => {
  const page = await open(path);
  await answer(page, 'carry', 'much');
  await expect.poll(() => said(page, 'carry'), soon).toContain('“much” is not a number. Accepted is');
  await answer(page, 'carry', '1.51');
  await expect
    .poll(() => said(page, 'carry'), soon)
    .toBe('Close, but not there. An answer counts within ± 0.001 bins.');
  expect(await isSolved(page, 'carry')).toBe(false);
  expect(await counted(page)).toBe('0');
  await answer(page, 'carry', '3/2');
  await expect.poll(() => isSolved(page, 'carry'), soon).toBe(true);
  expect(await said(page, 'carry')).toBe('Right.');
  expect(await counted(page)).toBe('1');
  await page.reload();
  await expect.poll(() => isSolved(page, 'carry'), soon).toBe(true);
  expect(await counted(page)).toBe('1');
  expect(await isSolved(page, 'reach')).toBe(false);

  // A hint unfolds without the answer.
  const [hint, solution] = await exercise(page, 'carry').locator('details').all();
  await hint?.locator('summary').click();
  expect(await hint?.locator('p').isVisible()).toBe(true);
  expect(await solution?.locator('p').isVisible()).toBe(false);
});

test('a goal is reached by a run of the reader, and not by the recorded state', async () => {
  const page = await open(path);
  const widget = await awake(page, 'orientation');
  expect(await isSolved(page, 'invisible'), 'at the defaults').toBe(false);
  const set = async (name: string, value: string) => {
    const field = widget.locator(`[data-param=${name}] input`).last();
    await field.fill(value);
    await field.press('Enter');
  };
  await set('a', '4');
  await expect
    .poll(() => widget.locator('[data-chart=quadrant] .plot').getAttribute('aria-label'), soon)
    .toContain('holds 1 of the two');
  expect(await isSolved(page, 'invisible'), 'another wave').toBe(false);
  await set('b', '-5');
  await expect.poll(() => isSolved(page, 'invisible'), soon).toBe(true);
  expect(await said(page, 'invisible')).toBe('Reached: sum of the spectrum 0.');
});

test('a goal of a trained network is reached as it trains', async () => {
  const page = await open(`${path}#spectral-bias?amplitudes=0,0,0,0,0,0,0,0,0,0.2,0,2,0,0,0,0&step=1500`);
  await expect.poll(() => isSolved(page, 'louder'), { ...soon, timeout: 60_000 }).toBe(true);
  expect(await said(page, 'louder')).toMatch(/^Reached: correlation of frequency and order -1 at step \d+\.$/);
});

test('by keyboard alone: a number, a choice, and a proof marked by hand', async () => {
  const page = await open(path);
  const [number, choice] = [exercise(page, 'reach'), exercise(page, 'together')];
  await number.locator('h3 a').focus();
  await tabTo(page, number.locator('input'));
  await page.keyboard.type('4.8');
  await page.keyboard.press('Enter');
  await expect.poll(() => isSolved(page, 'reach'), soon).toBe(true);
  await choice.locator('h3 a').focus();
  await tabTo(page, choice.locator('input').first());
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  expect(await hasFocus(choice.getByRole('button'))).toBe(true);
  await page.keyboard.press('Enter');
  await expect.poll(() => said(page, 'together'), soon).toMatch(/^Not that one\. .*only one of them moves/);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => isSolved(page, 'together'), soon).toBe(true);

  await page.goto(new URL('../lipsdp/', page.url()).href);
  const proof = exercise(page, 'fold').getByRole('button');
  await proof.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => isSolved(page, 'fold'), soon).toBe(true);
  await page.keyboard.press('Enter');
  await expect.poll(() => isSolved(page, 'fold'), soon).toBe(false);
});

test('where storage is forbidden all works, without a complaint, as long as the page', async () => {
  const page = await open('404.html');
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('forbidden', 'SecurityError');
      },
    }),
  );
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(new URL(path, page.url()).href);
  await answer(page, 'carry', '1.5');
  await expect.poll(() => isSolved(page, 'carry'), soon).toBe(true);
  await answer(page, 'pace', '919');
  await expect.poll(() => counted(page), soon).toBe('2');
  expect(complaints).toEqual([]);
});

test('progress is saved as a file, forgotten, and loaded again; nonsense is refused', async () => {
  const page = await open(path);
  await answer(page, 'carry', '1.5');
  await expect.poll(() => isSolved(page, 'carry'), soon).toBe(true);
  await page.goto(new URL('../../course/', page.url()).href);
  const status = () => page.locator('.progress [role=status]').textContent();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  /** Answers the next question; a second one must not be asked before that. */
  const answered = async (answer: 'accept' | 'dismiss') => (await page.waitForEvent('dialog'))[answer]();
  expect(await counted(page)).toBe('1');

  const [download] = await Promise.all([page.waitForEvent('download'), press('Save as a file')]);
  const saved = readFileSync(await download.path(), 'utf8');
  expect(JSON.parse(saved)).toEqual({ kind: 'perceptron-papers-exercises', version: 1, solved: ['fresh/carry'] });

  await Promise.all([answered('dismiss'), press('Forget all')]);
  expect(await counted(page), 'the reader thought better of it').toBe('1');
  await Promise.all([answered('accept'), press('Forget all')]);
  await expect.poll(() => counted(page), soon).toBe('0');
  expect(await page.evaluate(() => localStorage.getItem('exercises'))).toBe('[]');

  const load = async (text: string) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press('Load a file')]);
    await chooser.setFiles({ name: 'progress.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  await load('{"solved": ["fresh/carry"]}');
  await expect.poll(status, soon).toContain('Nothing was loaded. This file does not hold progress');
  await load(saved.replace('carry', 'nope'));
  await expect.poll(status, soon).toContain('"fresh/nope" is not an exercise of this site.');
  expect(await counted(page)).toBe('0');
  await load(saved);
  await expect.poll(status, soon).toBe('Loaded 1 solved exercises.');
  expect(await counted(page)).toBe('1');
});
