/** The HTML that embeds a widget into another page. */

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The address of a widget's embed page; `site` is the address of the home page and ends in a slash. */
export const embedAddress = (site: string, id: string, query = ''): string => `${site}embed/${id}/${query}`;

/** The frame: scripts may run in it, and nothing else. */
export const frameCode = ({ src, title, height }: { src: string; title: string; height: number }): string =>
  `<iframe src="${escaped(src)}" title="${escaped(title)}" width="100%" height="${height}" style="border: 0" sandbox="allow-scripts" loading="lazy"></iframe>`;

/** The script of the page around it, which makes frames as high as what is in them. */
export const parentCode = (site: string): string => `<script src="${escaped(site)}embed/parent.js"></script>`;
