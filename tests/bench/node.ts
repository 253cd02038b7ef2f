/**
 * One contender in a process of its own: `<contender> <workload> <check|rate|memory>` prints what it measured as JSON.
 * `bench.ts` bundles and starts this.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type ContenderName, contenders } from './contenders/contender';
import { measure } from './measure';
import { watchMemory } from './memory';
import { problemOf } from './problem';
import { workloadOf } from './workloads';

const { resolve } = createRequire(join(process.cwd(), 'package.json'));
const build = (name: string) => resolve(`@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${name}.wasm`);

const [name, id, mode] = process.argv.slice(2) as [ContenderName, string, 'check' | 'rate' | 'memory'];
const { task } = workloadOf(id);
const { start } = await contenders[name].load();
const trainer = await start(task, problemOf(task), { plain: build(''), simd: build('-simd') });
console.log(JSON.stringify(mode === 'memory' ? await watchMemory(trainer) : await measure(trainer, mode === 'check')));
