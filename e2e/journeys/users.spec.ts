import { readFile } from 'node:fs/promises';

import type { APIRequestContext, Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect, mayComplain } from '../support/journey.ts';
import { test } from '../support/own-server.ts';
import {
  PASSWORD,
  card,
  expectNothingBeyond,
  expectRefusals,
  expectWrong,
  fact,
  menu,
  openAs,
  withoutServer,
} from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

// Who may sign in is everybody's: each journey has a server of its own.

const OPERATOR = 'operator@demo.example';
const SECOND = 'second@demo.example';
const LONG = 'correct horse battery';

/** Adds somebody without the page. */
async function add(request: APIRequestContext, user: object): Promise<number> {
  const session = await request.post('/api/v1/session', {
    data: { email: OPERATOR, password: PASSWORD },
  });
  expect(session.ok()).toBe(true);
  const added = await request.post('/api/v1/users', { data: user });
  expect(added.status(), await added.text()).toBe(201);
  return ((await added.json()) as { id: number }).id;
}

/** The status of an attempt to sign in, in no browser. */
async function signsIn(request: APIRequestContext, email: string, password: string) {
  const data = { email, password };
  return (await request.post('/api/v1/session', { data })).status();
}

/** The page of users, as people find their way in it. */
class Users {
  constructor(
    readonly page: Page,
    readonly t: Texts,
  ) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  field(key: string): Locator {
    return this.dialog.getByLabel(this.t.say(key), { exact: true });
  }

  button(key: string, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name: this.t.say(key), exact: true });
  }

  line(email: string): Locator {
    return this.page.locator('.users tbody tr').filter({ hasText: email });
  }

  said(key: string, person: string): Locator {
    return this.page.getByText(this.t.say(key, { person }), { exact: true });
  }

  async change(person: string): Promise<void> {
    const name = this.t.say('users.change_of', { person });
    await this.page.getByRole('button', { name, exact: true }).click();
  }
}

test('somebody is added, with every fault beside its field, and signs in', async ({
  page,
  request,
  t,
  complaints,
}) => {
  const users = new Users(page, t);
  await openAs(page, t, OPERATOR, '/operator/users');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('users.title'));
  await expect(users.line('admin@demo.example')).toBeVisible();
  await expectAccessible(page, 'users');
  await expectNothingBeyond(page, 'users');

  await users.button('users.add').click();
  await users.field('sign_in.email').fill('nele');
  await users.button('users.add', users.dialog).click();
  await expectWrong(users.field('sign_in.email'), t.say('sign_in.email_wrong'));
  await expectWrong(users.field('users.password'), t.say('users.password_missing'));
  await expect(users.field('sign_in.email')).toBeFocused();
  await expectAccessible(page, 'a wrong address');

  await users.field('sign_in.email').fill('admin@demo.example');
  await users.field('users.name').fill('Nele Maes');
  await users.field('users.password').fill('too short');
  await users.button('users.add', users.dialog).click();
  await expectWrong(users.field('users.password'), t.say('users.password_short', { least: 12 }));
  await users.field('users.password').fill(LONG);
  await users.button('users.add', users.dialog).click();
  await expectWrong(users.field('sign_in.email'), t.say('users.taken'));
  await expectRefusals(complaints, '409');
  // Nothing that was typed is lost.
  await expect(users.field('users.name')).toHaveValue('Nele Maes');
  await users.field('sign_in.email').fill('nele@demo.example');
  await users.button('users.add', users.dialog).click();
  await expect(users.said('users.added', 'Nele Maes')).toBeVisible();
  await expect(users.line('nele@demo.example')).toContainText(t.say('users.no_rights'));
  expect(await signsIn(request, 'nele@demo.example', LONG)).toBe(200);

  // The search stands in the address; the file has what is shown.
  await page.getByRole('searchbox').fill('nele');
  await expect(page).toHaveURL(/q=nele/);
  await expect(page.locator('.users tbody tr')).toHaveCount(1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    users.button('prices.export').click(),
  ]);
  const [head, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(head).toMatch(/^user,email,name,/);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('nele@demo.example');
  await page.getByRole('searchbox').fill('nobody of that name');
  await expect(page.getByText(t.say('users.none'), { exact: true })).toBeVisible();
});

