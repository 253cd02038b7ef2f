/** A reader's progress as a file: what is written, and what is accepted of one that is read. */

const KIND = 'perceptron-papers-exercises';
const ACCEPTED = 'Accepted is a file that “Save as a file” has written.';

export const writeProgress = (solved: readonly string[]): string =>
  `${JSON.stringify({ kind: KIND, version: 1, solved }, null, 2)}\n`;

/** The exercises that the file calls solved. `known` are those of this site. Throws an Error that can be shown. */
export function readProgress(text: string, known: readonly string[]): string[] {
  const refused = (what: string) => new Error(`${what} ${ACCEPTED}`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw refused('This file is not JSON.');
  }
  if (typeof read !== 'object' || read === null || !('kind' in read) || read.kind !== KIND)
    throw refused('This file does not hold progress of these exercises.');
  if (!('version' in read) || read.version !== 1)
    throw refused(
      `This file has version ${'version' in read ? JSON.stringify(read.version) : 'none'}, and only version 1 is known.`,
    );
  if (!('solved' in read) || !Array.isArray(read.solved)) throw refused('This file has no list called "solved".');
  const solved: unknown[] = read.solved;
  const strange = solved.find((id) => !known.some((other) => other === id));
  if (strange !== undefined) throw refused(`${JSON.stringify(strange)} is not an exercise of this site.`);
  return known.filter((id) => solved.includes(id));
}
