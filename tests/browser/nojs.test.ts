import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { paths, widgets, withBrowser } from './site';

const open = withBrowser();

/** Every chart that the build drew, with its numbers. */
async function expectCharts(page: Page, anchor: string): Promise<void> {
  const charts = page.locator(`#${anchor} figure.chart`);
  expect(await charts.count(), `charts of ${anchor}`).toBeGreaterThan(0);
  for (const chart of await charts.all()) {
    const box = await chart.locator('.plot svg').last().boundingBox();
    expect(box?.width, `width of a chart of ${anchor} on a wide screen`).toBeGreaterThan(300);
    expect(box?.height).toBeGreaterThan(50);
    expect(await chart.locator('.plot').getAttribute('aria-label')).toBeTruthy();
    await chart.locator('summary').click();
    expect(await chart.locator('td').first().isVisible()).toBe(true);
  }
}

async function expectClaims(page: Page): Promise<void> {
  const claims = page.locator('article.claim');
  expect(await claims.count()).toBeGreaterThan(0);
  for (const claim of await claims.all()) {
    expect(await claim.locator('.verdict').textContent()).toMatch(/holds here|did not hold here/);
    expect(await claim.locator('.measured').textContent()).toMatch(/\d/);
    const parts = await claim.locator('dd').allInnerTexts();
    expect(parts).toHaveLength(4);
    for (const part of parts) expect(part.trim()).not.toBe('');
  }
}

async function expectAnswers(page: Page): Promise<void> {
  const answers = page.locator('.exercise details');
  expect(await answers.count()).toBeGreaterThan(0);
  for (const answer of await answers.all()) {
    const text = answer.locator(':scope > :not(summary)').first();
    expect(await text.isVisible()).toBe(false);
    await answer.locator('summary').click();
    expect(await text.isVisible()).toBe(true);
  }
}

/** A drawer holds no code without JavaScript, but says where it is. */
async function expectCode(page: Page, anchor: string): Promise<void> {
  const drawer = page.locator(`#${anchor} details.source`);
  if ((await drawer.count()) === 0) return;
  await drawer.locator('summary').click();
  const link = drawer.getByRole('link');
  expect(await link.isVisible()).toBe(true);
  const answer = await page.request.get(new URL((await link.getAttribute('href')) as string, page.url()).href);
  expect(answer.ok(), await link.textContent().then(String)).toBe(true);
  expect(await answer.text()).toContain('class="expressive-code"');
}

test.for(paths)('/%s shows all that it has to say without JavaScript, and nothing that needs it', async (path) => {
  const page = await open(path, { javaScriptEnabled: false });
  expect((await page.locator('main').textContent())?.length).toBeGreaterThan(50);
  const useless = page.locator('.needs-js:visible');
  expect(await useless.count(), await useless.allTextContents().then(String)).toBe(0);
  for (const { anchor } of widgets.filter((widget) => widget.path === path)) {
    await expectCharts(page, anchor);
    await expectCode(page, anchor);
  }
  if (!path.startsWith('papers/')) return;
  expect(await page.locator('.katex').count()).toBeGreaterThan(0);
  expect(await page.locator('.katex-error').count()).toBe(0);
  await expectClaims(page);
  await expectAnswers(page);
});