test('somebody is disabled and let in again, and gets a new password', async ({ page, request, t }) => {
  const id = await add(request, { email: SECOND, name: 'Second', password: LONG, operator: true });
  const users = new Users(page, t);
  await openAs(page, t, OPERATOR, '/operator/users');
  await users.change('Second');
  await users.field('users.disabled').check();
  // Only of oneself is asked whether it is meant.
  await expect(users.dialog.getByText(t.say('users.oneself'))).toHaveCount(0);
  await expectAccessible(page, 'changing somebody');
  await users.button('alert.save').click();
  await expect(users.said('users.now_disabled', 'Second')).toBeVisible();
  await expect(users.line(SECOND)).toContainText(t.say('users.is_disabled'));
  await expect(users.line(SECOND).getByRole('link')).toBeFocused();
  expect(await signsIn(request, SECOND, LONG)).toBe(403);
  await users.button('app.undo').click();
  await expect(users.said('users.as_before', 'Second')).toBeVisible();
  await expect(users.line(SECOND)).toContainText(t.say('users.is_active'));
  expect(await signsIn(request, SECOND, LONG)).toBe(200);

  // A right that is lost can be given back at once, too.
  await users.line(SECOND).getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/operator/users/${id}$`));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Second');
  const details = card(page, t, 'users.details');
  await expect(fact(details, t.say('users.operator'))).toHaveText(t.say('users.yes'));
  await expectAccessible(page, 'a user');
  await expectNothingBeyond(page, 'a user');
  await users.button('account.change', details).click();
  await users.field('users.operator').uncheck();
  await users.button('alert.save').click();
  await expect(fact(details, t.say('users.operator'))).toHaveText(t.say('users.no'));
  await users.button('app.undo').last().click();
  await expect(fact(details, t.say('users.operator'))).toHaveText(t.say('users.yes'));

  await users.button('users.password_set_new').click();
  await users.field('users.password_new').fill('second second');
  await users.button('alert.save').click();
  await expectWrong(users.field('users.password_new'), t.say('users.password_guessable'));
  await users.field('users.password_new').fill('another long battery');
  await users.button('alert.save').click();
  await expect(users.said('users.password_set', 'Second')).toBeVisible();
  expect(await signsIn(request, SECOND, 'another long battery')).toBe(200);

  // What was changed about them stands in the audit log.
  await page.getByRole('link', { name: t.say('users.audit_of'), exact: true }).click();
  await expect(page).toHaveURL(/\/operator\/audit\?subject=user(%20|\+)/);
  const changes = page.locator('table tbody tr').filter({ hasText: 'user.change' });
  await expect(changes).toHaveCount(5);
  await expect(page.locator('table tbody tr').filter({ hasText: `user ${id}` })).toHaveCount(6);
});

test('nobody locks themselves out by accident, and the last operator stays', async ({
  page,
  t,
  complaints,
}) => {
  const users = new Users(page, t);
  await openAs(page, t, OPERATOR, '/operator/users');
  const own = users.line(OPERATOR).getByRole('button');
  await own.click();
  await users.field('users.disabled').check();
  await expect(users.dialog.getByText(t.say('users.oneself'))).toBeVisible();
  await users.button('alert.save').click();
  const sure = users.field('users.oneself_sure');
  await expectWrong(sure, t.say('users.oneself_unsure'));
  await expect(sure).toBeFocused();
  await expectAccessible(page, 'locking oneself out');
  await sure.check();
  await users.button('alert.save').click();
  await expect(users.dialog.getByRole('alert')).toHaveText(t.say('users.last_operator'));
  await expectRefusals(complaints, '409');
  await page.keyboard.press('Escape');
  await expect(users.dialog).toHaveCount(0);
  await expect(users.line(OPERATOR)).toContainText(t.say('users.is_active'));
});

test('the audit log is looked through by who and by what', async ({ page, request, t }) => {
  const id = await add(request, { email: SECOND, password: LONG });
  const role = { email: SECOND, role: 'member' };
  const path = '/api/v1/databases/1/members';
  expect((await request.post(path, { data: role })).ok()).toBe(true);
  await openAs(page, t, OPERATOR, '/operator/audit');
  const lines = page.locator('table tbody tr');
  const filters = page.locator('.audit-filters');
  const filter = (key: string) => filters.getByLabel(t.say(key), { exact: true });
  await filter('audit.subject').fill(`user ${id}`);
  await expect(page).toHaveURL(/subject=user/);
  await expect(lines).toHaveCount(2);
  await expect(filter('audit.subject')).toBeFocused();
  await filter('audit.who').selectOption(t.say('changes.server'));
  await expect(page.getByText(t.say('audit.none'), { exact: true })).toBeVisible();
  await expectAccessible(page, 'no change found');
  await filter('audit.who').selectOption(OPERATOR);
  await expect(lines).toHaveCount(2);
  const name = t.say('audit.only_subject', { subject: `database 1 user ${id}` });
  await page.getByRole('button', { name, exact: true }).click();
  await expect(lines).toHaveCount(1);
  await expect(filter('audit.subject')).toHaveValue(`database 1 user ${id}`);
  await expectAccessible(page, 'the audit log, filtered');
  await expectNothingBeyond(page, 'the audit log, filtered');

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t.say('prices.export') }).click(),
  ]);
  const rows = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(rows).toHaveLength(2);
  await page.reload();
  await expect(lines).toHaveCount(1);
  await expect(filter('audit.who')).toHaveValue(/\d+/);
});

test('an admin sees a sentence and no way there', async ({ page, t }) => {
  await openAs(page, t, 'admin@demo.example', '/operator/users');
  await expect(page.getByText(t.say('operator.barred'), { exact: true })).toBeVisible();
  await expect(page.locator('.users')).toHaveCount(0);
  await expectAccessible(page, 'barred');
  const links = await menu(page, t);
  await expect(links.getByRole('link', { name: t.say('nav.orders') })).toBeVisible();
  await expect(links.getByRole('link', { name: t.say('users.title') })).toHaveCount(0);
  for (const path of ['users/1', 'databases/1']) {
    await page.goto(`/operator/${path}`);
    await expect(page.getByText(t.say('operator.barred'), { exact: true })).toBeVisible();
    await expect(page.locator('.operator-one')).toHaveCount(0);
  }
  await withoutServer(page);
  await page.goto('/operator/users');
  await expect(page.getByText(t.say('operator.no_server'), { exact: true })).toBeVisible();
});

test('who is not there is said, and what cannot be had is tried again', async ({
  page,
  t,
  complaints,
}) => {
  await openAs(page, t, OPERATOR, '/operator/users/999999');
  await expect(page.getByText(t.say('users.missing'), { exact: true })).toBeVisible();
  await page.goto('/operator/databases/999999');
  await expect(page.getByText(t.say('databases.missing'), { exact: true })).toBeVisible();
  await expectRefusals(complaints, '404', '404');
  mayComplain(page, 'ERR_FAILED');
  await page.route('**/api/v1/users?*', (route) => route.abort());
  await page.goto('/operator/users');
  await expect(page.getByRole('alert')).toContainText(t.say('failure.unreachable'));
  await page.unroute('**/api/v1/users?*');
  await page.getByRole('button', { name: t.say('failure.retry') }).click();
  await expect(page.locator('.users tbody tr')).not.toHaveCount(0);
});
