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
  const bytes = encodeGrey(
    Uint8Array.from(grey, (v) => Math.round(255 * Math.min(1, Math.max(0, v)))),
    width,
    height,
  );
  return `data:image/png;base64,${btoa(String.fromCharCode(...bytes))}`;
}
