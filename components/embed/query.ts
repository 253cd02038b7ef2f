/** What the address of an embedded widget asks for: `?charts=spectrum&controls=width&width=64&theme=dark&run=1`. */
import type { Schema } from '#lab/params';
import { readQuery, splitHash, type WidgetState, writeHash } from '#lab/permalink';

/** Names in the query that are no parameters of an experiment; `backend` is read by the widget itself. */
export const OWN = ['charts', 'controls', 'theme', 'run', 'backend'];
export const THEMES = ['light', 'dark'];

export interface Embedding {
  /** Names of charts, in this order. */
  charts: string[];
  /** Parameters that have a control, in this order; the others stay as they are. */
  controls: string[];
  state: WidgetState;
  /** Starts to run by itself. */
  run: boolean;
  /** What was wrong and what is accepted, one message for each piece; the rest is applied. */
  refused: string[];
}

/** Reads the query of an embed page, beginning with its question mark. Never throws. */
export function readEmbedding(query: string, schema: Schema, charts: readonly string[]): Embedding {
  const all = new URLSearchParams(query);
  const parameters = new URLSearchParams([...all].filter(([name]) => !OWN.includes(name)));
  const { refused, ...state } = readQuery(schema, `${parameters}`);

  const among = (name: string, what: string, known: readonly string[]): string[] | null => {
    const text = all.get(name);
    if (text === null) return null;
    const asked = [...new Set(text.split(',').filter((part) => part !== ''))];
    const unknown = asked.filter((part) => !known.includes(part));
    for (const part of unknown) refused.push(`${name}: "${part}" is not ${what} here. There are: ${known.join(', ')}.`);
    return asked.filter((part) => known.includes(part));
  };
  const oneOf = (name: string, known: readonly string[]) => {
    const text = all.get(name);
    if (text !== null && !known.includes(text)) refused.push(`${name}: "${text}" is not one of ${known.join(', ')}.`);
    return text;
  };

  const shown = among('charts', 'a chart', charts);
  if (all.get('charts') === '') refused.push(`charts: name at least one. There are: ${charts.join(', ')}.`);
  const controls = among('controls', 'a parameter', Object.keys(schema));
  // Of misspelt names alone nothing is left, and a reader with all controls loses less than one with none.
  const lost = controls?.length === 0 && all.get('controls') !== '';
  oneOf('theme', THEMES);
  return {
    charts: shown?.length ? shown : [...charts],
    controls: controls && !lost ? controls : Object.keys(schema),
    state,
    run: oneOf('run', ['1', '0']) === '1',
    refused,
  };
}

/** What a lecturer chooses; `null` stands for all, and for the reader's own theme. */
export interface Choice {
  charts: readonly string[] | null;
  controls: readonly string[] | null;
  theme: string | null;
  run: boolean;
}

/** The query that brings this back, and the labels of parameters that no address can hold. A run starts at its beginning. */
export function writeEmbedding(schema: Schema, state: WidgetState, choice: Choice) {
  const { hash, omitted } = writeHash('', schema, choice.run ? { ...state, step: 0 } : state);
  const parts = [
    choice.charts && `charts=${choice.charts.join(',')}`,
    choice.controls && `controls=${choice.controls.join(',')}`,
    splitHash(hash).query,
    choice.theme && `theme=${choice.theme}`,
    choice.run && 'run=1',
  ].filter((part) => typeof part === 'string');
  return { query: parts.length > 0 ? `?${parts.join('&')}` : '', omitted };
}
