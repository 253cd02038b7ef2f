/** A whole page by Tab alone: every stop can be seen, shows that it has the focus, and follows the one before it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { withBrowser } from './site';

const open = withBrowser();

/** More stops than any page has: a walk that takes more goes round in circles. */
const MOST = 600;

interface Stop {
  name: string;
  /** What is wrong with it; empty if nothing. */
  faults: string[];
}

/** Looks at what has the focus; null where the walk has left the page. Kept in the page: the stops in their order. */
function look(): Stop | null {
  const page = window as Window & { stops?: Element[] };
  page.stops ??= [];
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  const last = page.stops.at(-1);
  page.stops.push(here);

  const faults: string[] = [];
  if (last && !(last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING))
    faults.push('does not follow the stop before it');
  // A control may be drawn by the label around it.
  const drawn = here.matches('input[type=radio]') ? (here.closest('label') ?? here) : here;
  const box = drawn.getBoundingClientRect();
  const [left, right] = [Math.max(0, box.left), Math.min(innerWidth, box.right)];
  const [top, bottom] = [Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
  if (right - left < 1 || bottom - top < 1) faults.push('is out of sight');
  // Parts of what wraps over lines lie outside the text: its first line counts.
  const [line] = [...drawn.getClientRects()];
  const places = [0.5, 0.1, 0.9].flatMap((across) =>
    [0.5, 0.1, 0.9].map((down) => [left + across * (right - left), top + down * (bottom - top)] as const),
  );
  if (line) places.push([line.left + line.width / 2, line.top + line.height / 2]);
  const seen = places.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (drawn.contains(hit) || hit.contains(here));
  });
  if (!seen) faults.push('is covered');
  const ringed = (element: Element) => {
    const { outlineStyle, outlineWidth, boxShadow, stroke, strokeWidth } = getComputedStyle(element);
    const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    const stroked = element instanceof SVGElement && stroke !== 'none' && Number.parseFloat(strokeWidth) >= 2;
    return outlined || boxShadow !== 'none' || stroked;
  };
  const alone = getComputedStyle(here).opacity !== '0' && ringed(here);
  if (!ringed(drawn) && !alone) faults.push('does not show that it has the focus');
  const label = here.getAttribute('aria-label') ?? here.textContent ?? '';
  return { name: `${here.localName}.${here.className} "${label.trim().slice(0, 40)}"`, faults };
}

/** Tabs through the page; every stop with a fault, and how many stops there were. */
async function walk(page: Page): Promise<{ count: number; faulty: string[] }> {
  const faulty: string[] = [];
  for (let count = 0; count < MOST; count++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(look);
    if (stop === null) return { count, faulty };
    if (stop.faults.length > 0) faulty.push(`${stop.name} ${stop.faults.join(', ')}`);
    if (stop.faults.includes('does not follow the stop before it')) return { count, faulty };
  }
  return { count: MOST, faulty: [...faulty, `no end after ${MOST} stops`] };
}

/** How many of the last stops Shift+Tab visits again, from the end on, in the opposite order. */
async function back(page: Page, most: number): Promise<number> {
  await page.evaluate(() => {
    const { stops = [] } = window as Window & { stops?: HTMLElement[] };
    stops.at(-1)?.focus();
  });
  for (let i = 2; i <= most; i++) {
    await page.keyboard.press('Shift+Tab');
    const same = await page.evaluate((i) => {
      const { stops = [] } = window as Window & { stops?: Element[] };
      return stops.at(-i) === document.activeElement;
    }, i);
    if (!same) return i - 1;
  }
  return most;
}

const walks = [
  { path: '', width: 1280, least: 40 },
  { path: '', width: 390, least: 40 },
  { path: 'papers/one-step-gd/', width: 1280, least: 100 },
  { path: 'guides/accessibility/', width: 390, least: 10 },
];

test.for(walks)('/$path can be walked through by Tab at $width px, and back', async ({ path, width, least }) => {
  // Without motion, so that a stop is where it stays when it is looked at.
  const page = await open(path, { viewport: { width, height: 844 }, reducedMotion: 'reduce' });
  const { count, faulty } = await walk(page);
  expect(faulty).toEqual([]);
  expect(count).toBeGreaterThan(least);
  const some = Math.min(30, count);
  expect(await back(page, some)).toBe(some);
});
