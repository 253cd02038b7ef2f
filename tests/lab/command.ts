import { execFile } from 'node:child_process';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `node scripts/lab.mjs <args>` in the project's root, as npm does; `from` is where the caller stood. */
export const lab = (args: readonly string[], from?: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const env: NodeJS.ProcessEnv = { ...process.env, INIT_CWD: from ?? process.cwd() };
    // Vitest's own settings are no part of the command's surroundings.
    for (const name of Object.keys(env)) if (/^(VITE|NODE_ENV|TEST|PROD|DEV$|MODE$|SSR$)/.test(name)) delete env[name];
    const options = { env, maxBuffer: 1 << 26, timeout: 60_000 };
    execFile(process.execPath, ['scripts/lab.mjs', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 255) : 0, stdout, stderr });
    });
  });

export const experiment = (...args: string[]): Promise<Outcome> => lab(['experiment', ...args]);
