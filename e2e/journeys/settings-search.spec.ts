import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect, test } from '../support/journey.ts';
import { card, expectNothingBeyond, openAs, withoutServer } from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

/** Looks for IAP, and finds the ways to services and their credits. */
async function searchIap(page: Page, t: Texts): Promise<void> {
  const search = page.getByRole('searchbox', { name: t.say('settings.search') });
  await expect(page.getByRole('region')).toHaveCount(6);
  await search.fill('iap');
  await expect(page).toHaveURL(/\?q=iap$/);
  await expect(card(page, t, 'settings.appearance')).toBeHidden();
  const iap = card(page, t, 'settings.iap');
  await expect(iap.getByRole('heading').locator('mark')).toHaveText('IAP');
  await expect(iap).toContainText(t.say('settings.iap_text'));
  const sms = card(page, t, 'settings.sms');
  await expect(sms.getByRole('link', { name: t.say('settings.sms_link') })).toBeVisible();
  await expectAccessible(page, 'settings that were found');
  await expectNothingBeyond(page, 'settings that were found');
}

test('IAP in the settings leads to services and to buying credits', async ({ page, t }) => {
  await openAs(page, t, 'admin@demo.example', '/services');
  await page.goto('/settings');
  await searchIap(page, t);
  await page.reload();
  await expect(card(page, t, 'settings.appearance')).toBeHidden();
  const sms = card(page, t, 'settings.sms').getByRole('link', { name: t.say('settings.sms_link') });
  await expect(sms).toHaveAttribute('href', '/services/1');
  await sms.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('SMS');
  await page.goBack();
  await expect(page).toHaveURL(/\/settings\?q=iap$/);
  await page.getByRole('link', { name: t.say('settings.iap_link') }).click();
  await expect(page).toHaveURL(/\/services$/);
});

test('without a server the same is found', async ({ context, page, t }) => {
  await withoutServer(context);
  await page.goto('/settings');
  await searchIap(page, t);
  await expect(
    card(page, t, 'settings.sms').getByRole('link', { name: t.say('settings.sms_link') }),
  ).toHaveAttribute('href', '/services/1');
});

test('settings are found by their names without accents, and nothing typed is lost', async ({
  page,
  t,
}) => {
  await page.goto('/settings');
  const cap = page.getByRole('textbox', { name: t.say('settings.part_cap') });
  await cap.fill('many');
  const search = page.getByRole('searchbox', { name: t.say('settings.search') });
  const name = t.say('settings.developer');
  await search.fill(name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase());
  const found = card(page, t, 'settings.developers');
  // Each word is marked as it is written.
  await expect(found.locator('.found mark')).toHaveText(name.split(' '));
  await expect(cap).toBeHidden();

  await search.fill('nothing like it');
  const sentence = t.say('settings.none_text', { search: 'nothing like it' });
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByRole('region')).toHaveCount(0);
  await expectAccessible(page, 'no setting found');
  await page.getByRole('button', { name: t.say('prices.show_all') }).click();
  await expect(search).toHaveValue('');
  await expect(page.getByRole('region')).toHaveCount(6);
  await expect(cap).toHaveValue('many');
});
