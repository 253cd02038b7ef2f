/** Taking a run's numbers away: CSV, JSON and NumPy files, as text or bytes. */
import { csvFormat } from 'd3-dsv';
import { zipSync } from 'fflate';
import type { Row } from './experiment';

/** Rows as CSV (RFC 4180). */
export const toCsv = (rows: readonly Row[]): string => csvFormat(rows as Row[]);

export type Weights = Record<string, { shape: number[]; values: number[] }>;

/**
 * One array in NumPy's `.npy` format, version 1.0, little-endian float32 in C order. Written here, because npm's
 * packages for the format only read it.
 */
export function toNpy({ shape, values }: Weights[string]): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  // Magic (6), version (2), header length (2) and header end together on a multiple of 64 bytes.
  const header = `${text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + values.length * 4);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  const view = new DataView(bytes.buffer, 10 + header.length);
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return bytes;
}

/** All arrays in one `.npz`: `numpy.load(file)['layer1.weight']`. */
export const toNpz = (weights: Weights): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(weights).map(([name, array]) => [`${name}.npy`, toNpy(array)])));
