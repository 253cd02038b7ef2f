/**
 * `npm run bench`: training steps per second of ours, stock tfjs, jax-js, PyTorch and plain loops, in Node and in
 * Chromium, and what ours holds over 10,000 steps. A whole run writes `BENCHMARKS.md` and `results.json`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { main, progressBar } from '#lab/cli/terminal';
import { RefusedValue } from '#lab/values';
import { chromiumRunners } from './browser';
import { bundleForBrowser, bundleForNode } from './bundle';
import type { Measurement } from './measure';
import { outputOf } from './processes';
import {
  type Memory,
  memoryTable,
  OURS,
  type Provenance,
  page,
  type Rates,
  type Report,
  ratesTable,
  resultOf,
} from './report';
import { type Runner, scriptRunners } from './runner';
import { torchRunners } from './torch';
import { type Workload, workloadOf, workloads } from './workloads';

const RESULTS = 'tests/bench/results.json';
/** What the other benches found, noted by hand: the end of `BENCHMARKS.md`. */
const NOTES = 'tests/bench/pages.md';
/** Fewer rounds do not make a median worth writing down. */
const ROUNDS = 5;
/** The tiny network, and one that is 256 wide. */
const WATCHED = ['mlp-2-16', 'mlp-64-256'];

interface Flags {
  node?: boolean;
  browser?: boolean;
  memory?: boolean;
  only?: string[];
  rounds: number;
}

/** Packages are pinned, so that package.json says which version is installed. */
const versions: Record<string, string> = JSON.parse(readFileSync('package.json', 'utf8')).devDependencies;

const provenance = (engine: string, more: string[] = []): Provenance => ({
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus()[0]?.model.trim()}, ${cpus().length} cores`,
  versions: [engine, `tfjs ${versions['@tensorflow/tfjs-core']}`, `jax-js ${versions['@jax-js/jax']}`, ...more],
});

/** All runners in turn, `rounds` times for each workload. */
async function race(place: string, runners: Runner[], chosen: readonly Workload[], rounds: number) {
  const results: Rates['results'] = [];
  for (const workload of chosen) {
    const taking = runners.filter((runner) => runner.takes(workload));
    const measured = new Map(taking.map((runner) => [runner, [] as Measurement[]]));
    const bar = progressBar(`${place}, ${workload.id}`, rounds * taking.length);
    for (let round = 0; round < rounds; round++) {
      for (const [runner, list] of measured) {
        list.push(await runner.run(workload, round === 0));
        bar.increment();
      }
    }
    bar.stop();
    for (const [{ id }, list] of measured) results.push(resultOf(workload.id, id, list));
  }
  return { contenders: Object.fromEntries(runners.map(({ id, title }) => [id, title])), results };
}

async function inNode(folder: string, script: string, chosen: readonly Workload[], rounds: number): Promise<Rates> {
  const torch = await torchRunners(folder);
  if (torch.runners.length === 0) console.error('Without PyTorch: no python3 here has the module torch.');
  const scripts = scriptRunners(async (name, { id }, check) =>
    JSON.parse(await outputOf(process.execPath, [script, name, id, check ? 'check' : 'rate'])),
  );
  const raced = await race('Node', [...scripts, ...torch.runners], chosen, rounds);
  return { ...provenance(`Node ${process.version}`, torch.versions), ...raced };
}

async function inChromium(folder: string, chosen: readonly Workload[], rounds: number): Promise<Rates> {
  await bundleForBrowser(folder);
  const { runners, version, close } = await chromiumRunners(folder);
  try {
    return { ...provenance(version), ...(await race('Chromium', runners, chosen, rounds)) };
  } finally {
    close();
  }
}

async function memoryOf(script: string, watched: readonly string[]): Promise<Memory> {
  const held: Memory['held'] = {};
  for (const id of watched) {
    held[id] = JSON.parse(await outputOf(process.execPath, ['--expose-gc', script, OURS, id, 'memory']));
  }
  return { ...provenance(`Node ${process.version}`), held };
}

function wholeRounds(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new RefusedValue(`rounds: "${text}" is not a whole number from 1 to 99.`);
  return Number(text);
}

/** Adds what was found to the results so far: a run of one part leaves the others as they are. */
async function write(found: Report): Promise<void> {
  const before: Report = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
  const report = { ...before, ...found };
  await writeFile(RESULTS, `${JSON.stringify(report)}\n`);
  await writeFile('BENCHMARKS.md', `${page(report)}\n${readFileSync(NOTES, 'utf8')}`);
  console.log(`Written: BENCHMARKS.md, ${RESULTS}.`);
}

async function bench({ only, rounds, ...parts }: Flags): Promise<void> {
  const all = !parts.node && !parts.browser && !parts.memory;
  const chosen = only?.map(workloadOf) ?? workloads;
  const folder = await mkdtemp(join(tmpdir(), 'perceptron-papers-bench-'));
  const found: Report = {};
  try {
    await bundleForNode(join(folder, 'node'));
    const script = join(folder, 'node', 'main.js');
    if (all || parts.node) {
      found.node = await inNode(folder, script, chosen, rounds);
      console.log(['', ...ratesTable(found.node), ''].join('\n'));
    }
    if (all || parts.browser) {
      found.chromium = await inChromium(join(folder, 'browser'), chosen, rounds);
      console.log(['', ...ratesTable(found.chromium), ''].join('\n'));
    }
    if (all || parts.memory) {
      found.memory = await memoryOf(script, only ?? WATCHED);
      console.log(['', ...memoryTable(found.memory), ''].join('\n'));
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  if (only || rounds < ROUNDS) console.log(`Not written down: that takes all workloads and ${ROUNDS} rounds or more.`);
  else await write(found);
}

await main(async () => {
  const command = new Command('bench')
    .exitOverride()
    .option('--node', 'rates in Node')
    .option('--browser', 'rates in Chromium')
    .option('--memory', 'what ours holds over 10,000 steps')
    .addOption(new Option('--only <workload...>', 'these alone').choices(workloads.map(({ id }) => id)))
    .addOption(new Option('--rounds <n>', 'rounds of each').argParser(wholeRounds).default(ROUNDS))
    .addHelpText('after', '\nWithout --node, --browser or --memory: all three.');
  command.parse(process.argv);
  await bench(command.opts<Flags>());
});
