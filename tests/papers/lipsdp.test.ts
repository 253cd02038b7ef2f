import { describe, expect, test } from 'vitest';
import { layerNorms, type Norm, productBound } from '../../content/papers/lipsdp/build';
import { type ActivationName, activation, fromWeights } from '../../content/papers/lipsdp/network';
import { patternBound } from '../../content/papers/lipsdp/patterns';
import type { Variant } from '../../content/papers/lipsdp/state';
import { bound, gaussian, nets } from './lipsdp-nets';

const close = (actual: number | null, expected: number, tolerance = 2e-5) =>
  expect(Math.abs((actual ?? Number.NaN) - expected) / expected).toBeLessThan(tolerance);

type Case = [string, ActivationName, Variant, Norm, [number, number, number], object?];
/** Figures of an independent prototype; MaxMin (T), ReLU and l-infinity (T) were confirmed with cvxopt. */
const table: Case[] = [
  ['ReLU, per neuron', 'relu', 'neuron', 'l2', [1.349884, 1.548243, 2.176345]],
  ['ReLU, per layer', 'relu', 'layer', 'l2', [1.512264, 2.303843, 2.697123]],
  ['slopes in [0.1, 1]', 'leaky-relu', 'neuron', 'l2', [1.331754, 1.517474, 2.079227], { slope: 0.1 }],
  ['MaxMin, T', 'maxmin', 't', 'l2', [1.641361, 2.887988, 4.05189]],
  ['MaxMin, P and S', 'maxmin', 'ps', 'l2', [1.377911, 2.568703, 3.126004]],
  ['MaxMin, rewritten', 'maxmin', 'relu-rewriting', 'l2', [1.952614, 3.843329, 5.298721]],
  ['GroupSort 4, T', 'groupsort', 't', 'l2', [2.133646, 3.763578, 5.093304], { group: 4 }],
  ['GroupSort 4, P and S', 'groupsort', 'ps', 'l2', [2.133646, 3.240304, 4.15668], { group: 4 }],
  ['Householder, T', 'householder', 't', 'l2', [1.698722, 2.906579, 4.16278], { angle: 0.6 }],
  ['Householder, P and S', 'householder', 'ps', 'l2', [1.491374, 2.042689, 2.976033], { angle: 0.6 }],
  ['ReLU', 'relu', 'neuron', 'linf', [1.78858, 2.35592, 4.150632]],
  ['MaxMin, T', 'maxmin', 't', 'linf', [2.067261, 4.487661, 7.576967]],
  ['MaxMin, P and S', 'maxmin', 'ps', 'linf', [1.826525, 4.140123, 6.194182]],
  ['MaxMin, rewritten', 'maxmin', 'relu-rewriting', 'linf', [2.441945, 5.896445, 10.519311]],
  ['GroupSort 4, T', 'groupsort', 't', 'linf', [2.98697, 5.494447, 9.73555], { group: 4 }],
  ['GroupSort 4, P and S', 'groupsort', 'ps', 'linf', [2.98697, 4.960888, 9.083543], { group: 4 }],
];

describe('the regression table', () => {
  test('starts from the same weights', () => {
    expect(nets.A[0]?.[0]?.[0]).toBeCloseTo(-0.373877, 6);
    expect(nets.A[1]?.[1]?.[7]).toBeCloseTo(-0.380704, 6);
    expect(Array.from(nets.B[0]?.[0] ?? []).map((x) => Number(x.toFixed(6)))).toEqual([
      0.702169, 0.607877, -0.255188, -0.125909,
    ]);
    expect(nets.C[2]?.[9]?.[15]).toBeCloseTo(0.117683, 6);
  });

  test.each([
    ['A', [2.215448, 0.986971], 4.442695],
    ['B', [1.831395, 1.449071, 1.524915], 23.706064],
    ['C', [2.033837, 1.829821, 1.497393], 56.220538],
  ] as const)('norms of net %s and their product', (name, norms, product) => {
    const net = fromWeights(nets[name], activation('relu'));
    layerNorms(net, 'l2').forEach((norm, k) => {
      close(norm, norms[k] as number, 2e-6);
    });
    close(productBound(net, 'linf'), product, 2e-6);
  });

  test.each(table)('%s (%s, %s, %s)', (_, name, variant, norm, expected, options) => {
    (['A', 'B', 'C'] as const).forEach((net, i) => {
      close(bound(fromWeights(nets[net], activation(name, options ?? {})), variant, norm), expected[i] as number);
    });
  });

  test.each([
    ['A', 'relu', 1.348625],
    ['B', 'relu', 1.503216],
    ['A', 'maxmin', 1.368358],
    ['B', 'maxmin', 2.568212],
    ['C', 'maxmin', 2.950339],
  ] as const)('all patterns of net %s with %s', (net, name, expected) => {
    close(patternBound(fromWeights(nets[net], activation(name)), 'l2'), expected);
  });

  test('two residual MaxMin blocks', () => {
    const blocks = gaussian(5, [4, 4, 4]).map((weight) => ({
      weight,
      bias: new Float64Array(4),
      activation: activation('maxmin'),
      residual: true,
    }));
    close(productBound(blocks, 'l2'), 6.156535);
    close(bound(blocks, 't'), 4.512495);
    close(bound(blocks, 'ps'), 3.895367);
  });
});
