import { readFile } from 'node:fs/promises';

import { expectAccessible } from '../support/audit.ts';
import { Operator, openAsOwn } from '../support/customer.ts';
import { expect, test } from '../support/journey.ts';
import { expectNothingBeyond, row } from '../support/portal.ts';

test('in developer mode accounts are listed and restricted to companies', async ({
  page,
  request,
  t,
}) => {
  const operator = await Operator.start(request);
  const customer = await operator.customer();
  const services = await operator.call<{ id: number; name: string }[]>('GET', '/services');
  const service = services.find((it) => it.name === 'snailmail')?.id;
  await operator.call('POST', `/databases/${customer.database}/accounts`, { service });

  await openAsOwn(page, t, customer.admin, '/technical');
  await expect(page.getByText(t.say('technical.off_text'))).toBeVisible();
  await expectAccessible(page, 'developer mode is off');
  await page.getByRole('link', { name: t.say('technical.to_settings') }).click();
  await page.getByRole('switch', { name: t.say('settings.developer') }).check({ force: true });
  await page.getByRole('link', { name: t.say('technical.title') }).last().click();
  await expect(page).toHaveURL(/\/technical$/);

  const lines = page.locator('.technical tbody tr');
  await expect(lines).toHaveCount(2);
  const snailmail = row(page, 'Snailmail');
  await expect(snailmail.getByRole('cell')).toHaveText([
    /^\d+$/,
    'snailmail',
    customer.name,
    t.say('accounts.all_companies'),
    '1',
    t.say('technical.restrict'),
  ]);
  await expect(page.getByText(t.say('account.token_flag'))).toBeVisible();
  await expectAccessible(page, 'IAP accounts');
  await expectNothingBeyond(page, 'IAP accounts');

  await snailmail
    .getByRole('button', { name: t.say('technical.restrict_of', { service: 'Snailmail' }) })
    .click();
  const dialog = page.getByRole('dialog', {
    name: t.say('account.change_title', { service: 'Snailmail' }),
  });
  await dialog.getByRole('checkbox', { name: 'Second Company', exact: true }).check();
  await dialog.getByRole('button', { name: t.say('alert.save') }).click();
  await expect(dialog).toBeHidden();
  await expect(snailmail).toContainText('Second Company');
  await page.reload();
  await expect(snailmail).toContainText('Second Company');

  // Sorted by balance, the other way round, and searched by a technical name.
  await page.getByRole('button', { name: t.say('accounts.balance') }).click();
  await expect(lines.first()).toContainText('sms');
  await page.getByRole('button', { name: t.say('accounts.balance') }).click();
  await expect(lines.first()).toContainText('snailmail');
  await page.getByRole('searchbox').fill('SNAILM');
  await expect(lines).toHaveCount(1);
  await expect(page).toHaveURL(/\?q=SNAILM$/);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t.say('prices.export') }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('iap-accounts.csv');
  const [head, ...csv] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(head).toMatch(/^account,service,service_label,/);
  expect(csv).toHaveLength(1);
  expect(csv[0]).toContain(
    `"snailmail","Snailmail",${customer.database},"${customer.name}","Second Company",1.0000`,
  );
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(page.getByText(t.say('technical.none'))).toBeVisible();
  await expectAccessible(page, 'no account found');
});

test('a member sees the accounts and changes none', async ({ page, request, t }) => {
  const operator = await Operator.start(request);
  const customer = await operator.customer();
  await openAsOwn(page, t, customer.member, '/settings');
  await page.getByRole('switch', { name: t.say('settings.developer') }).check({ force: true });
  await page.goto('/technical');
  await expect(row(page, 'SMS')).toContainText('sms');
  await expect(page.locator('.technical tbody button')).toHaveCount(0);
});
