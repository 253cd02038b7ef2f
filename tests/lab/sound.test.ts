import { expect, test } from 'vitest';
import { notesOf } from '#charts/sound';
import type { Curves } from '#lab/experiment';

const axes = { x: { label: 'step' }, y: { label: 'loss' } };
const voice = (y: (number | null)[], given: Partial<Curves> = {}, x = y.map((_, i) => i)) =>
  notesOf({ ...axes, ...given, lines: [{ name: 'loss', x, y }] }).voices[0]?.notes ?? [];
const pitches = (y: (number | null)[], given: Partial<Curves> = {}) =>
  voice(y, given).map(({ frequency }) => frequency);

test('a curve that rises rises in pitch, and one that falls falls, from end to end of the scale', () => {
  expect(pitches([0, 1, 2, 3])).toEqual([220, 440, 880, 1760]);
  expect(pitches([3, 2, 1, 0])).toEqual([1760, 880, 440, 220]);
});

test('a logarithmic axis sounds equal factors as equal steps, a linear one does not', () => {
  const log = { y: { label: 'loss', scale: 'log' as const } };
  const [a, b, c, d] = pitches([1, 10, 100, 1000], log) as [number, number, number, number];
  expect(b / a).toBeCloseTo(2, 10);
  expect(c / b).toBeCloseTo(2, 10);
  expect(d / c).toBeCloseTo(2, 10);
  const linear = pitches([1, 10, 100, 1000]) as [number, number, number, number];
  expect(linear[1] / linear[0]).toBeLessThan(1.05);
});

test('zero on a logarithmic axis lies at its lower end', () => {
  expect(pitches([0, 0.1, 1], { y: { label: 'loss', scale: 'log' } })).toEqual([220, 220, 1760]);
});

test('where the picture has its own axis the sound has the same, and stays at its ends beyond it', () => {
  expect(pitches([0.5, 2, -1], { y: { label: 'r', domain: [0, 1] } })).toEqual([220 * 2 ** 1.5, 1760, 220]);
});

test('time is the place on the x axis, on its scale', () => {
  expect(voice([1, 2, 3], {}, [0, 10, 40]).map(({ at }) => at)).toEqual([0, 0.25, 1]);
  const log = { x: { label: 'step', scale: 'log' as const } };
  expect(voice([1, 2, 3], log, [1, 10, 100]).map(({ at }) => at)).toEqual([0, 0.5, 1]);
});

test('all lines lie on the same axes, each with its name; one without values is left out', () => {
  const { voices, range } = notesOf({
    x: { label: 'step' },
    y: { label: 'loss', unit: 'nats', scale: 'log' },
    lines: [
      { name: 'a', x: [0, 10], y: [1, 10] },
      { name: 'none', x: [0], y: [null] },
      { name: 'b', x: [5], y: [100] },
    ],
  });
  expect(voices.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(voices[0]?.notes.map(({ frequency }) => Math.round(frequency))).toEqual([220, 622]);
  expect(voices[1]?.notes).toEqual([{ at: 0.5, frequency: 1760 }]);
  expect(range).toBe('Low is 1, high is 100 nats, on a log scale.');
});

test('flat, single, broken and empty curves', () => {
  expect(new Set(pitches([2, 2, 2]))).toEqual(new Set([220 * 2 ** 1.5]));
  expect(voice([0.3])).toEqual([{ at: 0.5, frequency: 220 * 2 ** 1.5 }]);
  expect(voice([1, null, Number.NaN, 2]).map(({ at }) => at)).toEqual([0, 1]);
  expect(notesOf({ ...axes, lines: [] })).toEqual({ range: 'No values yet.', voices: [] });
  expect(pitches([null, Number.NaN])).toEqual([]);
});

test('a long history keeps its ends, in few notes', () => {
  const notes = voice(Array.from({ length: 5000 }, (_, i) => i));
  expect(notes.length).toBeLessThanOrEqual(201);
  expect([notes[0]?.at, notes.at(-1)?.at]).toEqual([0, 1]);
});
