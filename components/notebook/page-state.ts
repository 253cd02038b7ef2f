/** What the parts of one page tell each other: a widget its values, a scrubbed number in the prose a wish. */
import type { AnyValue, AnyValues } from '#lab/params';

type Listener = (values: AnyValues) => void;

const values = new Map<string, AnyValues>();
const watchers = new Map<string, Set<Listener>>();
const wishers = new Map<string, Listener>();
const waiting = new Map<string, Record<string, AnyValue>>();

/** A widget says what its parameters are now. */
export function announce(id: string, now: AnyValues): void {
  values.set(id, now);
  for (const listener of watchers.get(id) ?? []) listener(now);
}

/** Calls `listener` now, if the widget has spoken already, and at every change. */
export function watch(id: string, listener: Listener): void {
  if (!watchers.has(id)) watchers.set(id, new Set());
  watchers.get(id)?.add(listener);
  const now = values.get(id);
  if (now) listener(now);
}

/** Asks a widget to set parameters; one that is not awake yet finds the wish when it wakes. */
export function wish(id: string, change: Record<string, AnyValue>): void {
  const grant = wishers.get(id);
  if (grant) grant(change);
  else waiting.set(id, { ...waiting.get(id), ...change });
}

/** A widget takes wishes from now on, and those that came before. */
export function grantWishes(id: string, grant: Listener): void {
  wishers.set(id, grant);
  const earlier = waiting.get(id);
  waiting.delete(id);
  if (earlier) grant(earlier);
}
