/** What "Low frequencies first" claims, and how each claim is measured. */
import type { Claim } from '#lab/experiment';
import { charts } from './charts';
import type { Summary } from './experiment';
import type { Frame } from './mechanism';
import type { params } from './params';

type SpectralBiasClaim = Claim<typeof params, Frame, Summary>;

const RISING = Array.from({ length: 16 }, (_, i) => {
  const position = [1, 2, 4, 6, 8, 10, 12].indexOf(i + 1);
  return position < 0 ? 0 : 0.2 * (position + 1);
});

const untestedScale =
  'One dimension, 128 points, 64 units wide and 1,500 steps; the original used 256 units, frequencies up to 50 and up to 80,000 steps, over 20 runs.';

export const claims: SpectralBiasClaim[] = [];
void charts;
