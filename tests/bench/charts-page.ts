/** What `charts.mjs` measures, in the page: charts that change on every frame of the screen. */
import * as Plot from '@observablehq/plot';
import { draw } from '#charts/draw';
import { merged } from '#charts/merged';
import { redraw } from '#charts/redraw';
import { chartOptions } from '#charts/theme';
import { greyUrl } from '#data/grey-png';

const POINTS = 2000;
const SIDE = 64;

const line = (frame: number) =>
  chartOptions(740, 260, [
    Plot.lineY(
      Array.from({ length: POINTS }, (_, i) => Math.sin(i / 40 + frame / 10) * (1 + frame / 100)),
      { stroke: 'var(--series-1)' },
    ),
  ]);

/** A hill that wanders; in ten steps of colour. */
const cells = (frame: number) =>
  Array.from({ length: SIDE ** 2 }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    return { x, y, value: Math.exp(-(((x - 32 - 20 * Math.sin(frame / 20)) / 20) ** 2) - ((y - 32) / 20) ** 2) };
  });
const heatMap = (frame: number, render?: Plot.RenderFunction) =>
  chartOptions(
    400,
    400,
    [
      Plot.rect(cells(frame), {
        x1: 'x',
        x2: (d) => d.x + 1,
        y1: 'y',
        y2: (d) => d.y + 1,
        fill: 'value',
        shapeRendering: 'crispEdges',
        ...(render && { render }),
      }),
    ],
    { color: { type: 'quantize', n: 10, scheme: 'Viridis', domain: [0, 1] } },
  );
const picture = (frame: number) => {
  const src = greyUrl(
    cells(frame).map(({ value }) => value),
    SIDE,
  );
  return chartOptions(
    400,
    400,
    [Plot.image([src], { x: SIDE / 2, y: SIDE / 2, src, width: 340, height: 340, imageRendering: 'pixelated' })],
    { x: { domain: [0, SIDE] }, y: { domain: [0, SIDE] } },
  );
};

const cases: Record<string, (frame: number) => Plot.PlotOptions> = {
  'line of 2,000 points': line,
  'heat map 64 x 64, a node a cell': (frame) => heatMap(frame),
  'heat map 64 x 64, a path a colour': (frame) => heatMap(frame, merged),
  'heat map 64 x 64, one grey picture': picture,
};
const ways = {
  replaced: (host: Element, options: Plot.PlotOptions) => host.replaceChildren(draw(options, document)),
  'in place': (host: Element, options: Plot.PlotOptions) => redraw(host, options, document),
};

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Draws `frames` times, once per frame of the screen; the milliseconds in scripts of each, and those between frames. */
async function measure(name: string, way: keyof typeof ways, frames: number) {
  const host = document.querySelector('.plot') as Element;
  host.replaceChildren();
  const [script, between]: [number[], number[]] = [[], []];
  let last = await nextFrame();
  for (let frame = 0; frame < frames; frame++) {
    const start = performance.now();
    ways[way](host, (cases[name] as (frame: number) => Plot.PlotOptions)(frame));
    script.push(performance.now() - start);
    const now = await nextFrame();
    between.push(now - last);
    last = now;
  }
  return { script, between };
}

Object.assign(globalThis, { bench: { names: Object.keys(cases), ways: Object.keys(ways), measure } });
