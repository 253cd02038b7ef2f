/** Which state of the site this is. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { version } from '../../package.json';

export { version };

/** The commit's short hash: from `COMMIT`, else from git; null where neither knows it, as in an unpacked archive. */
export const commit: string | null =
  process.env.COMMIT?.slice(0, 7) ||
  spawnSync('git', ['rev-parse', '--short=7', 'HEAD'], {
    encoding: 'utf8',
    // Not the repository of somebody else that this folder may lie in.
    env: { ...process.env, GIT_CEILING_DIRECTORIES: resolve('..') },
  }).stdout?.trim() ||
  null;
