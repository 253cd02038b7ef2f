/**
 * The token mixing of MS-MLP (Zheng et al. 2022, arXiv:2202.06510): every group of channels is shifted by a distance of
 * its own and then averaged by a depth-wise kernel of its own size, once along the rows and once along the columns.
 */
import { type Operator, type TokenMap, tokensOf } from './operator';

export interface MixShiftOptions {
  /** s_g: by how many tokens group g is shifted, to higher columns (or rows) for s > 0; circular. */
  shifts: readonly number[];
  /** k_g: side of the group's kernel, odd; one for each shift. */
  kernels: readonly number[];
}

/** Channels in each group as PyTorch's `chunk` cuts them: all of ceil(channels / groups) but the last, or fewer groups. */
export function chunkSizes(channels: number, groups: number): number[] {
  const size = Math.ceil(channels / groups);
  return Array.from({ length: Math.ceil(channels / size) }, (_, g) => Math.min(size, channels - g * size));
}

/** Sum over groups of c_g times what `of` says about the group's kernel. */
function overGroups({ channels }: TokenMap, { kernels }: MixShiftOptions, of: (k: number) => number): number {
  return chunkSizes(channels, kernels.length).reduce((sum, c, g) => sum + c * of(kernels[g] as number), 0);
}

/** a modulo n, in 0 … n - 1. */
export const wrapped = (a: number, n: number): number => ((a % n) + n) % n;

/**
 * Along an axis of so many tokens: what the tap `tap` (0 … k - 1) of the kernel at `at` reads after a circular shift by
 * `shift`; null where it reads the zeros beyond the border. The shift comes first, so it wraps and the kernel does not.
 */
export function tapReads(at: number, tap: number, k: number, shift: number, length: number): number | null {
  const shifted = at + tap - (k - 1) / 2;
  return shifted < 0 || shifted >= length ? null : wrapped(shifted - shift, length);
}

/** Calls `visit` with every token that one direction of group g reads for the token in this row and column. */
export function eachRead(
  { height, width }: TokenMap,
  options: MixShiftOptions,
  g: number,
  horizontal: boolean,
  [row, column]: readonly [number, number],
  visit: (from: number) => void,
): void {
  const [shift, k] = [options.shifts[g] as number, options.kernels[g] as number];
  for (let down = 0; down < k; down++) {
    const i = tapReads(row, down, k, horizontal ? 0 : shift, height);
    for (let right = 0; right < k && i !== null; right++) {
      const j = tapReads(column, right, k, horizontal ? shift : 0, width);
      if (j !== null) visit(i * width + j);
    }
  }
}

export const mixShift: Operator<MixShiftOptions> = {
  refuses({ channels }, { shifts, kernels }) {
    if (shifts.length !== kernels.length) return 'every group needs one shift and one kernel';
    if (kernels.some((k) => k % 2 === 0)) return 'kernels have odd sides';
    const groups = chunkSizes(channels, kernels.length).length;
    return groups === kernels.length
      ? null
      : `${channels} channels cut into ${kernels.length} make only ${groups} groups: the last shifts would vanish`;
  },
  weights: (map, options) => 2 * overGroups(map, options, (k) => k * k + 1),
  macs: (map, options) => 2 * tokensOf(map) * overGroups(map, options, (k) => k * k),
  reach(map, options) {
    const tokens = tokensOf(map);
    const reach = new Uint8Array(tokens ** 2);
    for (let to = 0; to < tokens; to++) {
      // The residual path.
      reach[to * tokens + to] = 1;
      const place = [Math.floor(to / map.width), to % map.width] as const;
      for (let g = 0; g < options.kernels.length; g++) {
        for (const horizontal of [true, false]) {
          eachRead(map, options, g, horizontal, place, (from) => {
            reach[to * tokens + from] = 1;
          });
        }
      }
    }
    return reach;
  },
};
