/** `npm start`: installs what is missing, builds the site if anything changed, serves it and prints the address. */
import { build, fail, install, run } from './setup.mjs';

try {
  await install();
  await build();
  // Takes the first free port from 4321 on.
  await run('astro', ['preview', '--port', '4321']);
} catch (error) {
  fail(error);
}
