/** The pictures of "FreSh on a photograph". */
import * as Plot from '@observablehq/plot';
import { chartOptions, colours, frameOf, GIVEN, short } from '#charts/theme';
import { inWords, peak } from '#charts/words';
import type { Chart, Curves } from '#lab/experiment';
import { cost, gallery, pictures } from './drawn';
import type { Frame } from './mechanism';
import { BEST, CHOSEN, finalPsnr, knobName, roles, shownIndex, USUAL } from './roles';

const knobAxis = (f: Frame) => ({
  label: `${f.symbol} (log scale)`,
  type: 'log' as const,
  ticks: [...f.knobs],
  tickFormat: (d: number) => `${d}`,
});

const bins = (xs: readonly number[]) => xs.map((_, d) => d + 1);

const spectra: Chart<Frame> = {
  title: 'Spectra before training',
  caption: 'Bars: the picture. Line: the mean over untrained networks of the candidate shown. Both sum to 1.',
  curves: (f) => ({
    x: { label: 'bin' },
    y: { label: 'share of the spectrum' },
    lines: [
      { name: 'picture', x: bins(f.targetSpectrum), y: f.targetSpectrum },
      {
        name: `untrained, ${knobName(f, shownIndex(f))}`,
        x: bins(f.targetSpectrum),
        y: f.spectra[shownIndex(f)] ?? [],
      },
    ],
  }),
  describe: (f) => {
    const untrained = f.spectra[shownIndex(f)] ?? [];
    const start = `Of ${f.targetSpectrum.length} bins the picture is strongest in ${peak(f.targetSpectrum, 'bin')}`;
    if (untrained.length === 0) return `${start}; no untrained network is measured yet.`;
    return `${start}, untrained networks with ${knobName(f, shownIndex(f))} in ${peak(untrained, 'bin')}; the spectra are ${short(f.distances[shownIndex(f)])} bins apart.`;
  },
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

/** One figure of every candidate, over its setting. */
const byKnob = (f: Frame, name: string, y: Curves['y'], values: readonly (number | null | undefined)[]): Curves => ({
  x: { label: f.symbol, scale: 'log' },
  y,
  lines: [{ name, x: f.knobs, y: values }],
});

const distances: Chart<Frame> = {
  title: 'Distance, before any training',
  caption: 'Wasserstein-1 distance to the picture’s spectrum, with two standard errors. FreSh takes the lowest.',
  curves: (f) => byKnob(f, 'distance', { label: 'distance', unit: 'bins' }, f.distances),
  unit: (column) => (column === 'knob' ? undefined : 'bins'),
  describe: (f) =>
    f.chosen === null
      ? `${f.distances.filter((d) => d !== null).length} of ${f.knobs.length} candidates measured.`
      : `FreSh chooses ${knobName(f, f.chosen)}, at ${short(f.distances[f.chosen])} bins; the usual default, ${knobName(f, f.usual)}, is at ${short(f.distances[f.usual])}. All: ${f.distances.map((d, i) => `${f.knobs[i]}: ${short(d)}`).join(', ')}.`,
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
  curves: (f) =>
    byKnob(
      f,
      'PSNR',
      { label: 'PSNR', unit: 'dB' },
      f.knobs.map((_, i) => finalPsnr(f, i)),
    ),
  unit: (column) => (column === 'psnr' ? 'dB' : undefined),
  describe: (f) => {
    if (f.best === null) return `None of ${f.knobs.length} candidates is trained yet.`;
    const all = f.knobs.flatMap((_, i) => finalPsnr(f, i) ?? []);
    return `From ${short(Math.min(...all))} to ${short(Math.max(...all))} dB over the sweep. ${roles(f)
      .map(({ role, i }) => `${role} (${knobName(f, i)}): ${short(finalPsnr(f, i))} dB`)
      .join('; ')}.`;
  },
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

const progressCurves = (f: Frame): Curves => ({
  x: { label: 'step' },
  y: { label: 'PSNR', unit: 'dB' },
  lines: roles(f)
    .filter(({ role }) => role !== BEST)
    .map(({ role, i }) => ({ name: `${role}, ${knobName(f, i)}`, x: f.history.step, y: f.history.psnr[i] ?? [] })),
});

const progress: Chart<Frame> = {
  title: 'PSNR while training',
  caption: 'Grey: every candidate of the sweep. Coloured: the usual default and FreSh’s choice.',
  curves: progressCurves,
  unit: (column) => (column === 'step' ? undefined : 'dB'),
  describe: (f) =>
    f.history.step.length === 0
      ? `Training has not started; ${f.knobs.length} candidates wait.`
      : inWords(progressCurves(f)),
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

export const charts = { spectra, distances, quality, progress, pictures, gallery, cost };
