import { expect, test } from 'vitest';
import { tableOf } from '#components/notebook/chart-table.ts';

const rows = (count: number, columns: number) =>
  Array.from({ length: count }, (_, i) =>
    Object.fromEntries(Array.from({ length: columns }, (_, j) => [`c${j}`, i + j / 3])),
  );

test('a table has the title of its chart, its columns with units, and all its rows', () => {
  const table = tableOf({ title: 'Loss', unit: (column) => (column === 'loss' ? 'nats' : undefined) }, [
    { step: 0, loss: 1.23456, what: 'start' },
    { step: 1, loss: null, what: 'end' },
  ]);
  expect(table).toEqual({
    caption: 'Loss',
    headers: ['step', 'loss (nats)', 'what'],
    body: [
      ['0', '1.235', 'start'],
      ['1', '', 'end'],
    ],
  });
});

test('what is left out of a table stands in its caption', () => {
  const long = tableOf({ title: 'T' }, rows(100, 2));
  expect(long.caption).toBe(`T: ${long.body.length} of 100 rows; the CSV file has all`);
  expect(long.body.at(-1)?.[0]).toBe('99');
  expect(tableOf({ title: 'T' }, rows(3, 12)).caption).toBe('T: 10 of 12 columns; the CSV file has all');
  expect(tableOf({ title: 'T' }, []).headers).toEqual([]);
});
