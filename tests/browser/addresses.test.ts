/** Permanent addresses: none is lost, every link inside the site leads somewhere, and each can be copied. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { version } from '../../package.json';
import promised from '../site/permalinks.json';
import { added, builtFiles, builtPages, lost, permalinksOf } from './built';
import { faultyAddresses } from './links';
import { hasFocus, site, soon, tabTo, withBrowser } from './site';

const open = withBrowser();
const pages = builtPages();
const path = 'papers/fresh/';

describe('the list of permanent addresses', () => {
  const now = permalinksOf(pages);

  test('holds nothing that the site has lost', () => {
    const fresh = lost(now, promised);
    if (fresh.length > 0) console.log(`Not in the list yet, \`npm run permalinks\` adds: ${fresh.join(', ')}`);
    // A heading whose text changed keeps its address by its name: `## A better title [#old-title]`.
    expect(lost(promised, now)).toEqual([]);
  });

  test('knows sections, equations, figures, claims, exercises, widgets and charts', () => {
    const ids = ['watch-a-network-hear', 'eq-pace', 'pipeline', 'claim-low-first', 'exercise-reach', 'changes'];
    expect(promised[path]).toEqual(expect.arrayContaining([...ids, 'spectral-bias', 'spectral-bias-signal']));
  });

  test('is only ever added to', () => {
    const before = { 'a/': ['one', 'two'], 'b/': ['three'] };
    const after = { 'a/': ['four', 'one'], 'c/': ['five'] };
    expect(lost(before, after)).toEqual(['a/#two', 'b/#three']);
    expect(added(before, after)).toEqual({ 'a/': ['four', 'one', 'two'], 'b/': ['three'], 'c/': ['five'] });
  });
});

describe('addresses inside the site', () => {
  const home = pages.get('index.html')?.querySelector('link[rel=canonical]')?.getAttribute('href') as string;

  test('lead to files and anchors that are there', () => {
    expect(pages.size).toBeGreaterThan(8);
    expect(faultyAddresses({ home, files: new Set(builtFiles()), pages })).toEqual([]);
  });

  test('are called faulty where the file or the anchor is missing, the base path is, or an id is there twice', () => {
    const toy = {
      'index.html':
        '<a href="/base/b/#here">1</a> <a href="b/#here?width=3">2</a> <a href="https://example.com/x">3</a>',
      'b/index.html':
        '<p id="here">x</p><a href="#gone">4</a> <a href="../c/">5</a> <a href="/b/">6</a> <i id="here">7</i>',
    };
    const documents = new Map(
      Object.entries(toy).map(([file, html]) => [file, parseHTML(`<html><body>${html}</body></html>`).document]),
    );
    const files = new Set(documents.keys());
    expect(faultyAddresses({ home: 'https://example.org/base/', files, pages: documents })).toEqual([
      'b/index.html: #here is there twice',
      'b/index.html: #gone leads to b/index.html, which has no #gone',
      'b/index.html: ../c/ leads to c/index.html, which is not there',
      'b/index.html: /b/ is not below /base/',
    ]);
  });
});

test('equations are numbered in order, and the text names them by number', () => {
  const document = pages.get(`${path}index.html`);
  const numbers = [...(document?.querySelectorAll('.equation > a') ?? [])];
  expect(numbers.length).toBeGreaterThan(3);
  expect(numbers.map((link) => link.textContent)).toEqual(numbers.map((_, i) => `(${i + 1})`));
  const named = document?.querySelector('p > a[href="#eq-pace"]')?.textContent;
  expect(named).toBe(document?.querySelector('#eq-pace > a')?.textContent);
});

test('a paper shows its version near the title, the commit it was built from, and what changed', () => {
  const document = pages.get(`${path}index.html`);
  const line = document?.querySelector('header .version')?.textContent ?? '';
  const dates = [...readFileSync('content/papers/fresh/index.mdx', 'utf8').matchAll(/^ {2}- date: (\S+)/gm)];
  const latest = dates
    .map(([, date]) => date as string)
    .toSorted()
    .at(-1);
  expect(line).toContain(`Version ${version}`);
  expect(line).toContain(`last changed on ${latest}`);
  expect(document?.querySelector('header .version a')?.getAttribute('href')).toBe('#changes');
  expect(document?.querySelector('#changes + ul time')?.textContent).toBe(latest);
  if (spawnSync('git', ['rev-parse', 'HEAD']).status !== 0) return;
  const [, commit] = /\(([0-9a-f]{7,})\)/.exec(line) ?? [];
  expect(commit, line).toBeDefined();
  expect(spawnSync('git', ['merge-base', '--is-ancestor', commit as string, 'HEAD']).status, commit).toBe(0);
});

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const status = (page: Page) => page.locator('.copied').textContent();
const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

test('the mouse finds a control on everything that has an address, and it copies that', async () => {
  const page = await open(`${path}?backend=cpu`, clipboard);
  await page.mouse.move(300, 300);
  await page.locator('.copied').waitFor({ state: 'attached' });
  for (const id of [
    'watch-a-network-hear',
    'eq-pace',
    'pipeline',
    'claim-low-first',
    'exercise-reach',
    'spectral-bias',
    'spectral-bias-signal',
  ]) {
    const control = page.locator(`a[href="#${id}"].copies .copy-icon`);
    await page.locator(`[id="${id}"]`).scrollIntoViewIfNeeded();
    await page.locator(`[id="${id}"]`).hover({ position: { x: 5, y: 5 } });
    expect(await control.evaluate((icon) => getComputedStyle(icon).opacity), id).toBe('1');
    expect((await control.boundingBox())?.width, id).toBeLessThan(40);
    await control.click();
    await expect.poll(() => copied(page), soon).toBe(`${site}${path}#${id}`);
    // The page has not moved, nor has the address of a widget's state been lost.
    expect(new URL(page.url()).hash).toBe('');
  }
  await expect.poll(() => status(page), soon).toBe('Link copied.');
  await page.mouse.move(0, 0);
  const icon = page.locator('#watch-a-network-hear .copy-icon');
  expect(await icon.evaluate((element) => getComputedStyle(element).opacity)).toBe('0');
});

test('a keyboard alone copies the link of a section, and is told', async () => {
  const page = await open(path, clipboard);
  await page.keyboard.press('Tab');
  await page.locator('.copied').waitFor({ state: 'attached' });
  const link = page.locator('#watch-a-network-hear > a');
  await tabTo(page, link);
  expect(await link.locator('.copy-icon').evaluate((icon) => getComputedStyle(icon).opacity)).toBe('1');
  await page.keyboard.press('Enter');
  await expect.poll(() => status(page), soon).toBe('Link copied.');
  expect(await copied(page)).toBe(`${site}${path}#watch-a-network-hear`);
  expect(await hasFocus(link)).toBe(true);
});

test('where the browser refuses to copy, the address bar has the link', async () => {
  const page = await open(path);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  await page.locator('#eq-pace').hover();
  await page.locator('#eq-pace .copy-icon').click();
  await expect.poll(() => status(page), soon).toContain('address bar');
  expect(new URL(page.url()).hash).toBe('#eq-pace');
});

test('an address scrolls to its place below the header, and opens a fold that it lies in', async () => {
  const place = (page: Page, id: string) =>
    page.evaluate((id) => {
      const header = document.querySelector('.site-header')?.getBoundingClientRect().bottom ?? Number.NaN;
      return (document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN) - header;
    }, id);
  for (const address of [`${path}#eq-pace`, `${path}#claim-low-first`, 'papers/lipsdp/#eq-implicit']) {
    const page = await open(address);
    const [, id] = address.split('#');
    await expect.poll(() => place(page, id as string), soon).toBeLessThan(80);
    expect(await place(page, id as string), address).toBeGreaterThanOrEqual(0);
    expect(await page.locator(`#${id}`).isVisible()).toBe(true);
  }
});
