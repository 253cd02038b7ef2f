/** Charts as SVG text, drawn in Node when the site is built: first paint, print, and pages without JavaScript. */
import type { PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
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

/**
 * Shortens coordinates to a tenth of a pixel, those of tiles, between which seams would show, to a hundredth: a third of the
 * size, no visible difference. Text, such as ticks, stays.
 */
const trimmed = (html: string) =>
  html.replace(/<(\w+)[^>]*>/g, (tag, name) =>
    tag.replace(/="[^"]*"/g, (attribute) =>
      attribute.replace(/-?\d+\.\d{2,}/g, (x) => `${Number(Number(x).toFixed(name === 'rect' ? 2 : 1))}`),
    ),
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
        .map(({ x, y }) => `${x},${y}`)
        .join('L')}`;
    }),
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
  return renumbered(straightened(trimmed(html)), prefix).replace(/@@(\d+)@@/g, (_, i) => pictures[Number(i)] as string);
}

/** Of 100: small differences of grey go, at a quarter of the size. */
const QUALITY = 50;

/** The chart with its photographs as WebP. Those of a live chart are exact. */
export async function withSmallPictures(html: string): Promise<string> {
  const parts = html.split(/data:image\/png;base64,([^"]+)/);
  const small = parts.map(async (part, i) => {
    if (i % 2 === 0) return part;
    const file = await sharp(Buffer.from(part, 'base64')).webp({ quality: QUALITY, effort: 6 }).toBuffer();
    const webp = file.toString('base64');
    // Matrices of few values are shorter as they are.
    return webp.length < part.length ? `data:image/webp;base64,${webp}` : `data:image/png;base64,${part}`;
  });
  return (await Promise.all(small)).join('');
}

/** The height that a chart will take on the page, so that nothing jumps when the live one replaces it. */
export const chartHeight = ({ height, color }: PlotOptions): number =>
  (height ?? 0) + (color && 'legend' in color && color.legend ? 24 : 0);
