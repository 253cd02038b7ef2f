/** Serves dist/, built under /some/base, as a static host would: compressed, and kept by the browser for a while. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sirv from 'sirv';

const BASE = '/some/base';

/** The address of the home page, and a function that ends it all. */
export async function serve() {
  if (!readFileSync('dist/index.html', 'utf8').includes(`data-base="${BASE}/"`))
    throw new Error(`Build first: BASE_PATH=${BASE} npm run build`);
  const folder = mkdtempSync(join(tmpdir(), 'perceptron-papers-'));
  cpSync('dist', folder, { recursive: true });
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = join(folder, name);
    if (/\.(html|js|css|json|svg|txt|wasm)$/.test(name)) writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
  }
  const files = sirv(folder, { gzip: true, etag: true, maxAge: 600 });
  const server = createServer((request, response) => {
    request.url = (request.url ?? '/').slice(BASE.length);
    files(request, response, () => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    rmSync(folder, { recursive: true });
  };
  return { site: `http://127.0.0.1:${server.address().port}${BASE}/`, close };
}
