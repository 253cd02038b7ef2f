/** Plays the curves of a chart, each in turn with its name first. Comes when a 'Listen' button is pressed. */
import { type Note, notesOf } from '#charts/sound';
import type { Chart, Curves, Shown } from '#lab/experiment';
import { hosts } from './chart-host';
import { loadRecorded } from './engine';

/** The x axis from end to end, in seconds. */
const SECONDS = 3;
/** Before each line, so that its name can be read out. */
const NAME_MS = 900;
const LOUD = 0.15;
/** Fades in and out, against clicks. */
const FADE = 0.02;

/** The curves on the screen: the current run's, or where that has not begun the first that has more than its start. */
async function curvesOf(figure: HTMLElement): Promise<{ label: string; curves: Curves } | null> {
  const section = figure.closest<HTMLElement>('[data-experiment]');
  if (!section) return null;
  const name = figure.dataset.chart as string;
  let [chart, runs]: [Chart<unknown> | undefined, readonly Shown<unknown>[]] = [undefined, []];
  const host = hosts.get(section);
  if (host && host.runs.length > 0) [chart, runs] = [host.experiment.charts[name], host.runs];
  else {
    const { experiment, recorded } = await loadRecorded(section.dataset.experiment as string);
    if (recorded) [chart, runs] = [experiment.charts[name], [{ label: 'recorded', frame: recorded.frame }]];
  }
  const all = runs.flatMap(({ label, frame }) => (chart?.curves ? [{ label, curves: chart.curves(frame) }] : []));
  return all.find(({ curves }) => curves.lines.some(({ x }) => x.length > 1)) ?? all[0] ?? null;
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Plays one line; resolves when it is over or stopped. */
async function playLine(audio: AudioContext, notes: readonly Note[], signal: AbortSignal): Promise<void> {
  const tone = new OscillatorNode(audio, { type: 'triangle' });
  const volume = new GainNode(audio, { gain: 0 });
  const place = new StereoPannerNode(audio);
  tone.connect(volume).connect(place).connect(audio.destination);
  const start = audio.currentTime + 0.05;
  const [first, last] = [notes[0] as Note, notes.at(-1) as Note];
  for (const { at, frequency } of notes) {
    const time = start + at * SECONDS;
    tone.frequency.setValueAtTime(frequency, time);
    place.pan.setValueAtTime(2 * at - 1, time);
  }
  const [from, to] = [start + first.at * SECONDS, start + last.at * SECONDS + 0.25];
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUD, from + FADE);
  volume.gain.setValueAtTime(LOUD, to - FADE);
  volume.gain.linearRampToValueAtTime(0, to);
  tone.start(from);
  tone.stop(to);
  await Promise.race([
    new Promise((resolve) => tone.addEventListener('ended', resolve)),
    pause(1000 * (SECONDS + 2), signal),
  ]);
}

let playing: AbortController | null = null;

/** Starts, or where `button` is the one that plays, stops. One chart of a page plays at a time. */
export async function listen(
  button: HTMLButtonElement,
  figure: HTMLElement,
  say: (text: string) => void,
): Promise<void> {
  const own = button.textContent === 'Stop';
  playing?.abort();
  if (own) return;
  const stop = new AbortController();
  playing = stop;
  const { signal } = stop;
  button.textContent = 'Stop';
  addEventListener('keydown', ({ key }) => key === 'Escape' && stop.abort(), { signal });
  const audio = new AudioContext();
  try {
    const heard = await curvesOf(figure);
    const { range, voices } = heard ? notesOf(heard.curves) : { range: 'There is nothing to hear.', voices: [] };
    const whose = heard && heard.label !== 'now' ? `The run “${heard.label}”. ` : '';
    if (voices.length === 0) {
      say(range);
      return;
    }
    for (const [i, { name, notes }] of voices.entries()) {
      if (signal.aborted) break;
      say(`${i === 0 ? `${whose}${range} ` : ''}${name}, ${i + 1} of ${voices.length}`);
      await pause(i === 0 ? 3 * NAME_MS : NAME_MS, signal);
      if (!signal.aborted) await playLine(audio, notes, signal);
    }
    say('');
  } finally {
    button.textContent = 'Listen';
    void audio.close();
    stop.abort();
  }
}
