// One order: what was bought, what became of its money, and what settles it.

import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect } from '../support/journey.ts';
import { test } from '../support/own-server.ts';
import {
  PASSWORD,
  card,
  expectNothingBeyond,
  expectRefusals,
  expectWrong,
  fact,
  openAs,
  withoutServer,
} from '../support/portal.ts';

interface Order {
  id: number;
  account: number;
  credits: string;
  state: string;
}

const OPERATOR = 'operator@demo.example';

/** The newest order of the demo in a state, as its operator is told it. */
async function newest(page: Page, state: string): Promise<Order> {
  const data = { email: OPERATOR, password: PASSWORD };
  expect((await page.request.post('/api/v1/session', { data })).ok()).toBe(true);
  const answer = await page.request.get(`/api/v1/orders?state=${state}`);
  const [order] = ((await answer.json()) as { items: Order[] }).items;
  await page.context().clearCookies();
  if (order === undefined) throw new Error(`no order is ${state}`);
  return order;
}

test('an order shows what was bought, by whom, and its invoice', async ({ page, t }) => {
  const order = await newest(page, 'paid');
  await openAs(page, t, 'admin@demo.example', '/orders');
  await page.locator('.orders').getByRole('link', { name: `${order.id}`, exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/orders/${order.id}$`));
  const number = `${order.id}`;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('shop.order', { number }));
  const bought = card(page, t, 'orders.what');
  await expect(bought).toContainText(t.say('orders.paid'));
  await expect(fact(bought, t.say('orders.credits'))).toHaveText(t.balance(order.credits));
  await expect(fact(card(page, t, 'shop.payment'), t.say('orders.paid_at'))).not.toBeEmpty();
  await expect(card(page, t, 'orders.buyer')).toContainText('My Company (demo)');
  const bills = card(page, t, 'orders.bills').getByRole('listitem');
  await expect(bills).toHaveCount(1);
  await expect(bills).toContainText('INV/');
  await expect(bills.getByRole('link')).toHaveCount(2);
  const to = await bills.getByRole('link').first().getAttribute('href');
  expect((await page.request.get(to ?? '')).headers()['content-type']).toBe('application/pdf');
  // Only operators give money back.
  await expect(page.getByRole('button', { name: t.say('orders.refund') })).toHaveCount(0);
  await expectAccessible(page, 'an order');
  await expectNothingBeyond(page, 'an order');
  await fact(bought, t.say('accounts.service')).getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/services/${order.account}$`));
});

test('an operator records a transfer, and gives the money back', async ({ page, t, complaints }) => {
  const order = await newest(page, 'pending');
  const number = `${order.id}`;
  const available = async (): Promise<number> => {
    const answer = await page.request.get(`/api/v1/accounts/${order.account}`);
    return Number(((await answer.json()) as { available: { total: string } }).available.total);
  };
  await openAs(page, t, OPERATOR, `/orders/${order.id}`);
  const before = await available();
  const bought = card(page, t, 'orders.what');
  await expect(bought).toContainText(t.say('orders.pending'));
  await expect(card(page, t, 'orders.bills')).toContainText(t.say('orders.not_billed'));
  await expectAccessible(page, 'an order that waits');

  // What is missing is said beside the field.
  await page.getByRole('button', { name: t.say('orders.record') }).click();
  let dialog = page.getByRole('dialog', { name: t.say('orders.record_title', { number }) });
  await dialog.getByRole('button', { name: t.say('orders.record') }).click();
  const reference = dialog.getByLabel(t.say('orders.record_field'), { exact: true });
  await expectWrong(reference, t.say('provider.missing'));
  await expect(reference).toBeFocused();
  await expectAccessible(page, 'a payment to record');
  await expectNothingBeyond(page, 'a payment to record');
  await reference.fill('+++090/9337/55493+++');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(t.say('orders.recorded', { number }))).toBeVisible();
  await expect(bought).toContainText(t.say('orders.paid'));
  const payment = card(page, t, 'shop.payment');
  await expect(fact(payment, t.say('orders.payment_reference'))).toHaveText('+++090/9337/55493+++');
  expect(await available()).toBe(before + Number(order.credits));
  // It is billed right after it is paid, and the page shows it when one comes back to it.
  const bills = card(page, t, 'orders.bills').getByRole('listitem');
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(bills).toHaveCount(1, { timeout: 500 });
  }).toPass();

  await page.getByRole('button', { name: t.say('orders.refund') }).click();
  dialog = page.getByRole('dialog', { name: t.say('orders.refund_title', { number }) });
  await expect(dialog).toContainText(t.say('orders.refund_hint'));
  await dialog.getByRole('button', { name: t.say('orders.refund') }).click();
  const reason = dialog.getByLabel(t.say('orders.reason'), { exact: true });
  await expectWrong(reason, t.say('provider.missing'));
  await expectAccessible(page, 'money to give back');
  await reason.fill('Bought twice');
  await dialog.getByRole('button', { name: t.say('orders.refund') }).click();
  await expect(page.getByText(t.say('orders.refund_done', { number }))).toBeVisible();
  await expect(bought).toContainText(t.say('orders.refunded'));
  await expect(fact(payment, t.say('orders.reason'))).toHaveText('Bought twice');
  expect(await available()).toBe(before);
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(bills).toHaveCount(2, { timeout: 500 });
  }).toPass();
  await expectAccessible(page, 'an order whose money is given back');
  expect(complaints).toEqual([]);
});

