/** Contrast of the colours in `src/styles/tokens.css`, as WCAG 2.2 computes it: text 4.5 to 1, what is drawn 3 to 1. */
import { readFileSync } from 'node:fs';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { draw } from '#charts/draw';
import { chartOptions, colours, seriesColours } from '#charts/theme';

const tokens = Object.fromEntries(
  [...readFileSync('src/styles/tokens.css', 'utf8').matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name, [light, dark]],
  ),
) as Record<string, [string, string]>;

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

test('contrast is computed as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

const grounds = ['paper', 'raised', 'sunken'];
const looks = ['light', 'dark'] as const;

describe.each(looks)('in the %s', (look) => {
  const of = (name: string) => {
    const pair = tokens[name];
    if (!pair) throw new Error(`There is no token --${name} of two colours.`);
    return pair[looks.indexOf(look)] as string;
  };

  test.each(['ink', 'ink-soft', 'accent', 'good', 'bad'])('text in --%s can be read on every ground', (ink) => {
    for (const ground of grounds) expect(contrast(of(ink), of(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['ink', 'accent'])('text in --%s can be read on the soft accent', (ink) => {
    expect(contrast(of(ink), of('accent-soft'))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(seriesColours.map((colour) => colour.slice(6, -1)))(
    'a line in --%s stands out from every ground',
    (name) => {
      for (const ground of grounds) expect(contrast(of(name), of(ground)), ground).toBeGreaterThanOrEqual(3);
    },
  );
});

const drawn = (marks: Plot.Markish[], names: string[]) => {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return draw(chartOptions(300, 100, marks, { color: colours(names) }), document as unknown as Document);
};
const names = ['a', 'b', 'c', 'd', 'e', 'recorded'];
const points = names.flatMap((name) => [0, 1].map((x) => ({ name, x, y: x })));
const dashesIn = (plot: Element, selector: string) =>
  [...plot.querySelectorAll(selector)].map((line) => line.getAttribute('stroke-dasharray'));

test('lines differ by their dashes as well as by their colours, and so do the swatches that name them', () => {
  const plot = drawn([Plot.line(points, { x: 'x', y: 'y', z: 'name', stroke: 'name' })], names);
  const dashes = dashesIn(plot, '[aria-label=line] path');
  expect(dashes).toHaveLength(names.length);
  expect(new Set(dashes).size).toBe(names.length);
  expect(dashesIn(plot, '.plotted-swatch path')).toEqual(dashes);
});

test('a line alone stays solid, and a mark that is dashed for a reason of its own stays as it is', () => {
  const alone = drawn([Plot.line(points.slice(0, 2), { x: 'x', y: 'y', z: 'name', stroke: 'name' })], ['a']);
  expect(dashesIn(alone, '[aria-label=line] path')).toEqual([null]);
  const dotted = drawn(
    [Plot.line(points, { x: 'x', y: 'y', z: 'name', stroke: 'name', strokeDasharray: '2,3' })],
    names,
  );
  expect(dashesIn(dotted, '[aria-label=line] path')).toEqual(names.map(() => null));
});
