/** Pages that are narrow, enlarged or widely spaced lose nothing (WCAG 1.4.10, 1.4.4, 1.4.12). */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { paths, withBrowser } from './site';

const open = withBrowser();

/** What sticks out of the page or is cut off, with a word of its text. */
function lost(): string[] {
  const found: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth}`);
  const named = (element: Element) =>
    `${element.localName}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  for (const element of document.querySelectorAll<HTMLElement>('body *:not(svg *, math *, .katex *)')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? '').trim() !== '');
    if (!own || !element.checkVisibility() || element.closest('.visually-hidden, .sr-only, .skip-link')) continue;
    let cut = false;
    for (let box: HTMLElement | null = element; box; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      // What scrolls can be reached; only what is hidden is lost.
      if (/auto|scroll/.test(overflowX + overflowY)) break;
      const hidden = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      if (hidden(overflowX) && box.scrollWidth > box.clientWidth + 1) cut = true;
      if (hidden(overflowY) && box.scrollHeight > box.clientHeight + 1) cut = true;
      if (box === document.body && element.getBoundingClientRect().right > root.clientWidth + 1)
        found.push(`${named(element)} sticks out`);
    }
    if (cut) found.push(`${named(element)} is cut off`);
  }
  return found;
}

/** The least that readers may set, over whatever the page says. */
const SPACED = `*:not(svg *, .katex *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }`;

const at = async (page: Page, width: number) => {
  await page.setViewportSize({ width, height: 640 });
  return (await page.evaluate(lost)).map((fault) => `at ${width} px: ${fault}`);
};

test.for(paths)('/%s loses nothing at 320 px, nor with text widely spaced', async (path) => {
  // The spacing is a style sheet that the page's own policy would refuse.
  const page = await open(path, { viewport: { width: 320, height: 640 }, bypassCSP: true });
  expect(await at(page, 320)).toEqual([]);
  await page.addStyleTag({ content: SPACED });
  const spaced = [...(await at(page, 320)), ...(await at(page, 1280))];
  expect(spaced.map((fault) => `spaced, ${fault}`)).toEqual([]);
});

test('a page of 1280 px enlarged to 200 % loses nothing, its widgets and their controls among it', async () => {
  const page = await open('papers/fresh/', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 });
  const side = page.locator('#spectral-bias .side');
  await side.scrollIntoViewIfNeeded();
  await page.locator('#spectral-bias[data-ready]').waitFor();
  await side.getByRole('button', { name: 'Controls', exact: true }).click();
  expect(await page.evaluate(lost)).toEqual([]);
  expect(await at(page, 320)).toEqual([]);
});
