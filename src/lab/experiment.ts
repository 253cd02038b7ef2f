/**
 * The experiment contract: the one idea of this site. Everything live is an experiment, and the page, the command
 * line, the static figures, the claim checks and the leak test all run the same object.
 *
 * An experiment has two halves. The *description* (parameters, charts, summary, claims) is plain TypeScript that the
 * page and the build read. The *mechanism* (set up, step, measure, frame) is what computes, with TensorFlow.js; it is
 * imported only where it runs, so that neither the page's main thread nor the build ever loads tfjs.
 */
import type { PlotOptions } from '@observablehq/plot';
import type { Schema, Values } from './params';
import type { Random } from './random';

/** What a mechanism is given. `step` counts the steps taken so far (0 in `setup`). */
export interface Context<P extends Schema> {
  params: Values<P>;
  /** Named random streams of the run's seed. */
  random: Random;
  step: number;
  /** Wall time computed so far. Put it into a frame only under the key `seconds`, which fingerprints pass over. */
  seconds: number;
  /** Reads a file of `public/`, e.g. `data/photos/boats-64.png`. */
  load(path: string): Promise<Uint8Array>;
}

/**
 * What computes. `State` may hold tensors, variables and optimizers anywhere; the runtime disposes of them all.
 */
export interface Mechanism<P extends Schema, State, Frame> {
  /** Builds the state a run starts from. Equal parameters and seeds build equal states. */
  setup(context: Context<P>): State | Promise<State>;
  /** A `live` parameter changed in the middle of a run. Only needed where the state depends on it. */
  update?(state: State, context: Context<P>): void | Promise<void>;
  /**
   * One step of the work. Reads nothing back. Calculators have none. Where it asks the context for nothing but
   * parameters, it may be recorded and replayed: it must then depend on tensors, parameters and the state's own fields
   * alone, and do nothing else in JavaScript.
   */
  step?(state: State, context: Context<P>): void;
  /** Reads back what the history keeps; called at step 0 and after every `measureEvery` steps. */
  measure?(state: State, context: Context<P>): void | Promise<void>;
  /** Plain data for the charts; called when the screen can take one, so it changes nothing. */
  frame(state: State, context: Context<P>): Frame | Promise<Frame>;
  /** Named weights for export, as tensors that stay the state's own. */
  weights?(state: State): Record<string, { shape: number[]; dataSync(): ArrayLike<number> }>;
}

/** Types a mechanism by its schema: `defineMechanism<typeof params>()({ … })`. */
export const defineMechanism =
  <P extends Schema>() =>
  <State, Frame>(mechanism: Mechanism<P, State, Frame>): Mechanism<P, State, Frame> =>
    mechanism;

/** One run's frame as a chart sees it; the first in the list is the run on the screen, the others lie under it. */
export interface Shown<Frame> {
  label: string;
  frame: Frame;
}

export type Row = Record<string, string | number | null>;

/** One axis of curves, as the picture has it. */
export interface CurveAxis {
  label: string;
  unit?: string;
  scale?: 'log';
  /** What the picture's axis reaches over, where the numbers do not say it. */
  domain?: readonly [number, number];
}

/** A named line; where `y` has no number there is a gap. */
export interface Curve {
  name: string;
  x: readonly number[];
  y: readonly (number | null | undefined)[];
}

/** The lines of a chart as numbers: what is said of them, and what can be heard. */
export interface Curves {
  x: CurveAxis;
  y: CurveAxis;
  lines: readonly Curve[];
}

/** One chart: a picture, its text alternative and its numbers, all made from the same frames. */
export interface Chart<Frame> {
  title: string;
  /** How to read it; one or two sentences under the chart. */
  caption: string;
  /** What the chart shows right now, in words, with numbers of the frame: `src/charts/words.ts` says curves. */
  describe(frame: Frame): string;
  /** The lines of a chart that is made of lines; such a chart can be listened to. */
  curves?(frame: Frame): Curves;
  /** Unit of a column of `rows`, where it has one. */
  unit?(column: string): string | undefined;
  /** The numbers behind the picture, for the table and the CSV file. */
  rows(frame: Frame): Row[];
  plot(runs: readonly Shown<Frame>[], size: { width: number }): PlotOptions;
  /** Takes the whole width of the widget. */
  wide?: boolean;
}

/** Named scalars of a run; `null` for what did not happen (a threshold that was never reached). */
export type Summary = Record<string, number | null>;

/** Runs an experiment for a claim; equal calls share one run. */
export type Bench<P extends Schema, Frame, S extends Summary> = (
  params: Partial<Values<P>>,
  steps: number,
) => Promise<{ frame: Frame; summary: S }>;

/** A statement of the paper (or of this page) with the test that it has to pass here. */
export interface Claim<P extends Schema, Frame, S extends Summary> {
  id: string;
  /** What is claimed, in one sentence. */
  statement: string;
  /** Where it stands: paper and place, or that it is a finding of this page. */
  source: string;
  /** What is measured, e.g. 'Spearman rank correlation'. */
  quantity: string;
  /** Has to hold for each seed, or for their mean. */
  criterion: { relation: '>=' | '<='; threshold: number; over: 'each seed' | 'the mean' };
  seeds: readonly number[];
  /** What the small scale leaves untested. */
  untested: string;
  /** One number per seed. */
  measure(run: Bench<P, Frame, S>, seed: number): number | Promise<number>;
}

export interface Experiment<P extends Schema = Schema, Frame = unknown, S extends Summary = Summary> {
  /** `slug/name`; the page shows it under the anchor `name`. */
  id: string;
  title: string;
  params: P;
  /** Steps of a full run; 0 for a calculator. */
  steps(params: Values<P>): number;
  /** Steps between two measurements of the history. Default: 1. */
  measureEvery?: number;
  /** Relative cost of one step, for the estimate before the first run. Default: the same for all parameters. */
  cost?(params: Values<P>): number;
  /** The backend that it runs best on. Default: 'wasm'. */
  prefers?: 'webgpu';
  /** Said when a run turns non-finite: what to change. */
  hint: string;
  /**
   * Direct manipulation: what else changes when the reader drags entry `index` of the series named here to `value`.
   * What a reader can touch is a parameter, so that permalinks and the command line know it too. Without an entry
   * here, a drag sets the series' entry and nothing else.
   */
  act?: Record<string, (params: Values<P>, gesture: { index: number; value: number }) => Partial<Values<P>>>;
  mechanism(): Promise<Mechanism<P, unknown, Frame>>;
  charts: Record<string, Chart<Frame>>;
  summary(frame: Frame): S;
  claims: readonly Claim<P, Frame, S>[];
  /** Small parameters for tests that need many steps; the same mechanism at a fraction of the cost. */
  quick: Partial<Values<P>>;
}

/** An experiment whose types are not known here: what the registry hands out. */
// biome-ignore lint/suspicious/noExplicitAny: the runtime serves experiments of every type
export type AnyExperiment = Experiment<any, any, any>;

/** Checks nothing at run time; ties the types of parameters, frames and summary together. */
export const defineExperiment = <const P extends Schema, Frame, S extends Summary>(
  experiment: Experiment<P, Frame, S>,
): Experiment<P, Frame, S> => experiment;

/** The anchor of an experiment on its page: the part of the id behind the slug. */
export const anchorOf = (id: string): string => id.slice(id.indexOf('/') + 1);

/** The paper an experiment belongs to: the part of the id before the name. */
export const slugOf = (id: string): string => id.slice(0, id.indexOf('/'));
