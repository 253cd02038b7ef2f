import { bicubicMatrix } from '#nn/vision/bicubic';
import { mixer } from '#nn/vision/mixer';
import { raft } from '#nn/vision/raft';
import type { Oracles } from '../../site/oracles';

const times = (matrix: Float64Array, x: readonly number[]) =>
  Array.from({ length: matrix.length / x.length }, (_, y) =>
    x.reduce((sum, value, k) => sum + value * (matrix[y * x.length + k] as number), 0),
  );

export const oracles: Oracles = {
  numbers: {
    /** All weights of the token part, without its biases and norms. */
    weights: () => raft.weights({ height: 14, width: 14, channels: 8 }, { raft: 4 }) - 3 * 4 * 28 - 4 * 8,
    'last-stage': () => {
      const map = { height: 7, width: 7, channels: 8 };
      const cheaper = Array.from({ length: 20 }, (_, i) => i + 1).filter(
        (r) => raft.macs(map, { raft: r }) < mixer.macs(map, { expansion: 2 }),
      );
      return Math.max(...cheaper);
    },
    stripes: () => {
      const stripes = Array.from({ length: 64 }, (_, i) => (i % 4 < 2 ? 1 : -1));
      return times(bicubicMatrix(32, 64), times(bicubicMatrix(64, 32), stripes))[32] as number;
    },
  },
  goals: { stubborn: { params: { target: 'stencil', stencil: [1, 0, 0, 0, 1, 0, 0, 0, 1] }, steps: 600 } },
};
