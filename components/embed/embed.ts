/** The script of an embed page: puts the panel beside the charts, as the address asks for it. */
import { mount } from 'svelte';
import { anchorOf, slugOf } from '#lab/experiment';
import { defaults, type Schema } from '#lab/params';
import { writeHash } from '#lab/permalink';
import { differing } from '#lab/values';
import type { Widget } from '../notebook/widget.svelte';
import { readEmbedding } from './query';

interface PanelProps {
  id: string;
  schema: Schema;
  symbols: Record<string, string>;
  recorded: { steps: number; seconds: number };
}

/** The parameters with the checks of those given as JSON, which are code and not in the page. */
async function schemaOf({ id, schema }: PanelProps): Promise<Schema> {
  if (Object.values(schema).every(({ kind }) => kind !== 'json')) return schema;
  const { findExperiment } = await import('#lab/registry');
  return (await findExperiment(id)).params as Schema;
}

async function start(side: HTMLElement): Promise<void> {
  const props = JSON.parse(side.dataset.panel ?? '') as PanelProps;
  const figures = new Map(
    [...document.querySelectorAll<HTMLElement>('figure.chart')].map((figure) => [figure.dataset.chart ?? '', figure]),
  );
  const asked = readEmbedding(location.search, await schemaOf(props), [...figures.keys()]);

  for (const message of asked.refused) {
    const line = document.createElement('p');
    line.textContent = message;
    document.getElementById('refused')?.append(line);
  }

  const charts = asked.charts.flatMap((name) => figures.get(name) ?? []);
  document.querySelector('.charts')?.replaceChildren(...charts);

  const home = document.querySelector<HTMLAnchorElement>('#home');
  if (home) {
    const base = document.documentElement.dataset.base ?? '/';
    const { hash } = writeHash(anchorOf(props.id), props.schema, asked.state);
    const paper = `${base}papers/${slugOf(props.id)}/`;
    home.href = `${new URL(paper, location.href)}${hash}`;
    home.textContent = home.href;
  }

  const alone = async (widget: Widget) => {
    const { values, step } = asked.state;
    const changed = differing(props.schema, defaults(props.schema), values).length > 0;
    if (changed || step > 0) await widget.bring(asked.state);
    if (asked.run) await widget.play();
  };
  // Later, not with this script: chunks that share code with it would then ask for styles which Astro has put elsewhere.
  const { default: Panel } = await import('../notebook/Panel.svelte');
  side.replaceChildren();
  mount(Panel, { target: side, props: { ...props, shown: asked.controls, alone } });
}

const side = document.querySelector<HTMLElement>('[data-panel]');
if (side) void start(side);
