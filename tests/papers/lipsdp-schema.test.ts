import { describe, expect, test } from 'vitest';
import { RefusedValue } from '#lab/values';
import { logTicks } from '../../content/papers/lipsdp/axis';
import { checkNetwork, type NetworkJson, readNetwork } from '../../content/papers/lipsdp/schema';

const good = (): NetworkJson => ({
  layers: [
    {
      weight: [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
      bias: [0, 0, 0, 1],
      activation: 'maxmin',
    },
    { weight: [[1, 0, 0, 0]], activation: 'linear' },
  ],
});

const changed = (change: (network: { layers: Record<string, unknown>[] }) => void): unknown => {
  const network = structuredClone(good()) as unknown as { layers: Record<string, unknown>[] };
  change(network);
  return network;
};
/** A change of the first layer. */
const first = (part: Record<string, unknown>) => changed(({ layers }) => Object.assign(layers[0] as object, part));

describe('a network as JSON', () => {
  test('is read as it stands', () => {
    const [a, b] = readNetwork(checkNetwork(good()));
    expect(a?.weight.map((row) => [...row])).toEqual(good().layers[0]?.weight);
    expect([a?.activation.name, a?.activation.group, a?.residual]).toEqual(['maxmin', 2, false]);
    expect([...(b?.bias ?? [])]).toEqual([0]);
  });

  test('may leave out biases and the last activation, and gives angles in degrees', () => {
    const { layers } = good();
    const [a, b] = readNetwork(
      checkNetwork({
        layers: [{ weight: layers[0]?.weight, activation: 'householder', angle: 90 }, { weight: [[1, 1, 1, 1]] }],
      }),
    );
    expect(a?.activation.angle).toBeCloseTo(Math.PI / 2, 12);
    expect(b?.activation.name).toBe('linear');
  });

  test.each<[string, unknown, string]>([
    [
      'no list of layers',
      { weights: [] },
      'network: accepted is {"layers": [{"weight": [[…]], "activation": "…"}, …]}.',
    ],
    ['null in a list', { layers: [null] }, 'network: layer 1 is null, not an object with a weight.'],
    ['no weight', first({ weight: 3 }), 'network: layer 1 has no weight: a list of rows, one per output.'],
    [
      'a ragged row',
      first({
        weight: [
          [1, 2],
          [3, 4, 5],
          [1, 2],
          [1, 2],
        ],
      }),
      'network: layer 1, row 2 has 3 numbers, but row 1 has 2.',
    ],
    [
      'a shape that does not follow',
      changed(({ layers }) => Object.assign(layers[1] as object, { weight: [[1, 2, 3]] })),
      'network: layer 2, row 1 has 3 numbers, but layer 1 has 4 outputs.',
    ],
    [
      'what is no number',
      first({
        weight: [
          [1, 2],
          [3, 4],
          [5, 'x'],
          [7, 8],
        ],
      }),
      'network: layer 1, row 3, entry 2 is "x", not a finite number.',
    ],
    [
      'NaN',
      first({
        weight: [
          [Number.NaN, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ],
      }),
      'network: layer 1, row 1, entry 1 is NaN, not a finite number.',
    ],
    [
      'a number that overflows',
      JSON.parse('{"layers": [{"weight": [[1e999]]}]}'),
      'network: layer 1, row 1, entry 1 is Infinity, not a finite number.',
    ],
    ['an empty row', { layers: [{ weight: [[]] }] }, 'network: layer 1, row 1 is empty.'],
    [
      'a row too short, though its numbers are right',
      changed(({ layers }) => Object.assign(layers[1] as object, { weight: [[1, 2, 3, 4], [1]] })),
      'network: layer 2, row 2 has 1 number, but layer 1 has 4 outputs.',
    ],
    [
      'a bias of another length',
      first({ bias: [1] }),
      'network: the bias of layer 1 is not a list of 4 finite numbers.',
    ],
    [
      'an unknown activation',
      first({ activation: 'gelu' }),
      'network: the activation of layer 1 is "gelu"; accepted are relu, tanh, leaky-relu, maxmin, groupsort, householder, linear.',
    ],
    [
      'no activation in the middle',
      first({ activation: undefined }),
      'network: layer 1 has no activation; accepted are relu, tanh, leaky-relu, maxmin, groupsort, householder, linear.',
    ],
    [
      'groups that do not divide',
      first({ activation: 'groupsort', group: 3 }),
      'network: layer 1 has 4 outputs, which do not divide into groups of 3 as groupsort needs.',
    ],
    [
      'an odd width with pairs',
      { layers: [{ weight: [[1], [2], [3]], activation: 'maxmin' }, { weight: [[1, 2, 3]] }] },
      'network: layer 1 has 3 outputs, which do not divide into groups of 2 as maxmin needs.',
    ],
    [
      'a slope as text',
      first({ slope: '0.5' }),
      'network: the slope of layer 1 is "0.5", not a number from 0 to below 1.',
    ],
    [
      'a residual that is neither true nor false',
      first({ residual: 'yes' }),
      'network: "residual" of layer 1 is neither true nor false.',
    ],
    [
      'a slope out of range',
      first({ slope: 1 }),
      'network: the slope of layer 1 is 1, not a number from 0 to below 1.',
    ],
    [
      'a group out of range',
      first({ group: 9 }),
      'network: the group of layer 1 is 9, not a whole number from 2 to 8.',
    ],
    [
      'an angle that is none',
      first({ angle: 'up' }),
      'network: the angle of layer 1 is "up", not a number of degrees.',
    ],
    [
      'a residual layer that is not square',
      first({ residual: true }),
      'network: layer 1 is residual, but takes 2 numbers and gives 4.',
    ],
    [
      'too many units',
      { layers: [{ weight: Array.from({ length: 130 }, () => [1]), activation: 'relu' }, { weight: [[1]] }] },
      'network: layer 1 has 130 outputs; at most 128 can be bounded here.',
    ],
    [
      'too many layers',
      { layers: Array.from({ length: 10 }, () => ({ weight: [[1]], activation: 'relu' })) },
      'network: 10 layers are more than the 9 that can be bounded here.',
    ],
    [
      'too many inputs',
      { layers: [{ weight: [new Array(1025).fill(1)] }] },
      'network: 1025 inputs are more than the 1024 that can be bounded here.',
    ],
  ])('is refused with one message: %s', (_, value, message) => {
    expect(() => checkNetwork(value)).toThrow(new RefusedValue(message));
  });
});

test.each([
  [1, 1000, [1, 10, 100, 1000]],
  [0.9, 30, [1, 2, 5, 10, 20]],
  [52, 101, [60, 70, 80, 90, 100]],
  [0.97, 1.01, [0.97, 0.98, 0.99, 1, 1.01]],
])('a logarithmic axis from %d to %d has labels', (low, high, ticks) => {
  expect(logTicks(low, high)).toEqual(ticks);
});
