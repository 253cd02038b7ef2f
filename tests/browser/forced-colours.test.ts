/** Where readers bring their own colours (Windows' contrast themes), everything that can be used or read stays to be seen. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { awake, paths, widgets, withBrowser } from './site';

const open = withBrowser();

/** Contrast of two computed colours, and the colours of the page. */
async function helpers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const context = () => new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const luminance = (colour: string) => {
      const pen = context();
      if (!pen) throw new Error('No canvas.');
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) => {
        const c = byte / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    Object.assign(window, {
      ground: () => {
        const probe = document.createElement('i');
        probe.style.color = 'Canvas';
        probe.style.setProperty('forced-color-adjust', 'none');
        document.body.append(probe);
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color;
      },
      contrast: (a: string, b: string) => {
        const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
        return (light + 0.05) / (dark + 0.05);
      },
    });
  });
  await page.reload();
}

type Helped = Window & { contrast(a: string, b: string): number; ground(): string };

// Each with the theme that the reader once chose here, against the colours of the system.
const looks = [
  { colorScheme: 'light', theme: 'dark' },
  { colorScheme: 'dark', theme: 'light' },
] as const;

test.for(looks)(
  'in forced colours, $colorScheme, controls, lines and what is chosen stand out',
  async ({ colorScheme, theme }) => {
    const page = await open('papers/fresh/', { forcedColors: 'active', colorScheme });
    await page.evaluate((theme) => localStorage.setItem('theme', theme), theme);
    await helpers(page);
    const section = await awake(page, 'spectral-bias');
    await section.getByText('More ways to run').click();

    const faint = await section.evaluate((section) => {
      const { contrast, ground } = window as unknown as Helped;
      const on = ground();
      const faults: string[] = [];
      for (const control of section.querySelectorAll(
        '.button:not(:disabled), select, input:not([type]), input[type=number], .segments label',
      )) {
        const { borderTopColor, borderTopWidth, color, backgroundColor } = getComputedStyle(control);
        const under = backgroundColor === 'rgba(0, 0, 0, 0)' ? on : backgroundColor;
        if (Number.parseFloat(borderTopWidth) < 1 || contrast(borderTopColor, on) < 3)
          faults.push(`the border of ${control.outerHTML.slice(0, 60)}`);
        if (!control.matches('.chosen') && contrast(color, under) < 4.5)
          faults.push(`the text of ${control.outerHTML.slice(0, 60)}`);
      }
      for (const line of section.querySelectorAll('[aria-label=line] path')) {
        const { stroke } = getComputedStyle(line);
        if (stroke !== 'none' && contrast(stroke, on) < 3) faults.push(`a line, ${stroke} on ${on}`);
      }
      for (const text of section.querySelectorAll('.plot text')) {
        const { fill } = getComputedStyle(text);
        if (contrast(fill, on) < 4.5) faults.push(`letters in a chart, ${fill} on ${on}`);
      }
      return [...new Set(faults)];
    });
    expect(faint).toEqual([]);

    const chosen = await section
      .locator('.segments')
      .first()
      .evaluate((segments) => {
        const look = (label: Element | null) => label && getComputedStyle(label).backgroundColor;
        return {
          chosen: look(segments.querySelector('.chosen')),
          other: look(segments.querySelector('label:not(.chosen)')),
        };
      });
    expect(chosen.chosen).not.toBe(chosen.other);

    const run = section.locator('.run-bar .primary');
    await page.keyboard.press('Tab');
    await run.focus();
    const ring = await run.evaluate((button) => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(button);
      const { contrast, ground } = window as unknown as Helped;
      return {
        outlineStyle,
        wide: Number.parseFloat(outlineWidth) >= 2,
        stands: contrast(outlineColor, ground()) >= 3,
      };
    });
    expect(ring).toEqual({ outlineStyle: 'solid', wide: true, stands: true });
  },
);

const small = paths.filter((path) => !widgets.some((widget) => widget.path === path));

test.for(small)('/%s can be read in forced colours', async (path) => {
  const page = await open(path, { forcedColors: 'active', colorScheme: 'dark' });
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules(['color-contrast']).analyze();
  expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
});
