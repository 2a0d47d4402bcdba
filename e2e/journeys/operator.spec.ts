import { readFile } from 'node:fs/promises';

import type { APIRequestContext, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect, mayComplain, test } from '../support/journey.ts';
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

/** A database that speaks to the server for the first time, as an Odoo does, and is told to wait. */
async function newcomer(page: Page, request: APIRequestContext): Promise<string> {
  const uuid = crypto.randomUUID();
  const token = uuid.replaceAll('-', '');
  await page.request.post('/iap/1/balance', {
    data: {
      jsonrpc: '2.0',
      method: 'call',
      params: { dbuuid: uuid, account_token: token, service_name: 'sms' },
      id: 1,
    },
  });
  // Demo data lets everybody in.
  const [email, password] = ['operator@demo.example', PASSWORD];
  await request.post('/api/v1/session', { data: { email, password } });
  const answer = await request.get('/api/v1/databases?limit=1000');
  const { items }: { items: { id: number; uuid: string }[] } = await answer.json();
  const id = items.find((it) => it.uuid === uuid)?.id;
  const data = { admission: 'waiting' };
  expect((await request.patch(`/api/v1/databases/${id}`, { data })).ok()).toBe(true);
  return uuid;
}

/** What the server says of a database. */
async function admission(page: Page, uuid: string): Promise<string | undefined> {
  const answer = await page.request.get('/api/v1/databases?limit=1000');
  const { items }: { items: { uuid: string; admission: string }[] } = await answer.json();
  return items.find((it) => it.uuid === uuid)?.admission;
}

/** Who has which role in a database, as the server says. */
async function roles(page: Page, uuid: string): Promise<string[]> {
  const answer = await page.request.get('/api/v1/databases?limit=1000');
  const { items }: { items: { id: number; uuid: string }[] } = await answer.json();
  const id = items.find((it) => it.uuid === uuid)?.id;
  const members = await page.request.get(`/api/v1/databases/${id}/members`);
  const all: { email: string; role: string }[] = await members.json();
  return all.map((it) => `${it.email} ${it.role}`);
}

/** The button that decides about a database. */
function decision(page: Page, t: Texts, key: string, database: string) {
  return page.getByRole('button', { name: t.say(key, { database }), exact: true });
}

test('an operator lets a waiting database in, takes it back and refuses it', async ({ page, t, request }) => {
  const uuid = await newcomer(page, request);
  await openAs(page, t, 'operator@demo.example', '/operator/databases');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('databases.title'));
  const line = page.getByRole('row').filter({ hasText: uuid });
  await expect(line).toContainText(t.say('databases.waiting'));
  // Those who wait stand first.
  await expect(page.locator('.databases tbody tr').first()).toContainText(t.say('databases.waiting'));
  await expectAccessible(page, 'databases');
  await expectNothingBeyond(page, 'databases');

  await decision(page, t, 'databases.approve_of', uuid).click();
  await expect(line).toContainText(t.say('databases.approved'));
  await expect(line.getByRole('rowheader').getByRole('link')).toBeFocused();
  expect(await admission(page, uuid)).toBe('approved');

  await page.getByRole('button', { name: t.say('app.undo'), exact: true }).click();
  await expect(line).toContainText(t.say('databases.waiting'));
  expect(await admission(page, uuid)).toBe('waiting');

  await decision(page, t, 'databases.refuse_of', uuid).click();
  await expect(line).toContainText(t.say('databases.refused'));
  expect(await admission(page, uuid)).toBe('refused');

  // The search and the filter stand in the address.
  await page.getByRole('searchbox').fill(uuid);
  await page.getByRole('radio', { name: t.say('databases.approved') }).check({ force: true });
  await expect(page.getByText(t.say('databases.none'))).toBeVisible();
  await page.goto(`/operator/databases?q=${uuid}&admission=refused`);
  await expect(page.locator('.databases tbody tr')).toHaveCount(1);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t.say('prices.export') }).click(),
  ]);
  const [head, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(head).toMatch(/^database,uuid,name,/);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain(uuid);
});

