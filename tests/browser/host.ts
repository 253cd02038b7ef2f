/** A host that can go away and come back with another build, for the tests of what happens without it. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { site } from './site';

const BASE = new URL(site).pathname;

export class Host {
  private server: Server | null = null;
  private port = 0;
  /** Milliseconds that each answer waits. */
  delay = 0;

  /** Address of the home page; ends in a slash. */
  get address(): string {
    return `http://127.0.0.1:${this.port}${BASE}`;
  }

  /** Serves `folder` under the base path, at the same address as before. */
  async serve(folder: string): Promise<void> {
    await this.stop();
    // As it is on disk at each request; with an entity tag, since a host lets browsers keep files.
    const files = sirv(folder, { dev: true, etag: true });
    const listener: RequestListener = (request, response) => {
      const path = request.url ?? '/';
      const missing = () => {
        response.writeHead(404).end('Not found');
      };
      request.url = path.slice(BASE.length - 1);
      if (path.startsWith(BASE)) setTimeout(() => files(request, response, missing), this.delay);
      else missing();
    };
    const server = createServer(listener);
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.port = (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    await new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  }
}
