/** The 1-D targets of the page, on the grid x_i = 2 i / N - 1 over one period. */
import type { Stream } from '#lab/random';

/** Grid points; the highest frequency they can carry is N / 2 = 64 cycles. */
export const N = 128;

export const grid = Array.from({ length: N }, (_, i) => (2 * i) / N - 1);

/**
 * y_i = sum_k A_k sin(2 pi (k i / N + phi_k)), k = 1..amplitudes.length, with phases phi_k uniform on [0, 1), as in
 * Rahaman et al.'s notebook. A phase is drawn for every k, so that turning one voice up leaves the others as they are.
 */
export function chord(amplitudes: readonly number[], phases: Stream): number[] {
  const y = new Array<number>(N).fill(0);
  amplitudes.forEach((amplitude, index) => {
    const phase = phases.next();
    for (let i = 0; i < N; i++) {
      y[i] = (y[i] as number) + amplitude * Math.sin(2 * Math.PI * (((index + 1) * i) / N + phase));
    }
  });
  return y;
}

/** A drawn signal of any length, read as one period and interpolated linearly onto the grid. */
export function fromDrawing(heights: readonly number[]): number[] {
  return grid.map((_, i) => {
    const at = (i * heights.length) / N;
    const left = Math.floor(at);
    const [a, b] = [heights[left] as number, heights[(left + 1) % heights.length] as number];
    return a + (at - left) * (b - a);
  });
}

export const variance = (y: readonly number[]): number => {
  const mean = y.reduce((sum, v) => sum + v, 0) / y.length;
  return y.reduce((sum, v) => sum + (v - mean) ** 2, 0) / y.length;
};
