/** A logarithmic axis for bounds, with labels however short its range is: Plot labels powers of ten alone. */
import type { PlotOptions } from '@observablehq/plot';
import { short } from '#charts/theme';

/** Round values from `low` to `high`, at most about `count`: evenly spaced over a short range, 1, 2, 5, 10, … else. */
export function logTicks(low: number, high: number, count = 6): number[] {
  const decades = Math.log10(high / low);
  const ticks: number[] = [];
  if (decades < 0.8) {
    const step = roundUp((high - low) / count);
    for (let k = Math.ceil(low / step); k * step <= high; k++) ticks.push(Number((k * step).toPrecision(6)));
    return ticks;
  }
  const each = decades < 2.5 ? [1, 2, 5] : [1];
  const stride = Math.max(1, Math.ceil(decades / count));
  for (let e = Math.floor(Math.log10(low)); e <= Math.log10(high); e += stride) {
    for (const m of each) {
      const tick = Number(`${m}e${e}`);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

/** The least of 1, 2, 5 times a power of ten that is at least `x`. */
function roundUp(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  return ([1, 2, 5, 10].find((m) => m * power >= x * (1 - 1e-9)) as number) * power;
}

/** Scale options for positive `values`, with room of the given shares below and above. */
export function logScale(
  label: string,
  values: readonly number[],
  [below, above]: readonly [number, number] = [0.93, 1.07],
): NonNullable<PlotOptions['y']> {
  const domain = [below * Math.min(...values), above * Math.max(...values)] as const;
  return { label, type: 'log', domain, grid: true, ticks: logTicks(...domain), tickFormat: short };
}
