// Consumption: on which services and for whom credits were spent.

import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect, test } from '../support/journey.ts';
import { card, expectNothingBeyond, menu, openAs, withoutServer } from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

const ADMIN = 'admin@demo.example';
const USER = 'Uma User';
const COMPANY = 'My Company, Chicago';

/** A choice by its text. */
function choice(page: Page, t: Texts, key: string) {
  return page.getByRole('radio', { name: t.say(key), exact: true });
}

/** The lines that say by service, company or user what was spent. */
function lines(page: Page) {
  return page.locator('.divided-lines tbody tr');
}

/** A line of them. */
function line(page: Page, name: string) {
  return lines(page).filter({ has: page.getByRole('button', { name, exact: true }) });
}

/** The button that takes a limit away. */
function limit(page: Page, t: Texts, what: string, name: string) {
  const shown = t.say('consumption.limit', { what: t.say(what), name });
  return page.getByRole('button', { name: t.say('consumption.lift', { limit: shown }) });
}

/** The executions of each line. */
async function executions(page: Page): Promise<number[]> {
  const told = await lines(page).locator('td:nth-child(2)').allInnerTexts();
  return told.map((it) => Number(it.replace(/\D/g, '')));
}

const sum = (numbers: number[]) => numbers.reduce((all, it) => all + it, 0);

test('what was spent is divided by service, company and user, and limited to each', async ({
  page,
  t,
}) => {
  await openAs(page, t, ADMIN, '/services');
  const links = await menu(page, t);
  await links.getByRole('link', { name: t.say('consumption.title') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('consumption.title'));
  await expect(choice(page, t, 'accounts.service')).toBeChecked();
  await expect(lines(page).first()).toBeVisible();
  const all = sum(await executions(page));
  const status = page.getByRole('status').filter({ hasText: t.count('consumption.executions', all) });
  await expect(status).toBeVisible();
  await expectAccessible(page, 'consumption by service');
  await expectNothingBeyond(page, 'consumption by service');

  // Each user's share, and one of them alone.
  await choice(page, t, 'consumption.user').check({ force: true });
  await expect(line(page, USER)).toBeVisible();
  await expect(line(page, t.say('consumption.unsaid'))).toBeVisible();
  expect(sum(await executions(page))).toBe(all);
  const [theirs = 0] = (await line(page, USER).locator('td').allInnerTexts()).map(Number);
  expect(theirs).toBeGreaterThan(0);
  await line(page, USER).getByRole('button').click();
  const user = limit(page, t, 'consumption.user', USER);
  await expect(user).toBeVisible();
  await expect(lines(page)).toHaveCount(1);
  await expect(
    page.getByRole('status').filter({ hasText: t.count('consumption.executions', theirs) }),
  ).toBeVisible();
  const listed = page.locator('table.entries tbody tr');
  await expect(listed).toHaveCount(theirs);
  await expect(listed.locator('.entries-whom').filter({ hasText: USER })).toHaveCount(theirs);

  // Within it, one company; the address keeps both.
  await choice(page, t, 'accounts.companies').check({ force: true });
  await line(page, COMPANY).getByRole('button').click();
  await expect(limit(page, t, 'accounts.companies', COMPANY)).toBeVisible();
  await expect(lines(page)).toHaveCount(1);
  const both = sum(await executions(page));
  expect(both).toBeLessThan(theirs);
  await expect(listed).toHaveCount(both);
  expect(new URL(page.url()).search).toBe('?by=company&user=Uma+User&company=2');
  await page.reload();
  await expect(user).toBeVisible();
  await expect(listed).toHaveCount(both);
  await expect(listed.first().locator('.entries-whom')).toHaveText(`${USER} · ${COMPANY}`);
  await expectAccessible(page, 'consumption of one user for one company');
  await expectNothingBeyond(page, 'consumption of one user for one company');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t.say('prices.export') }).click(),
  ]);
  const [head, ...rows] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(head).toMatch(/,hold,company,user,link$/);
  expect(rows).toHaveLength(both);
  expect(rows.every((row) => row.endsWith(`,2,"${USER}",""`))).toBe(true);

  // The limits are taken away again, with the keyboard.
  await user.press('Enter');
  await expect(user).toHaveCount(0);
  await limit(page, t, 'accounts.companies', COMPANY).press('Enter');
  await choice(page, t, 'accounts.service').check({ force: true });
  await expect(status).toBeVisible();

  // One service, and its own page with the same limits.
  await line(page, 'SMS').getByRole('button').click();
  await expect(limit(page, t, 'accounts.service', 'SMS')).toBeVisible();
  await expect(listed.locator('.entries-service')).toHaveCount(0);
  const account = new URL(page.url()).searchParams.get('account');
  const only = await listed.count();
  await page.goto(`/services/${account}`);
  await expect(listed).toHaveCount(only);
  await expect(choice(page, t, 'accounts.service')).toHaveCount(0);
  await choice(page, t, 'consumption.user').check({ force: true });
  await expect(line(page, USER)).toBeVisible();
});

test('nothing is spent on in a period without work, and others’ accounts are none', async ({
  page,
  t,
}) => {
  await openAs(page, t, ADMIN, '/consumption?user=Nobody&account=999999');
  await expect(limit(page, t, 'consumption.user', 'Nobody')).toBeVisible();
  await expect(page.getByText(t.say('consumption.nothing'))).toBeVisible();
  await expect(lines(page)).toHaveCount(0);
  await limit(page, t, 'consumption.user', 'Nobody').click();
  // All services: the account is not one of theirs.
  await expect(choice(page, t, 'accounts.companies')).toBeVisible();
  await expect(lines(page).first()).toBeVisible();
});

test('without a server the same is told of the demo', async ({ page, t }) => {
  await withoutServer(page);
  await page.goto('/consumption?by=user');
  await expect(line(page, USER)).toBeVisible();
  const all = sum(await executions(page));
  await choice(page, t, 'accounts.service').check({ force: true });
  await expect(line(page, 'SMS')).toBeVisible();
  expect(sum(await executions(page))).toBe(all);
  await choice(page, t, 'accounts.companies').check({ force: true });
  await line(page, 'Demo Shop').getByRole('button').click();
  await expect(limit(page, t, 'accounts.companies', 'Demo Shop')).toBeVisible();
  const [of = 0] = await executions(page);
  await expect(page.locator('table.entries tbody tr')).toHaveCount(of);
  await expect(card(page, t, 'account.all')).toBeVisible();
  await expectAccessible(page, 'consumption of the demo');
});
