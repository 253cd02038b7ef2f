/** A widget and the address bar: the part behind the anchor is the widget's, as long as the anchor is. */
import type { Schema } from '#lab/params';
import { splitHash, type WidgetState, writeHash } from '#lab/permalink';

/** Calls `restore` with what the address asks of the widget, now and whenever a link is followed. */
export function onAddress(anchor: string, restore: (query: string) => void): void {
  const read = () => {
    const asked = splitHash(location.hash);
    if (asked.anchor === anchor && asked.query !== null) restore(asked.query);
  };
  read();
  addEventListener('hashchange', read);
}

/** The address of exactly this state, and what it cannot hold, by name. */
export function linkTo(anchor: string, schema: Schema, state: WidgetState): { href: string; omitted: string[] } {
  const { hash, omitted } = writeHash(anchor, schema, state);
  return { href: `${location.origin}${location.pathname}${location.search}${hash}`, omitted };
}

/** Puts the state into the address bar; a widget at its defaults leaves another's address alone. */
export function writeAddress(anchor: string, schema: Schema, state: WidgetState): void {
  const { hash } = writeHash(anchor, schema, state);
  const mine = splitHash(location.hash).anchor === anchor;
  if (hash.includes('?') || mine) history.replaceState(history.state, '', hash);
}
