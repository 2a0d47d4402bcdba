import type { Page } from '@playwright/test';

import type { Composer } from '../support/composer.ts';
import { expect, test } from '../support/journey.ts';

async function settings(page: Page): Promise<void> {
  await page.goto('/settings');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

async function back(composer: Composer): Promise<void> {
  await composer.open();
}

test('line breaks sent as two characters are counted and told where they cost', async ({
  composer,
  page,
  t,
}) => {
  const text = `${'a'.repeat(158)}\nb`;
  await composer.message.fill(text);
  await composer.expectCount(1, 160, 0);
  await settings(page);
  await page.getByRole('radio', { name: t.say('settings.newlines_crlf') }).check({ force: true });
  await back(composer);
  await composer.expectCount(2, 161, 145);
  const warning = composer.messageCard.getByRole('listitem').filter({
    hasText: t.say('message.line_breaks', { parts: t.parts(1) }),
  });
  await expect(warning).toBeVisible();
  await expect(composer.message).toHaveValue(text);
  await warning.getByRole('link', { name: t.say('message.settings') }).click();
  await page.getByRole('radio', { name: t.say('settings.newlines_lf') }).check({ force: true });
  await back(composer);
  await composer.expectCount(1, 160, 0);
  await expect(warning).toHaveCount(0);
});

test('the cap on parts takes a whole number from 1 to 255', async ({ composer, page, t }) => {
  await composer.add('+32 470 12 34 57');
  await composer.message.fill('a'.repeat(161));
  await composer.expectTotal('0.1232');
  await settings(page);
  const cap = page.getByRole('textbox', { name: t.say('settings.part_cap') });
  await expect(cap).toHaveValue('10');
  for (const nonsense of ['', '0', '256', '1.5', 'ten', '-1']) {
    await cap.fill(nonsense);
    await expect(page.getByText(t.say('settings.part_cap_error'))).toBeVisible();
    await expect(cap).toHaveAttribute('aria-invalid', 'true');
    await expect(cap).toHaveValue(nonsense);
  }
  await cap.fill('1');
  await expect(page.getByText(t.say('settings.part_cap_error'))).toHaveCount(0);
  await back(composer);
  await expect(composer.messageCard).toContainText(
    t.say('message.too_many', { parts: t.parts(2), limit: 1 }),
  );
  await composer.expectTotal('0');
});

test('national tables keep ş out of Unicode', async ({ composer, page, t }) => {
  await composer.message.fill('Teşekkürler, görüşürüz');
  await expect(composer.count).toContainText(t.count('message.ucs2', 2));
  await composer.expectCount(1, 22, 48);
  await settings(page);
  await page.getByRole('switch', { name: t.say('settings.national') }).check({ force: true });
  await back(composer);
  await expect(composer.count).toContainText(t.say('message.national', { tables: 'Turkish' }));
});

test('a reference of 16 bits takes a unit more of each part', async ({ composer, page, t }) => {
  await composer.message.fill('a'.repeat(306));
  await composer.expectCount(2, 306, 0);
  await settings(page);
  const reference = page.getByRole('switch', { name: t.say('settings.reference') });
  await reference.check({ force: true });
  await expect(reference).toBeChecked();
  await back(composer);
  await composer.expectCount(3, 306, 150);
  await expect(composer.bars.first()).toHaveAccessibleName(
    t.say('message.bar', { number: 1, used: 152, capacity: 152 }),
  );
});

test('composed characters are kept whole where it is wanted', async ({ composer, page, t }) => {
  // The family of 11 units stands across the end of the first part.
  await composer.message.fill(`${'a'.repeat(60)}👨‍👩‍👧‍👦`);
  await composer.expectCount(2, 71, 62);
  await settings(page);
  await page.getByRole('switch', { name: t.say('settings.split') }).check({ force: true });
  await back(composer);
  await composer.expectCount(2, 71, 56);
});

test('another default country reads numbers anew', async ({ composer, page, t }) => {
  await composer.add('06 12 34 56 79');
  await expect(composer.chips).toHaveClass(/chip-bad/);
  await settings(page);
  await page.getByRole('combobox', { name: t.say('settings.region') }).selectOption('FR');
  await back(composer);
  await expect(composer.chips).toContainText('+33 6 12 34 56 79');
  await expect(composer.chips).toContainText('FR');
  await settings(page);
  await page.getByRole('combobox', { name: t.say('settings.region') }).selectOption('NL');
  await back(composer);
  await expect(composer.chips).toHaveText(/^06 12 34 56 79|^\+31/);
});

test('settings are kept, follow in other tabs, and go back to their defaults', async ({
  page,
  context,
  t,
}) => {
  await settings(page);
  const other = await context.newPage();
  await settings(other);
  const cap = t.say('settings.part_cap');
  const national = t.say('settings.national');
  await page.getByRole('textbox', { name: cap }).fill('6');
  await page.getByRole('switch', { name: national }).check({ force: true });
  await expect(other.getByRole('textbox', { name: cap })).toHaveValue('6');
  await expect(other.getByRole('switch', { name: national })).toBeChecked();
  await page.reload();
  await expect(page.getByRole('textbox', { name: cap })).toHaveValue('6');
  await expect(page.getByRole('switch', { name: national })).toBeChecked();
  await page.getByRole('button', { name: t.say('settings.reset') }).click();
  await expect(page.getByText(t.say('settings.reset_done'))).toBeVisible();
  await expect(page.getByRole('textbox', { name: cap })).toHaveValue('10');
  await expect(page.getByRole('switch', { name: national })).not.toBeChecked();
  await expect(other.getByRole('textbox', { name: cap })).toHaveValue('10');
});
