/** Weights and multiply-adds of all mixers by their formulas, which tests compare with networks that are built. */
import { defineMechanism } from '#lab/experiment';
import { type ContenderName, contenders, factsOf } from '#nn/vision/contenders';
import { type Cost, type NetworkShape, networkCost, tokenCost } from '#nn/vision/network';
import { contenderTitles } from '../own';
import { type Axis, axes, type CountParams } from './params';

/** One line for each operator; their variants differ by a factor. The reader's own is added where it is not among them. */
const SHOWN = contenderLines(['mixer', 'raft-2', 'multi-axis', 'strip-3', 'mix-shift', 'spectrum-4']);

function contenderLines(names: readonly string[]): ContenderName[] {
  return names.filter((name): name is ContenderName => name in contenders);
}

const places: Record<Axis, readonly number[]> = {
  side: [4, 8, 12, 16, 24, 32, 48, 64],
  depth: [1, 2, 4, 8, 16, 24],
  channels: [20, 40, 80, 160, 320, 640, 760],
};

type Settings = Record<Axis | 'ratio', number>;

function costAt(name: ContenderName, part: 'tokens' | 'network', s: Settings): Cost | null {
  const shape: NetworkShape = {
    map: { height: s.side, width: s.side, channels: s.channels },
    depth: s.depth,
    ratio: s.ratio,
  };
  if (factsOf(contenders[name]).refuses(shape.map)) return null;
  return part === 'tokens' ? tokenCost(contenders[name], shape) : networkCost(contenders[name], shape);
}

export const mechanism = defineMechanism<CountParams>()({
  setup: () => ({}),
  frame(_state, { params: p }) {
    const settings: Settings = { side: p.side, depth: p.depth, channels: p.channels, ratio: p.ratio };
    const names = [...new Set<ContenderName>([p.mine, ...SHOWN])];
    const at = [...new Set([...places[p.against], settings[p.against]])].sort((a, b) => a - b);
    return {
      against: p.against,
      part: p.part,
      settings: Object.fromEntries(axes.map((axis) => [axis, settings[axis]])) as Record<Axis, number>,
      mine: contenderTitles[p.mine],
      lines: names.map((name) => {
        const costs = at.map((place) => costAt(name, p.part, { ...settings, [p.against]: place }));
        return {
          name: contenderTitles[name],
          at,
          weights: costs.map((cost) => cost?.weights ?? null),
          macs: costs.map((cost) => cost?.macs ?? null),
        };
      }),
    };
  },
});

export type Frame = Awaited<ReturnType<typeof mechanism.frame>>;
