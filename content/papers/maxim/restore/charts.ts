/** The pictures of "Restore a photograph". */
import * as Plot from '@observablehq/plot';
import { type Tile, tileChart } from '#charts/pixels';
import { chartOptions, frameOf, short } from '#charts/theme';
import type { Chart } from '#lab/experiment';
import type { Frame } from './mechanism';
import { methodNames, methods } from './params';

const unit = (bytes: readonly number[]) => bytes.map((v) => v / 255);

const compared = (f: Frame) => methods.indexOf(f.compared);

/** Left of the dividing line the spoilt picture, right of it the restored one. */
const divided = (f: Frame): number[] => {
  const restored = f.restored[compared(f)] as number[];
  return f.spoilt.map((v, at) => (((at % f.side) + 0.5) / f.side < f.reveal ? v : (restored[at] as number)));
};

/** The spoilt picture and every method, with its PSNR. */
const judged = (f: Frame) =>
  ['spoilt', ...methods.map((method) => methodNames[method])].map((name, i) => ({
    name,
    psnr: f.psnr[i] as number,
    picture: (i === 0 ? f.spoilt : f.restored[i - 1]) as number[],
    chosen: i === compared(f) + 1,
  }));

const what = { denoise: 'noise', deblur: 'blur', derain: 'rain' } as const;

const slide: Chart<Frame> = {
  title: 'Before and after',
  caption:
    'Left of the line the spoilt picture, right of it the restored one; move the line with Slide. Beside it, the original.',
  wide: true,
  describe: (f) => {
    const [spoilt, chosen] = [judged(f)[0], judged(f)[compared(f) + 1]];
    return `A photograph of ${f.side} by ${f.side} pixels with ${what[f.task]}: ${short(spoilt?.psnr)} dB before, ${short(chosen?.psnr)} dB after the ${chosen?.name}. The line stands at ${Math.round(100 * f.reveal)} % of the width.`;
  },
  unit: (column) => (column === 'psnr' ? 'dB' : undefined),
  rows: (f) => judged(f).map(({ name, psnr }) => ({ picture: name, psnr })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const name = methodNames[f.compared];
    const tiles: Tile[] = [
      { caption: width < 560 ? name : `${what[f.task]} | ${name}`, grey: unit(divided(f)), side: f.side },
      { caption: 'original', grey: unit(f.clean), side: f.side },
    ];
    const whole = Math.min(width, 860);
    const tile = whole / 2;
    const options = tileChart(tiles, 2, whole);
    // Tiles have a border of 4 pixels, and a caption of 22 above.
    const at = [{ x: 0.5 + ((f.reveal - 0.5) * (tile - 8)) / tile }];
    const line = { x: 'x', y1: 26 / (tile + 22), y2: 1 - 4 / (tile + 22) };
    return {
      ...options,
      marks: [
        ...(options.marks ?? []),
        Plot.ruleX(at, { ...line, stroke: 'black', strokeWidth: 4 }),
        Plot.ruleX(at, { ...line, stroke: 'white', strokeWidth: 2 }),
      ],
    };
  },
};

const quality: Chart<Frame> = {
  title: 'How near to the original',
  caption: 'PSNR of the whole picture; longer is nearer. Filled: what the picture above shows.',
  describe: (f) => {
    const ranked = judged(f).toSorted((a, b) => b.psnr - a.psnr);
    return `From best to worst: ${ranked.map(({ name, psnr }) => `${name} ${short(psnr)} dB`).join(', ')}.`;
  },
  unit: (column) => (column === 'psnr' ? 'dB' : undefined),
  rows: (f) => judged(f).map(({ name, psnr }) => ({ picture: name, psnr })),
  plot: (runs, { width }) => {
    const bars = judged(frameOf(runs));
    const lowest = Math.min(...bars.map(({ psnr }) => psnr));
    const from = Math.max(0, Math.floor(lowest) - 3);
    return chartOptions(
      width,
      190,
      [
        Plot.barX(bars, {
          y: 'name',
          x1: from,
          x2: 'psnr',
          fill: 'var(--series-1)',
          fillOpacity: (d) => (d.chosen ? 0.9 : 0.35),
          className: 'mark-psnr',
        }),
        Plot.text(bars, { y: 'name', x: 'psnr', text: (d) => short(d.psnr), dx: 6, textAnchor: 'start' }),
      ],
      {
        x: { label: 'PSNR (dB)', domain: [from, Math.max(...bars.map(({ psnr }) => psnr)) + 2], grid: true, ticks: 5 },
        y: { label: null, domain: bars.map(({ name }) => name) },
        marginLeft: 104,
        marginRight: 12,
      },
    );
  },
};

const gallery: Chart<Frame> = {
  title: 'All of them',
  caption:
    'Above: the spoilt picture and the four restored ones. Below: what is still wrong (grey: nothing; four times the contrast).',
  wide: true,
  describe: (f) => {
    const { gaussian, bilateral } = f.settings;
    const tuned = bilateral ? `${bilateral.space} pixels and ${bilateral.range} grey values` : 'off';
    return `The filters were set on other photographs: the Gaussian to ${gaussian} pixels, the bilateral filter to ${tuned}.`;
  },
  unit: (column) => (column === 'error' ? 'grey, 0 to 255' : undefined),
  rows: (f) =>
    judged(f).map(({ name, picture }) => ({
      picture: name,
      error: Math.sqrt(picture.reduce((sum, v, i) => sum + (v - (f.clean[i] as number)) ** 2, 0) / picture.length),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const all = judged(f);
    const above: Tile[] = all.map(({ name, picture, chosen }) => ({
      caption: width < 560 ? (name.split(' ')[0]?.replace('plain', 'CNN').replace('small', 'MAXIM') ?? name) : name,
      grey: unit(picture),
      side: f.side,
      marked: chosen,
    }));
    const below: Tile[] = all.map(({ picture }) => ({
      caption: '',
      grey: picture.map((v, i) => 0.5 + (4 * (v - (f.clean[i] as number))) / 255 / 2),
      side: f.side,
    }));
    return tileChart([...above, ...below], 5, width);
  },
};

export const charts = { slide, quality, gallery };
