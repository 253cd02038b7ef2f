/** One contender in a worker of a page: answers the message [contender, workload, check] with what it measured. */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { type ContenderName, contenders } from './contenders/contender';
import { measure } from './measure';
import { problemOf } from './problem';
import { workloadOf } from './workloads';

addEventListener('message', async ({ data }: MessageEvent<[ContenderName, string, boolean]>) => {
  const [name, id, check] = data;
  try {
    const { task } = workloadOf(id);
    const { start } = await contenders[name].load();
    postMessage({ measured: await measure(await start(task, problemOf(task), { plain, simd }), check) });
  } catch (error) {
    postMessage({ failed: String(error) });
  }
});
