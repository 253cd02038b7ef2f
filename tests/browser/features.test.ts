import { expect, test } from 'vitest';
import { awake, beyond, button, noticesOf, pause, paused, site, soon, stepOf, widgets, withBrowser } from './site';

const open = withBrowser();

/** The widget that these tests play with. */
const path = 'papers/fresh/';
const anchor = 'spectral-bias';

test('the search finds Wasserstein, and its link leads to the page under the base path', async () => {
  const page = await open('');
  await page.keyboard.press('/');
  await page.getByLabel('Search the papers').fill('Wasserstein');
  const hit = page.locator('#search-results a').first();
  await hit.waitFor({ timeout: soon.timeout });
  expect(await hit.getAttribute('href')).toContain(new URL(site).pathname);
  await hit.click();
  await page.waitForURL('**/papers/**');
  expect(page.url().startsWith(`${site}papers/`)).toBe(true);
  expect(await page.locator('main').textContent()).toContain('Wasserstein');
});

test('the theme switches, and the choice outlives a reload', async () => {
  const page = await open('', { colorScheme: 'light' });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  expect(await ground()).toBe(light);
});

test('the code of a widget comes when its drawer is opened, at the second time if the first failed', async () => {
  const page = await open(path);
  const drawer = page.locator(`#${anchor} details.source`);
  const summary = drawer.locator('summary');
  await page.route('**/source/**', (route) => route.fulfill({ status: 503 }));
  await summary.click();
  await expect.poll(() => drawer.getByRole('status').textContent(), soon).toContain('could not be loaded (503)');
  expect(await drawer.getByRole('link').getAttribute('href')).toContain(new URL(site).pathname);
  await page.unroute('**/source/**');
  await summary.click();
  expect(await drawer.locator('pre').count()).toBe(0);
  await summary.click();
  await expect.poll(() => drawer.locator('pre').textContent(), soon).toContain('export const');
  expect(await drawer.getByRole('status').textContent()).not.toContain('could not');
  await drawer.getByRole('button', { name: 'Copy to clipboard' }).waitFor();
});

test('a kept run lies under the next one, with its name in the legend, until it is removed', async () => {
  const section = await awake(await open(path), anchor);
  const legend = () => section.locator('[data-chart=signal] .plot').textContent();
  expect(await button(section, 'Keep this run').isDisabled()).toBe(true);
  await button(section, 'Run').click();
  await beyond(section, 40);
  await pause(section);
  await button(section, 'Keep this run').click();
  await section.locator(`#${anchor}-width`).fill('32');
  await section.locator(`#${anchor}-width`).press('Enter');
  await expect.poll(() => stepOf(section), soon).toBe(0);
  await button(section, 'Run').click();
  await beyond(section, 20);
  await pause(section);
  expect(await section.getByRole('listitem').allTextContents()).toEqual([expect.stringContaining('defaults')]);
  for (const name of ['now', 'defaults', 'recorded']) expect(await legend()).toContain(name);
  await button(section, 'Remove defaults').click();
  await expect.poll(legend, soon).not.toContain('defaults');

  await section.getByLabel('Show the recorded run').click();
  await expect.poll(legend, soon).not.toContain('recorded');
});

test('four runs can be kept and no fifth', async () => {
  const section = await awake(await open(path), anchor);
  const keep = button(section, 'Keep this run');
  for (let kept = 1; kept <= 4; kept++) {
    await button(section, 'Step').click();
    await expect.poll(() => stepOf(section), soon).toBe(kept);
    await paused(section);
    await keep.click();
    await expect.poll(() => section.locator('fieldset li').count(), soon).toBe(kept);
  }
  expect(await keep.isDisabled()).toBe(true);
  const names = await section.locator('fieldset li').allTextContents();
  expect(new Set(names).size).toBe(4);
  await section.locator('fieldset li button').first().click();
  await expect.poll(() => keep.isDisabled(), soon).toBe(false);
});

test('a number in the prose moves the control that it names, and follows it', async () => {
  const page = await open(path);
  const number = page.locator('pp-scrub').first();
  const { experiment, name } = await number.evaluate((element) => ({ ...(element as HTMLElement).dataset }));
  const control = `#${experiment?.split('/')[1]}-${name}`;
  const before = Number(await number.textContent());
  await number.focus();
  await page.keyboard.press('ArrowRight');
  expect(Number(await number.textContent())).toBeGreaterThan(before);
  await page.locator(control).scrollIntoViewIfNeeded();
  await expect.poll(() => page.locator(control).inputValue(), soon).toBe(await number.textContent());
  await page.locator(control).fill(String(before));
  await page.locator(control).press('Enter');
  await expect.poll(() => number.textContent(), soon).toBe(String(before));
});

test.for(['shift-is-distance', 'one-diagonal-is-invisible'])(
  'the claim %s can be checked on the page',
  async (claim) => {
    const page = await open(path);
    const card = page.locator(`#claim-${claim}`);
    await card.getByRole('button', { name: 'Check here' }).click();
    await expect
      .poll(() => card.getByRole('status').textContent(), soon)
      .toMatch(/^✓ Holds on this machine: .*last digit/);
  },
);

test('a widget that is scrolled out of sight stops computing, and goes on when it is back', async () => {
  const page = await open(path);
  const section = await awake(page, anchor);
  await button(section, 'Run').click();
  await beyond(section, 20);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await paused(section);
  const step = await stepOf(section);
  await page.waitForTimeout(700);
  expect(await stepOf(section)).toBe(step);
  await section.scrollIntoViewIfNeeded();
  await beyond(section, step + 20);
  await pause(section);
});

test('a widget that was paused before it went out of sight stays paused when it is back', async () => {
  const page = await open(path);
  const section = await awake(page, anchor);
  await button(section, 'Run').click();
  await beyond(section, 20);
  await pause(section);
  const step = await stepOf(section);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForTimeout(300);
  await section.scrollIntoViewIfNeeded();
  await page.waitForTimeout(700);
  expect(await stepOf(section)).toBe(step);
});

test('two widgets of one page run side by side', async () => {
  const places = widgets.filter((widget) => widget.path === path && widget.runs).slice(0, 2);
  // High enough for both to be in sight.
  const page = await open(path, { viewport: { width: 1280, height: 9000 } });
  const sections = [];
  for (const place of places) {
    const section = await awake(page, place.anchor);
    // At full speed the first may be over before the second starts.
    await section.locator('.more select').selectOption('20 steps a second', { force: true });
    await button(section, 'Run').click();
    sections.push(section);
  }
  const steps = await Promise.all(sections.map(stepOf));
  for (const [i, section] of sections.entries()) await beyond(section, (steps[i] || 0) + 5);
  for (const section of sections) {
    if ((await button(section, 'Pause').count()) > 0) await pause(section);
    expect(await noticesOf(section)).toEqual([]);
  }
});
