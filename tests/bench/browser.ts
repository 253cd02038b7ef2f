/** The contenders in Chromium, each round in a browser of its own, in a worker of its page. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import sirv from 'sirv';
import type { Measurement } from './measure';
import { type Runner, scriptRunners } from './runner';

type Answer = { measured: Measurement } | { failed: string };

const open = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-gpu'],
  });

/** Serves the bundle in `folder`, without the headers that would let jax-js start threads. `close` ends that. */
export async function chromiumRunners(folder: string) {
  const files = sirv(folder);
  const server = createServer((request, response) => {
    // Any page will do for the worker to belong to.
    files(request, response, () => {
      response.setHeader('content-type', 'text/html').end('<!doctype html>');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

  const runners: Runner[] = scriptRunners(async (name, { id }, check) => {
    const browser = await open();
    try {
      const page = await browser.newPage();
      await page.goto(address);
      const answer = await page.evaluate(
        (question) =>
          new Promise<Answer>((done) => {
            const worker = new Worker('/main.js', { type: 'module' });
            worker.onmessage = ({ data }: MessageEvent<Answer>) => done(data);
            worker.onerror = ({ message }) => done({ failed: message });
            worker.postMessage(question);
          }),
        [name, id, check],
      );
      if ('failed' in answer) throw new Error(`${name} failed on ${id} in Chromium: ${answer.failed}`);
      return answer.measured;
    } finally {
      await browser.close();
    }
  });
  const browser = await open();
  const version = `Chromium ${browser.version()}`;
  await browser.close();
  return { runners, version, close: () => server.close() };
}
