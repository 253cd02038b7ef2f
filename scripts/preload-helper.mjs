/**
 * Vite's helper asks for modules and styles ahead of an import, by address. Where there are no addresses (frames without CORS, a
 * page on disk) something else has to stand in its place, under the name by which its file exports it.
 */

export const isPreloadHelper = (file) => /(^|\/)preload-helper\b[^/]*\.js$/.test(file);

export function exportedName(file, code) {
  const name = /export\s*\{\s*\w+ as (\w+)\s*\}/.exec(code)?.[1];
  if (!name) throw new Error(`What ${file} exports is not found; Vite has changed its helper.`);
  return name;
}
