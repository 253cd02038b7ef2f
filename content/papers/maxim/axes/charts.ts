/** The pictures of "One axis, the other, or both". */
import * as Plot from '@observablehq/plot';
import { type Tile, tileChart } from '#charts/pixels';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import type { Frame } from './mechanism';

/** As in `network.ts`, which charts cannot import. */
export const names = ['both axes', 'block only', 'grid only'] as const;
const SIDE = 16;

const gainCurves = ({ history }: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'gain', unit: 'dB' },
  lines: names.map((name, i) => ({ name, x: history.step, y: history.gain[i] ?? [] })),
});

const gain: Chart<Frame> = {
  title: 'What each network wins',
  caption: 'PSNR gained over the noisy picture, mean of 64 pictures that no network learns from. Thin: kept runs.',
  curves: gainCurves,
  describe: (f) => inWords(gainCurves(f)),
  unit: (column) => (column === 'step' ? undefined : 'dB'),
  rows: ({ history }) =>
    history.step.map((step, j) => ({
      step,
      ...Object.fromEntries(names.map((name, i) => [name, history.gain[i]?.[j] ?? null])),
    })),
  plot: (runs, { width }) => {
    const points = ({ history }: Frame, run: string) =>
      names.flatMap((name, i) =>
        history.step.map((step, j) => ({ step, name, run, gain: history.gain[i]?.[j] as number })),
      );
    const own = points(frameOf(runs), 'current');
    const kept = runs.slice(1).flatMap(({ frame, label }) => points(frame, label));
    const last = Math.max(50, ...[...own, ...kept].map(({ step }) => step));
    return chartOptions(
      width,
      270,
      [
        Plot.ruleY([0], { stroke: GIVEN, strokeDasharray: '4,3' }),
        Plot.lineY(kept, {
          x: 'step',
          y: 'gain',
          z: (d) => `${d.run} ${d.name}`,
          stroke: 'name',
          strokeWidth: 0.9,
          strokeOpacity: 0.6,
        }),
        Plot.lineY(own, { x: 'step', y: 'gain', z: 'name', stroke: 'name', strokeWidth: 2.4, className: 'mark-gain' }),
      ],
      {
        x: { label: 'training step', domain: [0, last] },
        y: { label: 'gain (dB)', grid: true, ...(own.length < 4 && { domain: [-5, 12] }) },
        color: colours(names),
      },
    );
  },
};

const errorOf = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, v, i) => sum + (v - (b[i] as number)) ** 2, 0) / a.length;

/** Everything that is shown, with its PSNR against the clean picture. */
const shown = ({ pictures: { noisy, restored, clean } }: Frame) =>
  [['noisy', noisy] as const, ...names.map((name, i) => [name, restored[i] ?? noisy] as const)].map(
    ([name, values]) => ({
      name,
      values,
      psnr: -10 * Math.log10(Math.max(1e-9, errorOf(values, clean))),
    }),
  );

const pictures: Chart<Frame> = {
  title: 'One test picture',
  caption:
    'Above: noisy, restored three ways, clean. Below: what is still wrong (grey: nothing; the contrast is three times as high).',
  wide: true,
  describe: (f) =>
    `PSNR of the picture shown: ${shown(f)
      .map(({ name, psnr }) => `${name} ${short(psnr)} dB`)
      .join(', ')}.`,
  unit: (column) => (column === 'psnr' ? 'dB' : undefined),
  rows: (f) => shown(f).map(({ name, psnr }) => ({ picture: name, psnr })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const { clean } = f.pictures;
    const [low, high] = [Math.min(...clean), Math.max(...clean)];
    const grey = (v: number) => (v - low) / Math.max(1e-6, high - low);
    const tiles = shown(f);
    const caption = ({ name, psnr }: (typeof tiles)[number]) =>
      width < 560 ? name.replace(' axes', '').replace(' only', '') : `${name}, ${short(psnr)} dB`;
    const above: Tile[] = [
      ...tiles.map((tile) => ({ caption: caption(tile), grey: tile.values.map(grey), side: SIDE })),
      { caption: 'clean', grey: clean.map(grey), side: SIDE },
    ];
    const below: Tile[] = tiles.map(({ values }) => ({
      caption: '',
      grey: values.map((v, i) => 0.5 + (3 * (v - (clean[i] as number))) / Math.max(1e-6, high - low) / 2),
      side: SIDE,
    }));
    return tileChart([...above, ...below, { caption: '', grey: null, side: 1 }], 5, width);
  },
};

export const charts = { gain, pictures };
