import { describe, expect, test } from 'vitest';
import { randomFrom } from '#lab/random';
import { barrier, type Iterate } from '#math/barrier';
import { dot, identity, spectralNorm } from '#math/rows';
import { certify } from '#math/sdp';
import { boundOf, productBound, programsFor } from '../../content/papers/lipsdp/build';
import {
  type Activation,
  activate,
  activation,
  directions,
  evaluate,
  fromWeights,
  type Network,
  through,
} from '../../content/papers/lipsdp/network';
import { occupied } from '../../content/papers/lipsdp/occupied';
import { patternBound } from '../../content/papers/lipsdp/patterns';
import { searchOn, startSearch } from '../../content/papers/lipsdp/sampled';
import type { Variant } from '../../content/papers/lipsdp/state';
import { bound, gaussian, nets } from './lipsdp-nets';

const vector = (...xs: number[]) => Float64Array.from(xs);
const I2 = identity(2);
const groups: Activation[] = [
  activation('maxmin'),
  activation('groupsort', { group: 4 }),
  activation('groupsort', { group: 8 }),
  activation('householder', { angle: 0.6 }),
];

describe('the constraints', () => {
  test.each(groups)('$name ($group): what is kept is kept exactly, and nothing is stretched', (a) => {
    const stream = randomFrom(3)('pairs');
    for (let i = 0; i < 2500; i++) {
      const [x, y] = [stream.normal(a.group, 0, 1), stream.normal(a.group, 0, 1)].map((v) => Float64Array.from(v));
      const dv = (x as Float64Array).map((v, j) => v - (y?.[j] as number));
      const [fx, fy] = [activate(a, x as Float64Array), activate(a, y as Float64Array)];
      const dx = fx.map((v, j) => v - (fy[j] as number));
      expect(dot(dx, dx)).toBeLessThanOrEqual(dot(dv, dv) + 1e-10);
      for (const s of directions(a).kept) expect(Math.abs(dot(s, dx) - dot(s, dv))).toBeLessThan(1e-12);
    }
  });

  test.each(groups)('$name ($group): the directions are an orthonormal basis', (a) => {
    const { changed, kept } = directions(a);
    const all = [...changed, ...kept];
    expect(all).toHaveLength(a.group);
    all.forEach((u, i) => {
      all.forEach((w, j) => {
        expect(dot(u, w)).toBeCloseTo(i === j ? 1 : 0, 12);
      });
    });
  });

  test('MaxMin sorts a pair, GroupSort a group, in falling order', () => {
    expect(activate(activation('maxmin'), vector(1, 2, 5, 3))).toEqual(vector(2, 1, 5, 3));
    expect(activate(activation('groupsort', { group: 4 }), vector(1, 4, 2, 3))).toEqual(vector(4, 3, 2, 1));
    expect(through(activation('relu'), vector(-1, 2), I2).map((row) => [...row])).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  test('the Jacobian is what finite differences say', () => {
    for (const a of [activation('tanh'), activation('relu'), ...groups.slice(0, 2)]) {
      const net = fromWeights(nets.B, a);
      const x = vector(0.3, -0.7, 0.2, 0.9);
      const { value, jacobian } = evaluate(net, x);
      const h = 1e-6;
      for (let j = 0; j < 4; j++) {
        const there = evaluate(net, x.with(j, (x[j] as number) + h)).value;
        jacobian.forEach((row, i) => {
          expect(row[j]).toBeCloseTo(((there[i] as number) - (value[i] as number)) / h, 4);
        });
      }
    }
  });
});

describe('bounds that are known', () => {
  test('MaxMin alone has 1, the rewriting says the root of 2', () => {
    const net = fromWeights([I2, I2], activation('maxmin'));
    expect(bound(net, 't')).toBeCloseTo(1, 5);
    expect(bound(net, 'ps')).toBeCloseTo(1, 5);
    expect(bound(net, 'relu-rewriting')).toBeCloseTo(Math.SQRT2, 5);
  });

  test('one linear layer has its spectral norm', () => {
    const W = nets.B[0] as Float64Array[];
    expect(bound(fromWeights([W], activation('linear')), 't')).toBeCloseTo(spectralNorm(W), 5);
  });

  test('a chain of linear layers has the norm of its product', () => {
    const net = fromWeights([I2, [vector(0, 2), vector(0, 0)], [vector(1, 1)]], activation('linear'));
    expect(bound(net, 'neuron')).toBeCloseTo(2, 5);
  });

  test('l-infinity of a linear map is its 1-norm', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const [w] = gaussian(seed, [5, 1]) as [Float64Array[]];
      const norm = (w[0] as Float64Array).reduce((sum, x) => sum + Math.abs(x), 0);
      expect(bound(fromWeights([w], activation('linear')), 't', 'linf') / norm).toBeCloseTo(1, 5);
    }
  });

  test('Householder at the angle of MaxMin is MaxMin', () => {
    const at = activation('householder', { angle: -Math.PI / 4 });
    for (const variant of ['t', 'ps'] as const) {
      const difference =
        bound(fromWeights(nets.B, at), variant) - bound(fromWeights(nets.B, activation('maxmin')), variant);
      expect(Math.abs(difference)).toBeLessThan(1e-6);
    }
    const x = vector(1, 2, 5, 3);
    activate(at, x).forEach((v, i) => {
      expect(v).toBeCloseTo(activate(activation('maxmin'), x)[i] as number, 12);
    });
  });

  test('the l-infinity program can lose to the product: root of 10 where the truth is 3', () => {
    const net = fromWeights([I2, [vector(1, -2)]], activation('maxmin'));
    expect(productBound(net, 'linf')).toBe(3);
    expect(bound(net, 'ps', 'linf')).toBeCloseTo(Math.sqrt(10), 5);
    expect(bound(fromWeights([I2, [vector(1, -2)]], activation('relu')), 'neuron', 'linf')).toBeCloseTo(3, 5);
  });

  test('LipSDP-Network would be wrong: its coupling has a negative form at a true pair of ReLUs', () => {
    // (e1 - e2)(e1 - e2)^T as T, at dv = (1, 1), dx = (1, 0): 2 dx^T T (dv - dx) = -2.
    const [dv, dx] = [vector(1, 1), vector(1, 0)];
    const e = vector(1, -1);
    expect(2 * dot(e, dx) * (dot(e, dv) - dot(e, dx))).toBeLessThan(0);
  });
});

