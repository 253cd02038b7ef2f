/** A mask as a short text, which frames and files can carry: four gates per hexadecimal digit, the first the highest. */

export function bitsToHex(bits: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bits.length; i += 4) {
    const digit = [0, 1, 2, 3].reduce((sum, k) => 2 * sum + (bits[i + k] ?? 0), 0);
    text += digit.toString(16);
  }
  return text;
}

export const hexToBits = (hex: string): number[] =>
  [...hex].flatMap((digit) => [8, 4, 2, 1].map((bit) => (Number.parseInt(digit, 16) & bit ? 1 : 0)));
