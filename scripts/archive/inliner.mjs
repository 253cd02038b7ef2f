/** The HTML of one page with all that it names put in its place: styles, fonts and pictures; links lead to the live site. */
import { basename } from 'node:path';

const TYPES = {
  css: 'text/css',
  html: 'text/html',
  json: 'application/json',
  png: 'image/png',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  webp: 'image/webp',
  woff2: 'font/woff2',
};
const PICTURE = /\.(png|svg|webp|jpe?g|gif)$/;
/** What only a site has: its search, and keeping it. */
const ONLY_ONLINE = /<button[^>]* (?:id="search-open"|data-tool="offline")[^>]*>.*?<\/button>/gs;

export class Inliner {
  /** Code of the module scripts of the page, in their order. */
  modules = [];
  styles = '';
  #styled = new Set();

  constructor(site, page) {
    this.site = site;
    this.page = page;
    this.base = site.base;
    const html = site.text(page);
    /** The address of this page on the live site. */
    this.live = /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1];
    if (!this.live) throw new Error(`${page} does not say its address (rel="canonical").`);
    this.html = this.#links(this.#scripts(this.#heads(html.replace(ONLY_ONLINE, ''))));
    this.text = this.html.replace(/<style[^>]*>.*?<\/style>/gs, '');
  }

  dataUrl(path) {
    const type = TYPES[path.split('.').at(-1)] ?? 'application/octet-stream';
    const isListing = path.endsWith('.html');
    const content = isListing ? Buffer.from(listingIn(this.site.text(path))) : this.site.bytes(path);
    return `data:${type}${isListing ? ';charset=utf-8' : ''};base64,${content.toString('base64')}`;
  }

  /** Paths of the modules that these pages name in an attribute. */
  modulesIn(pages) {
    const named = pages.flatMap((page) =>
      [...this.site.text(page).matchAll(/ (?:component-url|renderer-url|src)="([^"]+\.js)"/g)].map(([, url]) =>
        this.site.resolve(url, page),
      ),
    );
    return [...new Set(named)].filter((path) => path !== null);
  }

  #heads(html) {
    return html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/g, '').replace(/<link\b[^>]*>/g, (tag) => {
      const rel = / rel="([^"]+)"/.exec(tag)?.[1];
      const path = this.site.resolve(/ href="([^"]+)"/.exec(tag)?.[1] ?? '', this.page);
      if (rel === 'stylesheet' && path) return this.#style(path, / media="[^"]+"/.exec(tag)?.[0]);
      if (rel === 'icon' && path) return tag.replace(/ href="[^"]+"/, ` href="${this.dataUrl(path)}"`);
      // The others are asked for, or tell of files of the site.
      return rel === 'canonical' || rel === 'cite-as' ? tag : '';
    });
  }

  /** Styles that come with code which is loaded later. */
  addStyles(paths) {
    const styles = paths.filter((path) => !this.#styled.has(path)).map((path) => this.#style(path));
    this.html = this.html.replace('</head>', () => `${styles.join('')}</head>`);
  }

  /** `media` as the link has it: a sheet for paper stays one. */
  #style(path, media = '') {
    this.#styled.add(path);
    const css = this.site.text(path).replace(/url\((["']?)([^"')]+)\1\)/g, (whole, _quote, name) => {
      const file = name.startsWith('data:') ? null : this.site.resolve(name, path);
      return file ? `url(${this.dataUrl(file)})` : whole;
    });
    const style = `<style${media}>${css}</style>`;
    this.styles += style;
    return style;
  }

  #scripts(html) {
    return html.replace(/<script([^>]*)>(.*?)<\/script>/gs, (tag, attributes, text) => {
      const src = / src="([^"]+)"/.exec(attributes)?.[1];
      const path = src && this.site.resolve(src, this.page);
      if (/ type="module"/.test(attributes)) {
        this.modules.push(path ? `import '/${path}';` : text);
        return '';
      }
      if (/ type="/.test(attributes)) return tag;
      const code = path ? this.site.text(path) : text;
      return `<script>${code.replace(/\bimport\(/g, 'archiveImport(')}</script>`;
    });
  }

  #links(html) {
    const attribute = new RegExp(` (href|src)="(${this.base}[^"]*)"`, 'g');
    return html
      .replace(/(<html[^>]* data-base=")[^"]+"/, (_, before) => `${before}${new URL(this.base, this.live)}"`)
      .replace(attribute, (_, name, url) => {
        const path = this.site.resolve(url, this.page);
        return ` ${name}="${path && PICTURE.test(basename(path)) ? this.dataUrl(path) : new URL(url, this.live)}"`;
      });
  }
}

/** Of the page of a code listing, the listing; its styles stand in the page of the archive. */
function listingIn(html) {
  const start = html.indexOf('<div class="expressive-code');
  const end = html.indexOf('</main>', start);
  if (start < 0 || end < 0) throw new Error('A page of code has no listing.');
  return html.slice(start, end).replace(/<link\b[^>]*>/g, '');
}
