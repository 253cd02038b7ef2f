/** The pictures of "FreSh on a photograph". */
import * as Plot from '@observablehq/plot';
import { type Tile, tileChart } from '#charts/pixels';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import type { Chart } from '#lab/experiment';
import type { Frame } from './mechanism';

const CHOSEN = 'FreSh’s choice';
const USUAL = 'usual default';
const BEST = 'best of the sweep';

/** Index of the candidate that the reader looks at: the choice, unless they picked one. */
const shownIndex = ({ shown, chosen, usual }: Frame) => (shown > 0 ? shown - 1 : (chosen ?? usual));

const knobName = (f: Frame, i: number) => `${f.symbol} = ${f.knobs[i]}`;

/** The roles that candidates play once known; one candidate may play several. */
const roles = (f: Frame): { role: string; i: number }[] =>
  [
    { role: USUAL, i: f.usual },
    { role: CHOSEN, i: f.chosen },
    { role: BEST, i: f.best },
  ].filter((r): r is { role: string; i: number } => r.i !== null);

const finalPsnr = (f: Frame, i: number | null) => (i === null ? null : (f.history.psnr[i]?.at(-1) ?? null));

const knobAxis = (f: Frame) => ({
  label: `${f.symbol} (log scale)`,
  type: 'log' as const,
  ticks: [...f.knobs],
  tickFormat: (d: number) => `${d}`,
});

