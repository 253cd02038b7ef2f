/** The numbers behind a chart as a table; long ones are thinned, the CSV file has them all. */
import { thinned } from '#charts/theme';
import type { Row } from '#lab/experiment';

export const TABLE_ROWS = 20;

export const cell = (value: string | number | null | undefined): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : (value ?? '');

/** The columns of `rows`, at most the first ten. */
export const columnsOf = (rows: readonly Row[]): string[] => Object.keys(rows[0] ?? {}).slice(0, 10);

export function fillTable(table: HTMLTableElement, rows: readonly Row[]): void {
  const columns = columnsOf(rows);
  const line = (tag: 'th' | 'td', cells: string[]) => {
    const row = document.createElement('tr');
    row.append(
      ...cells.map((text) => {
        const element = document.createElement(tag);
        if (tag === 'th') element.setAttribute('scope', 'col');
        element.textContent = text;
        return element;
      }),
    );
    return row;
  };
  const body = thinned(rows, TABLE_ROWS).map((row) =>
    line(
      'td',
      columns.map((name) => cell(row[name])),
    ),
  );
  table.tHead?.replaceChildren(line('th', columns));
  table.tBodies[0]?.replaceChildren(...body);
}
