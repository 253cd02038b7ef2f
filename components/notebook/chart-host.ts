/** Draws live charts into the figures that the page was built with, one chart per task so that none blocks. */
import { redraw } from '#charts/redraw';
import type { AnyExperiment, Chart, Shown } from '#lab/experiment';
import { fillTable, tableOf } from './chart-table';

/** A new task, after the browser had a chance to paint and to handle input. */
const nextTask = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

let last: Promise<void> = Promise.resolve();

/** One chart at a time on the whole page: three widgets that draw after the same paint would hold up a click together. */
function inTurn(draw: () => void): Promise<void> {
  const drawn = last.then(nextTask).then(draw);
  // A chart that cannot be drawn is its widget's affair, not that of those behind it.
  last = drawn.catch(() => {});
  return drawn;
}

/** At most this often, so that the page stays free for the reader's own moves. */
const FRAME_MS = 200;

interface Host {
  figure: HTMLElement;
  plot: HTMLElement;
  /** Holds the plot itself; hidden from those who listen, because the label of the element around it speaks for it. */
  picture: Element;
  chart: Chart<unknown>;
}

/** The hosts of the widgets that are awake, by their sections. */
export const hosts = new WeakMap<Element, ChartHost>();

export class ChartHost {
  private readonly hosts: Host[] = [];
  /** What is on the screen, the current run first. */
  runs: readonly Shown<unknown>[] = [];
  private readonly observer: ResizeObserver;

  constructor(
    section: HTMLElement,
    readonly experiment: AnyExperiment,
  ) {
    hosts.set(section, this);
    for (const figure of section.querySelectorAll<HTMLElement>('figure.chart')) {
      const chart = experiment.charts[figure.dataset.chart as string];
      const plot = figure.querySelector<HTMLElement>('.plot');
      const picture = plot?.firstElementChild;
      if (!chart || !plot || !picture) continue;
      const host = { figure, plot, picture, chart };
      this.hosts.push(host);
      figure.querySelector('details')?.addEventListener('toggle', () => this.table(host));
    }
    let lastWidth = section.clientWidth;
    this.observer = new ResizeObserver(() => {
      if (Math.abs(section.clientWidth - lastWidth) < 8) return;
      lastWidth = section.clientWidth;
      void this.draw(this.runs);
    });
    this.observer.observe(section);
  }

  /** Draws all charts for `runs`, the current run first; resolves when the last is on the page. */
  async draw(runs: readonly Shown<unknown>[]): Promise<void> {
    this.runs = runs;
    if (runs.length === 0) return;
    const start = performance.now();
    for (const host of this.hosts) await inTurn(() => this.drawOne(host));
    const rest = FRAME_MS - (performance.now() - start);
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
  }

  private drawOne(host: Host): void {
    const { plot, picture, chart } = host;
    const width = plot.clientWidth || 400;
    redraw(picture, chart.plot(this.runs, { width }), document);
    plot.dataset.live = '';
    this.table(host);
  }

  /** The numbers under a chart; written only while the reader has them open. */
  private table({ figure, chart }: Host): void {
    const details = figure.querySelector('details');
    const table = details?.querySelector('table');
    const [current] = this.runs;
    if (details?.open && table && current) fillTable(table, tableOf(chart, chart.rows(current.frame)));
  }

  /**
   * Writes what the charts show into their labels, and returns what the first one says. For runs at rest: a label that changes
   * several times a second helps nobody.
   */
  describe(): string {
    const [current] = this.runs;
    if (!current) return '';
    const said = this.hosts.map(({ chart, plot }) => {
      const text = `${chart.title}. ${chart.describe(current.frame)}`;
      plot.setAttribute('aria-label', text);
      return text;
    });
    return said[0] ?? '';
  }

  destroy(): void {
    this.observer.disconnect();
  }
}
