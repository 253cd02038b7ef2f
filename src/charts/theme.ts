/** What all charts share: the type, the colours (CSS variables, so that they follow the theme), the names of runs. */
import type { Markish, PlotOptions } from '@observablehq/plot';
import type { Shown } from '#lab/experiment';

/** Categorical colours, colour-blind safe in both themes; defined in `src/styles/tokens.css`. */
export const seriesColours = [1, 2, 3, 4, 5, 6].map((i) => `var(--series-${i})`);

/** Ink for what is given (targets, axes), as opposed to what is computed. */
export const GIVEN = 'currentColor';

/** Options on top of which every chart is built. Marks are listed back to front. */
export function chartOptions(width: number, height: number, marks: Markish[], options: PlotOptions = {}): PlotOptions {
  return {
    width,
    height,
    marginLeft: 48,
    marginBottom: 38,
    marginTop: 22,
    marks,
    ...options,
  };
}

/** A colour scale for `names` in the order of the series colours, with a legend. */
export function colours(names: readonly string[]): NonNullable<PlotOptions['color']> {
  const domain = [...new Set(names)];
  // The recorded run keeps one quiet colour, however many runs lie above it.
  const range = domain.map((name, i) => (name === 'recorded' ? 'var(--series-6)' : (seriesColours[i % 5] as string)));
  return { domain, range, legend: true };
}

/** Colours for things in an order: from the first series colour to the second, in equal steps. */
export const ramp = (domain: readonly number[]) => ({
  type: 'ordinal' as const,
  domain: [...domain],
  range: domain.map((_, i) => {
    const share = Math.round((100 * i) / Math.max(1, domain.length - 1));
    return `color-mix(in oklch, var(--series-1), var(--series-2) ${share}%)`;
  }),
});

/** The frame of the current run, for a chart that draws no other. */
export const frameOf = <Frame>(runs: readonly Shown<Frame>[]): Frame => (runs[0] as Shown<Frame>).frame;

/** Data of all shown runs in one list, each entry with its run's label: what an overlaid chart draws. */
export const stacked = <Frame, Entry extends object>(
  runs: readonly Shown<Frame>[],
  entries: (frame: Frame) => readonly Entry[],
): (Entry & { run: string })[] =>
  // The current run is drawn last, over the kept ones.
  [...runs].reverse().flatMap(({ label, frame }) => entries(frame).map((entry) => ({ ...entry, run: label })));

/** Every n-th entry, so that at most `most` are left; the last one always stays. */
export function thinned<T>(entries: readonly T[], most: number): T[] {
  const stride = Math.ceil(entries.length / most);
  return entries.filter((_, i) => i % stride === 0 || i === entries.length - 1);
}

/** A number as people read it: 3 significant digits, no exponent between 0.001 and 100,000. */
export const short = (x: number | null | undefined): string => {
  if (x === null || x === undefined || Number.isNaN(x)) return 'none';
  if (x !== 0 && (Math.abs(x) < 1e-3 || Math.abs(x) >= 1e5)) return x.toExponential(1);
  return Number(x.toPrecision(3)).toLocaleString('en-GB', { maximumFractionDigits: 6 });
};

/** A share as people read it. */
export const percent = (x: number): string => `${short(100 * x)} %`;
