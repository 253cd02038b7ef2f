/**
 * Weights and multiply-adds of the published MAXIM networks, layer by layer from their settings, in the order of the
 * official code (google-research/maxim, maxim/models/maxim.py and maxim/run_eval.py). Norms, activations, resizing and
 * sums of two terms have no multiply-adds here.
 */
import { multiAxis } from '#nn/vision/multi-axis';

export interface Size {
  weights: number;
  /** For one picture. */
  macs: number;
}

export interface Settings {
  /** Channels at full resolution; each of the three levels below has twice as many as the one above. */
  features: number;
  stages: number;
  /** Scales at which pictures go in and come out. */
  scales: number;
  groups: number;
  bottlenecks: number;
}

const LEVELS = 3;
const COLOURS = 3;

const sum = (sizes: readonly Size[]): Size =>
  sizes.reduce((a, b) => ({ weights: a.weights + b.weights, macs: a.macs + b.macs }), { weights: 0, macs: 0 });
const times = (n: number, size: Size): Size => ({ weights: n * size.weights, macs: n * size.macs });

/** A dense layer or convolution with `taps` places, used at `pixels` places of its output. */
const layer = (pixels: number, inputs: number, outputs: number, taps = 1): Size => ({
  weights: taps * inputs * outputs + outputs,
  macs: pixels * taps * inputs * outputs,
});
const norm = (channels: number): Size => ({ weights: 2 * channels, macs: 0 });

/** Squeeze and excitation with a reduction of 4: two dense layers on one average per picture, then a product. */
const channelAttention = (pixels: number, c: number): Size =>
  sum([layer(1, c, c / 4), layer(1, c / 4, c), { weights: 0, macs: pixels * c }]);

interface Level {
  height: number;
  width: number;
  channels: number;
  /** b = g: 16 at the two highest resolutions, 8 below. */
  side: number;
}
const pixelsOf = ({ height, width }: Level) => height * width;

/** The multi-axis gMLP block; its two products with the gates are counted as `multiAxis` counts them, not at all. */
const mab = ({ height, width, channels, side }: Level): Size => {
  const [map, options] = [{ height, width, channels }, { block: side, grid: side, axes: 'both' } as const];
  return { weights: multiAxis.weights(map, options), macs: multiAxis.macs(map, options) };
};

/** MAB, then either two convolutions of 3 x 3 (encoder, decoder) or an MLP (bottleneck), with channel attention. */
function group(level: Level, inner: 'convolutions' | 'mlp'): Size {
  const [n, c] = [pixelsOf(level), level.channels];
  return sum([mab(level), norm(c), times(2, layer(n, c, c, inner === 'mlp' ? 1 : 9)), channelAttention(n, c)]);
}

/** The cross-gating block; `xs` and `ys` channels come in, `ys` at half the resolution where it is upsampled. */
export function crossGating(level: Level, xs: number, ys: number, upsample: boolean): Size {
  const [n, c, mixed] = [pixelsOf(level), level.channels, level.side ** 2];
  const gates = sum([
    norm(c),
    layer(n, c, 2 * c),
    times(2, { weights: mixed ** 2 + mixed, macs: n * c * mixed }),
    layer(n, 2 * c, c),
  ]);
  return sum([
    // A transposed convolution of 2 x 2 with stride 2 takes one product per output, input and channel.
    upsample ? { weights: 4 * ys * c + c, macs: n * ys * c } : { weights: 0, macs: 0 },
    layer(n, xs, c),
    layer(n, upsample ? c : ys, c),
    times(2, sum([norm(c), layer(n, c, c), gates, layer(n, c, c)])),
  ]);
}

