import { expect } from 'vitest';
import { choice, image, integer, json, real, type Schema, seed, series, text, toggle } from '#lab/params';
import { RefusedValue } from '#lab/values';

/** A parameter of every kind, for the tests of what they accept. */
export const width = integer({ label: 'Width', min: 1, max: 64, default: 8 });
export const rate = real({ label: 'Rate', min: -1, max: 1, default: 0.5 });
export const model = choice({ label: 'Model', options: ['relu', 'siren'], default: 'relu' });
export const flag = toggle({ label: 'Flag', default: false });
export const bars = series({ label: 'Bars', min: 0, max: 2, length: [2, 3], editor: 'bars', default: [1, 1] });
export const triple = series({ label: 'Triple', min: 0, max: 2, length: [3, 3], editor: 'bars', default: [1, 1, 1] });
export const points = series({ label: 'Points', min: -4, max: 4, length: [2, 6], editor: 'points', default: [0, 0] });
export const photo = image({ label: 'Photo', side: 2 });
export const words = text({ label: 'Words', length: 5, default: 'abc' });
export const net = json<{ nodes: number }>({
  label: 'Network',
  default: { nodes: 1 },
  check: (value) => {
    const { nodes } = value as { nodes?: unknown };
    if (typeof nodes !== 'number') throw new RefusedValue('net: nodes has to be a number.');
    return { nodes };
  },
});
export const schema = { width, rate, model, flag, bars, photo, net, seed: seed() } satisfies Schema;

export const picture = { name: 'a.png', side: 2, grey: [0, 0.5, 1, 0.25] };

/** The message with which `act` refuses a value. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(RefusedValue);
    return (error as RefusedValue).message;
  }
  throw new Error('Nothing was refused.');
}
