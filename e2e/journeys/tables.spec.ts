// What all tables of the portal have in common.

import { expectAccessible } from '../support/audit.ts';
import { expect } from '../support/journey.ts';
import { test } from '../support/own-server.ts';
import { expectNothingBeyond, openAs } from '../support/portal.ts';

interface Table {
  address: string;
  /** Which one it is, where the page has several. */
  table?: string;
  /** The heading of a column that can be hidden. */
  column: string;
  /** A heading to sort by, where the list is not one that goes on and on. */
  sort?: string;
}

const TABLES: Record<string, Table[]> = {
  'admin@demo.example': [
    { address: '/services', column: 'accounts.balance', sort: 'accounts.balance' },
    { address: '/orders', column: 'shop.pack', sort: 'orders.amount' },
    { address: '/technical', column: 'account.technical_name', sort: 'accounts.balance' },
    { address: '/consumption', table: 'table.entries', column: 'consumption.whom' },
  ],
  'operator@demo.example': [
    { address: '/operator/databases', column: 'databases.hosting', sort: 'databases.kind' },
    { address: '/operator/users', column: 'users.rights', sort: 'users.state' },
    { address: '/operator/outbox', column: 'outbox.about' },
    { address: '/operator/audit', column: 'audit.detail' },
  ],
};

for (const [email, tables] of Object.entries(TABLES)) {
  test(`every table of ${email} has columns to choose, and is sorted at each width`, async ({
    page,
    server,
    t,
  }) => {
    // Developer mode, without which there is no page of IAP accounts.
    await page.addInitScript(() => localStorage.setItem('iap.settings', 'developer=true'));
    await openAs(page, t, email, `${server.url}${tables[0]?.address}`);
    for (const { address, table: which, column, sort } of tables) {
      await page.goto(`${server.url}${address}`);
      const table = page.locator(which ?? 'table');
      const lines = table.locator('tbody tr');
      await expect(lines.first(), address).toBeVisible();
      const count = await lines.count();
      const cells = await lines.first().locator('th, td').count();
      const heading = table.locator('thead th').filter({ hasText: t.say(column) });
      await expect(heading, address).toHaveCount(1);

      const choice = page.locator('details.column-choice');
      await choice.locator('summary').click();
      const box = choice.getByRole('checkbox', { name: t.say(column), exact: true });
      await box.uncheck();
      await expect(heading, address).toHaveCount(0);
      await expect(lines.first().locator('th, td'), address).toHaveCount(cells - 1);
      await expect(lines, address).toHaveCount(count);
      await expectAccessible(page, `${address} with a column less`);
      await expectNothingBeyond(page, `${address} with a column less`);

      await page.reload();
      await expect(lines.first().locator('th, td'), address).toHaveCount(cells - 1);
      await choice.locator('summary').click();
      await box.check();
      await expect(heading, address).toHaveCount(1);
      await page.keyboard.press('Escape');

      if (sort !== undefined) {
        const by = table.getByRole('columnheader', { name: t.say(sort), exact: true });
        await by.getByRole('button').click();
        await expect(by, address).toHaveAttribute('aria-sort', 'ascending');
        const up = await lines.allInnerTexts();
        await by.getByRole('button').click();
        await expect(by, address).toHaveAttribute('aria-sort', 'descending');
        expect((await lines.allInnerTexts()).at(-1), address).not.toBe(up.at(-1));
        await expectNothingBeyond(page, `${address} sorted`);
      }
    }
  });
}
