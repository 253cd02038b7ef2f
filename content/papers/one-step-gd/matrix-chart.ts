/** Matrices side by side as coloured cells, one scale for all. */
import * as Plot from '@observablehq/plot';

type Rows = readonly (readonly number[])[];

/** Steps of colour, blue over white to red; odd, so that zero has its own. */
const STEPS = 11;

const largest = (matrices: readonly Rows[]) => Math.max(1e-9, ...matrices.flat(2).map(Math.abs));

/** Whether numbers fit into the cells; then they say more than a legend. */
const roomy = ([first]: readonly Rows[]) => (first?.[0]?.length ?? 9) <= 5;

/** One scale for all matrices; an entry near zero is white. */
export function matrixScale(matrices: readonly Rows[]): Plot.PlotOptions {
  const most = largest(matrices);
  return {
    color: {
      // Plot's 'quantize' would round the edges, and zero would no longer lie in the middle of the white step.
      type: 'threshold',
      domain: Array.from({ length: STEPS - 1 }, (_, k) => most * ((2 * (k + 1)) / STEPS - 1)),
      scheme: 'RdBu',
      reverse: true,
      legend: !roomy(matrices),
      label: 'entry',
      tickFormat: '.1~g',
    },
  };
}

/** Cells with their numbers where they fit, to a hundredth of the largest or so. */
export function matrixMarks(matrices: readonly { name: string; rows: Rows }[]): Plot.Markish[] {
  const all = matrices.map(({ rows }) => rows);
  const cells = matrices.flatMap(({ name, rows }) =>
    rows.flatMap((row, i) => row.map((value, j) => ({ fx: name, i, j, value }))),
  );
  const most = largest(all);
  const decimals = Math.max(0, Math.ceil(-Math.log10(most)) + 1);
  const fill = ({ value }: { value: number }) => (Math.abs(value) > 0.6 * most ? '#fff' : '#111');
  const text = ({ value }: { value: number }) => `${Number(value.toFixed(decimals)) + 0}`;
  return [
    Plot.cell(cells, { fx: 'fx', x: 'j', y: 'i', fill: 'value', inset: 0.5 }),
    // Dark cells take light text, whatever the theme.
    ...(roomy(all) ? [Plot.text(cells, { fx: 'fx', x: 'j', y: 'i', text, fill, fontSize: 10 })] : []),
  ];
}
