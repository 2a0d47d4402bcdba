// What the main pages look like, held against pictures that were looked at (`snapshots/`).
//
// They show the data that is made up in the browser, at one moment, so nothing on them moves. Other
// fonts draw other pictures: where the browser has not those that the pictures were made with, there is
// nothing to compare, and the journey is skipped with that reason. New ones are made with
// `--update-snapshots` (CONTRIBUTING.md), and are to be looked at before they are kept.

import { readFile, writeFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expect, test } from '../support/journey.ts';
import { withoutServer } from '../support/portal.ts';

/** The moment at which the pages are looked at. */
const NOW = new Date('2026-11-23T10:00:00+01:00');

/** How wide a sentence is in the fonts that the pictures were made with, by kind of journey. */
const FONTS = new URL('../snapshots/fonts.json', import.meta.url);

const PAGES = {
  services: '/services',
  account: '/services/1',
  catalogue: '/catalogue',
  packs: '/buy?account=1',
  orders: '/orders',
  prices: '/prices',
  settings: '/settings',
};

async function known(): Promise<Record<string, number>> {
  const text = await readFile(FONTS, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Record<string, number>;
}

/** How wide a sentence is in the fonts that this browser has. */
function width(page: Page): Promise<number> {
  return page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d');
    if (!context) return 0;
    const { fontFamily } = getComputedStyle(document.body);
    const of = (font: string) => {
      context.font = font;
      return context.measureText('Zwölf Boxkämpfer jagen Viktor quer, 0123456789 €').width;
    };
    return Math.round(100 * (of(`400 16px ${fontFamily}`) + of(`700 40px ${fontFamily}`)));
  });
}

test.beforeEach(async ({ page }, { project, config }) => {
  await page.clock.install({ time: NOW });
  await withoutServer(page);
  await page.goto('/settings');
  const fonts = await known();
  const here = await width(page);
  if (config.updateSnapshots === 'all') {
    await writeFile(FONTS, `${JSON.stringify({ ...fonts, [project.name]: here }, null, 2)}\n`);
  } else {
    test.skip(fonts[project.name] !== here, 'this browser has other fonts than the pictures');
  }
});

/** Holds what is in sight against its picture. */
async function expectLook(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.005 });
}

for (const [name, address] of Object.entries(PAGES)) {
  test(`${name} look as they did`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('.skeleton, [aria-busy=true]')).toHaveCount(0);
    await page.clock.fastForward(2_000);
    await expectLook(page, name);
    });
}

test('the composer looks as it did', async ({ page, composer }) => {
  await composer.add('+32 470 12 34 56', '+40 721 234 567');
  await composer.message.fill('Bonjour Ada, votre commande n° 1042 est prête — à bientôt 😀');
  await page.clock.fastForward(2_000);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await expectLook(page, 'composer');
});
