/** What the candidates have drawn, and what it cost. */
import * as Plot from '@observablehq/plot';
import { type Tile, tileChart } from '#charts/pixels';
import { chartOptions, colours, frameOf, short } from '#charts/theme';
import type { Chart } from '#lab/experiment';
import type { Frame } from './mechanism';
import { finalPsnr, knobName, roles } from './roles';

const unit = (bytes: readonly number[]) => bytes.map((v) => v / 255);

export const pictures: Chart<Frame> = {
  title: 'Pictures and errors',
  caption:
    'Above: the target and three networks. Below: how wrong each pixel is (black: right; white: off by 64 of 255 or more).',
  wide: true,
  unit: (column) => (column === 'pixel' ? undefined : 'grey, 0 to 255'),
  describe: (f) => {
    const drawn = roles(f).flatMap(({ role, i }) => {
      const picture = f.pictures[i] ?? [];
      if (picture.length === 0) return [];
      const off = f.target.reduce((sum, t, pixel) => sum + Math.abs(t - (picture[pixel] as number)), 0);
      return `${role} (${knobName(f, i)}) ${short(off / f.target.length)}`;
    });
    const target = `The target is ${f.side} by ${f.side} pixels`;
    return drawn.length === 0
      ? `${target}; no network has drawn it yet.`
      : `${target}. Mean error of a pixel, of 255: ${drawn.join(', ')}.`;
  },
  rows: (f) =>
    f.target.map((target, pixel) => ({
      pixel,
      target,
      ...Object.fromEntries(roles(f).map(({ role, i }) => [role, f.pictures[i]?.[pixel] ?? null])),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const chosenOrBlank = roles(f).filter(({ i }) => f.pictures[i]?.length);
    const picture = (caption: string, bytes: readonly number[]): Tile => ({ caption, grey: unit(bytes), side: f.side });
    const blank = { caption: '', grey: null, side: 1 };
    const pad = (tiles: Tile[]) => [...tiles, ...new Array<Tile>(4 - tiles.length).fill(blank)];
    const above = [
      picture('target', f.target),
      ...chosenOrBlank.map(({ role, i }) =>
        picture(width < 560 ? knobName(f, i) : `${role}, ${knobName(f, i)}`, f.pictures[i] as number[]),
      ),
    ];
    const below = chosenOrBlank.map(({ i }) =>
      picture(
        'error',
        f.target.map((t, pixel) => Math.min(255, 4 * Math.abs(t - (f.pictures[i]?.[pixel] as number)))),
      ),
    );
    return tileChart([...pad(above), ...pad([blank, ...below])], 4, width);
  },
};

export const gallery: Chart<Frame> = {
  title: 'Every candidate',
  caption:
    'What each network draws now: noise of its own frequency before training, the picture as well as it can after.',
  wide: true,
  unit: (column) => (column === 'psnr' ? 'dB' : undefined),
  describe: (f) => {
    const made = f.knobs.flatMap((_, i) => {
      const psnr = finalPsnr(f, i);
      return psnr === null ? [] : `${knobName(f, i)} ${short(psnr)} dB`;
    });
    const drawn = `${f.pictures.filter((p) => p.length > 0).length} of ${f.knobs.length} candidates have drawn a picture`;
    return made.length === 0 ? `${drawn}, untrained.` : `${drawn}: ${made.join(', ')}.`;
  },
  rows: (f) => f.knobs.map((knob, i) => ({ knob, psnr: finalPsnr(f, i), drawn: f.pictures[i]?.length ? 'yes' : 'no' })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const tiles = f.pictures.map(
      (bytes, i): Tile =>
        bytes.length > 0
          ? { caption: knobName(f, i), grey: unit(bytes), side: f.side, marked: i === f.chosen }
          : { caption: knobName(f, i), grey: [0.5], side: 1 },
    );
    return tileChart(tiles, width < 500 ? 4 : 8, width);
  },
};

export const cost: Chart<Frame> = {
  title: 'What the choice costs',
  caption: 'Seconds on this machine: looking at untrained networks against training every candidate.',
  unit: (column) => (column === 'seconds' ? 's' : undefined),
  describe: ({ seconds, knobs }) =>
    `Choosing took ${short(seconds.choosing)} s, training one candidate ${short(seconds.training / knobs.length)} s, training all ${knobs.length} of them ${short(seconds.training)} s.`,
  rows: ({ seconds }) => [
    { work: 'choosing', seconds: seconds.choosing },
    { work: 'sweep', seconds: seconds.training },
  ],
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { choosing, training } = f.seconds;
    const bars = [
      { way: 'FreSh', work: 'choosing', s: choosing },
      { way: 'FreSh', work: 'training one', s: training / f.knobs.length },
      { way: 'sweep', work: 'training all', s: training },
    ];
    return chartOptions(width, 150, [Plot.barX(bars, Plot.stackX({ y: 'way', x: 's', fill: 'work' }))], {
      x: { label: 'seconds', grid: true },
      y: { label: null, domain: ['FreSh', 'sweep'] },
      color: colours(['choosing', 'training one', 'training all']),
      marginLeft: 60,
    });
  },
};
