// What a person does in Odoo, with a real one whose IAP server is ours. `cargo xtask odoo` starts
// both and says where they are.

import { defineConfig } from '@playwright/test';

import journeys from './playwright.config.ts';

export default defineConfig({
  ...journeys,
  testDir: 'odoo',
  fullyParallel: false,
  workers: 1,
  // Odoo's first pages take their time.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    ...journeys.use,
    baseURL: process.env.IAP_ODOO_URL,
    locale: 'en',
    viewport: { width: 1280, height: 900 },
  },
  projects: [{ name: 'odoo' }],
});
