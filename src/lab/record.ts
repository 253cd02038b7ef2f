/** What `npm run record` writes and the pages, the claim cards and the drift test read: `results.json`. */
import type { BackendName } from './backend-names';
import type { ClaimResult } from './claims';
import type { Summary } from './experiment';
import type { AnyValues } from './params';

export interface RecordedRun {
  params: AnyValues;
  steps: number;
  /** Wall time on the recording machine. */
  seconds: number;
  summary: Summary;
  /** Of the unrounded frame; a run that shows the same one reproduced every bit. */
  fingerprint: string;
  /** Rounded to five significant digits. */
  frame: unknown;
}

export interface Results {
  provenance: { command: string; date: string; engine: string; backend: BackendName; tfjs: string; seconds: number };
  /** By the experiment's anchor. */
  experiments: Record<string, RecordedRun>;
  /** By the claim's id. */
  claims: Record<string, ClaimResult>;
}

/** Rounds every number of a frame to `digits` significant digits; typed arrays become plain ones. */
export function rounded(value: unknown, digits = 5): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array, (x) => rounded(x, digits));
  if (Array.isArray(value)) return value.map((x) => rounded(x, digits));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, x]) => [key, rounded(x, digits)]));
  }
  return value;
}

/** How two runs at the same settings compare. */
export type Agreement = 'exact' | 'close' | 'different';

/** Relative difference up to which two summaries count as close: rounding on another engine, not another result. */
export const CLOSE = 0.02;

/** Exact if the fingerprints are equal, close if every summary figure is within {@link CLOSE}. */
export function agreement(
  a: Pick<RecordedRun, 'fingerprint' | 'summary'>,
  b: Pick<RecordedRun, 'fingerprint' | 'summary'>,
): Agreement {
  if (a.fingerprint === b.fingerprint) return 'exact';
  const close = Object.keys({ ...a.summary, ...b.summary }).every((name) => {
    const [x, y] = [a.summary[name] ?? null, b.summary[name] ?? null];
    if (x === null || y === null) return x === y;
    return Math.abs(x - y) <= CLOSE * Math.max(Math.abs(x), Math.abs(y));
  });
  return close ? 'close' : 'different';
}
