import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import type { Composer } from '../support/composer.ts';
import { NUMBERS, TEXT } from '../support/example.ts';
import { expect, mayComplain, test } from '../support/journey.ts';
import { LANGUAGES } from '../support/texts.ts';

const THEMES = ['light', 'dark'] as const;

/** Everything that the composer can show at once. */
async function fill(composer: Composer): Promise<void> {
  const { page, t } = composer;
  await page.evaluate(() => localStorage.setItem('iap.demo.balance', '0.01'));
  await page.reload();
  await composer.add(...NUMBERS, '+32 2 555 12 12', '+40 744 118 920', '0470 12 34 56');
  await composer.message.fill(`${TEXT}\n{{first_name}} {{company}} “ș” …\nă`);
  await expect(composer.cost.getByRole('button', { name: t.say('cost.buy') })).toBeVisible();
  await unfold(page);
}

/** What is folded is looked at, too. */
async function unfold(page: Page): Promise<void> {
  const folded = page.locator('main details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
}

/** The same with settings under which it cannot be sent. */
async function exceed(composer: Composer): Promise<void> {
  const { page } = composer;
  await page.evaluate(() => localStorage.setItem('iap.settings', 'part_cap=2;newlines=crlf'));
  await page.reload();
  await expect(composer.messageCard.locator('.warning-bad')).toBeVisible();
  await unfold(page);
}

/** Every page as it is when nothing is amiss. */
function pagesHaveNoViolation(): void {
  test('the composer has no violation, empty or full', async ({ composer }) => {
    await expectAccessible(composer.page, 'empty');
    await fill(composer);
    await expectAccessible(composer.page, 'full');
    await exceed(composer);
    await expectAccessible(composer.page, 'over the cap');
    await composer.removeButton('Ada Peeters').click();
    await expect(composer.button('recipients.restore')).toBeVisible();
    await expectAccessible(composer.page, 'after removing');
  });

  test('the other pages have no violation', async ({ page, t }) => {
    for (const [address, title] of [
      ['/prices', 'prices.title'],
      ['/settings', 'settings.title'],
      ['/technical', 'technical.title'],
      ['/buy', 'buy.title'],
      ['/sign-in', 'sign_in.title'],
      ['/nowhere', 'missing.title'],
    ] as const) {
      await page.goto(address);
      await expect(page).toHaveTitle(t.title(t.say(title)));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page, address);
    }
  });
}

// Light at a desk and dark on a phone, as the projects are: so every language is seen in both.
for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: language });
    pagesHaveNoViolation();
  });
}

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({ colorScheme: theme });
    // The project's own theme was seen above.
    test.describe('other theme', () => {
      test.skip(({ isMobile }) => theme === (isMobile ? 'dark' : 'light'), 'seen in every language');
      pagesHaveNoViolation();
    });

    test('dialogs have no violation', async ({ composer, page, t }) => {
      await composer.message.fill('A draft to be left');
      await composer.button('compose.new').click();
      for (const name of ['recipients.pick', 'drafts.open_list', 'demo.tag', 'nav.menu']) {
        const button = composer.button(name);
        if (!(await button.isVisible())) continue;
        await button.click();
        const dialog = page.getByRole('dialog');
        await expect(dialog).toBeVisible();
        if (name === 'drafts.open_list') await expect(dialog.getByRole('listitem')).toHaveCount(1);
        await expectAccessible(page, name);
        if (name === 'recipients.pick') {
          await dialog.getByRole('searchbox').fill('Nobody');
          await expect(dialog.getByRole('checkbox')).toHaveCount(1);
          await expectAccessible(page, 'nobody found');
          // In a search field Escape empties it first.
          await page.keyboard.press('Escape');
          await expect(dialog.getByRole('searchbox')).toHaveValue('');
        }
        await page.keyboard.press('Escape');
        await expect(dialog).toBeHidden();
      }
      await composer.button('drafts.open_list').click();
      await composer.button('drafts.delete').click();
      await expect(page.getByText(t.say('drafts.deleted'))).toBeVisible();
      await expectAccessible(page, 'nothing left, and a toast');
    });

    test('notices and refusals have no violation', async ({
      composer,
      context,
      page,
      t,
    }) => {
      // What is being asked for at that moment does not come.
      mayComplain(context, 'ERR_INTERNET_DISCONNECTED');
      await context.setOffline(true);
      await expect(page.getByText(t.say('offline.text'))).toBeVisible();
      await expectAccessible(composer.page, 'offline');
      await context.setOffline(false);
      await page.goto('/buy');
      await page.getByRole('textbox').fill('much');
      await page.getByRole('button', { name: t.say('buy.set') }).click();
      await expect(page.getByText(t.say('buy.invalid'))).toBeVisible();
      await expectAccessible(page, 'no amount');
      await page.goto('/settings');
      await page.getByRole('textbox', { name: t.say('settings.part_cap') }).fill('many');
      await expect(page.getByText(t.say('settings.part_cap_error'))).toBeVisible();
      await expectAccessible(page, 'no number of parts');
      await page.goto('/prices?q=Atlantis');
      await expect(page.getByText(t.say('prices.none_text', { search: 'Atlantis' }))).toBeVisible();
      await expectAccessible(page, 'no destination');
    });
  });
}
