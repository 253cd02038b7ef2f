/** Which gates belong to which component of which block. */
import { type Component, components } from './components';
import type { Shape } from './layout';
import { gateRanges } from './mask-baselines';

export interface ComponentGates {
  /** From 0. */
  block: number;
  component: Component;
  rows: number;
  columns: number;
  /** Indices of its gates, row by row. */
  gates: Int32Array;
}

/** Every component of every block, in the order of the blocks. */
export function componentGates(shape: Shape): ComponentGates[] {
  const ranges = new Map(gateRanges(shape).map((range) => [range.name, range]));
  return Array.from({ length: shape.layers }, (_, block) => block).flatMap((block) =>
    components.map((component) => {
      const part = 'QKV'.indexOf(component);
      const matrix = part >= 0 ? 'qkv' : component === 'O' ? 'out' : component;
      const { from, shape: size } = ranges.get(`block${block}.${matrix}`) as { from: number; shape: number[] };
      const [rows, all] = size as [number, number];
      const columns = part >= 0 ? shape.width : all;
      const first = Math.max(0, part) * shape.width;
      const gates = Int32Array.from(
        { length: rows * columns },
        (_, i) => from + Math.floor(i / columns) * all + first + (i % columns),
      );
      return { block, component, rows, columns, gates };
    }),
  );
}
