/**
 * Lighthouse on the home page and three explainers, as a telephone on a slow line (its default): `node tests/bench/lighthouse.mjs
 * [path …]`, with dist/ built under /some/base. Prints the scores, and what costs points.
 */
import { existsSync } from 'node:fs';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const given = process.argv.slice(2);
const paths = given.length > 0 ? given : ['', 'papers/fresh/', 'papers/lipsdp/', 'papers/bigram-subnetworks/'];
const PORT = 9333;

const { site, close } = await serve();
const executablePath = process.env.CHROME_PATH ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) throw new Error(`There is no ${executablePath}: set CHROME_PATH.`);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', `--remote-debugging-port=${PORT}`],
});
for (const path of paths) {
  const { lhr } = await lighthouse(site + path, { port: PORT, logLevel: 'error' });
  const scores = Object.values(lhr.categories).map(({ title, score }) => `${title} ${Math.round(100 * (score ?? 0))}`);
  const timings = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
  ];
  console.log(`/${path}: ${scores.join(', ')}`);
  console.log(`  ${timings.map((id) => `${lhr.audits[id].title} ${lhr.audits[id].displayValue}`).join(', ')}`);
  for (const { auditRefs } of Object.values(lhr.categories)) {
    for (const { id, weight } of auditRefs) {
      const { score, title, displayValue = '', details } = lhr.audits[id];
      if (weight === 0 || score === null || score >= 0.9) continue;
      const first = details?.items?.[0];
      console.log(`  ${id}: ${title} ${displayValue} ${first?.node?.snippet ?? first?.url ?? ''}`);
    }
  }
}
await browser.close();
close();
