/** What the bench asks of a contender that runs in JavaScript. */
import type { Problem } from '../problem';
import type { Task } from '../workloads';

export interface Trainer {
  /** One update of the weights, done when it returns, or when its promise does. */
  step(): void | Promise<void>;
  /** The loss at the present weights. */
  loss(): number | Promise<number>;
  /** What is held at present, by name: the number of tensors, the rest in bytes. */
  memory?(): Record<string, number>;
}

/** Addresses or paths of tfjs's two builds. */
export interface WasmFiles {
  plain: string;
  simd: string;
}

export type Start = (task: Task, problem: Problem, wasm: WasmFiles) => Promise<Trainer>;

interface Entry {
  title: string;
  /** Loaded alone, so that no contender shares a process with another's code. */
  load(): Promise<{ start: Start }>;
  /** Would take minutes on what is not tiny. */
  tinyOnly?: boolean;
}

const all = {
  ours: { title: 'ours', load: () => import('./ours') },
  fused: { title: 'ours, fused', load: () => import('./ours-fused') },
  stock: { title: 'tfjs', load: () => import('./stock') },
  jax: { title: 'jax-js', load: () => import('./jax') },
  loops: { title: 'plain loops', load: () => import('./loops'), tinyOnly: true },
};

export type ContenderName = keyof typeof all;

/** The contenders in JavaScript. */
export const contenders: Record<ContenderName, Entry> = all;
