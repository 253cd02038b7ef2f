// @ts-check
import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import svelte from '@astrojs/svelte';
import { defineConfig } from 'astro/config';
import expressiveCode from 'astro-expressive-code';
import rehypeCitation from 'rehype-citation';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { addresses } from './scripts/addresses.mjs';
import { backLinks } from './scripts/back-links.mjs';
import { embeds } from './scripts/classic/embeds.mjs';
import { csp } from './scripts/csp.mjs';
import { cutFonts } from './scripts/cut-fonts.mjs';
import { headersFile } from './scripts/headers.mjs';
import { liftPictures } from './scripts/lift-pictures.mjs';
import { namedTables } from './scripts/named-tables.mjs';

/** Where the site will live: `SITE_URL=https://example.org BASE_PATH=/papers npm run build`. */
const { SITE_URL = 'http://localhost:4321', BASE_PATH = '/' } = process.env;

/** `\on{spectral-bias.learningRate}{\eta}`: a symbol that lights up the control it stands for. */
const macros = { '\\on': '\\htmlData{link=#1}{#2}' };

/** Takes the TeX source out of a page's MathML: nobody sees or hears it, and it is a kilobyte or two of each page. */
const withoutTex = () =>
  function walk(/** @type {import('hast').Nodes} */ node) {
    if (!('children' in node)) return;
    node.children = node.children.filter((child) => !('tagName' in child && child.tagName === 'annotation'));
    node.children.forEach(walk);
  };

export default defineConfig({
  site: SITE_URL,
  base: BASE_PATH,
  trailingSlash: 'always',
  // Astro 7's default removes spaces between inline elements, which glues words together.
  compressHTML: true,
  // Source files and embeds are found from their paper.
  integrations: [
    svelte(),
    expressiveCode(),
    mdx(),
    sitemap({ filter: (page) => !/\/papers\/[^/]+\/source\/|\/embed\/|\/no-network\/$/.test(page) }),
    liftPictures(),
    cutFonts(),
    embeds(),
    csp(),
    headersFile(),
  ],
  markdown: {
    processor: unified({
      remarkPlugins: [remarkMath, addresses],
      rehypePlugins: [
        [
          rehypeKatex,
          {
            macros,
            trust: (/** @type {{ command: string }} */ { command }) => command === '\\htmlData',
            strict: 'ignore',
          },
        ],
        withoutTex,
        namedTables,
        [rehypeCitation, { bibliography: 'content/bibliography.bib', path: process.cwd(), linkCitations: true }],
        backLinks,
      ],
    }),
  },
  vite: {
    // Fonts stay files, however small: `cutFonts` looks at each.
    build: { assetsInlineLimit: (path) => (path.endsWith('.woff2') ? false : undefined) },
    // Licence comments would double the worker's size; public/third-party-notices.txt holds them.
    worker: { format: 'es', rolldownOptions: { output: { comments: { legal: false } } } },
  },
});
