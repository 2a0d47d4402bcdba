import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect } from '../support/journey.ts';
import { test } from '../support/own-server.ts';
import { card, expectNothingBeyond, openAs } from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

// A database begins once: each journey has a server of its own.

const BEGINNER = 'new@demo.example';

/** A step, by whether it is done. */
function step(page: Page, t: Texts, name: string, taken: boolean): Locator {
  const title = `${t.say(`start.${name}`)} (${t.say(taken ? 'start.taken' : 'start.open')})`;
  const heading = page.getByRole('heading', { level: 3, name: title, exact: true });
  return card(page, t, 'start.title').getByRole('listitem').filter({ has: heading });
}

test('who administers a new database is led from nothing to a warning', async ({ page, t }) => {
  await openAs(page, t, BEGINNER, '/services');
  const guide = card(page, t, 'start.title');
  for (const name of ['activate', 'credits', 'alert']) {
    await expect(step(page, t, name, false)).toBeVisible();
  }
  // Without a service there is nothing to buy for.
  await expect(guide.getByRole('link')).toHaveCount(1);
  await expectAccessible(page, 'first steps');
  await expectNothingBeyond(page, 'first steps');

  await guide.getByRole('link', { name: t.say('start.activate_link') }).click();
  await expect(page).toHaveURL(/\/catalogue\?database=\d+$/);
  // As the catalogue does: a service without credits to try it.
  const post = async (path: string, data: object): Promise<{ id: number }> => {
    const headers = { 'idempotency-key': `journey-${Math.random()}` };
    const answer = await page.request.post(`/api/v1${path}`, { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { id: number };
  };
  const get = async (path: string) =>
    (await page.request.get(`/api/v1${path}`)).json();
  const database = new URL(page.url()).searchParams.get('database');
  const services = (await get('/services')) as { id: number; name: string }[];
  const parcels = services.find((it) => it.name === 'parcel_tracking')?.id;
  await post(`/databases/${database}/accounts`, { service: parcels });
  await page.goto('/services');
  await expect(step(page, t, 'activate', true)).toBeVisible();
  await expect(step(page, t, 'credits', false)).toBeVisible();
  await expectAccessible(page, 'first steps, one done');

  // Credits come in, and the guide stays until the last step.
  const { items } = (await get('/accounts')) as { items: { id: number }[] };
  const account = items[0]?.id;
  const buy = guide.getByRole('link', { name: t.say('start.credits_link') });
  await expect(buy).toHaveAttribute('href', `/buy?account=${account}`);
  const sms = services.find((it) => it.name === 'sms')?.id;
  // This one gives credits to try it.
  await post(`/databases/${database}/accounts`, { service: sms });
  await expect(step(page, t, 'credits', true)).toBeVisible();
  await page.reload();
  await expect(step(page, t, 'credits', true)).toBeVisible();
  await guide.getByRole('link', { name: t.say('start.alert_link') }).click();
  await expect(page).toHaveURL(/\/services\/\d+$/);
  const full = Number(new URL(page.url()).pathname.split('/').pop());
  const set = await page.request.put(`/api/v1/accounts/${full}/alert`, {
    data: { threshold: '1', recipients: [{ email: BEGINNER, language: t.language }] },
  });
  expect(set.ok(), await set.text()).toBe(true);
  await page.goto('/services');
  await expect(page.locator('.accounts tbody tr')).toHaveCount(2);
  await expect(guide).toHaveCount(0);
});

test('the guide is put away, and comes back from the empty list', async ({ page, t }) => {
  await openAs(page, t, BEGINNER, '/services');
  const guide = card(page, t, 'start.title');
  await guide.getByRole('button', { name: t.say('start.dismiss') }).click();
  await expect(guide).toHaveCount(0);
  await page.reload();
  await expect(page.getByText(t.say('accounts.empty'), { exact: true })).toBeVisible();
  await expect(guide).toHaveCount(0);
  await expectAccessible(page, 'no services, and no guide');
  await page.getByRole('button', { name: t.say('start.again') }).click();
  await expect(guide).toBeVisible();
  await page.reload();
  await expect(guide).toBeVisible();
});

test('who has credits, and who administers nothing, is not guided', async ({ browser, t }) => {
  for (const email of ['admin@demo.example', 'user@demo.example']) {
    const context = await browser.newContext({ locale: t.language });
    const page = await context.newPage();
    await openAs(page, t, email, '/services');
    await expect(page.locator('.accounts tbody tr').first()).toBeVisible();
    await expect(card(page, t, 'start.title')).toHaveCount(0);
    await context.close();
  }
});
