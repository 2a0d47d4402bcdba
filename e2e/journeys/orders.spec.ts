import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect } from '../support/journey.ts';
import { test } from '../support/own-server.ts';
import { expectNothingBeyond, openAs } from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

// What others buy meanwhile would stand in the list: it has a server of its own.

interface Order {
  id: number;
  gross: number;
  state: string;
}

const lines = (page: Page): Locator => page.locator('.orders tbody tr');

/** The numbers of the orders, as they stand. */
const numbers = (page: Page): Promise<string[]> => page.locator('.orders-number').allInnerTexts();

async function open(page: Page, t: Texts, query = ''): Promise<Order[]> {
  await openAs(page, t, 'admin@demo.example', `/orders${query}`);
  await expect(lines(page).first()).toBeVisible();
  const { items } = (await (await page.request.get('/api/v1/orders')).json()) as {
    items: Order[];
  };
  return items;
}

test('orders are sorted by any column, searched and filtered in the address', async ({
  page,
  t,
}) => {
  const orders = await open(page, t);
  const newest = orders.map((it) => `${it.id}`);
  expect(await numbers(page)).toEqual(newest);
  await expectAccessible(page, 'orders');
  await expectNothingBeyond(page, 'orders');

  const amount = page.getByRole('columnheader', { name: t.say('orders.amount') });
  const sort = amount.getByRole('button');
  await sort.focus();
  await page.keyboard.press('Enter');
  await expect(amount).toHaveAttribute('aria-sort', 'ascending');
  const by = (a: Order, b: Order) => a.gross - b.gross || a.id - b.id;
  const cheapest = [...orders].sort(by).map((it) => `${it.id}`);
  expect(await numbers(page)).toEqual(cheapest);
  await page.keyboard.press('Enter');
  await expect(amount).toHaveAttribute('aria-sort', 'descending');
  expect(await numbers(page)).toEqual(cheapest.reverse());
  for (const key of ['orders.when', 'accounts.service', 'shop.pack', 'orders.state', 'orders.invoice']) {
    const heading = page.getByRole('columnheader', { name: t.say(key), exact: true });
    await heading.getByRole('button').click();
    await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  }

  // One waits for its money.
  const pending = orders.filter((it) => it.state === 'pending');
  await page.getByRole('radio', { name: t.say('orders.pending') }).check({ force: true });
  await expect(page).toHaveURL(/\/orders\?state=pending$/);
  await expect(lines(page)).toHaveCount(pending.length);
  await page.getByRole('searchbox').fill('SMS');
  await expect(page).toHaveURL(/state=pending&q=SMS$/);
  await expect(lines(page)).toHaveCount(1);
  await expect(page.getByRole('status').filter({ hasText: t.count('orders.shown', 1) })).toBeVisible();

  // The address leads there again; what fits nothing says so, and how to see all.
  await page.reload();
  await expect(lines(page)).toHaveCount(1);
  await page.getByRole('searchbox').fill('no such thing');
  await expect(page.getByText(t.say('orders.none'), { exact: true })).toBeVisible();
  await expectAccessible(page, 'no orders found');
  await page.getByRole('button', { name: t.say('prices.show_all') }).click();
  await expect(lines(page)).toHaveCount(orders.length);
  await expect(page).toHaveURL(/\/orders$/);
});

test('columns are chosen and kept in this browser; the file has them all', async ({
  page,
  t,
}) => {
  const orders = await open(page, t, '?state=paid');
  const columns = page.locator('details.column-choice');
  const summary = columns.locator('summary');
  const box = (key: string) => columns.getByRole('checkbox', { name: t.say(key), exact: true });

  // With the keyboard alone.
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(box('orders.amount')).toBeVisible();
  await expect(box('orders.amount')).toBeChecked();
  await expect(box('orders.by')).not.toBeChecked();
  await expectAccessible(page, 'columns to choose');
  await expectNothingBeyond(page, 'columns to choose');
  await box('orders.amount').focus();
  await page.keyboard.press('Space');
  await expect(page.locator('.orders-amount')).toHaveCount(0);
  await box('orders.by').focus();
  await page.keyboard.press('Space');
  await expect(page.locator('.orders-by')).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(box('orders.amount')).toBeHidden();
  await expect(summary).toBeFocused();

  // It closes when one goes elsewhere, but not when one clicks beside a box.
  await summary.click();
  await columns.locator('.column-list').click({ position: { x: 3, y: 3 } });
  await expect(box('orders.amount')).toBeVisible();
  await page.getByRole('searchbox').focus();
  await expect(box('orders.amount')).toBeHidden();

  await page.reload();
  const paid = orders.filter((it) => it.state === 'paid');
  await expect(page.locator('.orders-by')).toHaveCount(paid.length);
  await expect(page.locator('.orders-amount')).toHaveCount(0);
  await expectAccessible(page, 'orders with other columns');
  await expectNothingBeyond(page, 'orders with other columns');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t.say('prices.export') }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('orders.csv');
  const [head, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(head).toBe(
    'order,ordered_at,service,pack,credits,ordered_by,amount,currency,state,invoice',
  );
  expect(rows.map((row) => row.split(',')[0])).toEqual(await numbers(page));
  expect(rows[0]).toContain('INV/');
});

test('orders and services are printed as tables, as narrow as the paper may be', async ({ page, t }) => {
  await open(page, t);
  for (const [address, table] of [['orders', '.orders'], ['services', '.accounts']] as const) {
    await page.emulateMedia({ media: null });
    await page.goto(`/${address}`);
    await expect(page.locator(`${table} tbody tr`).first()).toBeVisible();
    // What A4 has left within its margins.
    await page.setViewportSize({ width: 718, height: 1000 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // Repeated on each page, but for what stands in a button's box.
    await expect(page.locator(`${table} thead`)).toHaveCSS('display', 'table-header-group');
    await expect(page.locator(`${table} thead tr`)).toHaveCSS('display', 'table-row');
    for (const sort of await page.locator(`${table} .sort`).all()) {
      await expect(sort).toHaveCSS('display', 'contents');
    }
    await expect(page.locator(`${table} tbody tr`).first()).toHaveCSS('display', 'table-row');
    for (const hidden of ['.sidebar', '.topbar', '.search-bar', '.page-actions']) {
      await expect(page.locator(hidden).first()).toBeHidden();
    }
    await expect(page.locator(`${table} td .button`).filter({ visible: true })).toHaveCount(0);
    await expectNothingBeyond(page, `${address} on paper`);
  }
});
