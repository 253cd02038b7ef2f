/** Files from a widget: what `src/lab/export.ts` writes, and the charts as pictures. Loaded when first asked for. */
import { type Chart, slugOf } from '#lab/experiment';
import { toCsv, toNpz } from '#lab/export';
import { download } from './download';
import type { Widget } from './widget.svelte';

export type FileKind = 'csv' | 'json' | 'svg' | 'png' | 'weights' | 'npz';

async function asDataUrl(address: string): Promise<string> {
  const blob = await (await fetch(address)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(`${reader.result}`);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

interface Picture {
  text: string;
  width: number;
  height: number;
}

/** Plot's SVG with the theme's colours and its pictures written out, so that it looks the same outside the page. */
async function standalone(svg: SVGSVGElement): Promise<Picture> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  originals.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const property of ['fill', 'stroke', 'color', 'font-family', 'font-size']) {
      copies[i]?.style.setProperty(property, style.getPropertyValue(property));
    }
  });
  for (const image of copy.querySelectorAll('image')) {
    const address = image.getAttribute('href');
    if (address && !address.startsWith('data:')) image.setAttribute('href', await asDataUrl(address));
  }
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', `${width}`);
  copy.setAttribute('height', `${height}`);
  copy.style.background = getComputedStyle(document.documentElement).backgroundColor;
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

async function toPng({ text, width, height }: Picture): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = 2;
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, width * scale, height * scale);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** Saves and says what was saved. */
export async function saveAs(widget: Widget, kind: FileKind): Promise<string> {
  const name = `${slugOf(widget.id)}-${widget.anchor}`;
  if (kind === 'csv') {
    const charts = Object.entries((widget.experiment?.charts ?? {}) as Record<string, Chart<unknown>>);
    for (const [chart, { rows }] of charts) download(`${name}-${chart}.csv`, toCsv(rows(widget.frame)), 'text/csv');
    return `Saved ${charts.length} CSV files, one per chart.`;
  }
  if (kind === 'json') {
    const { id, values: params, backend, step: steps, summary, frame } = widget;
    const version = document.documentElement.dataset.version;
    const run = {
      id,
      params,
      seed: params.seed ?? null,
      backend,
      steps,
      version,
      link: widget.link.href,
      summary,
      frame,
    };
    download(`${name}.json`, JSON.stringify(run), 'application/json');
    return 'Saved the run as JSON.';
  }
  if (kind === 'weights' || kind === 'npz') {
    const weights = await widget.weights();
    if (!weights) return 'This widget has no weights.';
    if (kind === 'npz') download(`${name}.npz`, toNpz(weights) as BlobPart, 'application/octet-stream');
    else download(`${name}-weights.json`, JSON.stringify(weights), 'application/json');
    return `Saved ${Object.keys(weights).length} arrays.`;
  }
  const figures = document.querySelectorAll<HTMLElement>(`#${widget.anchor} figure.chart`);
  for (const figure of figures) {
    const svg = [...figure.querySelectorAll<SVGSVGElement>('.plot svg')].at(-1);
    if (!svg) continue;
    const picture = await standalone(svg);
    const content = kind === 'svg' ? picture.text : await toPng(picture);
    download(`${name}-${figure.dataset.chart}.${kind}`, content, kind === 'svg' ? 'image/svg+xml' : 'image/png');
  }
  return `Saved ${figures.length} charts.`;
}
