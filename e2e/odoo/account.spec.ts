// The account form of a real Odoo, step by step: each begins where the one before ended.

import { createHash } from 'node:crypto';

import { expect, test } from '@playwright/test';

import { AccountForm, Odoo } from '../support/odoo.ts';
import { iap, mails, numberOf, provide, setting } from '../support/server.ts';

test.describe.configure({ mode: 'serial' });

/** The service whose account it is. */
const SERVICE = 'sms';
const OPERATOR = 'operator@example.com';
/** Where the administrator of the database reads mail. */
const ADMIN = 'admin@example.com';

let odoo: Odoo;
let form: AccountForm;
let account: number;
/** The key that the service's provider calls with. */
let key: string;

test.beforeAll(async ({ browser, playwright }) => {
  key = iap('service', 'add', SERVICE, '--label', 'SMS').trim().split('\n').at(-1) ?? '';
  const baseURL = setting('IAP_ODOO_URL');
  odoo = await Odoo.open(await playwright.request.newContext({ baseURL }));
  await odoo.point();
  await odoo.execute('res.users', 'write', [odoo.user], { email: ADMIN });
  account = await odoo.account(SERVICE);
  form = new AccountForm(await browser.newPage({ baseURL }));
  await form.signIn();
});

/** What the account of Odoo is charged, as its provider does it. */
async function token(): Promise<string> {
  const { account_token } = await odoo.read('iap.account', account, 'account_token');
  return String(account_token);
}

async function spend(credit: number): Promise<unknown> {
  const params = { account_token: await token(), dbuuid: odoo.uuid, key, credit };
  const authorized = await provide(odoo.request, 'authorize', params);
  if (typeof authorized !== 'string') return authorized;
  return provide(odoo.request, 'capture', { token: authorized, key });
}

test('a database that waits has nothing, and its form opens all the same', async () => {
  expect(await odoo.execute('iap.account', 'get_credits', SERVICE)).toBe(0);
  await form.open(account);
  await expect(form.balance).toHaveText('');
  expect(iap('database', 'list', '--waiting')).toContain(odoo.uuid);
  expect(await spend(1)).toMatchObject({ name: 'odoo.exceptions.AccessError' });
});

test('once it is let in, its account is there and has no credits', async () => {
  iap('database', 'approve', odoo.uuid);
  await form.open(account);
  await expect(form.balance).toHaveText('0.0 Credits');
});

test('the form shows the credits that were given', async () => {
  iap('account', 'credit', numberOf(odoo.uuid, SERVICE), '12.5', '--reason', 'Paid by invoice');
  await form.find('SMS');
  await expect(form.balance).toHaveText('12.5 Credits');
  expect(await odoo.execute('iap.account', 'get_credits', SERVICE)).toBe(12.5);
});

test('a threshold and its recipient that are set in the form reach us', async ({ playwright }) => {
  await form.threshold.fill('10');
  await form.threshold.press('Tab');
  await form.recipients.locator('input').fill('Admin');
  await form.page.getByRole('option', { name: 'Administrator', exact: true }).click();
  await form.save();

  const password = iap('user', 'add', OPERATOR, '--operator').trim().split('\n').at(-1);
  const ours = await playwright.request.newContext({ baseURL: setting('IAP_SERVER_URL') });
  const session = await ours.post('/api/v1/session', { data: { email: OPERATOR, password } });
  expect(session.status()).toBe(200);
  const number = numberOf(odoo.uuid, SERVICE);
  const told = await (await ours.get(`/api/v1/accounts/${number}`)).json();
  const recipients = [{ email: ADMIN, language: 'en-US' }];
  expect(told.alert).toEqual({ threshold: '10.0000', recipients });
  await form.open(account);
  await expect(form.threshold).toHaveValue('10.00');
});

test('spending below the threshold writes the warning', async () => {
  expect(mails()).toEqual([]);
  expect(await spend(3)).toBe(true);
  await expect.poll(mails).toHaveLength(1);
  const [mail] = mails();
  expect(mail).toContain(`To: ${ADMIN}\r\n`);
  expect(mail).toContain('9.5');
  await form.open(account);
  await expect(form.balance).toHaveText('9.5 Credits');
});

test('Buy Credit opens our page for this account', async () => {
  const opened = form.page.context().waitForEvent('page');
  await form.page.getByRole('button', { name: 'Buy Credit' }).click();
  const page = await opened;
  const sha1 = createHash('sha1').update(await token()).digest('hex');
  const query = `service=${SERVICE}&database=${odoo.uuid}&account=${sha1}`;
  await page.waitForURL(`${setting('IAP_ENDPOINT')}/buy?${query}`, { waitUntil: 'commit' });
  await page.close();
});

test('an account that is switched off is not charged', async () => {
  await form.open(account);
  await form.token.fill(`${await token()}+disabled`);
  await form.save();
  const { name } = (await spend(1)) as { name: string };
  expect(name).toMatch(/\.InsufficientCreditError$/);
  // It keeps what it has.
  await form.open(account);
  await expect(form.balance).toHaveText('9.5 Credits');
});

test('switched on again it is charged', async () => {
  await form.token.fill((await token()).replace('+disabled', ''));
  await form.save();
  expect(await spend(1)).toBe(true);
  await form.open(account);
  await expect(form.balance).toHaveText('8.5 Credits');
});

test('what is not offered here is refused in a way that Odoo tells people', async () => {
  const message = { body: 'Hello', number: '+32470123456' };
  const sms = Number(await odoo.execute('sms.sms', 'create', message));
  await odoo.execute('sms.sms', 'send', [sms]);
  const sent = await odoo.read('sms.sms', sms, 'state', 'failure_type');
  expect(sent).toMatchObject({ state: 'error', failure_type: 'sms_server' });

  const found = await odoo.execute('res.partner', 'autocomplete_by_name', 'Odoo', 21);
  expect(found).toEqual([]);

  const lead = { name: 'A lead', email_from: 'ann@customer.example' };
  const enriched = Number(await odoo.execute('crm.lead', 'create', lead));
  await odoo.execute('crm.lead', 'iap_enrich', [enriched]);
  expect(await odoo.read('crm.lead', enriched, 'iap_enrich_done')).toMatchObject({
    iap_enrich_done: false,
  });

  for (const [model, method, values] of [
    ['sms.account.phone', 'action_send_verification_code', { phone_number: '+32470123456' }],
    ['sms.account.code', 'action_register', { verification_code: '123456' }],
    ['sms.account.sender', 'action_set_sender_name', { sender_name: 'Ours' }],
  ] as const) {
    const wizard = await odoo.execute(model, 'create', { account_id: account, ...values });
    await expect(odoo.execute(model, method, [wizard])).rejects.toThrow('An error occurred');
  }
});
