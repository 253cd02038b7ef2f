/** Joins modules that the build wrote to one classic script, since a page on disk may load no modules. */
import { join } from 'node:path';
import { build } from 'vite';
import { exportedName, isPreloadHelper } from '../preload-helper.mjs';
import { onlyPapers } from '../site-files.mjs';

/** Vite and rolldown shall see nothing in this code that they would take care of: it was built before. */
function settled(code, { slugs, live }) {
  return onlyPapers(code, slugs)
    .replace(/\bimport\.meta\.url\b/g, JSON.stringify(live))
    .replace(/\bimport\((?!\s*["'`])/g, 'archiveImport(');
}

/** `parts` are modules to run one after the other; they import files of the site as `/_astro/…`. */
export async function bundle(parts, { site, slugs, live }) {
  const entry = parts.map((_, i) => `import 'archive-part-${i}';`).join('');
  const plugin = {
    name: 'archive',
    enforce: 'pre',
    resolveId(id) {
      if (id.startsWith('archive-')) return `\0${id}`;
      const name = /^(?:\.|\/_astro)\/([\w.-]+\.js)$/.exec(id)?.[1];
      return name && join(site.dist, '_astro', name);
    },
    load(id) {
      if (id === '\0archive-entry') return entry;
      const part = /^\0archive-part-(\d+)$/.exec(id);
      if (part) return settled(parts[part[1]], { slugs, live });
      if (!id.startsWith(join(site.dist, '_astro', '/'))) return null;
      const file = site.text(id.slice(join(site.dist, '/').length));
      if (!isPreloadHelper(id)) return settled(file, { slugs, live });
      return `const load = (module) => module(); export { load as ${exportedName(id, file)} };`;
    },
  };
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [plugin],
    build: {
      write: false,
      modulePreload: false,
      target: 'es2023',
      rolldownOptions: {
        input: 'archive-entry',
        output: { format: 'iife', codeSplitting: false, comments: { legal: false } },
      },
    },
  });
  const [script, ...more] = output;
  if (more.length > 0) throw new Error(`The code did not become one script: ${more.map(({ fileName }) => fileName)}.`);
  return script.code;
}
