/** What a run of the bench found, and the tables made of it. */
import type { Measurement } from './measure';
import type { Look } from './memory';
import { workloadOf } from './workloads';

/** One contender on one workload. */
export interface Result {
  workload: string;
  contender: string;
  /** Steps per second of each round. */
  rounds: number[];
  /** The loss before each of the first steps and after the last of them. */
  losses: number[];
}

/** Where it ran, and with what. */
export interface Provenance {
  date: string;
  /** Processor and number of cores. */
  machine: string;
  /** Engine and libraries, each with its version. */
  versions: string[];
}

export interface Rates extends Provenance {
  /** Contenders by id, in the order of the columns, with their titles. */
  contenders: Record<string, string>;
  results: Result[];
}

/** What a training run of ours holds after some steps, by workload. */
export interface Memory extends Provenance {
  held: Record<string, Look[]>;
}

export interface Report {
  node?: Rates;
  chromium?: Rates;
  memory?: Memory;
}

/** Relative difference up to which two contenders compute the same thing. */
const SAME = 1e-3;

export const OURS = 'ours';

export function resultOf(workload: string, contender: string, measured: readonly Measurement[]): Result {
  return {
    workload,
    contender,
    rounds: measured.map(({ stepsPerSecond }) => Number(stepsPerSecond.toPrecision(5))),
    losses: measured[0]?.losses ?? [],
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2;
}

/** Whether both saw the same losses, step by step. A ratio of two different computations would say nothing. */
export const agree = (a: Result, b: Result): boolean =>
  a.losses.length === b.losses.length &&
  a.losses.every((loss, i) => Math.abs(loss - (b.losses[i] as number)) <= SAME * Math.abs(loss));

const number = (x: number) => (x >= 100 ? Math.round(x).toLocaleString('en') : x.toPrecision(3));

const table = (rows: readonly string[][]): string[] => {
  const [head, ...body] = rows.map((cells) => `| ${cells.join(' | ')} |`) as [string, ...string[]];
  return [head, `| --- |${' ---: |'.repeat((rows[0]?.length ?? 1) - 1)}`, ...body];
};

/** How many times as fast `a` is. Round by round, since a machine that others use changes its pace in between. */
const ratio = (a: Result, b: Result) => median(a.rounds.map((rate, i) => rate / (b.rounds[i] as number)));

/** Steps per second, and by how much ours is faster; no ratio to a contender that computes something else. */
function cell(result: Result | undefined, ours: Result | undefined): string {
  if (!result) return '';
  const rate = number(median(result.rounds));
  if (!ours || result === ours) return rate;
  return agree(result, ours) ? `${rate} (${number(ratio(ours, result))} ×)` : `${rate} (losses differ)`;
}

export function ratesTable({ contenders, results }: Rates): string[] {
  const ids = Object.keys(contenders);
  const rows = [...new Set(results.map(({ workload }) => workload))].map((workload) => {
    const of = (id: string) => results.find((r) => r.workload === workload && r.contender === id);
    return [workloadOf(workload).title, ...ids.map((id) => cell(of(id), of(OURS)))];
  });
  return table([['One training step', ...Object.values(contenders)], ...rows]);
}

export function memoryTable({ held }: Memory): string[] {
  const names = Object.keys(Object.values(held)[0]?.[0]?.held ?? {});
  const rows = Object.entries(held).flatMap(([workload, states]) =>
    states.map(({ step, held }) => [
      workloadOf(workload).title,
      step.toLocaleString('en'),
      ...names.map((name) => (held[name] as number).toLocaleString('en')),
    ]),
  );
  return table([['Training', 'after step', ...names], ...rows]);
}

const provenance = ({ date, machine, versions }: Provenance) => `${date}, ${machine}; ${versions.join(', ')}.`;

const ratesSection = (title: string, rates: Rates): string[] => [
  `## ${title}`,
  '',
  provenance(rates),
  '',
  ...ratesTable(rates),
  '',
];

/** `BENCHMARKS.md`. */
export function page({ node, chromium, memory }: Report): string {
  const lines = [
    '# Benchmarks',
    '',
    'Speed and memory of training are written by `npm run bench`; `tests/bench/results.json` holds each round. What the other',
    'benches found stands at the end, from `tests/bench/pages.md`. Steps per second, the median of rounds in which',
    'all contenders take turns, each in a process of its own; in brackets, how many times as fast ours is, the median of the',
    "rounds' ratios. A ratio stands only where both saw the same losses over the first steps. A step is the forward pass, the",
    'gradients and Adam, on a batch that stays the same. One thread, unless the column says more.',
    '',
  ];
  if (node) lines.push(...ratesSection('Node', node));
  if (chromium) lines.push(...ratesSection('Chromium', chromium));
  if (memory) lines.push('## Memory of ours, in bytes', '', provenance(memory), '', ...memoryTable(memory), '');
  return lines.join('\n');
}
