/** Citing: the files and tags of every built paper's page, and the dialog. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { Cite } from '@citation-js/core';
import { z } from 'astro/zod';
import { parseHTML } from 'linkedom';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { reference } from '#lab/bibliography';
import '#site/formats';
import { commit, version } from '#site/version';
import { button, hasFocus, live, paths, paused, site, soon, stepOf, withBrowser } from './site';

const open = withBrowser();
const slugs = paths.filter((path) => path.startsWith('papers/')).map((path) => path.split('/')[1] as string);
const file = (slug: string, name: string) => readFileSync(`dist/papers/${slug}/${name}`, 'utf8');

const day = z.iso.date();
const name = z.string().regex(/\S/);
const person = z.strictObject({ '@type': z.literal('Person'), name });
const organization = z.strictObject({ '@type': z.literal('Organization'), name });
/** Of schema.org's LearningResource and what it inherits from CreativeWork and Thing: what we use, with its ranges. */
const learningResource = z.strictObject({
  '@context': z.literal('https://schema.org'),
  '@type': z.literal('LearningResource'),
  '@id': z.url(),
  url: z.url(),
  name,
  description: name,
  inLanguage: z.literal('en'),
  author: z.array(z.union([person, organization])).min(1),
  datePublished: day,
  dateModified: day,
  version: z.string(),
  license: z.url(),
  isAccessibleForFree: z.boolean(),
  learningResourceType: name,
  competencyRequired: z.array(name),
  timeRequired: z.iso.duration(),
  isPartOf: z.strictObject({ '@type': z.literal('WebSite'), name, url: z.url() }),
  isBasedOn: z.strictObject({
    '@type': z.literal('ScholarlyArticle'),
    name,
    author: z.array(person).min(1),
    datePublished: z.string().regex(/^\d{4}$/),
    url: z.url(),
    sameAs: z.url(),
  }),
});

test.for(slugs)('/papers/%s/ tells search engines of itself, and of its paper as another work', (slug) => {
  const { document } = parseHTML(file(slug, 'index.html'));
  const data = [...document.querySelectorAll('script[type="application/ld+json"]')];
  expect(data).toHaveLength(1);
  const resource = learningResource.parse(JSON.parse(data[0]?.textContent ?? ''));
  const canonical = document.querySelector('link[rel=canonical]')?.getAttribute('href');
  const title = document.querySelector('h1')?.textContent?.trim();
  expect(resource).toMatchObject({ url: canonical, name: title });
  const paper = reference(slug);
  expect(resource.isBasedOn.name).toBe(paper.title);
  expect(resource.isBasedOn.author.map((author) => author.name)).toEqual(paper.authors);
  const tags = (name: string) =>
    [...document.querySelectorAll(`meta[name=${name}]`)].map((tag) => tag.getAttribute('content'));
  expect(tags('citation_title')).toEqual([title]);
  expect(tags('citation_author')).toEqual(resource.author.map((author) => author.name));
  expect(tags('citation_publication_date')).toEqual([resource.dateModified.replaceAll('-', '/')]);
  expect(tags('citation_reference')).toEqual([expect.stringContaining(`citation_title=${paper.title}; `)]);
});

test.for(slugs)('the files of /papers/%s/ hold the page and the paper', (slug) => {
  const titles = [
    parseHTML(file(slug, 'index.html')).document.querySelector('h1')?.textContent?.trim(),
    reference(slug).title,
  ];
  for (const kind of ['bib', 'ris', 'json']) {
    const records = new Cite(file(slug, `cite.${kind}`)).data as { id: string; title: string }[];
    expect(
      records.map(({ id, title }) => [id, title]),
      kind,
    ).toEqual([
      [`perceptron-papers-${slug}`, titles[0]],
      [slug, titles[1]],
    ]);
  }
});

test('bibliography.bib has every page and every work', () => {
  const ids = (new Cite(readFileSync('dist/bibliography.bib', 'utf8')).data as { id: string }[]).map(({ id }) => id);
  const own = (new Cite(readFileSync('content/bibliography.bib', 'utf8')).data as { id: string }[]).map(({ id }) => id);
  expect(ids.toSorted()).toEqual([...slugs.map((slug) => `perceptron-papers-${slug}`), ...own].toSorted());
});

