/** How a claim reads; apart from what checks it, so that pages need not load the engine for it. */
import type { Claim, Summary } from './experiment';
import type { Schema } from './params';

/** The criterion in words, e.g. "at least 0.8 for each seed". */
export const criterionText = ({ relation, threshold, over }: Claim<Schema, unknown, Summary>['criterion']): string =>
  `${relation === '>=' ? 'at least' : 'at most'} ${threshold} for ${over === 'each seed' ? over : 'the mean over seeds'}`;
