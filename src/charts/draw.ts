/** The one place where Plot draws, in the browser and in Node. */
import * as Plot from '@observablehq/plot';

/** Stands in front of the classes of a plot's parts, which `src/styles/charts.css` styles. */
const CLASS = 'plotted';

/** Colour alone does not tell lines apart: each series has its dash, in the order of the colours; the first is solid. */
const DASHES = ['', '12,3', '12,3,2,3', '6,2', '20,3', '12,3,2,3,2,3'];

/** None for the first, and for what is no series, such as a step of a ramp. */
const dashOf = (colour: string | null) => DASHES[Number(/^var\(--series-(\d)/.exec(colour ?? '')?.[1] ?? 1) - 1] ?? '';

/** Gives the lines of charts with several their dashes, and the swatches of such a chart the same. */
function dashed(plot: Element, document: Document): void {
  let any = false;
  for (const mark of plot.querySelectorAll('[aria-label="line"]:not([stroke-dasharray])')) {
    const lines = [...mark.querySelectorAll('path[stroke]')];
    if (new Set(lines.map((line) => line.getAttribute('stroke'))).size < 2) continue;
    for (const line of lines) {
      const dash = dashOf(line.getAttribute('stroke'));
      if (!dash) continue;
      any = true;
      line.setAttribute('stroke-dasharray', dash);
    }
  }
  if (!any) return;
  for (const swatch of plot.querySelectorAll(`.${CLASS}-swatch > svg`)) {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    const colour = swatch.getAttribute('fill') ?? '';
    const look = { d: 'M0,7.5H30', stroke: colour, 'stroke-width': '3', 'stroke-dasharray': dashOf(colour) };
    for (const [name, value] of Object.entries(look)) if (value) line.setAttribute(name, value);
    swatch.setAttribute('width', '30');
    swatch.removeAttribute('fill');
    swatch.replaceChildren(line);
  }
}

/**
 * Plot puts a style sheet of its own into every plot and legend. A live chart is replaced several times a second, and each
 * style sheet that comes or goes makes the browser match every element of the page anew (25 ms of each frame on a long page);
 * a strict content security policy refuses them besides. So they go, and the site's style sheet says the same once.
 */
export function draw(options: Plot.PlotOptions, document: Document): Element {
  const plot = Plot.plot({ ...options, className: CLASS, document });
  for (const style of plot.querySelectorAll('style')) style.remove();
  dashed(plot, document);
  return plot;
}