const spectra: Chart<Frame> = {
  title: 'Spectra before training',
  caption: 'Bars: the picture. Line: the mean over untrained networks of the candidate shown. Both sum to 1.',
  describe: (f) =>
    `Spectrum of the target and of untrained networks with ${knobName(f, shownIndex(f))}, over ${f.targetSpectrum.length} bins; they are ${short(f.distances[shownIndex(f)])} bins apart.`,
  rows: (f) =>
    f.targetSpectrum.map((target, d) => ({
      bin: d + 1,
      target,
      ...Object.fromEntries(f.knobs.map((_, i) => [knobName(f, i), f.spectra[i]?.[d] ?? null])),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const bars = f.targetSpectrum.map((p, d) => ({ d: d + 1, p }));
    const i = shownIndex(f);
    const line = (f.spectra[i] ?? []).map((p, d) => ({ d: d + 1, p, name: `untrained, ${knobName(f, i)}` }));
    return chartOptions(
      width,
      230,
      [
        Plot.rectY(bars, {
          x1: (b) => b.d - 0.5,
          x2: (b) => b.d + 0.5,
          y: 'p',
          inset: 0.5,
          fill: GIVEN,
          fillOpacity: 0.25,
          className: 'mark-target',
        }),
        Plot.lineY(line, { x: 'd', y: 'p', z: 'name', stroke: 'name', strokeWidth: 2, className: 'mark-untrained' }),
      ],
      {
        x: { label: 'bin d = i + j (cycles over the picture)', domain: [0.5, f.targetSpectrum.length + 0.5] },
        y: { label: 'share of the spectrum', grid: true },
        color: colours(line.slice(0, 1).map((l) => l.name)),
      },
    );
  },
};

const distances: Chart<Frame> = {
  title: 'Distance, before any training',
  caption: 'Wasserstein-1 distance to the picture’s spectrum, with two standard errors. FreSh takes the lowest.',
  describe: (f) =>
    f.chosen === null
      ? `${f.distances.filter((d) => d !== null).length} of ${f.knobs.length} candidates measured.`
      : `FreSh chooses ${knobName(f, f.chosen)}, at ${short(f.distances[f.chosen])} bins. All: ${f.distances.map((d, i) => `${f.knobs[i]}: ${short(d)}`).join(', ')}.`,
  rows: (f) =>
    f.knobs.map((knob, i) => ({ knob, distance: f.distances[i] ?? null, standardError: f.standardErrors[i] ?? null })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const points = f.knobs
      .map((knob, i) => ({ knob, d: f.distances[i] as number | null, e: 2 * (f.standardErrors[i] as number) }))
      .filter((p): p is { knob: number; d: number; e: number } => p.d !== null);
    return chartOptions(
      width,
      230,
      [
        Plot.lineY(points, { x: 'knob', y: 'd', stroke: GIVEN, strokeOpacity: 0.4 }),
        Plot.ruleX(points, { x: 'knob', y1: (p) => Math.max(0, p.d - p.e), y2: (p) => p.d + p.e }),
        Plot.dot(points, { x: 'knob', y: 'd', r: 4, fill: GIVEN, className: 'mark-distance' }),
        Plot.dot(
          roles(f).filter(({ i, role }) => role !== BEST && f.distances[i] !== null),
          {
            x: ({ i }) => f.knobs[i],
            y: ({ i }) => f.distances[i],
            r: ({ role }) => (role === CHOSEN ? 8 : 12),
            stroke: 'role',
            strokeWidth: 2.5,
          },
        ),
      ],
      {
        x: knobAxis(f),
        y: { label: 'distance D (bins)', zero: true, grid: true },
        r: { type: 'identity' },
        color: colours([USUAL, CHOSEN, BEST]),
      },
    );
  },
};

const quality: Chart<Frame> = {
  title: 'Quality, after training them all',
  caption: 'What the sweep finds, on the same axis as the distances: did the valley predict the hill?',
  describe: (f) =>
    f.best === null
      ? 'Nothing trained yet.'
      : `${roles(f)
          .map(({ role, i }) => `${role} (${knobName(f, i)}): ${short(finalPsnr(f, i))} dB`)
          .join('; ')}.`,
  rows: (f) => f.knobs.map((knob, i) => ({ knob, psnr: finalPsnr(f, i) })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const points = f.knobs.map((knob, i) => ({ knob, psnr: finalPsnr(f, i) })).filter((p) => p.psnr !== null);
    const marked = points.length > 0 ? roles(f) : [];
    return chartOptions(
      width,
      230,
      [
        Plot.lineY(points, { x: 'knob', y: 'psnr', stroke: GIVEN, strokeOpacity: 0.4 }),
        Plot.dot(points, { x: 'knob', y: 'psnr', r: 4, fill: GIVEN, className: 'mark-psnr' }),
        Plot.dot(marked, {
          x: ({ i }) => f.knobs[i],
          y: ({ i }) => finalPsnr(f, i),
          r: ({ role }) => ({ [CHOSEN]: 8, [USUAL]: 12, [BEST]: 16 })[role as string],
          stroke: 'role',
          strokeWidth: 2.5,
        }),
      ],
      {
        x: { ...knobAxis(f), domain: [f.knobs[0] as number, f.knobs.at(-1) as number] },
        y: { label: 'PSNR (dB)', grid: true, nice: true, ...(points.length === 0 && { domain: [10, 30] }) },
        r: { type: 'identity' },
        color: colours([USUAL, CHOSEN, BEST]),
      },
    );
  },
};

const progress: Chart<Frame> = {
  title: 'PSNR while training',
  caption: 'Grey: every candidate of the sweep. Coloured: the usual default and FreSh’s choice.',
  describe: (f) => {
    const named = roles(f).map(({ role, i }) => `${role} ${short(finalPsnr(f, i))} dB`);
    return `After ${f.history.step.at(-1) ?? 0} training steps: ${named.join(', ')}.`;
  },
  rows: (f) =>
    f.history.step.map((step, j) => ({
      step,
      ...Object.fromEntries(f.knobs.map((_, i) => [knobName(f, i), f.history.psnr[i]?.[j] ?? null])),
    })),
  plot: (runs, { width }) => {
    const f = frameOf(runs);
    const curve = (i: number, name: string) =>
      f.history.step.map((step, j) => ({ step, name, psnr: f.history.psnr[i]?.[j] }));
    const kept = runs.slice(1).flatMap(({ frame, label }) =>
      frame.chosen === null
        ? []
        : frame.history.step.map((step, j) => ({
            step,
            name: label,
            psnr: frame.history.psnr[frame.chosen as number]?.[j],
          })),
    );
    const named = roles(f).filter(({ role }) => role !== BEST);
    return chartOptions(
      width,
      230,
      [
        Plot.lineY(
          f.knobs.flatMap((_, i) => curve(i, knobName(f, i))),
          { x: 'step', y: 'psnr', z: 'name', stroke: GIVEN, strokeOpacity: 0.22 },
        ),
        Plot.lineY(kept, { x: 'step', y: 'psnr', z: 'name', stroke: 'name', strokeDasharray: '4,3' }),
        Plot.lineY(
          named.flatMap(({ role, i }) => curve(i, role)),
          { x: 'step', y: 'psnr', z: 'name', stroke: 'name', strokeWidth: 2.5 },
        ),
      ],
      {
        x: { label: 'training step', domain: [0, Math.max(50, ...runs.map((r) => r.frame.history.step.at(-1) ?? 0))] },
        y: { label: 'PSNR (dB)', grid: true, ...(f.history.step.length === 0 && { domain: [0, 30] }) },
        color: colours([USUAL, CHOSEN, ...runs.slice(1).map((r) => r.label)]),
      },
    );
  },
};

const unit = (bytes: readonly number[]) => bytes.map((v) => v / 255);

const pictures: Chart<Frame> = {
  title: 'Pictures and errors',
  caption:
    'Above: the target and three networks. Below: how wrong each pixel is (black: right; white: off by 64 of 255 or more).',
  wide: true,
  describe: (f) =>
    `Reconstructions: ${roles(f)
      .map(({ role, i }) => `${role} with ${knobName(f, i)}`)
      .join(', ')}, and their error maps.`,
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

const gallery: Chart<Frame> = {
  title: 'Every candidate',
  caption:
    'What each network draws now: noise of its own frequency before training, the picture as well as it can after.',
  wide: true,
  describe: (f) =>
    `${f.pictures.filter((p) => p.length > 0).length} of ${f.knobs.length} candidates have drawn a picture.`,
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

const cost: Chart<Frame> = {
  title: 'What the choice costs',
  caption: 'Seconds on this machine: looking at untrained networks against training every candidate.',
  describe: ({ seconds }) =>
    `Choosing took ${short(seconds.choosing)} s, training all candidates ${short(seconds.training)} s.`,
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

export const charts = { spectra, distances, quality, progress, pictures, gallery, cost };
