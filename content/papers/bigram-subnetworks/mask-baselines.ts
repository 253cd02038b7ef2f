/** What a found mask is compared with, and how masks are counted and stored. */
import type { Random } from '#lab/random';
import { type Entry, layout, type Shape } from './layout';

/** The gated matrices with the range of gates that each one has. */
export function gateRanges(shape: Shape): { name: string; shape: number[]; from: number; to: number }[] {
  let from = 0;
  return layout(shape)
    .filter(({ masked }) => masked)
    .map(({ name, shape, size }: Entry) => {
      const range = { name, shape, from, to: from + size };
      from += size;
      return range;
    });
}

/** The gates that `mask` leaves shut. */
export const complement = (mask: Uint8Array): Uint8Array => mask.map((m) => 1 - m);

/** As many open gates as `mask` in every matrix, at random places (Fisher and Yates's shuffle of each matrix). */
export function randomLike(mask: Uint8Array, shape: Shape, random: Random): Uint8Array {
  const shuffled = mask.slice();
  for (const { name, from, to } of gateRanges(shape)) {
    const stream = random(`shuffle ${name}`);
    for (let i = to - 1; i > from; i--) {
      const j = from + stream.index(i - from + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j] as number, shuffled[i] as number];
    }
  }
  return shuffled;
}

/** As many open gates as `mask` in every matrix, at the weights that are largest in size. */
export function largestLike(mask: Uint8Array, shape: Shape, gated: Float32Array): Uint8Array {
  const largest = new Uint8Array(mask.length);
  for (const { from, to } of gateRanges(shape)) {
    const kept = open(mask.subarray(from, to));
    const order = Array.from({ length: to - from }, (_, i) => from + i);
    order.sort((a, b) => Math.abs(gated[b] as number) - Math.abs(gated[a] as number) || a - b);
    for (const place of order.slice(0, kept)) largest[place] = 1;
  }
  return largest;
}

/** Number of open gates. */
export const open = (mask: Uint8Array): number => mask.reduce((sum, m) => sum + m, 0);

/** One bit per gate, the first in the lowest bit of the first byte. */
export function packBits(mask: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(mask.length / 8));
  mask.forEach((m, i) => {
    bytes[i >> 3] = (bytes[i >> 3] as number) | (m << (i & 7));
  });
  return bytes;
}

export function unpackBits(bytes: Uint8Array, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  for (let i = 0; i < length; i++) mask[i] = ((bytes[i >> 3] as number) >> (i & 7)) & 1;
  return mask;
}
