import type { PlotOptions } from '@observablehq/plot';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderChart } from '#charts/static';
import type { Chart, Row, Shown } from '#lab/experiment';
import type { AnyValue, Param } from '#lab/params';
import { recordedRun } from '#lab/results';
import { aFewSteps, another, distinctExperiments, quick, schemaOf, withRun } from './every';

type AnyChart = Chart<unknown>;

/** Where `value` holds something that JSON or a structured clone would lose or change; empty if nowhere. */
function notPlain(value: unknown, path = 'frame'): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (Array.isArray(value)) return value.flatMap((part, i) => notPlain(part, `${path}[${i}]`));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.entries(value).flatMap(([key, part]) => notPlain(part, `${path}.${key}`));
  }
  return [`${path} is ${typeof value === 'object' ? value.constructor?.name : typeof value}`];
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** An axis is labelled, switched off, or says by `label: null` that its ticks are names which need no label. */
function expectLabelled({ x, y }: PlotOptions) {
  for (const [name, scale] of Object.entries({ x, y })) {
    const named = scale?.label === null && scale.domain && [...scale.domain].every((d) => typeof d === 'string');
    const labelled = typeof scale?.label === 'string' && scale.label.trim() !== '';
    expect(labelled || scale?.axis === null || named, `the ${name} axis has a label`).toBe(true);
  }
}

function expectDrawn(options: PlotOptions, prefix: string) {
  const html = renderChart(options, prefix);
  expect(html).toContain('<svg');
  // Coordinates that could not be computed; Plot writes them out as they are.
  expect(html.match(/="[^"]*\b(NaN|undefined|Infinity)\b[^"]*"/g) ?? []).toEqual([]);
  // Plot warns of options that make no sense by a sign in the picture itself.
  expect(html.includes('⚠'), 'a warning sign in the picture; standard error says why').toBe(false);
}

/** Numbers in a sentence, without the separators of thousands. */
const numbersIn = (text: string) =>
  (text.replace(/(?<=\d),(?=\d{3})/g, '').match(/\d+(?:\.\d+)?(?:e[-+]?\d+)?/g) ?? []).map(Number);

/** Every number of a frame and its lengths, as people read them: to three digits, as they are or in percent. */
function numbersOf(value: unknown, found = new Set<number>()): Set<number> {
  if (typeof value === 'number') {
    for (const x of [value, 100 * value]) found.add(Math.abs(Number(x.toPrecision(3)))).add(Math.abs(x));
  } else if (typeof value === 'string') for (const x of numbersIn(value)) found.add(x);
  else if (typeof value === 'object' && value !== null) {
    if (Array.isArray(value)) found.add(value.length);
    for (const part of Object.values(value)) numbersOf(part, found);
  }
  return found;
}

const MOMENTS = ['at step 0', 'after a few steps', 'after 40 steps', 'as recorded'] as const;

