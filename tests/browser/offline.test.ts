import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Host } from './host';
import { awake, button, live, soon, stepOf, withBrowser } from './site';

const open = withBrowser();
const host = new Host();
const scratch = mkdtempSync(join(tmpdir(), 'offline-'));
const next = join(scratch, 'dist');

/** Files that the next version changes: one that a page of fresh keeps, and one that only lipsdp does. */
const RESULTS = 'papers/fresh/results.json';
const DIGITS = 'data/digits/mnist-8.png';

const list = (dist: string): { files: Record<string, [string, number]>; pages: Record<string, string[]> } => {
  const [name] = readdirSync(`${dist}/offline`).filter((file) => file.startsWith('files.'));
  return JSON.parse(readFileSync(`${dist}/offline/${name}`, 'utf8'));
};

beforeAll(() => {
  cpSync('dist', next, { recursive: true });
  for (const page of ['papers/fresh/index.html', 'papers/lipsdp/index.html']) {
    const file = join(next, page);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/<h1[^>]*>/, '$&Second edition: '));
  }
  writeFileSync(join(next, RESULTS), `${readFileSync(join(next, RESULTS), 'utf8')} `);
  writeFileSync(join(next, DIGITS), 'other digits');
  for (const file of readdirSync(join(next, 'offline')).filter((name) => name.startsWith('files.')))
    rmSync(join(next, 'offline', file));
  const { status, stderr } = spawnSync(process.execPath, [resolve('scripts/offline/list-files.mjs')], { cwd: scratch });
  expect(`${status} ${stderr}`).toBe('0 ');
});
afterEach(() => host.stop());
afterAll(() => rmSync(scratch, { recursive: true }));

/** A page of the host, in a browser that lets service workers be. */
async function visit(path: string): Promise<Page> {
  const page = await open('404.html', { serviceWorkers: 'allow' });
  // The site of the other tests has a service worker of its own, at another address.
  await page.goto(host.address + path);
  return page;
}

const keptFiles = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => url);
  });

/** Waits until the page and all that it needs is kept. */
async function kept(page: Page, path: string): Promise<void> {
  const wanted = list('dist').pages[`${path}index.html`] ?? [];
  expect(wanted.length).toBeGreaterThan(50);
  const urls = wanted.map((file) => host.address + file.replace(/index\.html$/, ''));
  await expect
    .poll(async () => {
      const there = new Set(await keptFiles(page));
      return urls.filter((url) => !there.has(url));
    }, soon)
    .toEqual([]);
}

/** Runs a widget that has a run bar to its end. */
async function runToTheEnd(page: Page, anchor: string): Promise<void> {
  const section = await awake(page, anchor);
  await button(section, 'Run').click();
  const end = Number(await section.locator('progress').getAttribute('max'));
  await expect.poll(() => stepOf(section), { ...soon, timeout: 60_000 }).toBe(end);
  expect(await section.locator('.notices p').allTextContents()).toEqual([]);
}

test('a page that was opened once works without its host, with a widget that had not been near', async () => {
  await host.serve('dist');
  const page = await visit('papers/fresh/');
  await kept(page, 'papers/fresh/');
  await host.stop();
  await page.reload();
  await runToTheEnd(page, 'spectral-bias');
  const drawer = page.locator('#spectral-bias details.source');
  await drawer.locator('summary').click();
  await expect.poll(() => drawer.locator('pre').textContent(), soon).toContain('export const');

  // Without the slash, too; and of a page that is not kept it is said.
  await page.goto(`${host.address}papers/fresh`);
  expect(page.url()).toBe(`${host.address}papers/fresh/`);
  await page.goto(`${host.address}papers/lipsdp/`);
  expect(await page.locator('h1').textContent()).toBe('There is no network');
});

