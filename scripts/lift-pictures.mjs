/**
 * Takes the pictures inside static charts out of the built pages and into files of their own: as text they were a seventh of a page,
 * which has to come before anything of it is shown. A picture that several pages show is one file.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Characters of base64 under which another request would cost more than the text. */
const SHORT = 800;

function lift(dist, base) {
  const folder = join(dist, '_astro');
  for (const name of readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.html'))) {
    const file = join(dist, name);
    const page = readFileSync(file, 'utf8');
    const lighter = page.replace(/href="data:image\/(webp|png);base64,([^"]+)"/g, (attribute, kind, text) => {
      if (text.length < SHORT) return attribute;
      const content = Buffer.from(text, 'base64');
      const picture = `picture.${createHash('sha256').update(content).digest('base64url').slice(0, 8)}.${kind}`;
      writeFileSync(join(folder, picture), content);
      return `href="${base}_astro/${picture}"`;
    });
    if (lighter !== page) writeFileSync(file, lighter);
  }
}

/** An Astro integration. */
export function liftPictures() {
  let base = '/';
  return {
    name: 'lift-pictures',
    hooks: {
      'astro:config:done': ({ config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': ({ dir }) => lift(fileURLToPath(dir), base),
    },
  };
}
