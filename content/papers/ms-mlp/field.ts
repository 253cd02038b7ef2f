/** Receptive fields by arithmetic: which tokens a chosen output reads, after how many blocks. */
import { eachRead, type MixShiftOptions } from '#nn/vision/mix-shift';
import { type TokenMap, tokensOf } from '#nn/vision/operator';

/** Tokens that group g reads for `token`, in one direction or (left out) in both. */
export function readsOf(
  map: TokenMap,
  options: MixShiftOptions,
  token: number,
  g: number,
  direction?: 'horizontal' | 'vertical',
): Set<number> {
  const place = [Math.floor(token / map.width), token % map.width] as const;
  const found = new Set<number>();
  for (const horizontal of direction ? [direction === 'horizontal'] : [true, false]) {
    eachRead(map, options, g, horizontal, place, (from) => found.add(from));
  }
  return found;
}

/** For every token, after how many blocks (1 to `depth`) the output at `token` depends on it; 0 if it never does. */
export function fieldOf(map: TokenMap, options: MixShiftOptions, token: number, depth: number): number[] {
  const first = new Array<number>(tokensOf(map)).fill(0);
  let border = new Set([token]);
  for (let block = 1; block <= depth; block++) {
    const next = new Set<number>();
    for (const at of border) {
      for (let g = 0; g < options.kernels.length; g++) {
        // The residual path: a token reads itself.
        for (const from of [...readsOf(map, options, at, g), at]) if (first[from] === 0) next.add(from);
      }
    }
    for (const from of next) first[from] = block;
    // What was reached earlier has been read from already.
    border = next;
  }
  return first;
}

/** Share of the board that is reached after 1 to `depth` blocks. */
export function coverage(map: TokenMap, options: MixShiftOptions, token: number, depth: number): number[] {
  const first = fieldOf(map, options, token, depth);
  return Array.from(
    { length: depth },
    (_, block) => first.filter((at) => at > 0 && at <= block + 1).length / first.length,
  );
}

/** The token whose cell holds this point of the unit square, whose second number points up. */
export function tokenAt(map: TokenMap, [across, up]: readonly [number, number]): number {
  const cell = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return cell(1 - up, map.height) * map.width + cell(across, map.width);
}
