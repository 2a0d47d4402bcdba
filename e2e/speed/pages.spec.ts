// Each page, loaded afresh with an empty cache by whom it is for: when it answers to everything, and how
// much of it moves until then. A processor four times slower, and the network that Lighthouse gives a
// desktop. The middle of several runs counts.

import {
  expect,
  request,
  test,
  type Browser,
  type BrowserContextOptions,
} from '@playwright/test';

import { PASSWORD } from '../support/portal.ts';

/** A page answers within so many milliseconds. */
const INTERACTIVE = Number(process.env.IAP_INTERACTIVE ?? 1500);

/** What a page may move, as browsers reckon it: what rounds to nothing. */
const SHIFT = 0.0005;

/** How often each page is loaded; an odd number has a middle. */
const RUNS = Number(process.env.IAP_RUNS ?? 5);

/** How long nothing happens before a page counts as loaded, in milliseconds. */
const QUIET = 2_000;

const SLOW = 4;
const NETWORK = {
  offline: false,
  latency: 40,
  downloadThroughput: (10_240 * 1_000) / 8,
  uploadThroughput: (10_240 * 1_000) / 8,
};

const PAGES: Record<string, string[]> = {
  nobody: ['/', '/catalogue', '/prices', '/settings', '/sign-in'],
  admin: [
    '/',
    '/services',
    '/services/{account}',
    '/consumption',
    '/catalogue',
    '/buy?account={account}',
    '/orders',
    '/orders/5',
    '/technical',
    '/settings',
  ],
  provider: [
    '/provider',
    '/provider/services/{service}',
    '/provider/services/{service}/documentation',
    '/provider/revenue',
  ],
  operator: [
    '/operator/databases',
    '/operator/databases/1',
    '/operator/users',
    '/operator/users/1',
    '/operator/prices',
    '/operator/outbox',
    '/operator/audit',
    '/operator/health',
    '/operator/settings',
  ],
};

/** What a page notes of itself while it is loaded. */
interface Notes {
  /** When what is shown changed last from something on its way to something known. */
  known: number;
  /** When each long task ended. */
  tasks: number[];
  /** What moved, and by how much. */
  shifts: [what: string, by: number][];
}

interface Run {
  interactive: number;
  paint: number;
  shift: number;
  moved: string[];
}

/** Runs in the page, before anything of it does. */
function watch(): void {
  localStorage.setItem('iap.settings', 'developer=true');
  const notes: Notes = { known: 0, tasks: [], shifts: [] };
  Object.assign(window, { notes });
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) notes.tasks.push(task.startTime + task.duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as PerformanceEntry & {
        value: number;
        sources: { node?: Node }[];
      };
      const moved = shift.sources.map(({ node }) =>
        node instanceof Element ? `${node.nodeName.toLowerCase()}.${node.className}` : '',
      );
      notes.shifts.push([moved.join(' '), shift.value]);
    }
  }).observe({ type: 'layout-shift', buffered: true });
  // From when on there is a heading, and nothing says that it is on its way.
  new MutationObserver(() => {
    const known = document.querySelector('h1') !== null && document.querySelector('.waiting') === null;
    if (!known) notes.known = 0;
    else if (notes.known === 0) notes.known = performance.now();
  }).observe(document, { subtree: true, childList: true });
}

async function load(browser: Browser, options: BrowserContextOptions, path: string): Promise<Run> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOW });
  await page.addInitScript(watch);
  await page.goto(path);
  const notes = () =>
    page.evaluate(() => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
      return { now: performance.now(), paint, ...(window as unknown as { notes: Notes }).notes };
    });
  const end = (it: Awaited<ReturnType<typeof notes>>) => Math.max(it.paint, it.known, ...it.tasks);
  let told = await notes();
  while (told.paint === 0 || told.known === 0 || told.now < end(told) + QUIET) {
    await page.waitForTimeout(250);
    told = await notes();
  }
  await context.close();
  const shift = told.shifts.reduce((sum, [, by]) => sum + by, 0);
  const moved = told.shifts.map(([what]) => what);
  return { interactive: end(told), paint: told.paint, shift, moved };
}

interface Visitor {
  storageState: NonNullable<Exclude<BrowserContextOptions['storageState'], string>>;
  /** Keys of what they see, by what it is. */
  keys: Record<string, number | undefined>;
}

async function signIn(baseURL: string, who: string): Promise<Visitor> {
  if (who === 'nobody') return { storageState: { cookies: [], origins: [] }, keys: {} };
  const api = await request.newContext({ baseURL });
  const data = { email: `${who}@demo.example`, password: PASSWORD };
  const session = await (await api.post('/api/v1/session', { data })).json();
  const accounts = await (await api.get('/api/v1/accounts')).json();
  const keys = { account: accounts.items[0]?.id, service: session.user.services[0] };
  const storageState = await api.storageState();
  await api.dispose();
  return { storageState, keys };
}

function middle(figures: number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? NaN;
}

test('pages answer soon, and stay where they are', async ({ browser, baseURL }) => {
  const options = test.info().project.use;
  const wrong: string[] = [];
  console.log('\ninteractive     paint  moved  page');
  for (const [who, paths] of Object.entries(PAGES)) {
    const { storageState, keys } = await signIn(baseURL ?? '', who);
    for (const template of paths) {
      const path = template.replace(/\{(\w+)\}/, (_, key: string) => `${keys[key]}`);
      const runs: Run[] = [];
      for (let run = 0; run < RUNS; run++) {
        runs.push(await load(browser, { ...options, baseURL, storageState }, path));
      }
      const interactive = middle(runs.map((run) => run.interactive));
      const paint = middle(runs.map((run) => run.paint));
      const shift = middle(runs.map((run) => run.shift));
      const [first, second] = [interactive, paint].map((it) => `${it.toFixed(0)} ms`.padStart(11));
      console.log(`${first}${second?.slice(1)}  ${shift.toFixed(3)}  ${path}, ${who}`);
      if (interactive > INTERACTIVE) {
        wrong.push(`${path}, ${who}: answers after ${interactive.toFixed(0)} ms`);
      }
      if (shift > SHIFT) {
        const moved = [...new Set(runs.flatMap((run) => run.moved))].join('; ');
        wrong.push(`${path}, ${who}: moves by ${shift.toFixed(3)} (${moved})`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
