/** Serves the built site under a sub-path for the browser tests, as a plain static host would. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import type { TestProject } from 'vitest/node';

/** The path that `npm test` builds for. */
const BASE = '/some/base';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the home page; ends in a slash. */
    site: string;
  }
}

export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync('dist/index.html'))
    throw new Error('dist/ is missing. Build it first: BASE_PATH=/some/base npm run build');
  const files = sirv('dist', { dev: true });
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (!url.startsWith(`${BASE}/`)) {
      response.writeHead(404).end(`Outside ${BASE}/`);
      return;
    }
    request.url = url.slice(BASE.length);
    files(request, response, () => {
      response.writeHead(404).end('Not found');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  project.provide('site', `http://127.0.0.1:${port}${BASE}/`);
  return () => new Promise((resolve) => server.close(() => resolve()));
}