function stage(index: number, levels: readonly Level[], s: Settings): Size {
  const at = (i: number) => levels[i] as Level;
  const c = (i: number) => at(i).channels;
  const n = (i: number) => pixelsOf(at(i));
  const bottom = { ...at(LEVELS - 1), height: at(LEVELS - 1).height / 2, width: at(LEVELS - 1).width / 2, side: 8 };
  const parts: Size[] = [];
  const each = (use: (i: number) => Size | Size[]) => {
    for (let i = 0; i < LEVELS; i++) parts.push(sum([use(i)].flat()));
  };
  for (let i = 0; i < s.scales; i++) {
    parts.push(layer(n(i), COLOURS, c(i), 9));
    if (index > 0) parts.push(crossGating(at(i), c(i), c(i), false));
  }
  // Encoder. At full resolution the input features come in twice.
  each((i) => [
    layer(n(i), (i === 0 ? c(0) : c(i - 1)) + (i < s.scales ? c(i) : 0), c(i)),
    times(s.groups, group(at(i), 'convolutions')),
    index > 0 ? crossGating(at(i), c(i), c(i), false) : { weights: 0, macs: 0 },
    layer(n(i) / 4, c(i), c(i), 16),
  ]);
  parts.push(times(s.bottlenecks, sum([layer(pixelsOf(bottom), c(2), c(2)), times(s.groups, group(bottom, 'mlp'))])));
  // Skips: all levels of the encoder are resized to each level, then gated against what comes from below.
  const resized = (i: number) => levels.map((_, j) => layer(n(i), c(j), c(i)));
  each((i) => [...resized(i), crossGating(at(i), LEVELS * c(i), i === LEVELS - 1 ? c(i) : c(i + 1), true)]);
  // Decoder.
  each((i) => {
    const below = i === LEVELS - 1 ? c(i) : c(i + 1);
    return [
      ...resized(i),
      { weights: 4 * below * c(i) + c(i), macs: n(i) * below * c(i) },
      layer(n(i), (LEVELS + 1) * c(i), c(i)),
      times(s.groups, group(at(i), 'convolutions')),
    ];
  });
  for (let i = 0; i < s.scales; i++) {
    parts.push(layer(n(i), c(i), COLOURS, 9));
    if (index < s.stages - 1) parts.push(layer(n(i), c(i), c(i), 9), layer(n(i), COLOURS, c(i), 9));
  }
  return sum(parts);
}

/** The whole network on a picture of `side` x `side` pixels. */
export function maximSize(settings: Settings, side = 256): Size {
  const levels = Array.from({ length: LEVELS }, (_, i): Level => {
    const pixels = side / 2 ** i;
    return { height: pixels, width: pixels, channels: settings.features * 2 ** i, side: i < 2 ? 16 : 8 };
  });
  return sum(Array.from({ length: settings.stages }, (_, index) => stage(index, levels, settings)));
}

const small = { features: 32, groups: 2, bottlenecks: 2 };
const medium = { features: 64, groups: 2, bottlenecks: 2 };

/** What the official repository prints: in comments of `Model()`, and in its README for the two networks it ships. */
export const published = [
  { name: 'S-1', settings: { ...small, stages: 1, scales: 1 }, weights: '6.108515 M', flops: '93.2 G' },
  { name: 'S-2', settings: { ...small, stages: 2, scales: 1 }, weights: '13.35383 M', flops: '206.7 G' },
  { name: 'S-3', settings: { ...small, stages: 3, scales: 1 }, weights: '20.599145 M', flops: '320.3 G' },
  { name: 'M-1', settings: { ...medium, stages: 1, scales: 1 }, weights: '19.361219 M', flops: null },
  { name: 'M-2', settings: { ...medium, stages: 2, scales: 1 }, weights: '40.83911 M', flops: null },
  { name: 'M-3', settings: { ...medium, stages: 3, scales: 1 }, weights: '62.317001 M', flops: null },
  { name: 'MAXIM-2S', settings: { ...small, stages: 2, scales: 3 }, weights: '14.1 M', flops: '216 G' },
  { name: 'MAXIM-3S', settings: { ...small, stages: 3, scales: 3 }, weights: '22.2 M', flops: '339 G' },
] as const;
