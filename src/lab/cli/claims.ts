/** `npm run -s claims [-- slug] [--json -]`: checks every claim, or those of one paper, and says which hold. */
import { Command } from 'commander';
import { benchFor, checkClaim } from '../claims';
import { criterionText } from '../claims-text';
import { loadPublic, startBackend } from '../node';
import { allExperiments, experimentsOf, slugs } from '../registry';
import { RefusedValue } from '../values';
import { main, output } from './terminal';

async function check(slug: string | undefined, json: string | undefined): Promise<void> {
  if (slug !== undefined && !slugs().includes(slug)) {
    throw new RefusedValue(`There is no paper "${slug}" with experiments. There are: ${slugs().join(', ')}.`);
  }
  await startBackend();
  const checked = [];
  for (const experiment of slug ? await experimentsOf(slug) : await allExperiments()) {
    const bench = benchFor(experiment, loadPublic);
    for (const claim of experiment.claims) {
      const result = await checkClaim(experiment, claim.id, loadPublic, undefined, bench);
      const { statement, source, quantity, seeds } = claim;
      const criterion = `${quantity} ${criterionText(claim)}`;
      checked.push({ experiment: experiment.id, statement, source, criterion, seeds, ...result });
      if (json === '-') continue;
      const figures = result.measured.map((x) => Number(x.toPrecision(4))).join(', ');
      console.log(`${result.holds ? 'holds' : 'DOES NOT HOLD'}: ${experiment.id} ${claim.id}`);
      console.log(`    ${statement}\n    ${criterion}; measured ${figures}`);
    }
  }
  await output(json, checked);
  process.exitCode = checked.every((claim) => claim.holds) ? 0 : 1;
}

await main(async () => {
  await new Command('claims')
    .argument('[slug]', 'one paper; all if left out')
    .option('--json <file>', 'write the results as JSON to a file, or to standard output with -')
    .action((slug, { json }) => check(slug, json))
    .exitOverride()
    .parseAsync();
});
