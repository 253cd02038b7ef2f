/** Curves of all shown runs in one picture. */
import * as Plot from '@observablehq/plot';
import type { Curves, Shown } from '#lab/experiment';
import { stacked } from './theme';

/**
 * The points of every run's curves, and the mark that draws them: the current run at full strength, kept ones faint under it.
 * The chart's options need `opacity: { type: 'identity' }`.
 */
export function runLines<Frame>(runs: readonly Shown<Frame>[], curvesOf: (frame: Frame) => Curves) {
  const points = stacked(runs, (frame) =>
    curvesOf(frame).lines.flatMap(({ name, x, y }) => x.map((at, i) => ({ name, at, value: y[i] as number }))),
  );
  const current = runs[0]?.label;
  const mark = Plot.lineY(points, {
    x: 'at',
    y: 'value',
    z: ({ run, name }) => `${run} ${name}`,
    stroke: 'name',
    strokeWidth: 2,
    strokeOpacity: ({ run }) => (run === current ? 1 : 0.4),
  });
  return { points, mark };
}
