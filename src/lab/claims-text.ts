/** How a claim reads; apart from what checks it, so that pages need not load the engine for it. */
import type { ClaimResult } from './claims';
import type { Claim, Summary } from './experiment';
import type { Schema } from './params';

type Judged = Pick<Claim<Schema, unknown, Summary>, 'criterion' | 'seeds'>;

/** The criterion in words, e.g. "at least 0.8 for each seed"; without the seeds where there is only one. */
export function criterionText({ criterion: { relation, threshold, over }, seeds }: Judged): string {
  const bound = `${relation === '>=' ? 'at least' : 'at most'} ${threshold}`;
  if (seeds.length === 1) return bound;
  return `${bound} for ${over === 'each seed' ? over : 'the mean over seeds'}`;
}

const short = (x: number) => String(Number(x.toPrecision(3)));

/** What came out, e.g. "mean 0.93, from 0.8 to 0.99 over seeds 1, 2, 3". */
export const measuredText = ({ seeds }: Pick<Judged, 'seeds'>, { mean, spread }: ClaimResult): string =>
  seeds.length === 1
    ? short(mean)
    : `mean ${short(mean)}, from ${short(spread[0])} to ${short(spread[1])} over seeds ${seeds.join(', ')}`;
