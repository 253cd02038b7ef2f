/**
 * The parameter schema of an experiment. One schema makes the controls, the permalink, the command-line flags, the
 * validation messages and the types that `setup`, `step` and `frame` see.
 *
 * A parameter is plain data (but for the `check` of `json`), so that the page can render its controls at build time.
 */

interface Common {
  /** What the control is called. */
  label: string;
  /** The paper's symbol, as TeX. */
  symbol?: string;
  /** One sentence for the reader who asks what this does. */
  help?: string;
  /** Takes effect in the running experiment; the others restart it. Default: false. */
  live?: boolean;
  /** Unit shown behind the number, e.g. 'steps' or 'cycles'. */
  unit?: string;
}

export interface IntegerParam extends Common {
  kind: 'integer';
  min: number;
  max: number;
  default: number;
  step?: number;
}
export interface RealParam extends Common {
  kind: 'real';
  min: number;
  max: number;
  default: number;
  scale?: 'linear' | 'log';
  step?: number;
}
export interface ChoiceParam<Option extends string = string> extends Common {
  kind: 'choice';
  options: readonly Option[];
  /** What each option is called on the page. Default: the option itself. */
  names?: Partial<Record<Option, string>>;
  default: Option;
}
export interface ToggleParam extends Common {
  kind: 'toggle';
  default: boolean;
}
export interface SeedParam extends Common {
  kind: 'seed';
  min: number;
  max: number;
  default: number;
}
/** A short list of numbers that the reader edits by hand: amplitudes, a drawn signal. */
export interface SeriesParam extends Common {
  kind: 'series';
  min: number;
  max: number;
  /** Smallest and largest number of entries accepted. */
  length: readonly [number, number];
  /** Bars only: from value to value that a drag or an arrow key can reach, from `min` on. Default: a twentieth of the range. */
  step?: number;
  /** How the reader edits it: one bar per entry, a curve drawn freehand, or points of a plane as x, y, x, y, … */
  editor: 'bars' | 'curve' | 'points';
  default: readonly number[];
}
/** A grey picture of the reader's own; `null` where none was given. Never part of a permalink. */
export interface ImageParam extends Common {
  kind: 'image';
  /** Side in pixels of the square that the picture is cropped and resized to. */
  side: number;
  /** Offers a pad to draw the picture on, light on dark; for small sides. */
  draw?: boolean;
  default: null;
}
/** A line of text that the reader types. What its characters mean is up to the experiment. */
export interface TextParam extends Common {
  kind: 'text';
  /** Most characters accepted; none at all is accepted, too. */
  length: number;
  default: string;
}
/** Structured input such as a network; `check` returns the value or throws with a message for the reader. */
export interface JsonParam<Value = unknown> extends Common {
  kind: 'json';
  check: (value: unknown) => Value;
  default: Value | null;
}

/** Grey values in [0, 1], row by row, `side * side` of them. */
export interface Picture {
  name: string;
  side: number;
  grey: readonly number[];
}

export type Param =
  | IntegerParam
  | RealParam
  | ChoiceParam
  | ToggleParam
  | SeedParam
  | SeriesParam
  | ImageParam
  | TextParam
  // biome-ignore lint/suspicious/noExplicitAny: a schema may hold checks of any value type
  | JsonParam<any>;

export type Schema = Readonly<Record<string, Param>>;

export type ValueOf<P extends Param> = P extends { kind: 'integer' | 'real' | 'seed' }
  ? number
  : P extends ChoiceParam<infer Option>
    ? Option
    : P extends { kind: 'toggle' }
      ? boolean
      : P extends { kind: 'text' }
        ? string
        : P extends { kind: 'series' }
          ? readonly number[]
          : P extends { kind: 'image' }
            ? Picture | null
            : P extends JsonParam<infer Value>
              ? Value | null
              : never;

/** The values that a schema describes, by name. */
export type Values<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** Values of any schema, for code that serves all experiments. */
export type AnyValue = number | string | boolean | readonly number[] | Picture | null | object;
export type AnyValues = Readonly<Record<string, AnyValue>>;

type Spec<P> = Omit<P, 'kind'>;

export const integer = (spec: Spec<IntegerParam>): IntegerParam => ({ ...spec, kind: 'integer' });
export const real = (spec: Spec<RealParam>): RealParam => ({ ...spec, kind: 'real' });
export const choice = <const Option extends string>(
  spec: Omit<ChoiceParam<Option>, 'kind' | 'default'> & { default: NoInfer<Option> },
): ChoiceParam<Option> => ({ ...spec, kind: 'choice' });
export const toggle = (spec: Spec<ToggleParam>): ToggleParam => ({ ...spec, kind: 'toggle' });
export const series = (spec: Spec<SeriesParam>): SeriesParam => ({ ...spec, kind: 'series' });
export const image = (spec: Omit<ImageParam, 'kind' | 'default'>): ImageParam => ({
  kind: 'image',
  default: null,
  ...spec,
});
export const text = (spec: Spec<TextParam>): TextParam => ({ ...spec, kind: 'text' });
export const json = <Value>(spec: Omit<JsonParam<Value>, 'kind'>): JsonParam<Value> => ({ ...spec, kind: 'json' });
/** The seed of all randomness of a run; 0 is refused, because some libraries read it as "no seed". */
export const seed = (spec: Partial<Spec<SeedParam>> = {}): SeedParam => ({
  kind: 'seed',
  label: 'Seed',
  min: 1,
  max: 999_999,
  default: 1,
  help: 'Equal seeds give equal runs.',
  ...spec,
});

/** The values that a schema starts with. */
export function defaults<S extends Schema>(schema: S): Values<S> {
  return Object.fromEntries(Object.entries(schema).map(([name, param]) => [name, param.default])) as Values<S>;
}
