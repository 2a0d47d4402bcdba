import { readFile } from 'node:fs/promises';

import { expectAccessible } from '../support/audit.ts';
import { expect, mayComplain, test } from '../support/journey.ts';
import {
  PASSWORD,
  expectNothingBeyond,
  expectRefusals,
  menu,
  openAs,
  row,
  signIn,
  withoutServer,
} from '../support/portal.ts';

test('who is not signed in is led to sign in, and then on', async ({ page, t, complaints }) => {
  await page.goto('/services');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('sign_in.title'));
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fservices$/);
  await expectAccessible(page, 'sign in');

  // What is missing is said beside the field, before anything is sent.
  await page.getByRole('button', { name: t.say('sign_in.submit') }).click();
  await expect(page.getByText(t.say('sign_in.email_wrong'))).toBeVisible();
  await expect(page.getByText(t.say('sign_in.password_missing'))).toBeVisible();
  await expect(page.getByLabel(t.say('sign_in.email'))).toBeFocused();
  expect(complaints).toEqual([]);

  await signIn(page, t, 'user@demo.example', 'wrong');
  await expect(page.getByRole('alert')).toHaveText(t.say('failure.wrong_password'));
  await expect(page.getByLabel(t.say('sign_in.email'))).toHaveValue('user@demo.example');
  await expect(page.getByLabel(t.say('sign_in.password'))).toBeFocused();
  await expectAccessible(page, 'wrong password');
  await expectRefusals(complaints, '401');

  await page.getByLabel(t.say('sign_in.password')).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/services$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('accounts.title'));
  await expect(row(page, 'SMS')).toBeVisible();
  await expectAccessible(page, 'services');

  // The way back does not lead to the page of signing in.
  const out = await menu(page, t);
  await out.getByRole('button', { name: t.say('sign_in.out') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('sign_in.title'));
  await expect(page.getByText(t.say('sign_in.done'))).toBeVisible();
});

test('services show what the server knows, and give it as a file', async ({ page, t }) => {
  await page.goto('/sign-in');
  // Other journeys buy meanwhile: what is shown is what the page was told.
  const answer = page.waitForResponse(/\/api\/v1\/accounts\?/);
  await signIn(page, t, 'admin@demo.example');
  await expect(row(page, 'SMS')).toBeVisible();
  const accounts: { items: Account[] } = await (await answer).json();
  await expect(page.locator('.accounts tbody tr')).toHaveCount(accounts.items.length);
  for (const account of accounts.items) {
    const shown = t.balance(account.available.total);
    const line = row(page, account.service_label).first();
    await expect(line.locator('.accounts-balance strong')).toHaveText(shown);
  }

  const [list] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t.say('prices.export') }).click(),
  ]);
  expect(list.suggestedFilename()).toBe('services.csv');
  const [head, ...rows] = (await readFile(await list.path(), 'utf8')).trim().split('\r\n');
  expect(head).toMatch(/^account,service,/);
  expect(rows).toHaveLength(accounts.items.length);
});

interface Account {
  service_label: string;
  available: { total: string };
}

