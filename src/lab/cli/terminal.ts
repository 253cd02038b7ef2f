/** What the commands print: results on standard output, progress on standard error. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { CommanderError } from 'commander';
import { RunStopped } from '../stopped';
import { RefusedValue } from '../values';

/** Runs a command: what was refused exits with 2 and its message, what failed with 1. */
export async function main(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof RefusedValue) {
      console.error(error.message);
      process.exitCode = 2;
    } else if (error instanceof RunStopped) {
      console.error(`${error.message} ${error.hint}`.trim());
      process.exitCode = 1;
    } else throw error;
  }
}

/** A bar on standard error; silent where that is no terminal. */
export function progressBar(title: string, total: number): SingleBar {
  const bar = new SingleBar(
    { format: `${title} {bar} {value}/{total}, {eta_formatted} left`, stream: process.stderr, clearOnComplete: true },
    Presets.rect,
  );
  bar.start(total, 0);
  return bar;
}

/** Writes `value` as JSON to `file` ('-' is standard output); without a file calls `print` instead. */
export async function output(file: string | undefined, value: unknown, print?: () => void): Promise<void> {
  if (file === undefined) return print?.();
  const text = `${JSON.stringify(value, null, 2)}\n`;
  if (file === '-') process.stdout.write(text);
  // Relative to where the command was called, which npm changes.
  else await writeFile(resolve(process.env.INIT_CWD ?? '.', file), text);
}
