/** All bounds of one network side by side, each program advanced by one Newton step at a time. */
import type { Stream } from '#lab/random';
import { barrier, type Iterate } from '#math/barrier';
import { certify, SolverRefused } from '#math/sdp';
import { boundOf, type Lipschitz, layerNorms, type Norm, productBound, programsFor } from './build';
import type { Network } from './network';
import { patternBound } from './patterns';
import { type Search, searchOn, startSearch } from './sampled';
import type { Variant } from './state';

/** What each set of constraints is called. */
export const variantNames: Record<Variant, string> = {
  t: 'SDP, T only',
  ps: 'SDP, with P and S',
  'relu-rewriting': 'SDP, rewritten with ReLU',
  neuron: 'SDP, per neuron',
  layer: 'SDP, per layer',
};

/** The reported bound is rounded up by this share of rho, and the constraints are checked again there. */
const ROUND_UP = 1 + 1e-6;
/** Points of the search for a lower bound, per step. */
const SEARCH = 24;

/** Which sets of constraints apply to the activations of a network. */
export function variantsOf(network: Network): Variant[] {
  const groups = network.filter(({ activation: a }) => a.group > 1);
  if (groups.length === 0)
    return network.every(({ activation: a }) => a.name === 'linear') ? ['neuron'] : ['layer', 'neuron'];
  const maxmin = groups.every(({ activation: a }) => a.name === 'maxmin');
  return [...(maxmin ? (['relu-rewriting'] as const) : []), 't', 'ps'];
}

/** One program on its way. */
class Solving {
  readonly #lipschitz: Lipschitz;
  readonly #steps: Generator<Iterate, void, void>;
  #best: Float64Array;
  lower = 0;
  newton = 0;
  done = false;
  /** Why the solver gave up, if it did; the best point so far stays a bound. */
  stalled: string | null = null;

  constructor(lipschitz: Lipschitz) {
    this.#lipschitz = lipschitz;
    this.#steps = barrier(lipschitz.program, lipschitz.start);
    this.#best = lipschitz.start;
  }

  advance(): void {
    if (this.done) return;
    try {
      const { value, done } = this.#steps.next();
      if (done || !value) {
        this.done = true;
        return;
      }
      // The first centring may climb before it falls; every iterate is feasible, so the lowest is the bound.
      if (value.rho < (this.#best[0] as number)) this.#best = value.y;
      this.newton = value.newton;
      this.lower = boundOf(this.#lipschitz, Math.max(0, value.lower));
      this.done = value.solved;
    } catch (error) {
      if (!(error instanceof SolverRefused)) throw error;
      this.stalled = error.message;
      this.done = true;
    }
  }

  get #rounded(): Float64Array {
    return this.#best.with(0, (this.#best[0] as number) * ROUND_UP);
  }
  get upper(): number {
    return boundOf(this.#lipschitz, this.#rounded[0] as number);
  }
  get certified(): boolean {
    return certify(this.#lipschitz.program, this.#rounded);
  }
}

/** Where one set of constraints stands: the largest over its programs (several outputs for l-infinity). */
export interface Rung {
  variant: Variant;
  upper: number;
  /** Dual value: the optimum of this program lies above it. */
  lower: number;
  newton: number;
  done: boolean;
  stalled: string | null;
}

/**
 * The bounds of `network`. Fields are private so that the runtime, which walks a state for tensors to free, does not walk
 * millions of numbers.
 */
export class Ladder {
  readonly #network: Network;
  readonly #norm: Norm;
  readonly #programs: [Variant, Solving[]][];
  readonly #search: Search;
  readonly layers: number[];
  readonly product: number;
  readonly pattern: number | null;

  constructor(network: Network, norm: Norm, variants: readonly Variant[] = variantsOf(network)) {
    this.#network = network;
    this.#norm = norm;
    this.layers = layerNorms(network, norm);
    this.product = productBound(network, norm);
    // A layer of zeros: the output never moves, and there is nothing to solve.
    const zero = this.product === 0;
    this.pattern = zero ? 0 : patternBound(network, norm);
    this.#search = startSearch(network, norm);
    this.#programs = variants.map((variant) => [
      variant,
      zero ? [] : programsFor(network, variant, norm).map((lipschitz) => new Solving(lipschitz)),
    ]);
  }

  /** One Newton step of every program, and some more points of the search. */
  step(stream: Stream): void {
    for (const [, programs] of this.#programs) for (const program of programs) program.advance();
    searchOn(this.#search, this.#network, this.#norm, stream, SEARCH);
  }

  get done(): boolean {
    return this.#programs.every(([, programs]) => programs.every(({ done }) => done));
  }

  /** The largest norm of a Jacobian met so far. */
  get sampled(): number {
    return this.#search.best;
  }

  rungs(): Rung[] {
    return this.#programs.map(([variant, programs]) => ({
      variant,
      upper: Math.max(0, ...programs.map(({ upper }) => upper)),
      lower: Math.max(0, ...programs.map(({ lower }) => lower)),
      newton: Math.max(0, ...programs.map(({ newton }) => newton)),
      done: programs.every(({ done }) => done),
      stalled: programs.find(({ stalled }) => stalled)?.stalled ?? null,
    }));
  }

  /** Whether the constraints of `variant` hold at the rounded-up bound, by Cholesky factorisation. */
  certified(variant: Variant): boolean {
    return this.#programs.every(([name, programs]) => name !== variant || programs.every(({ certified }) => certified));
  }
}

/** The least of the programs' bounds. */
export const bestRung = (rungs: readonly Rung[]): Rung | undefined =>
  rungs.reduce<Rung | undefined>((best, rung) => (best && best.upper <= rung.upper ? best : rung), undefined);

/** Solves one set of constraints to the end. */
export function solve(network: Network, norm: Norm, variant: Variant): number {
  if (productBound(network, norm) === 0) return 0;
  return Math.max(
    0,
    ...programsFor(network, variant, norm).map((lipschitz) => {
      const solving = new Solving(lipschitz);
      while (!solving.done) solving.advance();
      return solving.upper;
    }),
  );
}
