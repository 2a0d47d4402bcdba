// Journeys through the built application, which `IAP_E2E_URL` serves, in the Chromium at
// `IAP_CHROMIUM`. Each journey runs twice: at a desk, in English and light; on a phone, in French
// and dark.

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'test-results',
  snapshotPathTemplate: 'snapshots/{arg}-{projectName}{ext}',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A journey that fails once in a while has a reason, and it is to be found.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    baseURL: process.env.IAP_E2E_URL ?? 'http://127.0.0.1:8080',
    timezoneId: 'Europe/Brussels',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.IAP_CHROMIUM ?? '/usr/bin/chromium',
      // As root there is no sandbox; nothing but the application is opened.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    {
      name: 'desktop',
      use: { viewport: { width: 1280, height: 900 }, locale: 'en', colorScheme: 'light' },
    },
    {
      name: 'phone',
      use: {
        viewport: { width: 390, height: 844 },
        hasTouch: true,
        isMobile: true,
        locale: 'fr',
        colorScheme: 'dark',
      },
    },
  ],
});
