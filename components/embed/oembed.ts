/** What a tool that asks by oEmbed (https://oembed.com) is told: the widget in a frame. */
import { type AnyExperiment, slugOf } from '#lab/experiment';
import { embedAddress, frameCode } from './code';

const WIDTH = 800;
const HEIGHT = 800;

/** Written as a file, since a static site answers every question the same. `title` is that of the page it is for. */
export function oembedFor(experiment: AnyExperiment, title: string, site: string): Response {
  const src = embedAddress(site, experiment.id);
  const answer = {
    version: '1.0',
    type: 'rich',
    title,
    author_name: 'Perceptron Papers',
    author_url: `${site}papers/${slugOf(experiment.id)}/`,
    provider_name: 'Perceptron Papers',
    provider_url: site,
    width: WIDTH,
    height: HEIGHT,
    html: frameCode({ src, title: experiment.title, height: HEIGHT }),
  };
  return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
}
