/**
 * Drift: what `results.json` says is what comes out today, of every default run and of every claim with its first seed, or
 * with all of its seeds where ALL_SEEDS is set, as in the workflow that runs every week. Each paper has a test file of its own
 * that calls this, so that papers run side by side.
 */
import { describe, expect, test } from 'vitest';
import { benchFor, judged } from '#lab/claims';
import { type AnyExperiment, anchorOf } from '#lab/experiment';
import { fingerprint } from '#lab/fingerprint';
import { loadPublic } from '#lab/node';
import { defaults, type Schema } from '#lab/params';
import { agreement, CLOSE, rounded } from '#lab/record';
import { experimentsOf } from '#lab/registry';
import { resultsOf } from '#lab/results';

const ALL_SEEDS = Boolean(process.env.ALL_SEEDS);

/** Numbers below this are rounding noise of sums that are exactly 0 or 1 on paper. */
const NOISE = 1e-9;

function expectClose(x: number, y: number) {
  expect(Math.abs(x - y)).toBeLessThanOrEqual(CLOSE * Math.max(Math.abs(x), Math.abs(y)) + NOISE);
}

export async function comesOutAsRecorded(slug: string): Promise<void> {
  const experiments = await experimentsOf(slug);
  const results = await resultsOf(slug);
  const sameEngine = results.provenance.engine === `Node ${process.version}`;

  describe(slug, () => {
    test('every experiment is recorded, and nothing else is', () => {
      const anchors = experiments.map(({ id }) => anchorOf(id));
      expect(Object.keys(results.experiments).sort()).toEqual(anchors.sort());
    });

    test('every claim is recorded under its own id, and nothing else is', () => {
      const ids = experiments.flatMap((experiment) => experiment.claims.map(({ id }: { id: string }) => id));
      expect(Object.keys(results.claims).sort()).toEqual(ids.sort());
      for (const [id, claim] of Object.entries(results.claims)) expect(claim.id).toBe(id);
    });

    test('says how and where it was recorded', () => {
      expect(results.provenance).toMatchObject({ command: `npm run record -- ${slug}`, backend: 'wasm' });
      expect(results.provenance.date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(results.provenance.engine).toMatch(/^Node v\d+\.\d+\.\d+$/);
    });

    describe.each(experiments.map((experiment) => ({ id: experiment.id, experiment })))('$id', ({ id, experiment }) => {
      let steps = 0;
      let told = Number.POSITIVE_INFINITY;
      const bench = benchFor(experiment, loadPublic, () => {
        if (steps++ === 0) told = performance.now();
        if (performance.now() - told < 20_000) return;
        told = performance.now();
        console.log(`${id}: ${steps} steps so far`);
      });

      test('at its defaults shows what is recorded', async () => {
        const recorded = results.experiments[anchorOf(id)];
        if (!recorded) throw new Error(`${id} is not recorded.`);
        const params = defaults(experiment.params as Schema);
        expect(recorded.params).toEqual(params);
        expect(recorded.steps).toBe(experiment.steps(params));
        const { frame, summary } = await bench(params, recorded.steps);
        const now = { fingerprint: fingerprint(frame), summary };
        console.log(`${id}: ${recorded.steps} steps, ${agreement(now, recorded)}`);
        if (!sameEngine) return expect(agreement(now, recorded)).not.toBe('different');
        // Wall time is never the same twice.
        expect({ ...summary, seconds: 0 }).toEqual({ ...recorded.summary, seconds: 0 });
        expect(now.fingerprint).toBe(recorded.fingerprint);
        // The fingerprint is that of this very frame, wall time apart.
        expect(fingerprint(recorded.frame)).toBe(fingerprint(rounded(frame)));
      });

      test.each((experiment as AnyExperiment).claims.map((claim) => ({ claimId: claim.id, claim })))(
        'claim $claimId comes out as recorded, and its verdict follows from what is recorded',
        async ({ claimId, claim }) => {
          const recorded = results.claims[claimId];
          if (!recorded) throw new Error(`${claimId} is not recorded.`);
          expect(recorded.measured).toHaveLength(claim.seeds.length);
          expect(judged(claim, recorded.measured)).toEqual(recorded);
          for (const [i, seed] of (ALL_SEEDS ? claim.seeds : claim.seeds.slice(0, 1)).entries()) {
            const now: number = await claim.measure(bench as never, seed);
            console.log(`${id}: claim ${claimId}, seed ${seed}: ${now}`);
            if (sameEngine) expect(now).toBe(recorded.measured[i]);
            else expectClose(now, recorded.measured[i] as number);
          }
        },
      );
    });
  });
}
