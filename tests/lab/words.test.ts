import { expect, test } from 'vitest';
import { crossing, inWords, peak } from '#charts/words';
import type { Curves } from '#lab/experiment';

const axes = { x: { label: 'step' }, y: { label: 'loss' } };

/** What is said of one curve at the steps 0, 100, 200, … */
const said = (y: (number | null)[], given: Partial<Curves> = {}) =>
  inWords({ ...axes, ...given, lines: [{ name: 'loss', x: y.map((_, i) => 100 * i), y }] });

test('a falling curve is told by its start, its end and its direction', () => {
  expect(said([1.2, 0.8, 0.3, 0.1, 0.03])).toBe('From step 0 to 400: loss falls from 1.2 to 0.03.');
});

test('a rising curve, with the unit of its axis and steps that are not rounded', () => {
  const lines = [{ name: 'PSNR', x: [1, 12_345], y: [10, 25.55] }];
  expect(inWords({ x: { label: 'step' }, y: { label: 'PSNR', unit: 'dB' }, lines })).toBe(
    'From step 1 to 12,345: PSNR rises from 10 to 25.6 dB.',
  );
});

test('a flat curve stays, to a thousandth of its value', () => {
  expect(said([0.5, 0.5, 0.5])).toBe('From step 0 to 200: loss stays at 0.5.');
  expect(said([0.5, 0.5004, 0.5])).toBe('From step 0 to 200: loss stays at 0.5.');
  expect(said([0, 0])).toBe('From step 0 to 100: loss stays at 0.');
  expect(said([0.5, 0.51, 0.52])).toContain('rises');
});

test('a peak and a dip beyond both ends are told with their places', () => {
  expect(said([1, 3, 0.5])).toBe('From step 0 to 200: loss falls unevenly from 1 to 0.5, highest 3 at step 100.');
  expect(said([1, 0.2, 0.5, 0.6])).toContain('lowest 0.2 at step 100');
  expect(said([1, 0.5, 0.46, 0.47])).not.toContain('lowest');
});

test('a noisy curve without a direction goes up and down, one with a direction moves unevenly', () => {
  expect(said([1, 2, 1, 2, 1, 2, 1.05])).toMatch(/goes up and down from 1 to 1\.05, highest 2 at step 100/);
  expect(said([2, 1, 1.8, 0.9, 1.7, 0.8, 1.5, 0.6, 1])).toMatch(/falls unevenly from 2 to 1/);
});

test('on a logarithmic axis a fall counts by its factor', () => {
  const y = [1, 1e-3, 1e-2];
  expect(said(y)).not.toContain('lowest');
  expect(said(y, { y: { label: 'loss', scale: 'log' } })).toContain('lowest 0.001 at step 100');
});

test('a single point is, an empty curve and one of gaps say so, and gaps are passed over', () => {
  expect(said([0.7])).toBe('At step 0: loss is 0.7.');
  expect(said([])).toBe('No values yet.');
  expect(said([Number.NaN, null])).toBe('No values yet.');
  expect(said([null, 1, Number.NaN, 0.5, Number.POSITIVE_INFINITY])).toBe(
    'From step 100 to 300: loss falls from 1 to 0.5.',
  );
});

test('several curves share their x axis; one that has no values does not hide the others', () => {
  const lines = [
    { name: 'a', x: [0, 10], y: [1, 2] },
    { name: 'b', x: [0, 20], y: [2, 1] },
    { name: 'c', x: [], y: [] },
  ];
  expect(inWords({ ...axes, lines })).toBe(
    'From step 0 to 20: a rises from 1 to 2; b falls from 2 to 1; c has no values yet.',
  );
});

test('a long history is no problem', () => {
  expect(said(Array.from({ length: 200_000 }, (_, i) => i / 2))).toContain('rises from 0 to 100,000');
});

test('a threshold is passed at the first place, or never', () => {
  const curve = { name: '', x: [0, 10, 20, 30], y: [1, null, 0.1, 0.9] };
  expect(crossing(curve, 'below', 0.5)).toBe(20);
  expect(crossing(curve, 'above', 0.95)).toBe(0);
  expect(crossing(curve, 'below', 0.05)).toBeNull();
  expect(crossing({ ...curve, x: [], y: [] }, 'below', 1)).toBeNull();
});

test('the peak of a list is its largest entry, counted from 1', () => {
  expect(peak([0.1, 0.4, 0.4], 'bin')).toBe('bin 2 (0.4)');
  expect(peak([], 'bin')).toBe('no bin');
});
