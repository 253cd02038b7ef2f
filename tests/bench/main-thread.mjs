/**
 * How long a running widget keeps the page's main thread busy: `node tests/bench/main-thread.mjs ['#hash'] [--profile]`, with dist/
 * built under /some/base. Traces 500 steps of a run and prints the longest task, and what lies inside the long ones.
 */
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const LONG_MS = 50;
const hash = process.argv.slice(2).find((arg) => arg.startsWith('#')) ?? '#spectral-bias?width=256';
const anchor = /^#([\w-]+)/.exec(hash)?.[1];
/** Says which functions took the time, at the price of slowing all of it. */
const profile = process.argv.includes('--profile');
const wanted = 500;

const { site, close } = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(`${site}papers/fresh/${hash}`);
const section = page.locator(`#${anchor}`);
await section.scrollIntoViewIfNeeded();
await page.locator(`#${anchor}[data-ready]`).waitFor();
await section.locator('.run-bar .primary').focus();
await section.getByText(/Step \d+ of/).waitFor();

const client = await page.context().newCDPSession(page);
const events = [];
client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
await client.send('Tracing.start', {
  transferMode: 'ReportEvents',
  traceConfig: {
    includedCategories: [
      'toplevel',
      'devtools.timeline',
      'v8.execute',
      ...(profile ? ['disabled-by-default-v8.cpu_profiler'] : []),
    ],
  },
});
const from = Date.now();
// By the keyboard: looking a button up by its name would itself keep the main thread busy.
await page.keyboard.press('Enter');
await page.waitForFunction(
  ([anchor, wanted]) => {
    const text = document.querySelector(`#${anchor} .state`)?.textContent ?? '';
    const [, step, end] = /Step (\d+) of (\d+)/.exec(text) ?? [];
    return Number(step) >= Math.min(wanted, Number(end));
  },
  [anchor, wanted],
  { timeout: 300_000, polling: 200 },
);
const seconds = (Date.now() - from) / 1000;
const complete = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
await client.send('Tracing.end');
await complete;
await browser.close();
close();

// The page's main thread: the one called CrRendererMain that ran this page's scripts.
const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
const on = ({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X');
const [main] = mains.map(on).sort((a, b) => b.length - a.length);
const RUN_TASK = /RunTask|ThreadControllerImpl::RunTask/;
const tasks = main.filter(({ name }) => RUN_TASK.test(name)).sort((a, b) => b.dur - a.dur);
const ms = (micros) => `${(micros / 1000).toFixed(1)} ms`;

/** Total time by event name inside a task, less the time in events of other names inside them. */
function inside(task) {
  const within = main
    .filter((e) => e !== task && !RUN_TASK.test(e.name) && e.ts >= task.ts && e.ts + e.dur <= task.ts + task.dur)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const own = new Map();
  const open = [];
  for (const event of within) {
    while (open.length > 0 && open.at(-1).ts + open.at(-1).dur <= event.ts) open.pop();
    const label = event.name === 'FunctionCall' ? `call ${event.args.data?.functionName || '(anonymous)'}` : event.name;
    own.set(label, (own.get(label) ?? 0) + event.dur);
    const parent = open.at(-1);
    if (parent) own.set(parent.label, own.get(parent.label) - event.dur);
    open.push({ ...event, label });
  }
  return [...own].sort((a, b) => b[1] - a[1]).slice(0, 8);
}

/** The functions that the sampling profiler saw on the main thread, by their own time. */
function functions() {
  const nodes = new Map();
  const spent = new Map();
  const { pid } = main[0];
  const started = events.find(({ name, tid, pid: p }) => name === 'Profile' && p === pid && tid === main[0].tid);
  for (const { args } of events.filter(({ name, id }) => name === 'ProfileChunk' && id === started?.id)) {
    const { cpuProfile, timeDeltas = [] } = args.data;
    for (const { id, callFrame } of cpuProfile?.nodes ?? []) nodes.set(id, callFrame);
    for (const [i, node] of (cpuProfile?.samples ?? []).entries()) {
      const frame = nodes.get(node);
      const label = `${frame?.functionName || '(anonymous)'} ${frame?.url?.split('/').at(-1) ?? ''}:${frame?.lineNumber}:${frame?.columnNumber}`;
      spent.set(label, (spent.get(label) ?? 0) + timeDeltas[i]);
    }
  }
  return [...spent]
    .filter(([label]) => !/^\((idle|program|root)/.test(label))
    .sort((a, b) => b[1] - a[1])
    .slice(0, 12);
}

const start = tasks.reduce((least, { ts }) => Math.min(least, ts), Number.POSITIVE_INFINITY);
const long = (of) => tasks.filter((task) => of(task) > LONG_MS * 1000);
const [wall, cpu] = [({ dur }) => dur, ({ tdur }) => tdur ?? 0];
const most = (of) => ms(tasks.reduce((largest, task) => Math.max(largest, of(task)), 0));
const share = (of) => ((tasks.reduce((sum, task) => sum + of(task), 0) / 1e6 / seconds) * 100).toFixed(0);
console.log(`${hash}: ${wanted} steps in ${seconds.toFixed(1)} s, ${tasks.length} tasks on the main thread`);
console.log(
  `by the clock: longest ${most(wall)}, ${long(wall).length} over ${LONG_MS} ms, busy ${share(wall)} % of the time`,
);
console.log(
  `computing:    longest ${most(cpu)}, ${long(cpu).length} over ${LONG_MS} ms, busy ${share(cpu)} % of the time`,
);
for (const task of tasks.slice(0, 4)) {
  const at = ((task.ts - start) / 1e6).toFixed(2);
  console.log(`a task of ${ms(task.dur)} (${ms(cpu(task))} of it computing), ${at} s after the start:`);
  for (const [name, dur] of inside(task)) console.log(`  ${ms(dur).padStart(10)}  ${name}`);
}
const kinds = new Map();
for (const task of tasks.slice(0, 400)) {
  for (const [name, dur] of inside(task)) kinds.set(name, (kinds.get(name) ?? 0) + dur);
}
console.log('inside the 400 longest tasks, by own time:');
for (const [name, dur] of [...kinds].sort((a, b) => b[1] - a[1]).slice(0, 10)) {
  console.log(`  ${ms(dur).padStart(10)}  ${name}`);
}
if (profile) {
  console.log('functions, by own time over the whole run:');
  for (const [name, dur] of functions()) console.log(`  ${ms(dur).padStart(10)}  ${name}`);
}
