import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { notesOf } from '#charts/sound';
import type { AnyExperiment, Chart } from '#lab/experiment';
import { findExperiment } from '#lab/registry';
import { recordedRun } from '#lab/results';
import { soon, withBrowser } from './site';

const open = withBrowser();

interface Heard {
  contexts: number;
  closed: number;
  /** For each tone that was started: its pitches in Hz and its places from -1, left, to 1, right. */
  tones: { frequencies: number[]; places: number[] }[];
}

/** Puts a sound card in place that writes down what it is told, and whose tones are over at once, or never. */
async function withSound(path: string, endless = false): Promise<Page> {
  const page = await open('404.html');
  await page.addInitScript((endless) => {
    const heard: Heard = { contexts: 0, closed: 0, tones: [] };
    const param = (kept: number[]) => ({
      setValueAtTime: (value: number) => kept.push(value),
      linearRampToValueAtTime() {},
    });
    class Sound extends EventTarget {
      connect = (to: unknown) => to;
    }
    class Tone extends Sound {
      frequencies: number[] = [];
      frequency = param(this.frequencies);
      start() {
        const tone = { frequencies: this.frequencies, places: places.splice(0) };
        heard.tones.push(tone);
      }
      stop() {
        if (!endless) setTimeout(() => this.dispatchEvent(new Event('ended')));
      }
    }
    const places: number[] = [];
    class Place extends Sound {
      pan = param(places);
    }
    class Volume extends Sound {
      gain = param([]);
    }
    class Context {
      currentTime = 0;
      destination = new Sound();
      constructor() {
        heard.contexts++;
      }
      async close() {
        heard.closed++;
      }
    }
    Object.assign(window, {
      heard,
      AudioContext: Context,
      OscillatorNode: Tone,
      GainNode: Volume,
      StereoPannerNode: Place,
    });
  }, endless);
  await page.goto(new URL(path, page.url().replace('404.html', '')).href);
  return page;
}

const heardBy = (page: Page) => page.evaluate(() => (window as unknown as { heard: Heard }).heard);

test('a curve is played as its values on the scale of its axis, from left to right, and nothing plays unasked', async () => {
  const page = await withSound('papers/one-step-gd/');
  const figure = page.locator('#train-loss');
  const button = figure.locator('.listen button');
  expect((await heardBy(page)).contexts).toBe(0);
  await button.press('Enter');
  await expect.poll(async () => (await heardBy(page)).closed, soon).toBe(1);

  const experiment: AnyExperiment = await findExperiment('one-step-gd/train');
  const chart = experiment.charts.loss as Chart<unknown>;
  const { voices } = notesOf(
    (chart.curves as NonNullable<typeof chart.curves>)((await recordedRun(experiment.id)).frame),
  );
  const { tones } = await heardBy(page);
  // Powers differ in their last bits between Node and browsers.
  const rounded = (values: number[]) => values.map((value) => Number(value.toPrecision(10)));
  expect(tones.map(({ frequencies, places }) => [rounded(frequencies), rounded(places)])).toEqual(
    voices.map(({ notes }) => [
      rounded(notes.map(({ frequency }) => frequency)),
      rounded(notes.map(({ at }) => 2 * at - 1)),
    ]),
  );
  const { frequencies = [] } = tones[0] ?? {};
  expect(frequencies[0], 'the loss begins high').toBeGreaterThan(4 * (frequencies.at(-1) as number));
  expect(await button.textContent()).toBe('Listen');
});

test('each line is announced by its name, and plays in turn', async () => {
  const page = await withSound('papers/bigram-subnetworks/');
  const figure = page.locator('#train-mask-loss');
  const said: string[] = [];
  await page.exposeFunction('overheard', (text: string) => said.push(text));
  await figure.locator('.listen [role=status]').evaluate((state) => {
    new MutationObserver(() => {
      if (state.textContent) (window as unknown as { overheard(text: string): void }).overheard(state.textContent);
    }).observe(state, { childList: true });
  });
  await figure.locator('.listen button').click();
  await expect.poll(async () => (await heardBy(page)).closed, soon).toBe(1);
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(/Low is .*, high is .* nats\. cross-entropy, 1 of 2$/);
  expect(said[1]).toBe('penalty, 2 of 2');
  expect((await heardBy(page)).tones).toHaveLength(2);
});

test('what plays says so, and stops by Escape or by its button', async () => {
  const page = await withSound('papers/bigram-subnetworks/', true);
  const bar = page.locator('#train-mask-shares .listen');
  const button = bar.locator('button');
  for (const stop of [() => page.keyboard.press('Escape'), () => button.click()]) {
    const before = (await heardBy(page)).closed;
    await button.click();
    await expect.poll(() => button.textContent(), soon).toBe('Stop');
    await expect.poll(() => bar.locator('[role=status]').textContent(), soon).toMatch(/1 of 2$/);
    await expect.poll(async () => (await heardBy(page)).tones.length, soon).toBe(before + 1);
    await stop();
    await expect.poll(() => button.textContent(), soon).toBe('Listen');
    await expect.poll(async () => (await heardBy(page)).closed, soon).toBe(before + 1);
    expect(await bar.locator('[role=status]').textContent()).toBe('');
  }
  expect((await heardBy(page)).tones, 'the second line of a stopped chart').toHaveLength(2);
});

test('charts that are no curves have no such button', async () => {
  const page = await withSound('papers/fresh/');
  expect(await page.locator('#orientation .listen').count()).toBe(0);
  expect(await page.locator('figure[data-curves]').count()).toBe(await page.locator('.listen button').count());
  expect(await page.locator('.listen button').count()).toBeGreaterThan(5);
});
