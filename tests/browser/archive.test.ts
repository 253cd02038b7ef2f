import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awake, beyond, button, chartsOf, noticesOf, pause, soon, withBrowser } from './site';

const open = withBrowser();
const scratch = mkdtempSync(join(tmpdir(), 'archive-'));
const command = (args: string[], cwd = '.') =>
  spawnSync(process.execPath, [resolve('scripts/archive/archive.mjs'), ...args], { cwd, encoding: 'utf8' });

const file = join(scratch, 'one file.html');
/** Weights and data come from the page too. */
const weighty = join(scratch, 'weights.html');

beforeAll(() => {
  for (const [slug, to] of [
    ['fresh', file],
    ['bigram-subnetworks', weighty],
  ] as const) {
    const { status, stdout, stderr } = command([slug, to]);
    expect(`${status} ${stderr}`).toBe('0 ');
    expect(stdout).toMatch(/ MB\n +\d+ kB {2}text and figures\n/);
  }
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** The archive from disk, without a network; what it asks for and complains of. */
async function fromDisk(path: string) {
  const first = await open('404.html');
  const page = await first.context().newPage();
  await first.close();
  await page.context().setOffline(true);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(path).href);
  const elsewhere = () => asked.filter((url) => !/^(file|blob|data):/.test(url));
  const files = () => asked.filter((url) => url.startsWith('file:'));
  return { page, complaints, elsewhere, files };
}

test('an archive opens from disk without a network, and two of its widgets run', async () => {
  const { page, complaints, elsewhere, files } = await fromDisk(file);
  for (const anchor of ['spectral-bias', 'encodings']) {
    const before = await chartsOf(page.locator(`#${anchor}`));
    const section = await awake(page, anchor);
    await button(section, 'Run').click();
    await beyond(section, 20);
    await pause(section);
    expect(await chartsOf(section)).not.toEqual(before);
    expect(await noticesOf(section)).toEqual([]);
  }
  const drawer = page.locator('#spectral-bias details.source');
  await drawer.locator('summary').click();
  await expect.poll(() => drawer.locator('pre').textContent(), soon).toContain('export const');
  await drawer.getByRole('button', { name: 'Copy to clipboard' }).waitFor();
  await page.locator('.toc a').last().click();
  expect(new URL(page.url()).hash).not.toBe('');
  expect(
    await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').length),
  ).toBeGreaterThan(2);
  expect(complaints).toEqual([]);
  expect(elsewhere()).toEqual([]);
  expect(new Set(files().map((url) => url.split('#')[0]))).toEqual(new Set([pathToFileURL(file).href]));
});

test('an archive carries the weights that its widgets load', async () => {
  const { page, complaints, elsewhere } = await fromDisk(weighty);
  const section = await awake(page, 'probe');
  expect(await noticesOf(section)).toEqual([]);
  expect(complaints).toEqual([]);
  expect(elsewhere()).toEqual([]);
});

test('an archive names no other file, its links lead to the live site, and its policy allows no connection', () => {
  const html = readFileSync(file, 'utf8');
  const { document } = parseHTML(html);
  const loaded = [...document.querySelectorAll('[src], link[href], image, use')].map(
    (element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
  );
  expect(loaded.filter((url) => !/^(data:|#)/.test(url))).toEqual(['https://example.org/some/base/papers/fresh/']);
  const links = [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href') ?? '');
  expect(links).toContain('https://example.org/some/base/claims/');
  expect(links.filter((url) => !/^(https?:|mailto:|#)/.test(url))).toEqual([]);
  for (const [, url] of html.matchAll(/url\(["']?([^"')]+)/g)) expect(url?.slice(0, 40)).toMatch(/^(data:|#)/);
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('connect-src data: blob:;');
  expect(policy.match(/script-src[^;]*/)?.[0]).not.toContain('unsafe-inline');
});

test('a slug that is not there and a site that is not built are said', () => {
  const unknown = command(['frehs']);
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toMatch(/^There is no paper "frehs" in dist\/\. There are: .*fresh/);
  const unbuilt = command(['fresh'], scratch);
  expect(unbuilt.status).toBe(1);
  expect(unbuilt.stderr).toContain('The site is not built. Build it first: npm run build');
  expect(command([]).stderr).toMatch(/^Usage: npm run archive -- <slug>/);
});
