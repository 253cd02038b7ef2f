/** A widget's run as its citation tells of it. */
import { slugOf } from '#lab/experiment';
import type { RunFacts } from '#site/run-template';
import type { Widget } from '../notebook/widget.svelte';

export interface CitedRun extends RunFacts {
  slug: string;
  anchor: string;
  /** What the link cannot bring back. */
  missing: string[];
}

/** As it stands, today. */
export function citedRun(widget: Widget): CitedRun {
  const { href, missing } = widget.link;
  const link = new URL(href);
  // Pages compute with WebAssembly unless their address says otherwise; a choice in the menu is not in it.
  const backend = widget.backend ?? 'wasm';
  if (backend === 'wasm') link.searchParams.delete('backend');
  else link.searchParams.set('backend', backend);
  const { seed } = widget.values;
  const today = new Date();
  return {
    slug: slugOf(widget.id),
    anchor: widget.anchor,
    link: link.href,
    missing,
    seed: seed === undefined ? null : `${seed}`,
    step: widget.step,
    backend,
    date: { year: today.getFullYear(), month: today.getMonth() + 1, day: today.getDate() },
  };
}
