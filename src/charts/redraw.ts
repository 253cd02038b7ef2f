/** A chart on the page, brought up to date in place. */
import type { PlotOptions } from '@observablehq/plot';
import morphdom from 'morphdom';
import { draw } from './draw';

/**
 * Draws beside the page and carries over what differs. A frame of a run moves a few paths and numbers; to put a whole new
 * plot into the page makes the browser style, lay out and paint all of it. What comes out equals a fresh picture.
 */
export function redraw(host: Element, options: PlotOptions, document: Document): void {
  const next = document.createElement(host.tagName);
  next.append(draw(options, document));
  morphdom(host, next, {
    childrenOnly: true,
    // Plot numbers its clip paths anew in every picture, so that an id says nothing about which element it was.
    getNodeKey: () => undefined,
    onBeforeElUpdated: (from, to) => {
      if (from.isEqualNode(to)) return false;
      // The page's content security policy refuses what morphdom would do: to set it as an attribute.
      if (from.getAttribute('style') !== to.getAttribute('style')) from.style.cssText = to.style.cssText;
      return true;
    },
  });
}
