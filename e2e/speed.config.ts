// How soon each page answers on a slow processor, and how much it moves meanwhile. `cargo xtask pages`
// starts the server as it is shipped and says where it is.

import { defineConfig } from '@playwright/test';

import journeys from './playwright.config.ts';

export default defineConfig({
  ...journeys,
  testDir: 'speed',
  fullyParallel: false,
  workers: 1,
  // All pages, several times.
  timeout: 1_200_000,
  reporter: [['line']],
  use: {
    ...journeys.use,
    locale: 'en',
    screenshot: 'off',
    // As Lighthouse has it for a desktop.
    viewport: { width: 1350, height: 940 },
  },
  projects: [{ name: 'speed' }],
});
