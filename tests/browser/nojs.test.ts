import { expect, test } from 'vitest';
import { paths, widgets, withBrowser } from './site';

const open = withBrowser();
const bare = (path: string) => open(path, { javaScriptEnabled: false });

test.for(paths)('/%s shows its text without JavaScript, and nothing that needs it', async (path) => {
  const page = await bare(path);
  expect((await page.locator('main').textContent())?.length).toBeGreaterThan(50);
  const useless = page.locator('.needs-js');
  for (let i = 0; i < (await useless.count()); i++) expect(await useless.nth(i).isVisible()).toBe(false);
});

test.for(widgets)('$id on /$path shows its recorded charts and their numbers without JavaScript', async (widget) => {
  const page = await bare(widget.path);
  const section = page.locator(`#${widget.anchor}`);
  const charts = section.locator('figure.chart');
  expect(await charts.count()).toBeGreaterThan(0);
  for (let i = 0; i < (await charts.count()); i++) {
    const chart = charts.nth(i);
    const box = await chart.locator('.plot svg').last().boundingBox();
    expect(box?.width, 'width on a wide screen').toBeGreaterThan(300);
    expect(box?.height).toBeGreaterThan(50);
    expect(await chart.locator('.plot').getAttribute('aria-label')).toBeTruthy();
    await chart.locator('summary').click();
    expect(await chart.locator('td').first().isVisible()).toBe(true);
  }
});

const papers = [...new Set(widgets.map(({ path }) => path))].filter((path) => path.startsWith('papers/'));

test.for(papers)('/%s shows formulas, claims and answers without JavaScript', async (path) => {
  const page = await bare(path);
  expect(await page.locator('.katex').count()).toBeGreaterThan(0);
  expect(await page.locator('.katex-error').count()).toBe(0);

  const claims = page.locator('article.claim');
  expect(await claims.count()).toBeGreaterThan(0);
  for (let i = 0; i < (await claims.count()); i++) {
    const claim = claims.nth(i);
    expect(await claim.locator('.verdict').textContent()).toMatch(/holds here|did not hold here/);
    expect(await claim.locator('.measured').textContent()).toMatch(/\d/);
    const parts = await claim.locator('dd').allInnerTexts();
    expect(parts).toHaveLength(4);
    for (const part of parts) expect(part.trim()).not.toBe('');
  }

  const answers = page.locator('.exercise details');
  expect(await answers.count()).toBeGreaterThan(0);
  for (let i = 0; i < (await answers.count()); i++) {
    const answer = answers.nth(i);
    const text = answer.locator(':scope > :not(summary)').first();
    expect(await text.isVisible()).toBe(false);
    await answer.locator('summary').click();
    expect(await text.isVisible()).toBe(true);
  }
});
