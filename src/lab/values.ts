/**
 * Reading, checking and writing parameter values: the one place for what a URL, a command line, a control and a
 * pasted file accept, and for what is said when they do not.
 */
import type { AnyValue, AnyValues, Param, Picture, Schema, Values } from './params';

/** A value that was refused; the message says what was wrong and what is accepted. */
export class RefusedValue extends Error {
  override name = 'RefusedValue';
}

const quote = (value: unknown) => {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return `"${text.length > 40 ? `${text.slice(0, 37)}…` : text}"`;
};

/** What a parameter accepts, in words: for messages, for `--help` and beside the controls. */
export function accepted(param: Param): string {
  switch (param.kind) {
    case 'integer':
    case 'seed':
      return `a whole number from ${param.min} to ${param.max}`;
    case 'real':
      return `a number from ${param.min} to ${param.max}`;
    case 'choice':
      return `one of ${param.options.join(', ')}`;
    case 'toggle':
      return 'true or false';
    case 'series': {
      const [least, most] = param.length;
      const count = least === most ? `${least}` : `${least} to ${most}`;
      if (param.editor === 'points') {
        return `${least / 2} to ${most / 2} points as x,y,x,y,…, with numbers from ${param.min} to ${param.max}`;
      }
      return `${count} numbers from ${param.min} to ${param.max}, separated by commas`;
    }
    case 'image':
      return 'a picture file (PNG, JPEG, WebP, GIF or AVIF)';
    case 'text':
      return `text of at most ${param.length} characters`;
    case 'json':
      return 'a JSON file';
  }
}

/** Returns `value` if `param` accepts it; throws {@link RefusedValue} else. */
export function checkValue(name: string, param: Param, value: unknown): AnyValue {
  const refuse = (): never => {
    throw new RefusedValue(`${name}: ${quote(value)} is not ${accepted(param)}.`);
  };
  const within = (x: unknown, { min, max }: { min: number; max: number }) =>
    typeof x === 'number' && Number.isFinite(x) && x >= min && x <= max;
  switch (param.kind) {
    case 'integer':
    case 'seed':
      return within(value, param) && Number.isInteger(value) ? (value as number) : refuse();
    case 'real':
      return within(value, param) ? (value as number) : refuse();
    case 'choice':
      return param.options.includes(value as string) ? (value as string) : refuse();
    case 'toggle':
      return typeof value === 'boolean' ? value : refuse();
    case 'series':
      return Array.isArray(value) &&
        value.length >= param.length[0] &&
        value.length <= param.length[1] &&
        (param.editor !== 'points' || value.length % 2 === 0) &&
        value.every((x) => within(x, param))
        ? (value as readonly number[])
        : refuse();
    case 'image':
      return value === null || isPicture(value, param.side) ? (value as Picture | null) : refuse();
    case 'text': {
      if (typeof value !== 'string') return refuse();
      const characters = [...value].length;
      // The text itself is too long to be quoted; its length says what is wrong.
      if (characters > param.length)
        throw new RefusedValue(`${name}: ${characters} characters are more than the ${param.length} accepted.`);
      return value;
    }
    case 'json':
      return value === null ? null : param.check(value);
  }
}

const isPicture = (value: unknown, side: number): value is Picture => {
  const picture = value as Picture;
  return typeof value === 'object' && picture?.side === side && picture.grey?.length === side * side;
};

/** Reads one value from text, as it stands in a URL or behind a flag. Throws {@link RefusedValue}. */
export function parseValue(name: string, param: Param, text: string): AnyValue {
  const number = (raw: string) =>
    /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(raw.trim()) && Number.isFinite(Number(raw)) ? Number(raw) : raw;
  switch (param.kind) {
    case 'integer':
    case 'seed':
    case 'real':
      return checkValue(name, param, number(text));
    case 'toggle':
      return checkValue(name, param, text === 'true' ? true : text === 'false' ? false : text);
    case 'series':
      return checkValue(name, param, text === '' ? [] : text.split(',').map(number));
    case 'choice':
    case 'text':
      return checkValue(name, param, text);
    case 'image':
      throw new RefusedValue(`${name}: a picture cannot be part of a link. Choose it on the page again.`);
    case 'json':
      try {
        return checkValue(name, param, JSON.parse(text));
      } catch (error) {
        if (error instanceof SyntaxError) throw new RefusedValue(`${name}: this is not JSON (${error.message}).`);
        throw error;
      }
  }
}

/** Writes one value as it stands in a URL; `null` for what a URL cannot hold. Numbers keep their exact value. */
export function formatValue(param: Param, value: AnyValue): string | null {
  switch (param.kind) {
    case 'series':
      return (value as readonly number[]).join(',');
    case 'image':
      return null;
    case 'json':
      return value === null ? null : JSON.stringify(value);
    default:
      return String(value);
  }
}

/** Fills `given` up with the defaults and checks every entry. Throws {@link RefusedValue} at the first that fails. */
export function completeValues<S extends Schema>(schema: S, given: AnyValues = {}): Values<S> {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(schema, name)) {
      throw new RefusedValue(`"${name}" is not a parameter here. There are: ${Object.keys(schema).join(', ')}.`);
    }
  }
  return Object.fromEntries(
    Object.entries(schema).map(([name, param]) => [
      name,
      checkValue(name, param, Object.hasOwn(given, name) ? given[name] : param.default),
    ]),
  ) as Values<S>;
}

/** The names of the parameters in which two sets of values differ. */
export function differing(schema: Schema, a: AnyValues, b: AnyValues): string[] {
  return Object.keys(schema).filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]));
}
