/** Exact counts of what a strip layer reaches, and by how many ways: integers, no weights. */

/** Lines of a map of `lines` that the strip of K lines around `line` (from 0) holds. */
export function stripLines(line: number, strip: number, lines: number): number[] {
  const around = Array.from({ length: strip }, (_, i) => line + i - (strip - 1) / 2);
  return around.filter((at) => at >= 0 && at < lines);
}

/** Other tokens that reach a token in the middle of a square map through one row layer: K W - 1, where K lines fit. */
export const othersReached = (strip: number, side: number): number => Math.min(strip, side) * side - 1;

/** A place of the map, from 0. */
export interface Place {
  row: number;
  column: number;
}

/**
 * The places in between on all routes from one token to another through a row layer and then a column layer. The row layer
 * carries it to another row of the strip and to any column; the column layer to any row and another column of the strip.
 */
export const routesBetween = (from: Place, to: Place, strip: number, side: number): Place[] =>
  stripLines(from.row, strip, side).flatMap((row) =>
    stripLines(to.column, strip, side).map((column) => ({ row, column })),
  );
