/** The 1-D targets of the page: functions of t in [0, 1), one period, sampled at x = 2 t - 1. */
import type { Stream } from '#lab/random';

export type Signal = (t: number) => number;

/** Grid points of training; the highest frequency they can carry is N / 2 = 64 cycles. */
export const N = 128;

/** Positions x_i = 2 i / points - 1 in [-1, 1). */
export const positions = (points: number): number[] => Array.from({ length: points }, (_, i) => (2 * i) / points - 1);

export const sample = (signal: Signal, points: number): number[] =>
  Array.from({ length: points }, (_, i) => signal(i / points));

/**
 * y(t) = sum_k A_k sin(2 pi (k t + phi_k)), k = 1..amplitudes.length, with phases phi_k uniform on [0, 1), as in
 * Rahaman et al.'s notebook. A phase is drawn for every k, so that turning one voice up leaves the others as they are.
 */
export function chord(amplitudes: readonly number[], phases: Stream): Signal {
  const voices = amplitudes.map((amplitude, index) => ({ amplitude, k: index + 1, phase: phases.next() }));
  return (t) =>
    voices.reduce((y, { amplitude, k, phase }) => y + amplitude * Math.sin(2 * Math.PI * (k * t + phase)), 0);
}

/** A drawn signal of any length >= 2, read as one period and interpolated linearly. */
export function drawing(heights: readonly number[]): Signal {
  return (t) => {
    const at = t * heights.length;
    const left = Math.floor(at);
    const [a, b] = [heights[left] as number, heights[(left + 1) % heights.length] as number];
    return a + (at - left) * (b - a);
  };
}

export const variance = (y: readonly number[]): number => {
  const mean = y.reduce((sum, v) => sum + v, 0) / y.length;
  return y.reduce((sum, v) => sum + (v - mean) ** 2, 0) / y.length;
};
