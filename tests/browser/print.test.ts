/** Paper: the PDF that the command writes, what it refuses, and the style sheet of the browser's own dialog. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { extractLinks, extractText, getDocumentProxy, getMeta } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awake, withBrowser } from './site';

const open = withBrowser();
const folder = mkdtempSync(join(tmpdir(), 'pdf-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command from `folder`, as npm does. */
const pdf = (...args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, INIT_CWD: folder };
    execFile(process.execPath, ['scripts/pdf.mjs', ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

/** A PDF breaks lines and words where the page does. */
const squeezed = (text: string) => text.replace(/[\s\u00ad-]+/g, '').normalize('NFKC');

const { document } = parseHTML(readFileSync('dist/papers/fresh/index.html', 'utf8'));
const address = document.querySelector('link[rel=canonical]')?.getAttribute('href') as string;
const textsOf = (selector: string) => [...document.querySelectorAll(selector)].map((found) => found.textContent ?? '');

async function read(file: string) {
  const proxy = await getDocumentProxy(new Uint8Array(readFileSync(join(folder, file))));
  const { text: pages } = await extractText(proxy, { mergePages: false });
  return { proxy, pages: pages.map(squeezed), whole: squeezed(pages.join('')) };
}
type Read = Awaited<ReturnType<typeof read>>;

describe('the PDF of fresh', () => {
  let plain: Read;
  let answered: Read;
  beforeAll(async () => {
    expect(await pdf('fresh')).toMatchObject({ code: 0, stdout: `Wrote ${join(folder, 'fresh.pdf')}.\n` });
    expect((await pdf('fresh', '--answers', '--paper', 'letter', '--out', 'answered.pdf')).code).toBe(0);
    plain = await read('fresh.pdf');
    answered = await read('answered.pdf');
  });

  test('is titled, tagged and has an outline of the headings', async () => {
    const { info } = await getMeta(plain.proxy);
    expect(info.Title).toBe(document.title);
    expect(await plain.proxy.getMarkInfo()).toMatchObject({ Marked: true });
    const outline = JSON.stringify(await plain.proxy.getOutline());
    for (const heading of textsOf('.article > h2')) expect(outline).toContain(heading);
  });

  test('has the paper size that was asked for, and a sound number of numbered pages', async () => {
    const size = async ({ proxy }: Read) => (await proxy.getPage(1)).view.map(Math.round).slice(2);
    expect(await size(answered)).toEqual([612, 792]);
    expect((await size(plain))[1]).toBeGreaterThan(840);
    expect(plain.pages.length).toBeGreaterThan(6);
    expect(plain.pages.length).toBeLessThan(26);
    plain.pages.forEach((page, i) => {
      expect(page).toContain(`${i + 1}/${plain.pages.length}`);
      expect(page).toContain(squeezed(document.title));
      expect(page.length, `page ${i + 1} is nearly empty`).toBeGreaterThan(200);
    });
  });

  test('carries the address on its first page, and every link that leads away with its address as a note', async () => {
    expect(plain.pages[0]).toContain(squeezed(address));
    const { links } = await extractLinks(plain.proxy);
    expect(links).toContain(address);
    expect(links.filter((link) => /localhost|127\.0\.0\.1/.test(link))).toEqual([]);
    for (const link of document.querySelectorAll('.article > p a[href^="http"]')) {
      const href = link.getAttribute('href') as string;
      if (!href.startsWith(new URL(address).origin)) expect(plain.whole).toContain(squeezed(href));
    }
  });

  test('has no controls', () => {
    for (const control of [
      'Check here',
      'Copy link',
      'Export and settings',
      'On this page',
      'Lecture',
      'The code that runs',
    ])
      expect(plain.whole).not.toContain(squeezed(control));
  });

  test('has answers only if asked', () => {
    // Between formulas, whose signs a PDF has in another order.
    const answers = [...document.querySelectorAll('.exercise > details:last-child p')].flatMap((paragraph) =>
      [...paragraph.childNodes]
        .filter(({ nodeType }) => nodeType === 3)
        .map(({ textContent }) => squeezed(textContent ?? '')),
    );
    const article = document.querySelector('.article')?.cloneNode(true) as Element;
    for (const answer of article.querySelectorAll('.exercise > details')) answer.remove();
    const elsewhere = squeezed(article.textContent ?? '');
    const plainWords = answers
      .map((answer) => /[A-Za-z,.]{15,}/.exec(answer)?.[0])
      .filter((words) => words !== undefined && !elsewhere.includes(words)) as string[];
    expect(plainWords.length).toBeGreaterThanOrEqual(5);
    for (const words of plainWords) {
      expect(answered.whole).toContain(words);
      expect(plain.whole).not.toContain(words);
    }
  });

  test('has the symbols of every equation', () => {
    for (const equation of document.querySelectorAll('.equation .katex-html')) {
      const symbols = equation.querySelector('.base')?.textContent?.replace(/[\s\u200b]/g, '') ?? '';
      expect(plain.whole).toContain(squeezed(symbols).slice(0, 3));
    }
  });

  test('has the title and the caption of every chart on one page', () => {
    for (const chart of document.querySelectorAll('.experiment figure.chart')) {
      const [title, caption] = ['h4', 'figcaption'].map((part) =>
        squeezed(chart.querySelector(part)?.textContent ?? ''),
      );
      const together = plain.pages.some((page) => page.includes(title as string) && page.includes(caption as string));
      expect(together, `${title}`).toBe(true);
    }
  });
});

describe('the command refuses', () => {
  const refusals: [string, string[], string][] = [
    ['no slug', [], 'missing required argument'],
    ['an unknown slug', ['frech'], 'There is no paper "frech" in dist/. There are: bigram-subnetworks, '],
    ['an unknown flag', ['fresh', '--colour'], "unknown option '--colour'"],
    ['an unknown paper', ['fresh', '--paper', 'a5'], 'Allowed choices are a4, letter'],
    ['a folder that is not there', ['fresh', '--out', 'no/such.pdf'], 'its folder does not exist'],
    ['a file that is there', ['fresh', '--out', 'taken.pdf'], 'is there already; nothing was written'],
  ];
  test.for(refusals)('%s', async ([, args, message]) => {
    writeFileSync(join(folder, 'taken.pdf'), 'mine');
    const { code, stderr, stdout } = await pdf(...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(readFileSync(join(folder, 'taken.pdf'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'no'))).toBe(false);
  });
});

describe('the browser’s own dialog', () => {
  test('prints in dark inks that differ in grey, without controls, in the dark theme too', async () => {
    const page = await open('papers/fresh/', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    for (const hidden of [
      '.site-header',
      '.toc',
      '.page-tools',
      '.listen',
      '.experiment .side',
      'pp-claim',
      '.exercise details',
    ])
      expect(await page.locator(`${hidden}:visible`).count(), hidden).toBe(0);
    const inks = await page.evaluate(() =>
      ['--ink', ...[1, 2, 3, 4, 5, 6].map((i) => `--series-${i}`)].map((name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(${name})`;
        return (getComputedStyle(probe).color.match(/\d+/g) ?? []).map(Number);
      }),
    );
    const lights = inks.map((rgb) => {
      const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * (r as number) + 0.7152 * (g as number) + 0.0722 * (b as number);
    });
    for (const light of lights) expect(1.05 / (light + 0.05)).toBeGreaterThan(3);
    // Lightness as the eye has it, from 0 to 100.
    const greys = lights
      .slice(1)
      .map((light) => 116 * Math.cbrt(light) - 16)
      .sort((a, b) => a - b);
    for (let i = 1; i < greys.length; i++) expect((greys[i] as number) - (greys[i - 1] as number)).toBeGreaterThan(7);
    // An opened answer is printed.
    await page
      .locator('.exercise details')
      .first()
      .evaluate((details: HTMLDetailsElement) => {
        details.open = true;
      });
    expect(await page.locator('.exercise details:visible').count()).toBe(1);
  });

  test('the button adds a code with the address of the page, prints the live charts, and takes the code away', async () => {
    const page = await open('papers/fresh/');
    await page.evaluate(() => {
      window.print = () => document.documentElement.setAttribute('data-printed', '');
    });
    await awake(page, 'by-hand');
    await page.locator('[data-tool=print]').click();
    await page.locator('html[data-printed]').waitFor({ state: 'attached' });
    expect(await page.locator('.paper-address:visible').count()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#by-hand .plot[data-live] svg:visible').count()).toBeGreaterThan(0);
    const picture = await page.locator('.paper-code').screenshot();
    const { data, info } = await sharp(picture)
      .resize({ width: 400 })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(address);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('.paper-address, .link-note, .link-notes').count()).toBe(0);
  });
});
