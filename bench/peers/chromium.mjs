// Starts Chromium.

import { chromium } from 'playwright-core';

/** Chromium, at the path in `IAP_CHROMIUM`. */
export function startChromium(args = []) {
  return chromium.launch({
    executablePath: process.env.IAP_CHROMIUM || undefined,
    // As root there is no sandbox; nothing but our own pages is loaded.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
}
