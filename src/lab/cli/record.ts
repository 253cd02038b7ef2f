/** `npm run record [-- slug]`: runs every experiment at its defaults, checks the claims, writes `results.json`. */
import { writeFile } from 'node:fs/promises';
import { benchFor, checkClaim } from '../claims';
import { anchorOf } from '../experiment';
import { fingerprint } from '../fingerprint';
import { loadPublic, startBackend } from '../node';
import { defaults, type Schema } from '../params';
import { type Results, rounded } from '../record';
import { experimentsOf, slugs } from '../registry';
import { runTo } from '../run';
import * as tf from '../tf';
import { progressBar } from './terminal';

const [only] = process.argv.slice(2);
await startBackend('wasm');
for (const slug of only ? [only] : slugs()) {
  const began = performance.now();
  const experiments: Results['experiments'] = {};
  const claims: Results['claims'] = {};
  for (const experiment of await experimentsOf(slug)) {
    const params = defaults(experiment.params as Schema);
    const steps = experiment.steps(params);
    const bar = progressBar(experiment.id, steps);
    const started = performance.now();
    const { frame, summary } = await runTo(experiment, params, steps, loadPublic, (step) => bar.update(step));
    const seconds = Number(((performance.now() - started) / 1000).toFixed(1));
    bar.stop();
    experiments[anchorOf(experiment.id)] = {
      params,
      steps,
      seconds,
      summary,
      fingerprint: fingerprint(frame),
      frame: rounded(frame),
    };
    console.log(`${experiment.id}: ${steps} steps, ${seconds} s`, summary);
    const bench = benchFor(experiment, loadPublic);
    for (const { id } of experiment.claims) {
      claims[id] = await checkClaim(experiment, id, loadPublic, undefined, bench);
      console.log(`  claim ${id}: ${claims[id].holds ? 'holds' : 'DOES NOT HOLD'}`, claims[id].measured);
    }
  }
  const provenance = {
    command: `npm run record -- ${slug}`,
    date: new Date().toISOString().slice(0, 10),
    engine: `Node ${process.version}`,
    backend: 'wasm' as const,
    tfjs: tf.version_core,
    seconds: Math.round((performance.now() - began) / 1000),
  };
  const results: Results = { provenance, experiments, claims };
  await writeFile(`content/papers/${slug}/results.json`, `${JSON.stringify(results)}\n`);
}
