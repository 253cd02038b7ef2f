/**
 * What the bench measures: one training step each, forward, gradients and Adam, on a batch that stays the same. Every
 * contender computes the same function from the same weights; `problem.ts` draws them.
 */

/** Dense layers with biases, ReLU between them, mean squared error. */
export interface Mlp {
  kind: 'mlp';
  /** Widths, from the inputs to the outputs. */
  sizes: readonly number[];
  batch: number;
  /** The inputs are Fourier features of the pixels of a square image of this side, the targets its colours. */
  image?: number;
}

/** One layer of linear self-attention that answers a query after n labelled points, as in `one-step-gd`. */
export interface LinearAttention {
  kind: 'linear-attention';
  /** Numbers in a point; a token is a point and its label. */
  d: number;
  n: number;
  batch: number;
}

/** GPT-2's form: pre-norm blocks, learned positions, GELU (tanh), biases, the embedding used again to read out. */
export interface LanguageModel {
  kind: 'language-model';
  vocabulary: number;
  width: number;
  layers: number;
  heads: number;
  /** Tokens in a sequence. */
  context: number;
  batch: number;
}

/** The classifier of the pages on vision: patches, blocks of MLP-Mixer, mean over tokens; GELU (tanh), biases. */
export interface Mixer {
  kind: 'mixer';
  tokens: number;
  /** Numbers in a patch. */
  patch: number;
  channels: number;
  layers: number;
  /** Hidden units per token and per channel. */
  expansion: number;
  classes: number;
  batch: number;
}

export type Task = Mlp | LinearAttention | LanguageModel | Mixer;

export interface Workload {
  id: string;
  /** As the table of results names it. */
  title: string;
  task: Task;
  /** Small enough for plain loops over samples, which teaching sites write. */
  tiny?: boolean;
}

const mlp = (sizes: number[], batch: number): Workload => ({
  id: `mlp-${sizes[0]}-${sizes[1]}`,
  title: `MLP ${sizes.join('-')}, batch ${batch}`,
  task: { kind: 'mlp', sizes, batch },
});

export const workloads: readonly Workload[] = [
  { ...mlp([2, 16, 16, 1], 64), tiny: true },
  mlp([1, 64, 64, 1], 256),
  mlp([64, 256, 256, 10], 128),
  mlp([784, 256, 256, 10], 128),
  {
    id: 'linear-attention',
    title: 'Linear self-attention, d 20, n 40, batch 256',
    task: { kind: 'linear-attention', d: 20, n: 40, batch: 256 },
  },
  {
    id: 'language-model',
    title: 'Transformer, 2 layers, d 64, 4 heads, T 64, V 512, batch 16',
    task: { kind: 'language-model', vocabulary: 512, width: 64, layers: 2, heads: 4, context: 64, batch: 16 },
  },
  {
    id: 'mixer',
    title: 'MLP-Mixer, 2 layers, 64 tokens, 20 channels, batch 32',
    task: { kind: 'mixer', tokens: 64, patch: 16, channels: 20, layers: 2, expansion: 2, classes: 10, batch: 32 },
  },
  {
    id: 'coordinates',
    title: 'Coordinate MLP 256-256-256-256-3, 128 × 128 pixels',
    task: { kind: 'mlp', sizes: [256, 256, 256, 256, 3], batch: 128 * 128, image: 128 },
  },
];

export function workloadOf(id: string): Workload {
  const found = workloads.find((workload) => workload.id === id);
  if (!found) throw new Error(`There is no workload "${id}".`);
  return found;
}

/** Adam as PyTorch has it by default. tfjs's own epsilon is 1e-7. */
export const adam = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
