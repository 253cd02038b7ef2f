/** The one place where Plot draws, in the browser and in Node. */
import * as Plot from '@observablehq/plot';

/** Stands in front of the classes of a plot's parts, which `src/styles/charts.css` styles. */
const CLASS = 'plotted';

/**
 * Plot puts a style sheet of its own into every plot and legend. A live chart is replaced several times a second, and each
 * style sheet that comes or goes makes the browser match every element of the page anew (25 ms of each frame on a long page);
 * a strict content security policy refuses them besides. So they go, and the site's style sheet says the same once.
 */
export function draw(options: Plot.PlotOptions, document: Document): Element {
  const plot = Plot.plot({ ...options, className: CLASS, document });
  for (const style of plot.querySelectorAll('style')) style.remove();
  return plot;
}
