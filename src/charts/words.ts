/** Curves in words: where each starts, where it goes, where it turns, and when it passes a threshold. */
import type { Curve, CurveAxis, Curves } from '#lab/experiment';
import { short } from './theme';

interface Point {
  x: number;
  y: number;
}

/** The points of a curve that are numbers, from left to right. */
export const pointsOf = ({ x, y }: Curve): Point[] =>
  x.flatMap((at, i) => {
    const value = y[i];
    return Number.isFinite(at) && Number.isFinite(value) ? [{ x: at, y: value as number }] : [];
  });

/** A change of less than this share of the value is none to a listener. */
const STILL = 1e-3;
/** A peak or a dip is told of where it lies further beyond both ends than this share of the whole height. */
const NOTABLE = 0.1;
/** A way this many times as long as the distance is no straight rise or fall. */
const WINDING = 3;

/** A place on the x axis: steps and bins exactly. */
const place = (x: number) => (Number.isInteger(x) ? x.toLocaleString('en-GB') : short(x));

const unitOf = ({ unit }: CurveAxis) => (unit ? ` ${unit}` : '');

/** How the values go, without where: 'falls from 1.2 to 0.03, lowest 0.02 at step 380'. */
function course(points: readonly Point[], x: CurveAxis, y: CurveAxis): string {
  const [first, last] = [points[0] as Point, points.at(-1) as Point];
  const unit = unitOf(y);
  const lowest = points.reduce((a, b) => (b.y < a.y ? b : a));
  const highest = points.reduce((a, b) => (b.y > a.y ? b : a));
  if (highest.y - lowest.y <= STILL * Math.max(Math.abs(highest.y), Math.abs(lowest.y)))
    return `stays at ${short(last.y)}${unit}`;
  const height = (point: Point) => (y.scale === 'log' ? Math.log10(Math.max(point.y, 1e-12)) : point.y);
  const notable = NOTABLE * (height(highest) - height(lowest));
  const ends = [height(first), height(last)];
  const at = (point: Point) => `${short(point.y)} at ${x.label} ${place(point.x)}`;
  const turns = [
    ...(height(highest) - Math.max(...ends) > notable ? [`highest ${at(highest)}`] : []),
    ...(Math.min(...ends) - height(lowest) > notable ? [`lowest ${at(lowest)}`] : []),
  ];
  const change = height(last) - height(first);
  const way = points.slice(1).reduce((sum, point, i) => sum + Math.abs(height(point) - height(points[i] as Point)), 0);
  const rising = `${change > 0 ? 'rises' : 'falls'}${way > WINDING * Math.abs(change) ? ' unevenly' : ''}`;
  const verb = Math.abs(change) <= notable ? 'goes up and down' : rising;
  return [`${verb} from ${short(first.y)} to ${short(last.y)}${unit}`, ...turns].join(', ');
}

/** What all curves say: how far they go along the x axis, then each with its course. */
export function inWords({ x, y, lines }: Curves): string {
  const all = lines.map((line) => ({ name: line.name, points: pointsOf(line) }));
  const places = all.flatMap(({ points }) => points.map((point) => point.x));
  if (places.length === 0) return 'No values yet.';
  const from = places.reduce((a, b) => Math.min(a, b));
  const to = places.reduce((a, b) => Math.max(a, b));
  const parts = all.map(({ name, points }) => {
    const [only] = points;
    if (!only) return `${name} has no values yet`;
    return `${name} ${points.length === 1 ? `is ${short(only.y)}${unitOf(y)}` : course(points, x, y)}`;
  });
  const where = from === to ? `At ${x.label} ${place(from)}` : `From ${x.label} ${place(from)} to ${place(to)}`;
  return `${where}${unitOf(x)}: ${parts.join('; ')}.`;
}

/** Where a curve first comes below (or above) `level`; null where it never does. */
export const crossing = (curve: Curve, way: 'below' | 'above', level: number): number | null =>
  pointsOf(curve).find(({ y }) => (way === 'below' ? y < level : y > level))?.x ?? null;

/** The largest of `values` with its place, counted from 1: 'bin 4 (0.3)'. */
export function peak(values: readonly number[], name: string): string {
  const largest = values.reduce((best, value, i) => (value > (values[best] as number) ? i : best), 0);
  return values.length === 0 ? `no ${name}` : `${name} ${largest + 1} (${short(values[largest])})`;
}
