/**
 * Mixing in the frequency domain, after Dynamic Spectrum Mixer (Hu and Yu 2023, arXiv:2309.06721): a cosine transform of
 * each channel's map, a gain for every frequency, the inverse transform. That much is in the abstract, and that the gains
 * come from a layer that looks at the input. How that layer is built is not: the generator is our instantiation, modelled
 * on the dynamic filter of DFFormer (github.com/okojoalg/dfformer), with filters for the cosine transform.
 */
import { type Operator, reachesAll, tokensOf } from './operator';

export interface SpectrumOptions {
  /** K: filters that the generator blends, for each channel. With one there is no generator, and gains are fixed. */
  filters: number;
  /** What the generator sees: each channel's mean over the tokens, or the log energy in radial bands of the spectrum. */
  context: 'mean' | 'bands';
}

export const BANDS = 8;

/** Inputs and hidden units of the generator. */
export const generatorOf = (channels: number, { context }: SpectrumOptions) => ({
  inputs: context === 'mean' ? channels : BANDS,
  hidden: Math.max(1, Math.floor(channels / 2)),
});

export const spectrum: Operator<SpectrumOptions> = {
  refuses: () => null,
  weights(map, options) {
    const { filters: K } = options;
    const { inputs, hidden } = generatorOf(map.channels, options);
    const generator = (inputs + 1) * hidden + (hidden + 1) * K * map.channels;
    return K * tokensOf(map) + (K > 1 ? generator : 0) + 2 * map.channels;
  },
  /** Transforms by matrices, there and back, and the gains; for K > 1 also their blending, the context and the generator. */
  macs(map, options) {
    const { filters: K, context } = options;
    const tokens = tokensOf(map);
    const transforms = 2 * map.channels * tokens * (map.height + map.width);
    const { inputs, hidden } = generatorOf(map.channels, options);
    const energies = context === 'bands' ? map.channels * tokens + tokens * BANDS : 0;
    const generator = inputs * hidden + hidden * K * map.channels;
    const dynamic = K > 1 ? K * map.channels * tokens + generator + energies : 0;
    return transforms + map.channels * tokens + dynamic;
  },
  reach: reachesAll,
};