test('what the server does not take is said, and nothing is shown as done', async ({
  page,
  request,
  t,
}) => {
  const uuid = await newcomer(page, request);
  await openAs(page, t, 'operator@demo.example', '/operator/databases');
  mayComplain(page, 'ERR_FAILED');
  await page.route('**/api/v1/databases/*', (route) => route.abort());
  await decision(page, t, 'databases.approve_of', uuid).click();
  await expect(page.getByRole('alert')).toHaveText(t.say('failure.unreachable'));
  const line = page.getByRole('row').filter({ hasText: uuid });
  await expect(line).toContainText(t.say('databases.waiting'));
  expect(await admission(page, uuid)).toBe('waiting');
});

test('an admin sees a sentence and no way there', async ({ page, t }) => {
  await openAs(page, t, 'admin@demo.example', '/operator/databases');
  await expect(page.getByText(t.say('operator.barred'), { exact: true })).toBeVisible();
  await expect(page.locator('.databases')).toHaveCount(0);
  await expectAccessible(page, 'barred');
  const links = await menu(page, t);
  await expect(links.getByRole('link', { name: t.say('nav.orders') })).toBeVisible();
  await expect(links.getByRole('link', { name: t.say('databases.title') })).toHaveCount(0);
});

test('without a server the page says that it needs one', async ({ page, t }) => {
  await withoutServer(page);
  await page.goto('/operator/databases');
  await expect(page.getByText(t.say('operator.no_server'), { exact: true })).toBeVisible();
});

test('mails are listed by what became of them, and changes with who made them', async ({
  page,
  request,
  t,
}) => {
  const uuid = await newcomer(page, request);
  await openAs(page, t, 'operator@demo.example', '/operator/outbox');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('outbox.title'));
  await page.getByRole('radio', { name: t.say('outbox.failed') }).check({ force: true });
  await expect(page).toHaveURL(/state=failed/);
  await expect(page.getByText(t.say('outbox.empty'), { exact: true })).toBeVisible();
  await expectAccessible(page, 'outbox');
  await expectNothingBeyond(page, 'outbox');

  // A mail with an invoice names it, and is sent again.
  await page.getByRole('radio', { name: t.say('outbox.sent'), exact: true }).check({ force: true });
  const invoice = page.getByRole('row').filter({ hasText: t.say('outbox.invoice', { number: 'INV/' }) }).last();
  await expect(invoice).toContainText('admin@demo.example');
  await expectAccessible(page, 'mails with invoices');
  await expectNothingBeyond(page, 'mails with invoices');
  await invoice.getByRole('button').click();
  await expect(
    page.getByText(t.say('outbox.resent', { person: 'admin@demo.example' })),
  ).toBeVisible();

  // The newest change is the one just made.
  await page.goto('/operator/audit');
  const answer = await page.request.get('/api/v1/databases?limit=1000');
  const { items }: { items: { id: number; uuid: string }[] } = await answer.json();
  const subject = `database ${items.find((it) => it.uuid === uuid)?.id}`;
  const line = page.getByRole('row').filter({ hasText: subject }).first();
  await expect(line).toContainText('operator@demo.example');
  await expect(line).toContainText('database.change');
  await expectAccessible(page, 'audit log');
  await expectNothingBeyond(page, 'audit log');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t.say('prices.export') }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('audit.csv');
  expect(await readFile(await file.path(), 'utf8')).toContain(`"${subject}"`);
});