test('the whole site is saved, stopped and gone on with, works without its host, and goes again', async () => {
  await host.serve('dist');
  const page = await visit('papers/fresh/');
  await kept(page, 'papers/fresh/');
  const opener = page.getByRole('button', { name: 'Save for offline' });
  await opener.click();
  const dialog = page.getByRole('dialog', { name: 'Save for offline' });
  const state = () => dialog.getByRole('status').textContent();
  await expect.poll(state, soon).toMatch(/^On this device: [\d.]+ MB of [\d.]+ MB\.$/);

  // A browser that has no room says so beforehand, or, where it was wrong about that, when it is full.
  const save = dialog.getByRole('button', { name: 'Save the whole site' });
  const estimate = (quota: number) =>
    page.evaluate((quota) => {
      Object.assign(navigator.storage, { estimate: async () => ({ quota, usage: 0 }), persist: async () => false });
    }, quota);
  await estimate(1_000_000);
  await save.click();
  await expect
    .poll(state, soon)
    .toMatch(/^There is no room: the site needs [\d.]+ MB, and the browser has 1\.0 MB left/);
  await estimate(1e9);
  const browser = await page.context().newCDPSession(page);
  const { origin } = new URL(host.address);
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 7_000_000 });
  await save.click();
  await expect.poll(state, soon).toMatch(/^The browser has no more room for this site\./);
  await browser.send('Storage.overrideQuotaForOrigin', { origin });

  host.delay = 300;
  await save.click();
  await dialog.getByRole('progressbar').waitFor();
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(state, soon).toMatch(/^On this device: /);
  host.delay = 0;
  await save.click();
  await expect
    .poll(state, { ...soon, timeout: 60_000 })
    .toMatch(/^The whole site is on this device \([\d.]+ MB\)\. The browser does not promise to keep it/);
  expect(await save.isVisible()).toBe(false);
  await dialog.getByRole('button', { name: 'Close' }).click();
  expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true);

  await host.stop();
  await page.goto(`${host.address}papers/bigram-subnetworks/`);
  await live(await awake(page, 'probe'));
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByLabel('Search the papers').fill('Wasserstein');
  await page.locator('#search-results a').first().waitFor({ timeout: soon.timeout });
  await page.getByRole('dialog', { name: 'Search' }).getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Save for offline' }).click();
  await dialog.getByRole('button', { name: 'Remove from this device' }).click();
  await expect.poll(state, soon).toContain('Nothing is kept on this device any more');
  expect(await keptFiles(page)).toEqual([]);
  await host.serve('dist');
  await page.goto(`${host.address}claims/`);
  await page.waitForTimeout(1500);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
});

const bytesOf = (page: Page, path: string) =>
  page.evaluate(async (address) => {
    try {
      return (await (await fetch(address)).arrayBuffer()).byteLength;
    } catch {
      return 'refused';
    }
  }, host.address + path);

test('a newer version is told of and waits; no page gets files of two versions', async () => {
  await host.serve('dist');
  const page = await visit('papers/fresh/');
  await kept(page, 'papers/fresh/');
  await page.reload();
  const other = await page.context().newPage();
  await other.goto(`${host.address}papers/fresh/`);

  await host.serve(next);
  await page.reload();
  const heading = () => page.locator('h1').first().textContent();
  expect(await heading()).not.toContain('Second edition');
  const notice = page.getByRole('complementary', { name: 'Newer version' });
  await expect.poll(() => notice.textContent(), soon).toContain('A newer version of this site is there.');
  const [old, fresh] = ['dist', next].map((dist) => list(dist).files[RESULTS]?.[1]);
  expect(fresh).not.toBe(old);
  expect(await bytesOf(page, RESULTS)).toBe(old);
  expect(await bytesOf(page, DIGITS)).toBe('refused');
  // A page that is not kept comes as it is now, and so do its files.
  const later = await page.context().newPage();
  await later.goto(`${host.address}papers/lipsdp/`);
  expect(await later.locator('h1').first().textContent()).toContain('Second edition');
  expect(await bytesOf(later, RESULTS)).toBe(fresh);

  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(heading, soon).toContain('Second edition');
  expect(await bytesOf(page, RESULTS)).toBe(fresh);
  expect(await notice.count()).toBe(0);
  // The tab that nobody reloaded goes on with what it came with.
  expect(await bytesOf(other, RESULTS)).toBe(old);
  expect(await other.locator('h1').first().textContent()).not.toContain('Second edition');
  await other.getByRole('complementary', { name: 'Newer version' }).waitFor();
  // And the one that was newer than its service worker still gets what belongs to it.
  expect(await bytesOf(later, RESULTS)).toBe(fresh);
  // What was kept has been brought up to date.
  await host.stop();
  await page.reload();
  expect(await heading()).toContain('Second edition');
});

test('nothing is registered in a frame, nor for readers who save data', async () => {
  await host.serve('dist');
  const page = await visit('404.html');
  const registrations = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
  await expect.poll(registrations, soon).toBe(1);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
  await page.addInitScript(() => {
    if (window === window.top) Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
  });
  await page.goto(`${host.address}claims/`);
  await page.evaluate(
    (address) =>
      new Promise((done) => {
        const frame = Object.assign(document.createElement('iframe'), { src: address, onload: done });
        document.body.append(frame);
      }),
    `${host.address}guides/reading/`,
  );
  await page.waitForTimeout(1500);
  expect(await registrations()).toBe(0);
});
