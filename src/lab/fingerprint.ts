/** A short digest of a frame: two runs with equal fingerprints showed the same numbers to the last bit. */

const buffer = new Float64Array(1);
const words = new Uint32Array(buffer.buffer);

/** A running hash over the bits of every number (and the characters of every text) in `value`, in order. */
export function fingerprint(value: unknown): string {
  let hash = 0x811c9dc5;
  const add = (word: number) => {
    // High bits (a sign, an exponent) are folded down, since a product only carries upwards.
    const mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ mixed ^ (mixed >>> 13), 0x01000193);
    hash ^= hash >>> 15;
  };
  const walk = (x: unknown): void => {
    if (typeof x === 'number') {
      buffer[0] = x;
      add(words[0] as number);
      add(words[1] as number);
    } else if (typeof x === 'string') for (const char of x) add(char.codePointAt(0) as number);
    else if (x !== null && typeof x === 'object') {
      // Wall time is no result; see `Context.seconds`.
      for (const [key, part] of Object.entries(x)) if (key !== 'seconds') walk(part);
    } else add(x === true ? 1 : x === false ? 2 : 3);
  };
  walk(value);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