test('a database is shown in full, named, decided about, and given members', async ({
  page,
  request,
  t,
  complaints,
}) => {
  const uuid = await newcomer(page, request);
  const name = `Journey ${uuid.slice(0, 8)}`;
  // Somebody whom no other journey signs in as.
  const person = `journey-${uuid.slice(0, 8)}@example.com`;
  const user = { email: person, password: 'correct horse battery' };
  expect((await request.post('/api/v1/users', { data: user })).ok()).toBe(true);
  const button = (key: string) => page.getByRole('button', { name: t.say(key), exact: true });
  const dialog = page.getByRole('dialog');
  await openAs(page, t, 'operator@demo.example', '/operator/databases');
  await page.getByRole('searchbox').fill(uuid);
  await page.getByRole('link', { name: uuid, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(uuid);
  await expectAccessible(page, 'a database');
  await expectNothingBeyond(page, 'a database');

  const details = card(page, t, 'databases.details');
  await details.getByRole('button', { name: t.say('account.change'), exact: true }).click();
  const field = (key: string) => dialog.getByLabel(t.say(key), { exact: true });
  await field('databases.name').fill('a'.repeat(101));
  await button('alert.save').click();
  await expectWrong(field('databases.name'), t.say('account.sender_long', { most: 100 }));
  await field('databases.name').fill(name);
  await field('databases.kind').selectOption('educational');
  await expectAccessible(page, 'changing a database');
  await button('alert.save').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(fact(details, t.say('databases.kind'))).toHaveText(t.say('databases.educational'));
  await expect(details.getByRole('button', { name: t.say('account.change') })).toBeFocused();

  await decision(page, t, 'databases.approve_of', name).click();
  await expect(fact(details, t.say('databases.admission'))).toHaveText(t.say('databases.approved'));
  expect(await admission(page, uuid)).toBe('approved');
  await button('app.undo').click();
  await expect(fact(details, t.say('databases.admission'))).toHaveText(t.say('databases.waiting'));
  expect(await admission(page, uuid)).toBe('waiting');

  // Nobody belongs to it; then somebody does, as an admin, who is removed and comes back as one.
  const members = card(page, t, 'databases.members');
  await expect(members).toContainText(t.say('databases.members_none'));
  const email = members.getByLabel(t.say('databases.member_email'), { exact: true });
  await email.fill('nobody@example.com');
  await button('databases.member_add').click();
  await expectWrong(email, t.say('databases.member_unknown'));
  await expectRefusals(complaints, '404');
  await email.fill(person);
  await members.getByLabel(t.say('databases.role'), { exact: true }).selectOption('admin');
  await button('databases.member_add').click();
  const line = members.getByRole('row').filter({ hasText: person });
  await expect(line.getByRole('combobox')).toHaveValue('admin');
  await expect(email).toHaveValue('');
  await expectAccessible(page, 'a database with a member');
  await expectNothingBeyond(page, 'a database with a member');
  await line.getByRole('combobox').selectOption('member');
  await expect.poll(() => roles(page, uuid)).toEqual([`${person} member`]);
  await button('app.undo').click();
  await expect(line.getByRole('combobox')).toHaveValue('admin');
  await expect.poll(() => roles(page, uuid)).toEqual([`${person} admin`]);
  await line.getByRole('button').click();
  await expect(members).toContainText(t.say('databases.members_none'));
  expect(await roles(page, uuid)).toEqual([]);
  await button('app.undo').last().click();
  await expect(line.getByRole('combobox')).toHaveValue('admin');
  expect(await roles(page, uuid)).toEqual([`${person} admin`]);

  const companies = card(page, t, 'databases.companies');
  await companies.getByRole('button', { name: t.say('databases.company_add') }).click();
  await field('databases.company_number').fill('zero');
  await field('databases.name').fill('First Company');
  await button('alert.save').click();
  await expectWrong(field('databases.company_number'), t.say('databases.company_number_wrong'));
  await field('databases.company_number').fill('1');
  await button('alert.save').click();
  await expect(companies.getByRole('listitem')).toContainText(['First Company #1']);
  await page
    .getByRole('button', { name: t.say('databases.company_change', { company: 'First Company' }) })
    .click();
  await field('databases.name').fill('Second Company');
  await button('alert.save').click();
  await expect(companies.getByRole('listitem')).toHaveText([/^Second Company #1/]);

  await page.getByRole('link', { name: t.say('databases.audit'), exact: true }).click();
  await expect(page).toHaveURL(/subject=database/);
  await expect(page.getByRole('row').filter({ hasText: 'company.set' })).toHaveCount(2);
  await page.goBack();
  await card(page, t, 'databases.accounts').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/services\/\d+$/);
});

test('a decision leaves the other lines as they are', async ({ page, request, t }) => {
  const [one, two] = [await newcomer(page, request), await newcomer(page, request)];
  await openAs(page, t, 'operator@demo.example', '/operator/databases');
  const line = (uuid: string) => page.getByRole('row').filter({ hasText: uuid });
  // Only an element that stays keeps a property of ours.
  await line(two).evaluate((row) => row.setAttribute('data-kept', 'yes'));
  await decision(page, t, 'databases.approve_of', one).click();
  await expect(line(one)).toContainText(t.say('databases.approved'));
  await expect(line(two)).toHaveAttribute('data-kept', 'yes');
});
