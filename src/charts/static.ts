/** Charts as SVG text, drawn in Node when the site is built: first paint, print, and pages without JavaScript. */
import type { PlotOptions } from '@observablehq/plot';
import { decode, encode } from 'fast-png';
import { parseHTML } from 'linkedom';
import simplify from 'simplify-js';
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

/** Leaves points out of long lines that lie within this many pixels of the line without them. */
const TOLERANCE = 0.15;

const straightened = (html: string) =>
  html.replace(/ d="[^"]{200,}"/g, (path) =>
    path.replace(/M([-\d.,L]+)/g, (_, line: string) => {
      const points = line.split('L').map((point) => {
        const [x = 0, y = 0] = point.split(',').map(Number);
        return { x, y };
      });
      return `M${simplify(points, TOLERANCE, true)
        .map(({ x, y }) => `${Number(x.toFixed(1))},${Number(y.toFixed(1))}`)
        .join('L')}`;
    }),
  );

/** Shades of grey that a picture keeps; an eye tells hardly more apart, and the page is half as long. */
const SHADES = 16;

/** The grey pictures of `src/data/grey-png.ts` with fewer shades. */
function coarse(url: string): string {
  const { data, ...shape } = decode(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
  const step = 255 / (SHADES - 1);
  const file = encode({ ...shape, data: data.map((grey) => Math.round(Math.round(grey / step) * step)) });
  return `data:image/png;base64,${Buffer.from(file).toString('base64')}`;
}

export function renderChart(options: PlotOptions, prefix: string): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const element = draw(options, document as unknown as Document);
  const pictures: string[] = [];
  // Pictures inside charts are base64: digits there are no coordinates.
  const html = element.outerHTML.replace(/data:image\/png;base64,[^"]+/g, (url) => {
    pictures.push(coarse(url));
    return `@@${pictures.length - 1}@@`;
  });
  return renumbered(straightened(trimmed(html)), prefix).replace(/@@(\d+)@@/g, (_, i) => pictures[Number(i)] as string);
}

/** The height that a chart will take on the page, so that nothing jumps when the live one replaces it. */
export const chartHeight = ({ height, color }: PlotOptions): number =>
  (height ?? 0) + (color && 'legend' in color && color.legend ? 24 : 0);
