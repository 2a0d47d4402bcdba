import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { start, type House } from '../support/identity-provider.ts';
import { expect, test } from '../support/journey.ts';
import { card, expectRefusals, openAs } from '../support/portal.ts';

let house: House;
test.beforeAll(async () => {
  house = await start();
});
test.afterAll(async () => {
  await house.stop();
});

/** Opens the provider's page on the way to a page of ours. */
async function begin(page: Page, next: string): Promise<void> {
  // The provider's page wants a font from elsewhere.
  await page.route(/fonts\.googleapis\.com/, (route) =>
    route.fulfill({ contentType: 'text/css', body: '' }),
  );
  await page.goto(`${house.url}/api/v1/session/oidc?next=${encodeURIComponent(next)}`);
  expect(new URL(page.url()).origin).toBe(house.issuer);
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.locator('input[name=login]').fill(email);
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  // It asks whether we may know who it is.
  await page.locator('button[type=submit]').click();
}

/** What our server says of whoever is signed in, asked by a page of its own. */
async function session(page: Page): Promise<{ user?: { email: string } }> {
  return page.evaluate(async () => (await fetch('/api/v1/session')).json());
}

test('somebody comes back from the identity provider signed in', async ({ page }) => {
  await begin(page, '/prices?from=elsewhere');
  await signIn(page, 'operator@demo.example');
  await page.waitForURL(`${house.url}/prices?from=elsewhere`);
  expect((await session(page)).user?.email).toBe('operator@demo.example');
  const [cookie, ...others] = await page.context().cookies(house.url);
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ name: 'iap_session', httpOnly: true, sameSite: 'Strict' });
});

test('the first page that is opened then belongs to the session', async ({ page }) => {
  // The browser sends the session's cookie only where a page of ours opens another one.
  await begin(page, '/api/v1/session');
  await signIn(page, 'user@demo.example');
  await page.waitForURL(`${house.url}/api/v1/session`);
  await expect(page.locator('body')).toContainText('user@demo.example');
});

test('who has no access here is told so, and may go back', async ({ page, complaints }) => {
  await begin(page, '/prices');
  await signIn(page, 'stranger@example.com');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not signed in');
  await expect(page.getByRole('main')).toContainText('stranger@example.com');
  await expectRefusals(complaints, '403');
  await expect(page.getByRole('link', { name: 'Back' })).toHaveAttribute('href', `${house.url}/`);
  expect(await page.context().cookies(house.url)).toEqual([]);
});

test('who changes their mind at the provider is not signed in', async ({ page, complaints }) => {
  await begin(page, '/prices');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not signed in');
  await expect(page.getByRole('main')).toContainText('was not allowed to say who you are');
  await expectRefusals(complaints, '403');
});

test('an operator has an identity forgotten, and adds somebody without a password', async ({
  page,
  context,
  request,
  t,
}) => {
  const email = 'provider@demo.example';
  await begin(page, '/prices');
  await signIn(page, email);
  await page.waitForURL(`${house.url}/prices`);
  await context.clearCookies();
  const button = (key: string) => page.getByRole('button', { name: t.say(key), exact: true });
  await openAs(page, t, 'operator@demo.example', `${house.url}/operator/users`);
  await page.locator('.users tbody tr').filter({ hasText: email }).getByRole('link').click();
  const access = card(page, t, 'users.access');
  await expect(access.getByRole('listitem')).toHaveCount(2);
  await button('users.forget').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(email);
  await expectAccessible(page, 'forgetting an identity');
  await dialog.getByRole('button', { name: t.say('users.forget'), exact: true }).click();
  await expect(access.getByRole('listitem')).toHaveText([t.say('users.way_password')]);
  await expect(button('users.forget')).toHaveCount(0);

  await page.goto(`${house.url}/operator/users`);
  await button('users.add').click();
  const field = (key: string) => dialog.getByLabel(t.say(key), { exact: true });
  const newcomer = `newcomer-${test.info().project.name}@demo.example`;
  await field('sign_in.email').fill(newcomer);
  await dialog.getByRole('button', { name: t.say('users.add'), exact: true }).click();
  await page.locator('.users tbody tr').filter({ hasText: newcomer }).getByRole('link').click();
  await expect(access.getByRole('listitem')).toHaveText([t.say('users.way_none')]);
  const data = { email: newcomer, password: '' };
  expect((await request.post(`${house.url}/api/v1/session`, { data })).status()).toBe(401);
});
