/** Runs that the reader pinned under the ones to come. */
import type { Shown } from '#lab/experiment';
import { type AnyValues, defaults, type Schema } from '#lab/params';
import { differing } from '#lab/values';

export interface KeptRun extends Shown<unknown> {
  values: AnyValues;
}

/** At most this many runs lie under the current one, the recorded run not counted. */
export const MOST_KEPT = 4;

/** A run under the name of what sets it apart from the defaults, e.g. "sigma 3, seed 2"; unique among `kept`. */
export function keptRun(schema: Schema, values: AnyValues, frame: unknown, kept: readonly KeptRun[]): KeptRun {
  const parts = differing(schema, defaults(schema), values).map((name) => {
    const value = values[name];
    return typeof value === 'object' ? (schema[name]?.label ?? name) : `${name} ${value}`;
  });
  const name = parts.length > 0 ? parts.join(', ') : 'defaults';
  const same = kept.filter((run) => run.label.startsWith(name)).length;
  return { label: same > 0 ? `${name} (${same + 1})` : name, frame, values };
}
