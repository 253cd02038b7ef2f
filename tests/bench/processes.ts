/** Programs that the bench starts. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What `command` writes to standard output. Rejects with what it complained of. */
export async function outputOf(command: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  try {
    return (await execute(command, args, { env: { ...process.env, ...env } })).stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed. ${stderr ?? error}`);
  }
}

/** Whether `command` can be started and ends well. */
export const runs = (command: string, args: string[]): Promise<boolean> =>
  outputOf(command, args).then(
    () => true,
    () => false,
  );
