// @ts-check
/**
 * Writes `dist/_headers`, which Netlify and Cloudflare Pages read. `deploy/nginx.conf` says the same to nginx; a test compares
 * what it sends. No header is in two rules, since these hosts would send both values.
 */
import { writeFileSync } from 'node:fs';

/** What both hosts do without being told, `max-age=0, must-revalidate` for all else, is left out. */
const RULES = {
  '*': { 'X-Content-Type-Options': 'nosniff' },
  // Their names change with their content.
  '_astro/*': { 'Cache-Control': 'public, max-age=31536000, immutable' },
};

/** An Astro integration. */
export function headersFile() {
  let base = '/';
  return {
    name: 'headers-file',
    hooks: {
      'astro:config:done': (/** @type {{ config: import('astro').AstroConfig }} */ { config }) => {
        base = config.base.replace(/\/?$/, '/');
      },
      'astro:build:done': (/** @type {{ dir: URL }} */ { dir }) => {
        const rules = Object.entries(RULES).map(([path, headers]) =>
          [`${base}${path}`, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
        );
        writeFileSync(new URL('_headers', dir), `${rules.join('\n\n')}\n`);
      },
    },
  };
}
