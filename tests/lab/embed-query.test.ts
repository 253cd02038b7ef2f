import { expect, test } from 'vitest';
import type { Schema } from '#lab/params';
import { defaults, integer, seed, toggle } from '#lab/params';
import { allExperiments } from '#lab/registry';
import { OWN, readEmbedding, writeEmbedding } from '../../components/embed/query';

const schema: Schema = {
  width: integer({ label: 'Width', min: 8, max: 256, default: 64 }),
  wide: toggle({ label: 'Wide', default: false }),
  seed: seed(),
};
const charts = ['loss', 'spectrum'];
const read = (query: string) => readEmbedding(query, schema, charts);

test('an address without a query shows everything at its defaults', () => {
  expect(read('')).toEqual({
    charts,
    controls: ['width', 'wide', 'seed'],
    state: { values: { width: 64, wide: false, seed: 1 }, step: 0 },
    run: false,
    refused: [],
  });
});

test('charts, controls, parameters, step and run are taken over', () => {
  const asked = read('?charts=spectrum,loss&controls=seed&width=32&step=7&theme=dark&run=1&backend=cpu');
  expect(asked.charts).toEqual(['spectrum', 'loss']);
  expect(asked.controls).toEqual(['seed']);
  expect(asked.state).toEqual({ values: { width: 32, wide: false, seed: 1 }, step: 7 });
  expect(asked.run).toBe(true);
  expect(asked.refused).toEqual([]);
});

test('controls= hides all of them', () => expect(read('?controls=').controls).toEqual([]));

test('each wrong piece is told with what is accepted, and the rest is applied', () => {
  const asked = read('?charts=spectrum,los&controls=wdith,seed&width=4&theme=blue&run=yes&nonsense=1&seed=3');
  expect(asked.charts).toEqual(['spectrum']);
  expect(asked.controls).toEqual(['seed']);
  expect(asked.state.values).toEqual({ width: 64, wide: false, seed: 3 });
  expect(asked.run).toBe(false);
  for (const part of [
    'charts: "los" is not a chart here. There are: loss, spectrum.',
    'controls: "wdith" is not a parameter here. There are: width, wide, seed.',
    'width: "4" is not a whole number from 8 to 256.',
    'theme: "blue" is not one of light, dark.',
    'run: "yes" is not one of 1, 0.',
    '"nonsense" is not a parameter here. There are: width, wide, seed.',
  ])
    expect(asked.refused).toContain(part);
  expect(asked.refused).toHaveLength(6);
});

test('of misspelt names alone, or of none, everything is shown', () => {
  expect(read('?charts=a,b').charts).toEqual(charts);
  expect(read('?charts=').charts).toEqual(charts);
  expect(read('?charts=').refused).toEqual([expect.stringContaining('loss, spectrum')]);
  expect(read('?controls=a').controls).toEqual(['width', 'wide', 'seed']);
});

test('what is written is read again', () => {
  const state = { values: { ...defaults(schema), width: 16, seed: 9 }, step: 40 };
  const choice = { charts: ['spectrum'], controls: [], theme: 'dark', run: false };
  const { query, omitted } = writeEmbedding(schema, state, choice);
  expect(query).toBe('?charts=spectrum&controls=&width=16&seed=9&step=40&theme=dark');
  expect(omitted).toEqual([]);
  expect(read(query)).toEqual({ charts: ['spectrum'], controls: [], state, run: false, refused: [] });
  const everything = { charts: null, controls: null, theme: null, run: false };
  expect(writeEmbedding(schema, { values: defaults(schema), step: 0 }, everything).query).toBe('');
});

test('a widget that runs by itself runs from its beginning', () => {
  const choice = { charts: null, controls: null, theme: null, run: true };
  expect(writeEmbedding(schema, { values: defaults(schema), step: 40 }, choice).query).toBe('?run=1');
});

test('no experiment has a parameter that the address would take for something else', async () => {
  for (const { id, params } of await allExperiments())
    expect(
      Object.keys(params).filter((name) => [...OWN, 'step'].includes(name)),
      id,
    ).toEqual([]);
});
