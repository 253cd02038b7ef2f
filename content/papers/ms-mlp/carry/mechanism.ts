/** Best errors over all offsets for three settings of the groups. Exact algebra on small matrices, hence no tensors. */
import { defineMechanism } from '#lab/experiment';
import { presets } from '../presets';
import { SHIFTS, STAGE_KERNELS } from '../sizes';
import { bestErrors, type Offset, offsetsOf } from './fit';
import { FAR, type params } from './params';

const wanted: readonly Offset[] = Array.from({ length: (2 * FAR + 1) ** 2 }, (_, i) => [
  Math.floor(i / (2 * FAR + 1)) - FAR,
  (i % (2 * FAR + 1)) - FAR,
]);

export const mechanism = defineMechanism<typeof params>()({
  setup({ params: p, random }) {
    const kernels = STAGE_KERNELS[Number(p.stage) - 1] as readonly number[];
    const x = random('x').normal(p.side ** 2, 0, 1);
    return {
      settings: [
        { name: 'mix and shift', options: { shifts: SHIFTS, kernels } },
        { name: 'mix only', options: { shifts: presets.mix.shifts, kernels } },
        { name: 'shift only', options: presets.shift },
      ].map(({ name, options }) => {
        const reads = offsetsOf(options);
        const own = new Set(reads.map(String));
        return {
          name,
          tokens: reads.length,
          errors: bestErrors(x, p.side, reads, wanted),
          /** Whether each offset is one of those that are read. */
          read: wanted.map((offset) => own.has(String(offset))),
        };
      }),
    };
  },
  frame: ({ settings }) => ({
    far: FAR,
    settings: settings.map(({ name, tokens, errors, read }) => ({
      name,
      tokens,
      errors: [...errors],
      /** Largest error among the offsets that are read; smallest and mean among the others. */
      inside: Math.max(...errors.filter((_, i) => read[i])),
      outside: Math.min(...errors.filter((_, i) => !read[i])),
      mean: errors.reduce((sum, e, i) => sum + (read[i] ? 0 : e), 0) / read.filter((r) => !r).length,
      /** Offsets with an error below one half. */
      carried: errors.filter((e) => e < 0.5).length,
    })),
  }),
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
