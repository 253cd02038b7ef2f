/** A page and its paper as CSL-JSON. */
import { download, everyPaper } from '#site/downloads';

// Astro looks for these names. A file for each ending: one for all would become folders, as pages do.
export const getStaticPaths = everyPaper;
export const GET = download('CSL-JSON');
