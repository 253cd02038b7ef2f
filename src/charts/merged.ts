/** Heat maps: thousands of cells, but few colours; so one path for each colour in place of one node for each cell. */
import type { RenderFunction } from '@observablehq/plot';

const SVG = 'http://www.w3.org/2000/svg';

/** A hundredth of a pixel: nobody sees it, and texts of paths stay short. */
const places = (x: number) => Math.round(100 * x) / 100;

/** What can differ from cell to cell, and the attribute it goes to. */
const STYLES = { fill: 'fill', fillOpacity: 'fill-opacity' } as const;

/**
 * Given to `Plot.rect` as `render`. Cells of one row that touch and look the same become one rectangle, and all that look
 * the same one path. Fill and its opacity may be channels; titles and links of single cells have no place here.
 */
export const merged: RenderFunction = (index, scales, values, dimensions, context, next) => {
  // The mark's own group, with its styles and transform, around nothing.
  const group = next?.([], scales, values, dimensions, context) as SVGGElement;
  const [x1, x2, y1, y2] = [values.x1, values.x2, values.y1, values.y2] as [number[], number[], number[], number[]];
  const lookOf = (i: number) => `${values.fill?.[i]} ${values.fillOpacity?.[i]}`;
  const paths = new Map<string, { sample: number; d: string }>();
  for (let at = 0; at < index.length; at++) {
    const first = index[at] as number;
    const look = lookOf(first);
    let last = first;
    for (; at + 1 < index.length; at++) {
      const i = index[at + 1] as number;
      if (x1[i] !== x2[last] || y1[i] !== y1[first] || y2[i] !== y2[first] || lookOf(i) !== look) break;
      last = i;
    }
    const [from, to] = [places(x1[first] as number), places(x2[last] as number)];
    const path = paths.get(look) ?? { sample: first, d: '' };
    path.d += `M${from},${places(y1[first] as number)}H${to}V${places(y2[first] as number)}H${from}Z`;
    paths.set(look, path);
  }
  for (const { sample, d } of paths.values()) {
    const path = context.document.createElementNS(SVG, 'path');
    for (const [channel, attribute] of Object.entries(STYLES)) {
      const value = values[channel as keyof typeof STYLES]?.[sample];
      if (value !== undefined) path.setAttribute(attribute, String(value));
    }
    path.setAttribute('d', d);
    group.append(path);
  }
  return group;
};
