// Times our counter and the peers in one page of a browser. `IAP_BENCH_COUNTER` is the path of our
// module.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { startChromium } from './chromium.mjs';
import { serveLines } from './lines.mjs';

const bundle = await build({
  entryPoints: [fileURLToPath(new URL('page.mjs', import.meta.url))],
  bundle: true,
  format: 'esm',
  write: false,
});
const files = {
  '/': ['text/html', '<!doctype html><title>Counters</title><script type=module src=/page.js></script>'],
  '/page.js': ['text/javascript', bundle.outputFiles[0].text],
  '/counter.wasm': ['application/wasm', await readFile(process.env.IAP_BENCH_COUNTER)],
};

const server = createServer(({ url }, response) => {
  const [type, body] = files[url] ?? [];
  response.writeHead(type ? 200 : 404, {
    'content-type': type ?? 'text/plain',
    // A page on its own gets a finer clock.
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  });
  response.end(body);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));

const browser = await startChromium();
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.answer && crossOriginIsolated);
  await serveLines((question) => page.evaluate((asked) => globalThis.answer(asked), question));
} finally {
  await browser.close();
  server.close();
}