test('primal and dual agree to the gap that is reported, and the bound is certified when rounded up', () => {
  for (const variant of ['t', 'ps', 'relu-rewriting'] as const) {
    const [lipschitz] = programsFor(fromWeights(nets.B, activation('maxmin')), variant, 'l2');
    const { program, start } = lipschitz as NonNullable<typeof lipschitz>;
    const { rho, lower, y, solved } = [...barrier(program, start)].at(-1) as Iterate;
    expect(solved).toBe(true);
    expect(rho - lower).toBeGreaterThan(0);
    expect(rho - lower).toBeLessThan(1e-7 * rho);
    expect(certify(program, y.with(0, rho * (1 + 1e-6)))).toBe(true);
    // Below the dual value nothing is feasible, whatever the multipliers.
    expect(certify(program, y.with(0, lower - 1e-4))).toBe(false);
  }
});

/** 200 small networks of all kinds, sizes and both norms of sizes. */
const many = Array.from({ length: 200 }, (_, i) => {
  const sizes = [
    [2, 4, 1],
    [3, 4, 4, 2],
    [2, 8, 2],
    [4, 4, 4, 1],
  ][i % 4] as number[];
  const kind = [
    activation('relu'),
    activation('maxmin'),
    activation('groupsort', { group: 4 }),
    activation('householder', { angle: 0.1 * i }),
  ][Math.floor(i / 4) % 4] as Activation;
  return { seed: 100 + i, sizes, kind };
});

test('the order of bounds holds on 200 random networks: sampled, patterns, programs, product', () => {
  for (const { seed, sizes, kind } of many) {
    const net: Network = fromWeights(gaussian(seed, sizes), kind);
    const search = startSearch(net, 'l2');
    searchOn(search, net, 'l2', randomFrom(seed)('search'), 60);
    const programs = kind.name === 'relu' ? (['neuron', 'layer'] as const) : (['ps', 't'] as const);
    const chain = [
      search.best,
      patternBound(net, 'l2') as number,
      ...programs.map((variant) => bound(net, variant)),
      productBound(net, 'l2'),
    ];
    for (let i = 1; i < chain.length; i++) {
      expect((chain[i - 1] as number) / (chain[i] as number), `${kind.name} ${seed}: ${chain}`).toBeLessThan(1 + 1e-6);
    }
  }
});

test('l-infinity is at most the root of the inputs times l2', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const net = fromWeights(gaussian(seed, [3, 6, 1]), activation('maxmin'));
    for (const variant of ['t', 'ps'] as const) {
      expect(bound(net, variant, 'linf')).toBeLessThanOrEqual(Math.sqrt(3) * bound(net, variant) * (1 + 1e-6));
    }
  }
});

test('a neuron without inputs does no harm', () => {
  const W = (nets.A[0] as Float64Array[]).with(3, vector(0, 0));
  const net = fromWeights([W, nets.A[1] as Float64Array[]], activation('relu'));
  const value = bound(net, 'neuron');
  expect(value).toBeLessThanOrEqual(productBound(net, 'l2'));
  expect(value).toBeGreaterThanOrEqual((patternBound(net, 'l2') as number) * (1 - 1e-9));
  const [lipschitz] = programsFor(net, 'neuron', 'l2');
  expect(boundOf(lipschitz as NonNullable<typeof lipschitz>, 1)).toBeCloseTo(productBound(net, 'l2'), 6);
});

test('the matrix has one block per layer with T only, couples neighbours for ReLU, and shrinks when P and S are substituted', () => {
  const layersOf = (name: 'maxmin' | 'relu', variant: Variant) => {
    const { cells, starts } = occupied(fromWeights(gaussian(1, [3, 4, 4, 4, 2]), activation(name)), variant);
    const layerOf = (i: number) => starts.findLastIndex((start) => start <= i);
    const apart = cells.flatMap((row, i) => row.map((full, j) => (full ? Math.abs(layerOf(i) - layerOf(j)) : 0)));
    return [cells.length, Math.max(...apart)];
  };
  expect(layersOf('maxmin', 't')).toEqual([15, 0]);
  expect(layersOf('relu', 'neuron')).toEqual([15, 1]);
  expect(layersOf('maxmin', 'ps')).toEqual([9, 3]);
});
