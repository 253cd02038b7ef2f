/** Curves as notes: pitch is the value on the scale of the y axis, time and stereo place are the place on the x axis. */
import type { CurveAxis, Curves } from '#lab/experiment';
import { short, thinned } from './theme';
import { pointsOf } from './words';

export interface Note {
  /** Share of the x axis, from 0 to 1. */
  at: number;
  /** In Hz. */
  frequency: number;
}

/** The lowest pitch, and how many octaves the axis spans above it: what small speakers can play. */
const LOWEST = 220;
const OCTAVES = 3;
/** More notes than these in one line are not told apart. */
const MOST = 200;

/** Where on an axis a value lies, as a share of it; beyond its ends it stays there. */
function shareOn(
  { scale, domain }: CurveAxis,
  values: readonly number[],
): { share(x: number): number; ends: number[] } {
  const ends = domain ?? [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  // A log axis has no place for 0: it starts at the least value above.
  const least = values.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), Number.POSITIVE_INFINITY);
  const within = (x: number) => (scale === 'log' ? Math.log(Math.max(x, Number.isFinite(least) ? least : 1)) : x);
  const [from, to] = ends.map(within) as [number, number];
  return {
    ends: scale === 'log' && Number.isFinite(least) ? ends.map((end) => Math.max(end, least)) : [...ends],
    share: (x) => (to > from ? Math.min(1, Math.max(0, (within(x) - from) / (to - from))) : 0.5),
  };
}

/** Every line of `curves` with its notes, all on the same two axes, and what the lowest and the highest pitch stand for. */
export function notesOf({ x, y, lines }: Curves): { range: string; voices: { name: string; notes: Note[] }[] } {
  const all = lines.map((line) => ({ name: line.name, points: pointsOf(line) }));
  const points = all.flatMap((line) => line.points);
  if (points.length === 0) return { range: 'No values yet.', voices: [] };
  const [across, up] = [
    shareOn(
      x,
      points.map((point) => point.x),
    ),
    shareOn(
      y,
      points.map((point) => point.y),
    ),
  ];
  const [low, high] = up.ends;
  const unit = y.unit ? ` ${y.unit}` : '';
  return {
    range: `Low is ${short(low)}, high is ${short(high)}${unit}${y.scale === 'log' ? ', on a log scale' : ''}.`,
    voices: all
      .filter((line) => line.points.length > 0)
      .map((line) => ({
        name: line.name,
        notes: thinned(line.points, MOST).map((point) => ({
          at: across.share(point.x),
          frequency: LOWEST * 2 ** (OCTAVES * up.share(point.y)),
        })),
      })),
  };
}