test('money of credits that are spent is not given back', async ({ page, t, complaints }) => {
  const order = await newest(page, 'paid');
  const number = `${order.id}`;
  await openAs(page, t, OPERATOR, `/orders/${order.id}`);
  // All that is there is spent.
  const account = `/api/v1/accounts/${order.account}`;
  const key = () => ({ 'idempotency-key': crypto.randomUUID() });
  const { available } = await (await page.request.get(account)).json();
  const spent = await page.request.post(`${account}/withdrawals`, {
    headers: key(),
    data: { kind: 'paid', amount: available.paid, description: 'Spent' },
  });
  expect(spent.ok(), await spent.text()).toBe(true);
  await page.getByRole('button', { name: t.say('orders.refund') }).click();
  const dialog = page.getByRole('dialog', { name: t.say('orders.refund_title', { number }) });
  await dialog.getByLabel(t.say('orders.reason'), { exact: true }).fill('Too late');
  await dialog.getByRole('button', { name: t.say('orders.refund') }).click();
  await expect(dialog.getByRole('alert')).not.toBeEmpty();
  await expect(dialog.getByLabel(t.say('orders.reason'), { exact: true })).toHaveValue('Too late');
  await page.keyboard.press('Escape');
  await expect(card(page, t, 'orders.what')).toContainText(t.say('orders.paid'));
  await expectRefusals(complaints, '409');
});

test('an admin gives an order up, after a question', async ({ page, t }) => {
  const order = await newest(page, 'pending');
  const number = `${order.id}`;
  await openAs(page, t, 'admin@demo.example', `/orders/${order.id}`);
  await expect(page.getByRole('link', { name: t.say('orders.pay'), exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: t.say('orders.record') })).toHaveCount(0);
  await page.getByRole('button', { name: t.say('shop.give_up') }).click();
  const dialog = page.getByRole('dialog', { name: t.say('orders.give_up_title', { number }) });
  await expectAccessible(page, 'an order to give up');
  await dialog.getByRole('button', { name: t.say('shop.give_up') }).click();
  await expect(page.getByText(t.say('orders.given_up', { number }))).toBeVisible();
  await expect(card(page, t, 'orders.what')).toContainText(t.say('orders.cancelled'));
  await expect(page.getByRole('button', { name: t.say('shop.give_up') })).toHaveCount(0);
});

test('who may not see an order is told so, and a member changes nothing', async ({
  page,
  t,
  complaints,
}) => {
  const order = await newest(page, 'pending');
  // Administers another database.
  await openAs(page, t, 'new@demo.example', `/orders/${order.id}`);
  await expect(page.getByText(t.say('orders.missing'), { exact: true })).toBeVisible();
  await expectAccessible(page, 'an order that is not one’s own');
  await expectRefusals(complaints, '404');
  await page.context().clearCookies();
  await openAs(page, t, 'user@demo.example', `/orders/${order.id}`);
  await expect(card(page, t, 'orders.what')).toBeVisible();
  for (const name of ['orders.record', 'orders.refund', 'shop.give_up']) {
    await expect(page.getByRole('button', { name: t.say(name) })).toHaveCount(0);
  }
  await expect(page.getByRole('link', { name: t.say('orders.pay'), exact: true })).toHaveCount(0);
});

test('without a server an order of the demo is shown', async ({ page, t }) => {
  await withoutServer(page);
  await page.goto('/orders/1');
  await expect(page.getByText(t.say('orders.missing'), { exact: true })).toBeVisible();
});
