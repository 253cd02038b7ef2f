/** The source files of papers as text, read at build: what a page shows is the file that runs, never a copy. */

const files = import.meta.glob<string>('/content/papers/**/*.ts', { query: '?raw', import: 'default', eager: true });

/** The folders below `content/papers/`: the papers, and what several of them share. */
export const sourceFolders = (): string[] => [
  ...new Set(Object.keys(files).map((path) => path.split('/')[3] as string)),
];

/** The source files of one folder, relative to it. */
export const sourceFiles = (slug: string): string[] => {
  const folder = `/content/papers/${slug}/`;
  return Object.keys(files).flatMap((path) => (path.startsWith(folder) ? [path.slice(folder.length)] : []));
};

/**
 * The text of a file below `content/papers/`, or only what stands between `// #region name` and `// #endregion`.
 */
export function sourceOf(file: string, region?: string): string {
  const text = files[`/content/papers/${file}`];
  if (text === undefined) throw new Error(`There is no file content/papers/${file}.`);
  if (!region) return text.trimEnd();
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  const length = lines.slice(start).findIndex((line) => line.trim() === '// #endregion');
  if (start < 0 || length < 0) throw new Error(`content/papers/${file} has no region "${region}".`);
  const body = lines.slice(start + 1, start + length);
  const indent = Math.min(...body.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  return body.map((line) => line.slice(indent)).join('\n');
}
