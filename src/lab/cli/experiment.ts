/**
 * `npm run -s experiment -- <id> [--param value …] [--steps n] [--json -]`: the object that the page runs, in Node.
 * Standard output carries results alone; progress and complaints go to standard error; a wrong flag exits with 2.
 */
import { Command, Option } from 'commander';
import { type BackendName, backendNames } from '../backend-names';
import type { AnyExperiment } from '../experiment';
import { loadPublic, startBackend } from '../node';
import type { AnyValue, Schema } from '../params';
import { MOST_STEPS } from '../permalink';
import { allExperiments, findExperiment } from '../registry';
import { Run } from '../run';
import { accepted, completeValues, parseValue, RefusedValue } from '../values';
import { readInput } from './input';
import { main, output, progressBar } from './terminal';

const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** Flags read as on the page (`--learningRate`) or as on a command line (`--learning-rate`). */
const normalised = (args: string[]) =>
  args.map((arg) => arg.replace(/^--[^=]+/, (flag) => (flag.includes('-', 2) ? flag : kebab(flag))));

interface Flags {
  steps?: number;
  backend: BackendName;
  json?: string;
  frame?: boolean;
}

function wholeSteps(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > MOST_STEPS) {
    throw new RefusedValue(`steps: "${text}" is not a whole number from 0 to ${MOST_STEPS}.`);
  }
  return Number(text);
}

function commandFor(experiment: AnyExperiment): Command {
  const command = new Command(experiment.id).description(experiment.title).exitOverride();
  for (const [name, param] of Object.entries(experiment.params as Schema)) {
    const path = param.kind === 'image' || param.kind === 'json';
    const flag = `--${kebab(name)} <${path ? 'path' : 'value'}>`;
    command.option(flag, `${param.label}: ${accepted(param)} (default: ${JSON.stringify(param.default)})`);
  }
  return command
    .addOption(new Option('--steps <n>', 'steps to take (default: a full run)').argParser(wholeSteps))
    .addOption(new Option('--backend <name>', 'device').choices(backendNames).default('wasm'))
    .option('--frame', 'add the last frame, the data of the charts')
    .option('--json <file>', 'write the result as JSON to a file, or to standard output with -');
}

async function list(args: string[]): Promise<void> {
  const file = args[args.indexOf('--json') + 1];
  const experiments = (await allExperiments()).map(({ id, title, params }) => ({ id, title, params }));
  if (args.includes('--json')) return output(file ?? '-', experiments);
  for (const { id, title } of experiments) console.log(`${id.padEnd(28)} ${title}`);
}

async function runOne(id: string, args: string[]): Promise<void> {
  const experiment = await findExperiment(id).catch((error) => {
    throw new RefusedValue(error.message);
  });
  const command = commandFor(experiment).parse(normalised(args), { from: 'user' });
  const { steps: wanted, backend, json, frame: withFrame, ...texts } = command.opts<Flags & Record<string, string>>();
  const given: Record<string, AnyValue> = {};
  for (const [name, text] of Object.entries(texts)) {
    const param = (experiment.params as Schema)[name];
    if (!param) continue;
    const path = param.kind === 'image' || param.kind === 'json';
    given[name] = path ? await readInput(name, param, text) : parseValue(name, param, text);
  }
  const params = completeValues(experiment.params as Schema, given);
  await startBackend(backend);
  const started = performance.now();
  const run = await Run.start(experiment, params as never, loadPublic);
  const steps = wanted ?? run.end;
  const bar = progressBar(experiment.title, steps);
  while (run.before(steps)) {
    await run.advance();
    bar.update(run.step);
  }
  bar.stop();
  const frame = await run.frame();
  const seconds = (performance.now() - started) / 1000;
  const summary = experiment.summary(frame);
  const seed = params.seed ?? null;
  await output(
    json,
    { id, params, seed, backend, steps: run.step, seconds, summary, ...(withFrame ? { frame } : {}) },
    () => {
      console.log(`${id}: ${run.step} steps in ${seconds.toFixed(1)} s on ${backend}`);
      for (const [name, value] of Object.entries(summary))
        console.log(`  ${name.padEnd(24)} ${value ?? 'not reached'}`);
    },
  );
}

const [first, ...rest] = process.argv.slice(2);
await main(async () => {
  if (first === '--list') return list(rest);
  if (first && !first.startsWith('-')) return runOne(first, rest);
  console.log(
    'Usage: npm run -s experiment -- --list [--json -]\n       npm run -s experiment -- <id> [--help] [flags]',
  );
  process.exitCode = first === '--help' ? 0 : 2;
});
