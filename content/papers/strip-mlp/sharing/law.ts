/** What one matrix for several channels can do at best, in closed form. */

/** Tokens of a line, so that a twentieth of a bar's height is half a place; and channels. */
export const LENGTH = 11;
export const CHANNELS = 8;
/** C1: how many channels share one matrix, from none to all. */
export const SHARED = [1, 2, 4, 8] as const;

/** The channels that share a matrix with channel c: c, c + C_g, c + 2 C_g, … as in the layer. */
export const partners = (channel: number, shared: number): number[] => {
  const group = CHANNELS / shared;
  return Array.from({ length: shared }, (_, patch) => (channel % group) + patch * group);
};

/** Whole shifts, 0 to LENGTH - 1, from what the reader's bars say. */
export const wholeShifts = (bars: readonly number[]): number[] =>
  Array.from({ length: CHANNELS }, (_, c) => Math.round(bars[c] ?? 0) % LENGTH);

/**
 * The least mean squared error per entry, for inputs with independent entries of variance 1: the best shared matrix is the
 * mean of the shifts' matrices, and it misses 1 - sum_j (share of the shift j)^2. With n different shifts: 1 - 1/n.
 */
export function leastError(shifts: readonly number[], shared: number): number {
  const groups = Array.from({ length: CHANNELS / shared }, (_, c) => partners(c, shared));
  const missed = groups.map((channels) => {
    const shares = Array.from(
      { length: LENGTH },
      (_, s) => channels.filter((c) => shifts[c] === s).length / channels.length,
    );
    return 1 - shares.reduce((sum, share) => sum + share ** 2, 0);
  });
  return missed.reduce((sum, x) => sum + x, 0) / missed.length;
}

/** That mean: entry [from][to] of the matrix shared by the channels. */
export const meanShift = (shifts: readonly number[], channels: readonly number[]): number[][] =>
  Array.from({ length: LENGTH }, (_, from) =>
    Array.from(
      { length: LENGTH },
      (_u, to) => channels.filter((c) => (from + (shifts[c] as number)) % LENGTH === to).length / channels.length,
    ),
  );
