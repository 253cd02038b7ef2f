import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '#lab/fingerprint';
import { loadPublic } from '#lab/node';
import type { AnyValues, Param } from '#lab/params';
import { defaults } from '#lab/params';
import { startAny } from '#lab/run';
import { experiment, lab, type Outcome } from './command';
import { everyExperiment, schemaOf } from './every';

/** The first experiment with a parameter as asked for: the command line is the same for all. */
function having(wanted: (param: Param, name: string) => boolean, runs = false) {
  for (const { id, experiment: e } of everyExperiment) {
    const found = Object.entries(schemaOf(e)).find(([name, param]) => wanted(param, name));
    if (found && (!runs || e.steps(defaults(schemaOf(e))) > 0)) return { id, e, name: found[0], param: found[1] };
  }
  throw new Error('No experiment has such a parameter.');
}

const seeded = having((param) => param.kind === 'seed', true);
const pictured = having((param) => param.kind === 'image');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-'));
});
afterAll(() => rm(folder, { recursive: true }));

function expectRefused({ code, stdout, stderr }: Outcome, ...messages: string[]) {
  for (const message of messages) expect(stderr).toContain(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

const parsed = ({ code, stdout, stderr }: Outcome) => {
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
};

async function inProcess(given: AnyValues, steps: number) {
  const { id, e } = seeded;
  const params = { ...defaults(schemaOf(e)), ...given };
  const run = await startAny(e, params, loadPublic);
  await run.advance(steps);
  const frame = await run.frame();
  run.dispose();
  return { id, params, frame, summary: e.summary(frame), steps };
}

describe('--list', () => {
  test('names every experiment on a line of its own', async () => {
    const { code, stdout } = await experiment('--list');
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toEqual(
      everyExperiment.map(({ id, experiment: e }) => `${id.padEnd(28)} ${e.title}`),
    );
  });

  test('--json - gives ids, titles and the whole parameter schemas', async () => {
    const plain = everyExperiment.map(({ id, experiment: { title, params } }) => ({ id, title, params }));
    expect(parsed(await experiment('--list', '--json', '-'))).toEqual(JSON.parse(JSON.stringify(plain)));
  });
});

describe('a run', () => {
  test('prints exactly what the object gives that the page runs', async () => {
    const { id, params, summary } = await inProcess({}, 20);
    const result = parsed(await experiment(id, '--steps', '20', '--json', '-'));
    expect(Object.keys(result)).toEqual(['id', 'params', 'seed', 'backend', 'steps', 'seconds', 'summary']);
    expect(result).toMatchObject({ id, params, seed: params.seed, backend: 'wasm', steps: 20, summary });
    expect(result.summary).toEqual(summary);
    expect(result.seconds).toBeGreaterThan(0);
  });

  test('--frame adds the data of the charts', async () => {
    const { id, frame } = await inProcess({ seed: 3 }, 20);
    const result = parsed(await experiment(id, '--seed', '3', '--steps', '20', '--frame', '--json', '-'));
    expect(Object.keys(result).at(-1)).toBe('frame');
    expect(fingerprint(result.frame)).toBe(fingerprint(JSON.parse(JSON.stringify(frame))));
  });

  test('gives the same for the same seed, and something else for another', async () => {
    const print = async (seed: string) => {
      const { seconds, ...result } = parsed(
        await experiment(seeded.id, '--seed', seed, '--steps', '20', '--frame', '--json', '-'),
      );
      return fingerprint(result.frame);
    };
    const [a, b, c] = [await print('4'), await print('4'), await print('5')];
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  test('--steps 0 shows the start, and another backend is named in the result', async () => {
    const { code, stdout } = await experiment(seeded.id, '--steps', '0', '--backend', 'cpu', '--json', '-');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ steps: 0, backend: 'cpu' });
  });

  test('flags read as on the page and as on a command line', async () => {
    const { id, name, param } = having((p, key) => p.kind === 'real' && /[A-Z]/.test(key), true);
    const { max } = param as { max: number };
    const kebab = name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
    for (const flag of [`--${name}`, `--${kebab}`]) {
      const spaced = parsed(await experiment(id, flag, `${max}`, '--steps', '0', '--json', '-'));
      expect(spaced.params[name]).toBe(max);
      const joined = parsed(await experiment(id, `${flag}=${max}`, '--steps', '0', '--json', '-'));
      expect(joined.params[name]).toBe(max);
    }
  });

  test('a number below zero is a value, not a flag', async () => {
    const { id, name, param } = having(
      (p) => 'min' in p && typeof p.min === 'number' && p.min < 0 && p.kind !== 'series',
    );
    const least = (param as { min: number }).min;
    expect(parsed(await experiment(id, `--${name}`, `${least}`, '--json', '-', '--steps', '0')).params[name]).toBe(
      least,
    );
  });

  test('without --json says in words how it ended', async () => {
    const { stdout, code } = await experiment(seeded.id, '--steps', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${seeded.id}: 1 steps in [0-9.]+ s on wasm\n`));
    const { summary } = await inProcess({}, 1);
    for (const name of Object.keys(summary)) expect(stdout).toContain(name);
  });

  test('--json with a file writes it where the caller stands, and leaves standard output empty', async () => {
    const file = join(folder, 'absolute.json');
    const { code, stdout } = await experiment(seeded.id, '--steps', '0', '--json', file);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(JSON.parse(await readFile(file, 'utf8')).id).toBe(seeded.id);
    // npm runs commands in the project's root and says in INIT_CWD where it was called.
    const name = `lab-test-${process.pid}.json`;
    await lab(['experiment', seeded.id, '--steps', '0', '--json', name], folder);
    const astray = existsSync(name);
    await rm(name, { force: true });
    expect(astray, 'written into the root').toBe(false);
    expect(JSON.parse(await readFile(join(folder, name), 'utf8')).id).toBe(seeded.id);
  });
});

describe('a picture', () => {
  const run = (path: string) =>
    lab(['experiment', pictured.id, `--${pictured.name}`, path, '--steps', '1', '--json', '-'], folder);

  test('is given as a path from where the caller stands, cut to a square and turned grey', async () => {
    // Left half black, right half white, twice as wide as high: the centre square holds both.
    const [width, height] = [400, 200];
    const pixels = Buffer.from(
      Uint8Array.from({ length: 3 * width * height }, (_, i) => (((i / 3) | 0) % width < 200 ? 0 : 255)),
    );
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(join(folder, 'halves.png'));
    const { params } = parsed(await run('halves.png'));
    const { side } = pictured.param as { side: number };
    const { name, grey } = params[pictured.name];
    expect({ name, side: params[pictured.name].side }).toEqual({ name: 'halves.png', side });
    expect(grey).toHaveLength(side * side);
    const row = grey.slice(0, side) as number[];
    expect(Math.max(...row.slice(0, side / 2 - 4))).toBeLessThan(0.02);
    expect(Math.min(...row.slice(side / 2 + 4))).toBeGreaterThan(0.98);
  });

  test('that is no picture, or not there, is refused', async () => {
    await writeFile(join(folder, 'text.png'), 'This is no picture.');
    expectRefused(await run('text.png'), pictured.name, 'text.png is not a picture that can be read');
    expectRefused(await run('nowhere.png'), pictured.name, 'nowhere.png cannot be read');
    expectRefused(await run('.'), pictured.name, 'cannot be read');
  });
});
