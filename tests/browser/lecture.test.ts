/** The page as slides, by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, button, chartsOf, hasFocus, live, soon, tabTo, withBrowser } from './site';

const open = withBrowser();

const place = (page: Page) => page.locator('.lecture-bar [role=status]').textContent();
const slideId = (page: Page) => page.locator('.slide').getAttribute('id');

async function enter(page: Page): Promise<void> {
  await page.keyboard.press('l');
  await page.locator('.lecture-bar').waitFor();
}

/** Presses → until the slide with the id is there. */
async function goTo(page: Page, id: string): Promise<void> {
  for (let i = 0; i < 60 && (await slideId(page)) !== id; i++) await page.keyboard.press('PageDown');
  expect(await slideId(page)).toBe(id);
}

test('keys move between slides, the address keeps the slide, Escape returns to its place in the text', async () => {
  const page = await open('papers/fresh/', { viewport: { width: 1280, height: 720 } });
  await enter(page);
  const count = Number(/of (\d+)/.exec((await place(page)) ?? '')?.[1]);
  expect(count).toBe(await page.locator('.article > :is(header, .figure, .experiment, .claims, .equation)').count());
  expect(await place(page)).toContain('Slide 1 of');
  for (const [key, slide] of [
    ['ArrowRight', 2],
    [' ', 3],
    ['PageDown', 4],
    ['ArrowLeft', 3],
    ['PageUp', 2],
    ['End', count],
    ['ArrowRight', count],
    ['Home', 1],
    ['ArrowLeft', 1],
  ] as const) {
    await page.keyboard.press(key);
    expect(await place(page), key).toContain(`Slide ${slide} of`);
    expect(new URL(page.url()).searchParams.get('lecture')).toBe(String(slide));
    expect(await hasFocus(page.locator('.slide'))).toBe(true);
  }
  await goTo(page, 'encodings');
  const said = await place(page);
  await page.reload();
  await page.locator('.lecture-bar').waitFor();
  expect(await place(page)).toBe(said);
  await page.goto(page.url().replace(/papers.*/, '404.html'));
  await page.goBack();
  await page.locator('.lecture-bar').waitFor();
  expect(await place(page)).toBe(said);

  await page.keyboard.press('Escape');
  await page.locator('.lecture-bar').waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('');
  expect(await hasFocus(page.locator('#encodings'))).toBe(true);
  const top = await page.locator('#encodings').evaluate((section) => section.getBoundingClientRect().top);
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(360);
});

test('a widget runs on its slide, and its slider keeps the arrow keys', async () => {
  const page = await open('papers/fresh/', { viewport: { width: 1280, height: 720 } });
  // A browser that refuses the full screen.
  await page.evaluate(() => {
    Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused'));
  });
  await enter(page);
  await goTo(page, 'spectral-bias');
  const section = await awake(page, 'spectral-bias');
  await live(section);
  const before = await chartsOf(section);
  await section.locator('.slide').count();
  const slider = section.locator('.side input[type=range]:visible').first();
  await section.evaluate((element: HTMLElement) => element.focus());
  await tabTo(page, slider);
  const value = await slider.inputValue();
  await page.keyboard.press('ArrowRight');
  expect(await slider.inputValue()).not.toBe(value);
  await page.keyboard.press('ArrowLeft');
  expect(await slideId(page)).toBe('spectral-bias');
  const run = button(section, 'Run');
  await run.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => chartsOf(section), soon).not.toEqual(before);
  expect(await slideId(page)).toBe('spectral-bias');
  await page.keyboard.press('PageDown');
  expect(await slideId(page)).not.toBe('spectral-bias');
});

test('from the first slide the button gets the focus back; the buttons at the edge do what the keys do', async () => {
  const page = await open('papers/fresh/', { viewport: { width: 390, height: 800 } });
  await page.getByRole('button', { name: 'Lecture' }).click();
  const bar = page.locator('.lecture-bar');
  await bar.getByRole('button', { name: 'Next' }).click();
  expect(await place(page)).toContain('Slide 2 of');
  await bar.getByRole('button', { name: 'Previous' }).click();
  await bar.getByRole('button', { name: 'Leave' }).click();
  expect(await hasFocus(page.locator('[data-tool=lecture]'))).toBe(true);
});

test.for(['light', 'dark'] as const)('a slide has no accessibility fault (%s)', async (colorScheme) => {
  const page = await open('papers/fresh/?lecture=3', { colorScheme, viewport: { width: 390, height: 800 } });
  await page.locator('.lecture-bar').waitFor();
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([]);
});
