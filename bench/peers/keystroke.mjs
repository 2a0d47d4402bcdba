// Types into the composer of the built application, at `IAP_E2E_URL`, on a processor slowed down.

import { createServer } from 'node:http';
import { setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

import { startChromium } from './chromium.mjs';
import { serveLines } from './lines.mjs';
import { startTrace } from './trace.mjs';

/** How many times slower the processor seems. */
const SLOWER = 4;

/** What is typed, over and over: letters, spaces, a digit, a full stop. */
const KEYS = [...'Meet us at 9. '];

/** Keys typed at the end of the text, and as many in its middle. */
const TYPED = 50;

/** Keys typed before, for the compiler to have done its work. */
const WARM_UP = 40;

/** Keys typed at full speed before work is measured. */
const REST = 5;

/** Between two keys; a fast typist takes longer. In ms. */
const PAUSE = 50;

/** Those whom the message goes to, so that there is a price to show. */
const RECIPIENTS = ['+31 6 12345678', '+32 470 12 34 56', '+40 712 345 678'];

/**
 * In the page: notes for every key when it was pressed and when what it changed was painted. The
 * start is the time stamp that the browser process gave the key, so that waiting in line counts.
 * The end is a task that is queued from the frame's animation callback, and so runs when the frame
 * is laid out, painted and handed over. The count has to have changed by then.
 */
function watch() {
  const count = document.querySelector('#message-count');
  const channel = new MessageChannel();
  const waiting = [];
  globalThis.paints = [];
  globalThis.late = 0;
  let key;
  channel.port1.onmessage = () => {
    const { start, before } = waiting.shift();
    globalThis.paints.push(performance.now() - start);
    if (count.textContent === before) globalThis.late++;
  };
  addEventListener('keydown', ({ timeStamp }) => {
    key = { start: timeStamp, before: count.textContent };
  }, true);
  addEventListener('input', () => {
    waiting.push(key);
    requestAnimationFrame(() => channel.port2.postMessage(null));
  }, true);
}

async function type(page, keys) {
  for (let at = 0; at < keys; at++) {
    await page.keyboard.press(KEYS[at % KEYS.length]);
    await pause(PAUSE);
  }
}

/** Types at the end of the text and in its middle. */
async function typeInto(page, text) {
  const field = page.locator('#message');
  for (const caret of [text.length, text.length >> 1]) {
    await field.evaluate((it, at) => it.setSelectionRange(at, at), caret);
    await type(page, TYPED);
  }
}

/** Opens a page with the text in its field, the processor slowed down and warm. */
async function open(context, url, text) {
  const page = await context.newPage();
  await page.goto(url);
  const field = page.locator('#message');
  await field.waitFor();
  const numbers = page.locator('#recipients');
  if (await numbers.count()) {
    for (const number of RECIPIENTS) {
      await numbers.fill(number);
      await numbers.press('Enter');
    }
  }
  await field.fill(text);
  await field.focus();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await type(page, WARM_UP);
  return { page, session };
}

/** The least that a page with a counter can be: what the browser itself costs. */
const PLAIN = `<!doctype html><title>Field</title>
<textarea id=message rows=5 cols=80></textarea><p id=message-count></p>
<script>
  const [field, count] = document.querySelectorAll('#message, #message-count');
  field.addEventListener('input', () => { count.textContent = field.value.length; });
</script>`;

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html').end(PLAIN);
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const urls = {
  plain: `http://127.0.0.1:${server.address().port}/`,
  composer: process.env.IAP_E2E_URL && new URL('/compose', process.env.IAP_E2E_URL).href,
};

try {
  // Other programs disturb less; for it one has to be root. The browser inherits it.
  setPriority(-5);
} catch {
  // Then they disturb more.
}
const browser = await startChromium([
  // Frames come when they are ready: the work is measured, not the wait for the screen, which
  // would add anything up to its period.
  '--disable-frame-rate-limit',
  '--disable-gpu-vsync',
]);
try {
  /**
   * `{ page: 'composer' | 'plain', text }` is answered with
   * `{ paints: [ms, …], late, tasks: [ms, …], work: [ms, …] }`: from key to paint, keys whose
   * count was not in the frame, tasks, and the processor time from key to paint at full speed.
   */
  await serveLines(async ({ page: name, text }) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page, session } = await open(context, urls[name], text);
    await page.evaluate(watch);
    await typeInto(page, text);
    const { paints, late } = await page.evaluate(() => {
      const { paints, late } = globalThis;
      return { paints, late };
    });
    // Tracing costs time of its own, so tasks are measured on their own.
    const stop = await startTrace(session);
    await typeInto(page, text);
    const { tasks } = await stop();
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await type(page, REST);
    const stopWork = await startTrace(session);
    await typeInto(page, text);
    const { work } = await stopWork();
    await context.close();
    return { paints, late, tasks, work };
  });
} finally {
  await browser.close();
  server.close();
}
