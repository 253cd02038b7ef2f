/** Charts as SVG text, drawn in Node when the site is built: first paint, print, and pages without JavaScript. */
import type { PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { draw } from './draw';

/** Plot numbers its clip paths and classes globally; per chart, the result is the same in every build. */
function renumbered(html: string, prefix: string): string {
  const seen = new Map<string, string>();
  return html.replace(/\bplot-(?:clip-|ramp-)?[a-z0-9]+(?:-\d+)?\b(?=["'); ])/g, (id) => {
    if (!/\d/.test(id)) return id;
    if (!seen.has(id)) seen.set(id, `${prefix}-${seen.size + 1}`);
    return seen.get(id) as string;
  });
}

/** Shortens coordinates to two decimals: a third of the size, no visible difference. Text, such as ticks, stays. */
const trimmed = (html: string) =>
  html.replace(/="[^"]*"/g, (attribute) =>
    attribute.replace(/-?\d+\.\d{3,}/g, (x) => `${Number(Number(x).toFixed(2))}`),
  );

export function renderChart(options: PlotOptions, prefix: string): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const element = draw(options, document as unknown as Document);
  const pictures: string[] = [];
  // Pictures inside charts are base64: digits there are no coordinates.
  const html = element.outerHTML.replace(/data:image\/png;base64,[^"]+/g, (url) => {
    pictures.push(url);
    return `@@${pictures.length - 1}@@`;
  });
  return renumbered(trimmed(html), prefix).replace(/@@(\d+)@@/g, (_, i) => pictures[Number(i)] as string);
}

/** The height that a chart will take on the page, so that nothing jumps when the live one replaces it. */
export const chartHeight = ({ height, color }: PlotOptions): number =>
  (height ?? 0) + (color && 'legend' in color && color.legend ? 24 : 0);
