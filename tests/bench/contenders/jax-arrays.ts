/**
 * What the workloads in jax-js share. jax-js counts references: an array passed to anything is used up, and `.ref` is one
 * more use of it.
 */
import type { numpy as np } from '@jax-js/jax';

export type Arrays = Record<string, np.Array>;

/** The loss of `weights` on `inputs`; uses up both. */
export type Loss = (weights: Arrays, inputs: Arrays) => np.Array;

/** An array by its name, as it is: without `.ref`, this is its only use. */
export const take = (arrays: Arrays, name: string): np.Array => arrays[name] as np.Array;