describe.each(distinctExperiments)('$id', ({ id, experiment }) => {
  const charts = Object.entries(experiment.charts) as [string, AnyChart][];
  const frames = {} as Record<(typeof MOMENTS)[number], unknown>;
  /** What the description of the recorded run may quote. */
  let known = new Set<number>();

  beforeAll(async () => {
    await withRun(experiment, {}, async (run) => {
      frames['at step 0'] = await run.frame();
      await run.advance(aFewSteps(experiment));
      frames['after a few steps'] = await run.frame();
      await run.advance(40 - run.step);
      frames['after 40 steps'] = await run.frame();
    });
    const recorded = await recordedRun(id);
    frames['as recorded'] = recorded.frame;
    known = numbersOf([recorded.frame, recorded.params]);
  });

  /** Frames with another value of each parameter that can be made up, until one of them is `enough`. */
  async function some(enough: (frame: unknown) => boolean): Promise<boolean> {
    for (const [name, param] of Object.entries(schemaOf(experiment))) {
      const value = another(param, quick(experiment)[name] as AnyValue);
      if (value === undefined) continue;
      if (enough(await withRun(experiment, { [name]: value }, (run) => run.frame()))) return true;
    }
    return false;
  }

  test('has a chart', () => {
    expect(charts.length).toBeGreaterThan(0);
  });

  test.each(Object.keys(schemaOf(experiment)))('its charts draw for another value of %s, too', async (name) => {
    const param = schemaOf(experiment)[name] as Param;
    const value = another(param, quick(experiment)[name] ?? null);
    if (value === undefined) return;
    const frame = await withRun(experiment, { [name]: value }, (run) => run.frame());
    for (const [title, chart] of charts) {
      expectDrawn(chart.plot([{ label: 'now', frame }], { width: 400 }), title);
      expect(chart.describe(frame)).not.toMatch(/\b(undefined|NaN|\[object)/);
    }
  });

  test.each(MOMENTS)('its frame %s is plain data: a link, a worker and a file can carry it', (moment) => {
    const frame = frames[moment];
    expect(notPlain(frame)).toEqual([]);
    const text = JSON.stringify(frame);
    expect(JSON.stringify(JSON.parse(text))).toBe(text);
    expect(structuredClone(frame)).toEqual(frame);
  });

  describe.each(charts)('chart %s', (name, chart) => {
    test('has a title and says how to read it', () => {
      expect(chart.title).toMatch(/\S/);
      expect(chart.caption).toMatch(/\S/);
    });

    test('says in words what it shows: numbers of the frame, others when the frame is another', async () => {
      const said = MOMENTS.map((moment) => chart.describe(frozen(structuredClone(frames[moment]))));
      for (const text of said) {
        expect(text).toMatch(/\S/);
        expect(text).not.toMatch(/\b(undefined|null|NaN|Infinity|\[object)/);
      }
      const recorded = said.at(-1) as string;
      expect(numbersIn(recorded).filter((x) => known.has(x)).length, recorded).toBeGreaterThan(0);
      const other = new Set(said).size > 1 || (await some((frame) => chart.describe(frame) !== recorded));
      expect(other, `only ever: ${recorded}`).toBe(true);
    });

    test.runIf(chart.curves)('has curves of pairs, named apart, that lie on its axes', () => {
      for (const moment of MOMENTS) {
        const { x, y, lines } = (chart.curves as NonNullable<AnyChart['curves']>)(
          frozen(structuredClone(frames[moment])),
        );
        expect([x.label, y.label].every((label) => label.length > 0)).toBe(true);
        expect(lines.length).toBeGreaterThan(0);
        expect(new Set(lines.map((line) => line.name)).size).toBe(lines.length);
        for (const line of lines) {
          if (line.y.length > 0) expect(line.y.length, line.name).toBe(line.x.length);
          for (const [axis, values] of [
            [x, line.x],
            [y, line.y],
          ] as const)
            if (axis.scale === 'log') expect(values.every((value) => value == null || value >= 0)).toBe(true);
        }
      }
    });

    test.each(MOMENTS)('draws itself %s', (moment) => {
      const frame = frozen(structuredClone(frames[moment]));
      for (const width of [320, 800]) {
        const options = chart.plot([{ label: 'now', frame }], { width });
        expectLabelled(options);
        expect(options.width).toBeLessThanOrEqual(width);
        expectDrawn(options, `${name}-${width}`);
      }
      // The frame was frozen: a chart that changed it would have thrown.
      expect(frame).toEqual(frames[moment]);
    });

    test.each(MOMENTS)('has rows of one shape %s, of numbers, texts and nothing else', (moment) => {
      const rows = chart.rows(frozen(structuredClone(frames[moment])));
      if (moment === 'as recorded') expect(rows.length).toBeGreaterThan(0);
      if (rows.length === 0) return;
      const columns = Object.keys(rows[0] as Row);
      for (const row of rows) {
        expect(Object.keys(row)).toEqual(columns);
        for (const value of Object.values(row)) {
          expect(value === null || typeof value === 'string' || Number.isFinite(value)).toBe(true);
        }
      }
    });

    test('draws the run on the screen over kept ones and the recorded one', () => {
      const runs: Shown<unknown>[] = [
        { label: 'now', frame: frames['after a few steps'] },
        { label: 'seed 2', frame: frames['at step 0'] },
        { label: 'recorded', frame: frames['as recorded'] },
      ];
      expectDrawn(chart.plot(frozen(structuredClone(runs)), { width: 400 }), name);
    });

    test('is the same picture in every build', () => {
      const runs = [{ label: 'recorded', frame: frames['as recorded'] }];
      const draw = () => renderChart(chart.plot(runs, { width: 400 }), name);
      expect(draw()).toBe(draw());
    });
  });
});
