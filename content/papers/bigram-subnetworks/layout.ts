/** Where each weight of the language model lies in one flat array, and how large the model is. */

export interface Shape {
  /** Tokens in the vocabulary, V. */
  vocabulary: number;
  /** Width of the residual stream, d. */
  width: number;
  /** Blocks, L. */
  layers: number;
  heads: number;
  /** Longest context in tokens, T. */
  context: number;
}

/** The model of the page. */
export const pageShape: Shape = { vocabulary: 512, width: 64, layers: 4, heads: 4, context: 32 };
/** A model small enough to train masks for while the reader watches. */
export const miniShape: Shape = { vocabulary: 256, width: 32, layers: 2, heads: 2, context: 16 };

/** The weight matrices of a block; the paper masks these and nothing else. */
export const matrices = ['qkv', 'out', 'up', 'down'] as const;

export interface Entry {
  name: string;
  shape: number[];
  /** Index of its first number in the flat array. */
  offset: number;
  size: number;
  /** Whether the paper's masks reach it: all matrices of attention and MLP; no embedding, bias or layer norm. */
  masked: boolean;
  /** Standard deviation of its initial values, or the constant that it starts from. */
  start: { deviation: number } | { constant: number };
}

const DEVIATION = 0.02;

/**
 * All weights, in the order of GPT-2: V d + T d + L (12 d^2 + 13 d) + 2 d numbers. Matrices are [inputs, outputs]. What
 * writes into the residual stream starts smaller by sqrt(2 L), as in GPT-2.
 */
export function layout({ vocabulary: V, width: d, layers: L, context: T }: Shape): Entry[] {
  const entries: Entry[] = [];
  let offset = 0;
  const add = (name: string, shape: number[], start: Entry['start'], masked = false) => {
    const size = shape.reduce((a, b) => a * b, 1);
    entries.push({ name, shape, offset, size, masked, start });
    offset += size;
  };
  const zero = { constant: 0 };
  const norm = (name: string) => {
    add(`${name}.gain`, [d], { constant: 1 });
    add(`${name}.bias`, [d], zero);
  };
  const dense = (name: string, inputs: number, outputs: number, deviation = DEVIATION) => {
    add(name, [inputs, outputs], { deviation }, true);
    add(`${name}.bias`, [outputs], zero);
  };
  add('embedding', [V, d], { deviation: DEVIATION });
  add('position', [T, d], { deviation: DEVIATION });
  for (let l = 0; l < L; l++) {
    norm(`block${l}.norm1`);
    dense(`block${l}.qkv`, d, 3 * d);
    dense(`block${l}.out`, d, d, DEVIATION / Math.sqrt(2 * L));
    norm(`block${l}.norm2`);
    dense(`block${l}.up`, d, 4 * d);
    dense(`block${l}.down`, 4 * d, d, DEVIATION / Math.sqrt(2 * L));
  }
  norm('norm');
  return entries;
}

/** Numbers in the model. */
export const weightCount = (entries: readonly Entry[]): number => entries.reduce((sum, { size }) => sum + size, 0);

/** Numbers that a mask has a gate for: 12 L d^2. */
export const gateCount = (entries: readonly Entry[]): number => weightCount(entries.filter(({ masked }) => masked));
