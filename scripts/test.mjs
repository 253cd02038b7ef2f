/**
 * `npm test`: installs what is missing (Chromium too), then checks types and style, runs the unit tests and the claims,
 * builds the site and tests it in the browser. Goes on after a failure, and ends with one line `N passed, N failed`.
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { browser, fail, install, nginx, run } from './setup.mjs';

const counts = { passed: 0, failed: 0 };
/** Every test with its seconds. */
const times = [];
/** What failed, named again at the end: the output above it is thousands of lines long. */
const failures = [];
const reports = mkdtempSync(join(tmpdir(), 'perceptron-papers-'));

/** One step that passes or fails as a whole. */
async function step(name, work) {
  const started = Date.now();
  console.log(`\n== ${name}`);
  try {
    await work();
    counts.passed++;
  } catch (error) {
    counts.failed++;
    failures.push(name);
    console.error(error.message);
  }
  console.log(`== ${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

/** A vitest project; its tests are counted one by one. */
async function tests(project) {
  const started = Date.now();
  console.log(`\n== ${project} tests`);
  const file = join(reports, `${project}.json`);
  const failed = await run('vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]).then(
    () => false,
    () => true,
  );
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
    counts.passed += numPassedTests;
    counts.failed += numFailedTests;
    for (const { name, assertionResults } of testResults)
      for (const { status, fullName, failureMessages, duration = 0 } of assertionResults) {
        times.push({ seconds: duration / 1000, name: `${relative('.', name)}: ${fullName}` });
        if (status === 'failed')
          failures.push(`${relative('.', name)}: ${fullName}\n  ${failureMessages.join('\n').slice(0, 1000)}`);
      }
    // A file that does not load runs no test and counts none.
    if (failed && numFailedTests === 0) {
      counts.failed++;
      failures.push(`${project}: a file did not load, or the runner failed (see above)`);
    }
  } catch {
    counts.failed++;
    failures.push(`${project}: the runner wrote no report`);
  }
  console.log(`== ${project} tests: ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

try {
  await install();
  process.env.CHROME_PATH = await browser();
} catch (error) {
  fail(error);
}
await step('types, lint and format', () => run('npm', ['run', '--silent', 'check']));
await tests('unit');
await tests('claims');
await step('build', () =>
  run('npm', ['run', '--silent', 'build'], {
    quiet: true,
    env: { BASE_PATH: '/some/base', SITE_URL: 'https://example.org' },
  }),
);
await step('nginx', nginx);
await tests('browser');

const slowest = times.sort((a, b) => b.seconds - a.seconds).slice(0, 30);
console.log(
  `\nSlowest:\n${slowest.map(({ seconds, name }) => `${seconds.toFixed(1).padStart(6)} s  ${name}`).join('\n')}`,
);
for (const failure of failures) console.log(`\nFAILED ${failure}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 ? 0 : 1);
