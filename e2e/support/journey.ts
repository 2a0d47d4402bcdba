// A journey: a test with the composer at hand, in the project's language, that fails when the
// browser has anything to complain about.

import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

import { Composer } from './composer.ts';
import { Texts, type Language } from './texts.ts';

interface Fixtures {
  /** The texts of the language that the journey runs in. */
  t: Texts;
  /** What the browser complained about so far. A journey that provokes it takes it out again. */
  complaints: string[];
  /** The composer, open and empty. */
  composer: Composer;
}

/** What the browser may complain about, by the window: parts of its sentences. */
const provoked = new WeakMap<BrowserContext, string[]>();

/**
 * What a journey provokes need not be told at once, nor be told so many times: the browser says it when it
 * likes. Complaints with one of these parts are none.
 */
export function mayComplain(of: Page | BrowserContext, ...parts: string[]): void {
  const context = 'context' in of ? of.context() : of;
  provoked.set(context, [...(provoked.get(context) ?? []), ...parts]);
}

/** Gathers errors and broken promises of every page, and what the content policy refused. */
async function listen(context: BrowserContext, complaints: string[]): Promise<void> {
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`page: ${error.error().message}`));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI}`);
    });
  });
}

export const test = base.extend<Fixtures>({
  t: async ({ locale }, use) => {
    await use(new Texts((locale ?? 'en') as Language));
  },
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      await listen(context, complaints);
      await use(complaints);
      const allowed = provoked.get(context) ?? [];
      const others = complaints.filter((told) => !allowed.some((part) => told.includes(part)));
      expect(others, 'the browser has nothing to complain about').toEqual([]);
    },
    { auto: true },
  ],
  composer: async ({ page, t }, use) => {
    const composer = new Composer(page, t);
    await composer.open();
    await use(composer);
  },
});

export { expect };
