/**
 * A widget's state as a readable address: `#spectral-bias?width=64&seed=3&step=400`. Only what differs from the
 * defaults is written. The query behind the anchor belongs to one widget; the rest of the page keeps its defaults.
 */
import type { AnyValues, Schema } from './params';
import { defaults } from './params';
import { differing, formatValue, parseValue, RefusedValue } from './values';

export interface WidgetState {
  values: AnyValues;
  /** Steps taken. */
  step: number;
}

/** Splits a hash into the anchor and the query behind it; no query is `null`. */
export function splitHash(hash: string): { anchor: string; query: string | null } {
  const text = hash.replace(/^#/, '');
  const at = text.indexOf('?');
  return at < 0 ? { anchor: text, query: null } : { anchor: text.slice(0, at), query: text.slice(at + 1) };
}

/** The largest step count that a link may ask for: a mistyped one must not compute for hours. */
export const MOST_STEPS = 100_000;

/** The hash that brings `state` back. `omitted` names parameters that no address can hold (a picture). */
export function writeHash(anchor: string, schema: Schema, state: WidgetState): { hash: string; omitted: string[] } {
  const query: string[] = [];
  const omitted: string[] = [];
  for (const name of differing(schema, defaults(schema), state.values)) {
    const param = schema[name];
    const text = param ? formatValue(param, state.values[name] ?? null) : null;
    if (text === null) omitted.push(param?.label ?? name);
    // Commas and dots may stand in a fragment; keeping them makes the address readable.
    else query.push(`${name}=${encodeURIComponent(text).replaceAll('%2C', ',')}`);
  }
  if (state.step > MOST_STEPS) omitted.push('The step count');
  else if (state.step > 0) query.push(`step=${state.step}`);
  return { hash: `#${anchor}${query.length > 0 ? `?${query.join('&')}` : ''}`, omitted };
}

/** Reads a query; every entry that is refused keeps its default and leaves a message. Never throws. */
export function readQuery(schema: Schema, query: string): WidgetState & { refused: string[] } {
  const values: Record<string, AnyValues[string]> = { ...defaults(schema) };
  const refused: string[] = [];
  let step = 0;
  for (const [name, text] of new URLSearchParams(query)) {
    try {
      const param = schema[name];
      if (name === 'step') {
        if (!/^\d+$/.test(text) || Number(text) > MOST_STEPS) {
          throw new RefusedValue(`step: "${text}" is not a whole number from 0 to ${MOST_STEPS}.`);
        }
        step = Number(text);
      } else if (param && Object.hasOwn(schema, name)) values[name] = parseValue(name, param, text);
      else throw new RefusedValue(`"${name}" is not a parameter here. There are: ${Object.keys(schema).join(', ')}.`);
    } catch (error) {
      refused.push((error as Error).message);
    }
  }
  return { values, step, refused };
}
