import { describe, expect, test } from 'vitest';
import { slugOf } from '#lab/experiment';
import type { Param } from '#lab/params';
import { MOST_STEPS } from '#lab/permalink';
import { slugs } from '#lab/registry';
import { accepted } from '#lab/values';
import { experiment, lab, type Outcome } from './command';
import { everyExperiment, schemaOf } from './every';

const { id, experiment: first } = everyExperiment.find(({ experiment: e }) =>
  Object.values(schemaOf(e)).some((param) => param.kind === 'integer'),
) as (typeof everyExperiment)[number];
const [name, param] = Object.entries(schemaOf(first)).find(([, p]) => p.kind === 'integer') as [
  string,
  Param & { max: number },
];
const flag = `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;

/** Standard output stays empty, so that what reads it never takes a complaint for a result. */
function expectRefused({ code, stdout, stderr }: Outcome, ...messages: string[]) {
  for (const message of messages) expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('refused with 2 and a message on standard error', () => {
  test.each([`${param.max + 1}`, '0x10', ''])('a wrong value, %j, with the range accepted', async (value) => {
    expectRefused(await experiment(id, flag, value, '--json', '-'), `${name}: "${value}"`, accepted(param));
  });

  test('a value left out', async () => {
    expectRefused(await experiment(id, flag), flag);
  });

  test('an unknown flag', async () => {
    expectRefused(await experiment(id, '--nonsense', '3', '--json', '-'), '--nonsense');
  });

  test('words that belong to no flag', async () => {
    expectRefused(await experiment(id, 'nonsense', '--json', '-'), 'too many arguments');
  });

  test.each(['nonsense', `${slugs()[0]}/nonsense`])(
    'an unknown experiment, %s, with the list of what there is: of its paper, or of all',
    async (wrong) => {
      const there = everyExperiment.map((e) => e.id);
      const ofPaper = there.filter((known) => wrong.startsWith(`${slugOf(known)}/`));
      const listed = ofPaper.length > 0 ? ofPaper : there;
      expectRefused(await experiment(wrong, '--json', '-'), `"${wrong}"`, ...listed);
    },
  );

  test.each(['abc', '-1', `${MOST_STEPS + 1}`])('a number of steps that is none, %s', async (steps) => {
    expectRefused(await experiment(id, `--steps=${steps}`), `steps: "${steps}"`, `0 to ${MOST_STEPS}`);
  });

  test('an unknown backend, with the list of those there are', async () => {
    expectRefused(await experiment(id, '--backend', 'nonsense'), 'nonsense', 'webgpu, wasm, cpu');
  });

  test('claims of an unknown paper, with the list of those there are', async () => {
    expectRefused(await lab(['claims', 'nonsense']), '"nonsense"', ...slugs());
  });

  test('no experiment at all, with how to ask for one on standard output or error', async () => {
    const { code, stdout, stderr } = await experiment();
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('Usage:');
  });
});

describe('help', () => {
  test('of an experiment names every parameter, what it accepts and its default', async () => {
    const { code, stdout } = await experiment(id, '--help');
    expect(code).toBe(0);
    const words = (text: string) => text.replace(/\s+/g, ' ');
    for (const p of Object.values(schemaOf(first)))
      expect(words(stdout)).toContain(words(`${p.label}: ${accepted(p)}`));
  });

  test.each([
    ['experiment', '--help'],
    ['claims', '--help'],
  ])('%s %s exits with 0', async (...args) => {
    const { code, stdout } = await lab(args);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage:');
  });
});

test('a run that its experiment refuses exits with 1, its message and what to do about it', async () => {
  // Silence: a chord of no voices, which the spectral-bias experiment cannot teach.
  const wrong = ['--amplitudes', new Array(16).fill(0).join(',')];
  const { code, stdout, stderr } = await experiment('fresh/spectral-bias', ...wrong, '--json', '-');
  expect(stderr).toContain('Silence: with every amplitude at 0 there is nothing to learn.');
  expect(stderr).toContain('Turn at least one frequency up.');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

test('commands that run at the same time do not disturb each other', async () => {
  const runs = Array.from({ length: 6 }, async (_, i) => {
    await new Promise((resolve) => setTimeout(resolve, 250 * i));
    return experiment(id, '--steps', '1', '--json', '-');
  });
  for (const { code, stderr } of await Promise.all(runs)) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
