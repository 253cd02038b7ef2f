/** `npm run permalinks`, after a build: writes new permanent addresses into permalinks.json. It takes none out. */
import { readFileSync, writeFileSync } from 'node:fs';
import { added, builtPages, lost, permalinksOf } from '../browser/built.ts';

const FILE = 'tests/site/permalinks.json';
const promised = JSON.parse(readFileSync(FILE, 'utf8'));
const now = permalinksOf(builtPages());
const all = added(promised, now);
writeFileSync(FILE, `${JSON.stringify(all, null, 1)}\n`);

const fresh = lost(all, promised);
const gone = lost(promised, now);
console.log(`${fresh.length} new: ${fresh.join(', ') || 'none'}.`);
if (gone.length > 0) console.log(`Promised, and no longer on the site: ${gone.join(', ')}. They stay in the list.`);