test('what changes elsewhere is shown at once, in every tab', async ({
  context,
  page,
  playwright,
  t,
}, { project }) => {
  const service = project.name === 'phone' ? 'Lead Generation' : 'Partner Autocomplete';
  await openAs(page, t, 'admin@demo.example', '/services');
  const other = await context.newPage();
  await other.goto('/services');
  const balances = [page, other].map((tab) => row(tab, service).locator('.accounts-balance strong'));
  const [shown] = balances;
  if (!shown) throw new Error('no page');
  await expect(shown).toBeVisible();
  const accounts: { items: (Account & { id: number })[] } = await page.evaluate(async () =>
    (await fetch('/api/v1/accounts')).json(),
  );
  const account = accounts.items.find((it) => it.service_label === service);
  if (!account) throw new Error(`no account for ${service}`);
  for (const balance of balances) {
    await expect(balance).toHaveText(t.balance(account.available.total));
  }

  const operator = await playwright.request.newContext({ baseURL: new URL(page.url()).origin });
  const [email, password] = ['operator@demo.example', PASSWORD];
  const signedIn = await operator.post('/api/v1/session', { data: { email, password } });
  expect(signedIn.ok()).toBe(true);
  const given = await operator.post(`/api/v1/accounts/${account.id}/credits`, {
    headers: { 'Idempotency-Key': `live-${project.name}-${Date.now()}` },
    data: { kind: 'granted', amount: '3', description: 'A present' },
  });
  expect(given.status()).toBe(201);
  const changed = await operator.get(`/api/v1/accounts/${account.id}`);
  const now = (await changed.json()).available.total;
  expect(now).not.toBe(account.available.total);
  // Nobody reloads, and no window is come back to.
  for (const balance of balances) await expect(balance).toHaveText(t.balance(now));

  // The tab that listened is closed: the other goes on.
  await page.close();
  await operator.post(`/api/v1/accounts/${account.id}/withdrawals`, {
    headers: { 'Idempotency-Key': `back-${project.name}-${Date.now()}` },
    data: { kind: 'granted', amount: '3', description: 'Taken back' },
  });
  await expect(row(other, service).locator('.accounts-balance strong')).toHaveText(
    t.balance(account.available.total),
  );
  await operator.dispose();
});

test('an admin sets a warning, and nobody else', async ({ page, t }, { project }) => {
  // Journeys run side by side on one server: each kind has a service of its own.
  const service = project.name === 'phone' ? 'Weather Alerts' : 'Snailmail';
  await page.goto('/sign-in');
  await signIn(page, t, 'admin@demo.example');
  const warning = row(page, service).locator('.accounts-alert').getByRole('button');
  await expect(warning).toHaveText(t.say('accounts.no_alert'));
  await warning.click();
  const dialog = page.getByRole('dialog');
  const save = dialog.getByRole('button', { name: t.say('alert.save') });
  const threshold = dialog.getByLabel(t.say('alert.threshold'));
  const recipients = dialog.getByLabel(t.say('alert.recipients'));

  await threshold.fill('ten');
  await save.click();
  await expect(dialog.getByText(t.say('alert.threshold_wrong'))).toBeVisible();
  await expect(threshold).toBeFocused();
  await threshold.fill('12,5');
  await save.click();
  await expect(dialog.getByText(t.say('alert.nobody'))).toBeVisible();
  await recipients.fill('Ann@Example.com, ann@example.com\nnobody');
  await save.click();
  await expect(
    dialog.getByText(t.say('alert.recipient_wrong', { address: 'nobody' })),
  ).toBeVisible();
  await expectAccessible(page, 'a warning that is wrong');
  await recipients.fill('Ann@Example.com, ann@example.com\nbob@example.com');
  await save.click();
  await expect(page.getByText(t.say('alert.saved', { service }))).toBeVisible();
  await expect(warning).toContainText(t.credits('12.5000'));

  // What is shown is what is kept.
  await page.reload();
  await warning.click();
  await expect(recipients).toHaveValue('ann@example.com\nbob@example.com');
  await threshold.fill('');
  await recipients.fill('');
  await save.click();
  await expect(warning).toHaveText(t.say('accounts.no_alert'));

  const out = await menu(page, t);
  await out.getByRole('button', { name: t.say('sign_in.out') }).click();
  await signIn(page, t, 'user@demo.example');
  await expect(row(page, service)).toContainText(t.say('accounts.no_alert'));
  await expect(row(page, service).locator('.accounts-alert').getByRole('button')).toHaveCount(0);
});

test('a session that has ended leads to signing in again', async ({ page, t, complaints }) => {
  await page.goto('/sign-in');
  await signIn(page, t, 'admin@demo.example');
  await expect(row(page, 'SMS')).toBeVisible();
  await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }));
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('sign_in.title'));
  await expectRefusals(complaints, '401');
});