test.for(slugs)('references of /papers/%s/ and the places that cite them lead to each other', (slug) => {
  const { document } = parseHTML(file(slug, 'index.html'));
  const there = [...document.querySelectorAll('[id^="citation--"]')].flatMap((place) =>
    [...place.querySelectorAll('a[href^="#bib-"]')].map((link) => `${place.id} ${link.getAttribute('href')?.slice(1)}`),
  );
  const back = [...document.querySelectorAll('.csl-entry')].flatMap((entry) =>
    [...entry.querySelectorAll('.cited a')].map((link) => `${link.getAttribute('href')?.slice(1)} ${entry.id}`),
  );
  expect(there.length).toBeGreaterThan(0);
  expect(back.toSorted()).toEqual([...new Set(there)].toSorted());
});

test('by keyboard: the key c opens the dialog, arrows choose the format, Copy copies, Escape leads back', async () => {
  const page = await open('papers/fresh/', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'Cite' });
  const text = dialog.getByLabel('Citation');
  await text.waitFor();
  expect(await text.inputValue()).toContain('@misc{perceptron-papers-fresh,');
  expect(await hasFocus(dialog.getByLabel('This page'))).toBe(true);
  const { violations } = await new AxeBuilder({ page }).include('.cite-dialog').setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await page.keyboard.press('ArrowDown');
  expect(await text.inputValue()).toContain('@inproceedings{fresh,');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  const apa = await text.inputValue();
  expect(apa).toMatch(/^Kania, A\., Mihajlovic, M\., .*Spurek, P\. \(2025\)\. FreSh/);
  await dialog.getByRole('button', { name: 'Copy' }).press('Enter');
  await expect.poll(() => dialog.getByRole('status').textContent(), soon).toBe('Copied.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(apa);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await hasFocus(page.getByRole('button', { name: 'Cite', exact: true }))).toBe(true);
});

test('citations that cannot be fetched are told of, and come at the second time', async () => {
  const page = await open('papers/fresh/');
  await page.route('**/citations.json', (route) => route.fulfill({ status: 503 }));
  const dialog = page.getByRole('dialog', { name: 'Cite' });
  await page.keyboard.press('c');
  await expect
    .poll(() => dialog.getByRole('status').textContent(), soon)
    .toContain('could not be loaded. The server answered 503');
  await page.keyboard.press('Escape');
  await page.unroute('**/citations.json');
  await page.keyboard.press('c');
  await dialog.getByLabel('Citation').waitFor();
});

/** Every line of the charts, to the last digit. */
const drawn = (section: Locator) =>
  section.locator('.plot path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));

test('the citation of a run brings the run back, on its backend', async () => {
  const page = await open('papers/fresh/?backend=cpu#spectral-bias?width=8&seed=3&step=4');
  const section = page.locator('#spectral-bias');
  await live(section);
  await expect.poll(() => stepOf(section), soon).toBe(4);
  await paused(section);
  const charts = await drawn(section);
  expect(charts.length).toBeGreaterThan(5);
  await button(section, 'Cite this run').click();
  const dialog = page.getByRole('dialog', { name: 'Cite' });
  await dialog.getByLabel('CSL-JSON').check();
  const [run] = JSON.parse(await dialog.getByLabel('Citation').inputValue());
  expect(run.genre).toBe(
    `Interactive run: seed 3, step 4, backend cpu; site version ${version}, commit ${commit ?? 'unknown'}`,
  );
  const today = await page.evaluate(() => [new Date().getFullYear(), new Date().getMonth() + 1, new Date().getDate()]);
  expect(run.issued['date-parts']).toEqual([today]);
  await page.keyboard.press('Escape');
  expect(await hasFocus(button(section, 'Cite this run'))).toBe(true);

  const again = await open(run.URL.slice(site.length));
  const same = again.locator('#spectral-bias');
  await live(same);
  await expect.poll(() => stepOf(same), soon).toBe(4);
  await paused(same);
  expect(await drawn(same)).toEqual(charts);
});

test('the card of a reference comes with the focus and goes with Escape', async () => {
  const page = await open('papers/fresh/');
  const card = page.locator('.cite-card');
  await page.locator('a[href="#bib-fresh"]').first().focus();
  expect(await card.textContent()).toMatch(/^\s*Kania, A\./);
  expect(await card.textContent()).not.toContain('Cited:');
  await page.keyboard.press('Escape');
  expect(await card.isVisible()).toBe(false);
});

test('a first tap on a citation shows its card, the second follows it', async () => {
  const page = await open('papers/fresh/', { hasTouch: true, viewport: { width: 390, height: 844 } });
  const link = page.locator('a[href="#bib-fresh"]').first();
  await link.tap();
  expect(await page.locator('.cite-card').isVisible()).toBe(true);
  expect(page.url()).not.toContain('#bib');
  await link.tap();
  await page.waitForURL('**#bib-fresh');
});
