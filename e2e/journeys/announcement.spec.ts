import type { Page } from '@playwright/test';

import { expect, test } from '../support/journey.ts';

/**
 * Lets the test make time pass. The clock numbers its timers from 10^12 on; a browser's numbers
 * have 32 bits, and so has the place where the application keeps them.
 */
async function installClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.addInitScript(() => {
    const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
    const timers = [0];
    globalThis.setTimeout = ((...timer: Parameters<typeof set>) =>
      timers.push(Number(set(...timer))) - 1) as typeof set;
    globalThis.clearTimeout = (number) => clear(timers[Number(number)]);
  });
}

test('the count is said politely when typing pauses, not at each key', async ({ page, t }) => {
  await installClock(page);
  await page.goto('/compose');
  const message = page.locator('#message');
  await message.focus();
  await page.clock.pauseAt(Date.now() + 3_600_000);
  const region = page.getByRole('main').locator('[role=status].visually-hidden');
  await expect(region).toHaveAttribute('aria-live', 'polite');
  await expect(region).toBeEmpty();

  for (const key of 'Hello —') {
    await page.keyboard.type(key);
    await page.clock.runFor(500);
    await expect(region).toBeEmpty();
  }
  await expect(page.locator('#message-count')).toContainText(t.units(7, 63));
  await page.clock.runFor(1_000);
  await expect(region).toHaveText(
    t.say('announce.count', { encoding: 'Unicode', parts: t.parts(1), left: 63 }),
  );

  // What was said stays until there is something new to say.
  await page.keyboard.press('Backspace');
  await page.clock.runFor(500);
  await expect(region).toContainText('Unicode');
  await page.clock.runFor(1_000);
  await expect(region).toHaveText(
    t.say('announce.count', { encoding: 'GSM-7', parts: t.parts(1), left: 154 }),
  );

  await page.locator('#recipients').fill('0470 12 34 57');
  await page.locator('#recipients').press('Enter');
  await page.clock.runFor(2_000);
  await expect(region).toContainText(
    t.say('announce.cost', { credits: t.count('compose.credits', '0.0616') }),
  );
});

test('a page that opens with a draft reads it once, without an announcement', async ({
  composer,
  page,
}) => {
  await composer.message.fill('There before');
  await composer.expectCount(1, 12, 148);
  await installClock(page);
  await page.reload();
  await composer.expectCount(1, 12, 148);
  await page.clock.runFor(5_000);
  await expect(page.getByRole('main').locator('[role=status].visually-hidden')).toBeEmpty();
});
