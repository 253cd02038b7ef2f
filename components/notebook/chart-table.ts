/** The numbers behind a chart as a table; long ones are thinned, the CSV file has them all. */
import { thinned } from '#charts/theme';
import type { Chart, Row } from '#lab/experiment';

const ROWS = 14;
const COLUMNS = 10;

const cell = (value: string | number | null | undefined): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(4))) : (value ?? '');

/** What a table says: its caption, its headers with their units, its cells. */
export interface Table {
  caption: string;
  headers: string[];
  body: string[][];
}

export function tableOf({ title, unit }: Pick<Chart<unknown>, 'title' | 'unit'>, rows: readonly Row[]): Table {
  const all = Object.keys(rows[0] ?? {});
  const columns = all.slice(0, COLUMNS);
  const shown = thinned(rows, ROWS);
  const parts = [
    ...(shown.length < rows.length ? [`${shown.length} of ${rows.length} rows`] : []),
    ...(columns.length < all.length ? [`${columns.length} of ${all.length} columns`] : []),
  ];
  return {
    caption: parts.length === 0 ? title : `${title}: ${parts.join(', ')}; the CSV file has all`,
    headers: columns.map((column) => (unit?.(column) ? `${column} (${unit(column)})` : column)),
    body: shown.map((row) => columns.map((column) => cell(row[column]))),
  };
}

export function fillTable(table: HTMLTableElement, { caption, headers, body }: Table): void {
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
  table.createCaption().textContent = caption;
  table.tHead?.replaceChildren(line('th', headers));
  table.tBodies[0]?.replaceChildren(...body.map((cells) => line('td', cells)));
}
