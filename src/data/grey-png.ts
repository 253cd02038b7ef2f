/** Grey pictures as PNG files: the same bytes in Node and in every browser, without a canvas. */
import { decode, encode } from 'fast-png';

/** `grey` holds width * height bytes, row by row. */
export const encodeGrey = (grey: Uint8Array, width: number, height = width): Uint8Array =>
  encode({ width, height, data: grey, channels: 1, depth: 8 });

/** Grey values in [0, 1], row by row. Throws if the file is no 8-bit grey PNG. */
export function decodeGrey(file: Uint8Array): number[] {
  const { data, channels, depth } = decode(file);
  if (channels !== 1 || depth !== 8)
    throw new Error(`Expected an 8-bit grey PNG, got ${channels} channels of ${depth} bits.`);
  return Array.from(data, (value) => value / 255);
}

/** Grey values in [0, 1] (clipped), row by row, as an address that an <image> can show; square by default. */
export function greyUrl(grey: readonly number[], width: number, height = width): string {
  const levels = new Uint8Array(grey.length);
  // A loop: `Uint8Array.from` with a function takes twenty times as long, and a live chart has many of these in each frame.
  for (let i = 0; i < levels.length; i++) levels[i] = Math.round(255 * Math.min(1, Math.max(0, grey[i] as number)));
  const bytes = encodeGrey(levels, width, height);
  return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`;
}
