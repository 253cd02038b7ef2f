import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { toCsv, toNpy, toNpz } from '#lab/export';

/** Reads a .npy file of version 1.0 by NumPy's format specification (numpy/lib/format.py, "Format Version 1.0"). */
function readNpy(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint16(8, true);
  const start = 10 + headerLength;
  const values: number[] = [];
  for (let at = start; at < bytes.length; at += 4) values.push(view.getFloat32(at, true));
  return {
    magic: [...bytes.subarray(0, 6)],
    version: [bytes[6], bytes[7]],
    start,
    header: new TextDecoder('ascii').decode(bytes.subarray(10, start)),
    values,
  };
}

describe('npy', () => {
  test.each<[number[], string]>([
    [[], '()'],
    [[5], '(5,)'],
    [[2, 3], '(2, 3)'],
    [[2, 1, 4], '(2, 1, 4)'],
  ])('an array of shape [%s] says %s', (shape, text) => {
    const length = shape.reduce((product, x) => product * x, 1);
    const values = Array.from({ length }, (_, i) => i - 1.5);
    const file = readNpy(toNpy({ shape, values }));
    expect(file.magic).toEqual([0x93, ...new TextEncoder().encode('NUMPY')]);
    expect(file.version).toEqual([1, 0]);
    expect(file.header.trimEnd()).toBe(`{'descr': '<f4', 'fortran_order': False, 'shape': ${text}, }`);
    expect(file.values).toEqual(values);
  });

  test('values are float32, NaN and infinities included', () => {
    const values = [0.1, -0, 1e30, Number.NaN, Number.NEGATIVE_INFINITY, 2 ** -149];
    expect(readNpy(toNpy({ shape: [6], values })).values).toEqual(values.map(Math.fround));
  });

  test('whatever the shape, the data starts on a multiple of 64 bytes, behind spaces and a line feed', () => {
    for (let rank = 0; rank <= 32; rank++) {
      const { start, header, values } = readNpy(toNpy({ shape: new Array<number>(rank).fill(1), values: [7] }));
      expect(start % 64).toBe(0);
      expect(header).toMatch(/^\{[^\n]*\} *\n$/);
      // Padding is less than one more block of 64.
      expect(header.length - header.trimEnd().length).toBeLessThanOrEqual(64);
      expect(values).toEqual([7]);
    }
  });

  test('an array without entries is a header alone', () => {
    const bytes = toNpy({ shape: [0], values: [] });
    expect(readNpy(bytes)).toMatchObject({ start: bytes.length, values: [] });
  });
});

test('an npz is a zip with one npy per name', () => {
  const weights = {
    'layer1.weight': { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
    'layer1.bias': { shape: [3], values: [0.5, -0.5, 0] },
  };
  const files = unzipSync(toNpz(weights));
  expect(Object.keys(files)).toEqual(['layer1.weight.npy', 'layer1.bias.npy']);
  for (const [name, array] of Object.entries(weights)) {
    expect(files[`${name}.npy`]).toEqual(toNpy(array));
  }
});

describe('csv', () => {
  test('rows become lines under one line of names', () => {
    const rows = [
      { k: 1, error: 0.1 + 0.2, name: 'low' },
      { k: 2, error: null, name: 'high' },
    ];
    expect(toCsv(rows).split(/\r?\n/)).toEqual(['k,error,name', '1,0.30000000000000004,low', '2,,high']);
  });

  test('commas, quotes and line breaks are quoted as RFC 4180 says', () => {
    // RFC 4180, section 2, rules 6 and 7.
    const rows = [{ 'a,b': 'x,y', plain: 'say "hi"', broken: 'one\ntwo' }];
    expect(toCsv(rows)).toMatch(/^"a,b",plain,broken\r?\n"x,y","say ""hi""","one\ntwo"$/);
  });

  test('a column that only some rows have is there for all', () => {
    expect(toCsv([{ a: 1 }, { a: 2, b: 3 }]).split(/\r?\n/)).toEqual(['a,b', '1,', '2,3']);
  });
});