test('a server that does not answer is told, and asked again', async ({ page, t }) => {
  await page.goto('/sign-in');
  await signIn(page, t, 'admin@demo.example');
  await expect(row(page, 'SMS')).toBeVisible();
  mayComplain(page, 'ERR_FAILED');
  await page.route('**/api/**', (route) => route.abort());
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(page.getByRole('alert')).toContainText(t.say('failure.unreachable'));
  // What was there stays.
  await expect(row(page, 'SMS')).toBeVisible();
  await page.unroute('**/api/**');
  // What changes elsewhere meanwhile has it asked again, too: then there is nothing to press.
  const retry = page.getByRole('button', { name: t.say('failure.retry') });
  await retry.click({ timeout: 5_000 }).catch(() => undefined);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('nobody is led to another site after signing in', async ({ page, t }) => {
  for (const next of ['//example.com', 'https://example.com', '/\\example.com']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await signIn(page, t, 'admin@demo.example');
    await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/services$/);
    // All that the page asks for has come: nothing of it is refused then.
    await expect(row(page, 'SMS')).toBeVisible();
    await page.context().clearCookies();
  }
});

test('without a server there are made-up services, and nothing to sign in to', async ({
  page,
  t,
}) => {
  await withoutServer(page);
  await page.goto('/services');
  await expect(page.locator('.accounts tbody tr')).toHaveCount(3);
  await expect(row(page, 'SMS')).toContainText(t.say('accounts.low_balance'));
  await expect(row(page, 'SMS')).toContainText(t.credits('9.3300'));
  await expect(page.getByRole('button', { name: t.say('demo.tag') })).toBeVisible();
  await expectAccessible(page, 'services without a server');

  const heading = page.getByRole('columnheader', { name: t.say('accounts.balance') });
  await heading.getByRole('button').click();
  await expect(page.locator('.accounts tbody th')).toHaveText([
    'SMS',
    'Snailmail',
    'Documents Digitization',
  ]);

  await page.goto('/sign-in');
  await expect(page.getByText(t.say('sign_in.demo'))).toBeVisible();
  await expectAccessible(page, 'nothing to sign in to');
});

test('a service unfolds: balance, packs, what was spent last, and the warning', async ({
  context,
  page,
  t,
}) => {
  const service = 'Documents Digitization';
  await openAs(page, t, 'admin@demo.example', '/services');
  const fold = page.getByRole('button', { name: t.say('accounts.quick', { service }) });
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await fold.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  const view = page.locator('.quick-view');
  await expect(view.locator('.quick-entries li')).toHaveCount(5);
  await expect(view.getByRole('link', { name: t.say('accounts.whole') })).toHaveAttribute(
    'href',
    /^\/services\/\d+$/,
  );
  const pack = view.locator('.quick-packs li').filter({ hasText: t.balanceOf('100') }).first();
  await expect(pack).toBeVisible();
  await expectAccessible(page, 'a quick view');
  await expectNothingBeyond(page, 'a quick view');

  // The pack is chosen already where it is bought.
  const [tab] = await Promise.all([context.waitForEvent('page'), pack.getByRole('link').click()]);
  await expect(tab.getByText(t.say('shop.billing'))).toBeVisible();
  await expect(tab.getByText('Standard', { exact: false }).first()).toBeVisible();
  await tab.getByRole('button', { name: t.say('shop.another') }).click();
  await expect(tab.locator('.pack')).toHaveCount(4);
  await tab.close();

  // The warning is set from here, and what was spent leads on.
  await view.getByRole('button', { name: t.say('accounts.alert_change', { service }) }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await view.getByRole('link', { name: t.say('accounts.review') }).click();
  await expect(page).toHaveURL(/\/consumption\?account=\d+$/);
  await page.goBack();
  await fold.click();
  await expect(view).toBeVisible();
  await fold.click();
  await expect(view).toHaveCount(0);
});

test('a member’s quick view says who can buy', async ({ page, t }) => {
  await openAs(page, t, 'user@demo.example', '/services');
  await page.getByRole('button', { name: t.say('accounts.quick', { service: 'SMS' }) }).click();
  const view = page.locator('.quick-view');
  await expect(view.getByText(t.say('accounts.recharge_ask'))).toBeVisible();
  await expect(view.locator('.quick-packs')).toHaveCount(0);
  await expect(view.getByRole('button')).toHaveCount(0);
});
