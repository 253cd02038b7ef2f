/**
 * The only source of randomness of an experiment: named streams from one seed.
 *
 * A stream is addressed by name, so that drawing more numbers for one purpose (weights) never shifts another (noise).
 * Generator: xoroshiro128+ of `pure-rand`; distributions: `d3-random`.
 */
import { randomNormal, randomUniform } from 'd3-random';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Stream {
  /** Uniform on [0, 1). */
  next(): number;
  /** `length` independent draws from U(low, high). */
  uniform(length: number, low: number, high: number): Float32Array;
  /** `length` independent draws from N(mean, deviation²). */
  normal(length: number, mean: number, deviation: number): Float32Array;
  /** A whole number from 0 to `count - 1`. */
  index(count: number): number;
}

export type Random = (name: string) => Stream;

/** FNV-1a over the seed and the name: mixes both into the 32 bits that the generator starts from. */
function mix(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const char of `${seed}/${name}`) hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193);
  // MurmurHash3's finaliser: names that differ in one character start far apart.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Named streams for `seed` (a whole number from 1; 0 is refused). Asking twice for a name starts that stream again. */
export function randomFrom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 1) throw new RangeError(`A seed is a whole number from 1, not ${seed}.`);
  return (name) => {
    const generator = xoroshiro128plus(mix(seed, name));
    const next = () => (generator.next() >>> 0) / 2 ** 32;
    return {
      next,
      uniform: (length, low, high) => Float32Array.from({ length }, randomUniform.source(next)(low, high)),
      normal: (length, mean, deviation) => Float32Array.from({ length }, randomNormal.source(next)(mean, deviation)),
      index: (count) => Math.floor(next() * count),
    };
  };
}
