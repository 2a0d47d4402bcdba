import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { Composer } from '../support/composer.ts';
import { expect } from '../support/journey.ts';
import { test } from '../support/own-server.ts';
import { expectNothingBeyond, expectWrong, menu, openAs, withoutServer } from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

// Prices are everybody's: each journey has a server of its own.

const BELGIUM = '+32 470 12 34 56';

/** The page of prices, as people find their way in it. */
class RateCards {
  constructor(
    readonly page: Page,
    readonly t: Texts,
  ) {}

  get csv(): Locator {
    return this.page.getByLabel(this.t.say('rate_cards.csv'), { exact: true });
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.t.say(`rate_cards.${key}`), exact: true });
  }

  get changes(): Locator {
    return this.page.getByRole('region', { name: this.t.say('rate_cards.preview'), exact: true });
  }

  /** The line of a version. */
  version(number: number): Locator {
    return this.page
      .locator('.rate-versions tbody tr')
      .filter({ has: this.page.getByRole('rowheader', { name: new RegExp(`^${number} `) }) });
  }

  /** Takes the prices in force, with another one for Belgium. */
  async change(price: string): Promise<void> {
    await this.button('start_from').click();
    const csv = await this.csv.inputValue();
    expect(csv).not.toContain('#');
    await this.csv.fill(csv.replace(/^,BE,[^,]+,/m, `,BE,${price},`));
  }
}

test('an operator imports prices, and the composer follows', async ({ page, context, t }) => {
  const cards = new RateCards(page, t);
  await openAs(page, t, 'operator@demo.example', '/operator/prices');
  await expect(page.getByText(t.say('rate_cards.empty'))).toBeVisible();
  await expectAccessible(page, 'no prices yet');
  await cards.button('look').click();
  await expectWrong(cards.csv, t.say('rate_cards.csv_empty'));
  await expect(cards.csv).toBeFocused();

  // A line is wrong: it is shown, and nothing is sent.
  const wrong = 'country,credits_per_part,valid_from\nBE,free,2020-01-01\nFR,0.05,2020-01-01\n';
  await cards.csv.fill(wrong);
  await cards.button('look').click();
  await expectWrong(cards.csv, t.count('rate_cards.errors', 1));
  const error = page.locator('.rate-errors li');
  await expect(error).toHaveCount(1);
  const place = t.say('rate_cards.line_column', { line: '2', column: 'credits_per_part' });
  await expect(error).toContainText(place);
  await expect(error).toContainText('BE,free,2020-01-01');
  await expect(cards.csv).toHaveValue(wrong);
  await expectAccessible(page, 'a wrong line');

  const composer = new Composer(await context.newPage(), t);
  await composer.page.goto('/compose');
  await composer.add(BELGIUM);
  await composer.message.fill('Hello');
  await composer.expectTotal('0.0616');
  await expect(composer.cost).toContainText(t.say('cost.sample'));

  await cards.change('0.2000');
  await expect(error).toHaveCount(0);
  await cards.button('look').click();
  const rows = cards.changes.locator('tbody tr');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(t.region('BE'));
  await expect(rows).toContainText(t.credits('0.0616'));
  await expect(rows).toContainText(t.credits('0.2000'));
  await expect(rows).toContainText(t.say('rate_cards.doubled'));
  await expect(cards.changes).toContainText(t.say('rate_cards.against_sample'));
  await expectAccessible(page, 'what changes');
  await expectNothingBeyond(page, 'what changes');
  await cards.changes.getByRole('searchbox').fill(t.region('FR'));
  await expect(cards.changes.getByText(t.say('rate_cards.none'))).toBeVisible();
  await cards.changes.getByRole('searchbox').fill(t.region('BE').toUpperCase());
  await expect(rows).toHaveCount(1);
  // Looking changes nothing.
  await expect(cards.version(1)).toHaveCount(0);

  await cards.button('import').click();
  await expect(page.getByText(t.say('rate_cards.imported', { version: '1' }))).toBeVisible();
  await expect(cards.version(1)).toContainText(t.say('rate_cards.in_force'));
  await expect(cards.csv).toHaveValue('');

  await composer.page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await composer.expectTotal('0.2000');
  await expect(composer.page.getByText(t.say('cost.changed'))).toBeVisible();
  await expect(composer.cost).not.toContainText(t.say('cost.sample'));
  await composer.page.goto(`/prices?q=${encodeURIComponent(t.region('BE'))}`);
  await expect(composer.page.locator('.rates tbody tr').first()).toContainText(t.credits('0.2000'));
  await expect(composer.page.getByText(t.say('prices.sample_text'))).toHaveCount(0);

  // The very same prices are nothing to import.
  await cards.button('start_from').click();
  await cards.button('look').click();
  await expect(page.getByText(t.say('rate_cards.nothing_text'))).toBeVisible();
  await expect(cards.button('import')).toHaveCount(0);
});

test('a version that is planned is withdrawn', async ({ page, t }) => {
  const cards = new RateCards(page, t);
  await openAs(page, t, 'operator@demo.example', '/operator/prices');
  await cards.change('0.0700');
  const from = page.getByLabel(t.say('rate_cards.from'), { exact: true });
  await from.fill('2001-01-01T00:00');
  await cards.button('look').click();
  await expectWrong(from, t.say('rate_cards.from_wrong'));
  await from.fill('2099-01-01T00:00');
  await cards.button('look').click();
  await cards.button('import').click();
  await expect(cards.version(1)).toContainText(t.say('rate_cards.planned'));
  await expectAccessible(page, 'a planned version');
  await expectNothingBeyond(page, 'a planned version');

  const name = t.say('rate_cards.withdraw_version', { version: '1' });
  await page.getByRole('button', { name }).click();
  await expect(page.getByText(t.say('rate_cards.withdraw_done', { version: '1' }))).toBeVisible();
  await expect(cards.version(1)).toContainText(t.say('rate_cards.withdrawn'));
  await expect(page.getByRole('button', { name })).toHaveCount(0);

  // It is still to be had as a file, which is one that can be imported.
  const offered = page.waitForEvent('download');
  await page
    .getByRole('link', { name: t.say('rate_cards.export_version', { version: '1' }) })
    .click();
  expect((await offered).suggestedFilename()).toBe('rates-1.csv');
});

test('who is no operator is told who can change prices', async ({ page, t }) => {
  await openAs(page, t, 'admin@demo.example', '/operator/prices');
  await expect(page.getByText(t.say('operator.barred'), { exact: true })).toBeVisible();
  await expect(page.getByLabel(t.say('rate_cards.csv'), { exact: true })).toHaveCount(0);
  await expectAccessible(page, 'not allowed');
  const links = await menu(page, t);
  await expect(links.getByRole('link', { name: t.say('nav.prices') })).toBeVisible();
  await expect(links.getByRole('link', { name: t.say('nav.operator_prices') })).toHaveCount(0);

  await withoutServer(page);
  await page.goto('/operator/prices');
  await expect(page.getByText(t.say('operator.no_server_text'))).toBeVisible();
});
