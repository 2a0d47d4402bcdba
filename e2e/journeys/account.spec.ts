import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect, test } from '../support/journey.ts';
import {
  card,
  expectNothingBeyond,
  expectWrong,
  fact,
  openAs,
  row,
  withoutServer,
} from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

const ADMIN = 'admin@demo.example';
const MEMBER = 'user@demo.example';

/** Messages: its figures are the demo's, and no journey buys for it. */
const MESSAGES = 1;

interface Account {
  available: { total: string; paid: string; granted: string };
  held: { total: string };
  sender_name: string;
  created_at: string;
}

interface Spent {
  charged: string;
  executions: number;
}

/** What the interface says, asked by a page of ours. */
function ask<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (path) => (await fetch(`/api/v1${path}`)).json(), path);
}

/** A moment as the page writes it: in its language, in the browser's time zone. */
function moment(
  page: Page,
  t: Texts,
  at: string,
  options: Intl.DateTimeFormatOptions,
): Promise<string> {
  return page.evaluate(
    ([language, at, options]) => new Intl.DateTimeFormat(language, options).format(new Date(at)),
    [t.language, at, options] as const,
  );
}

const DAY = { day: 'numeric', month: 'short', weekday: 'short' } as const;

/** Does something, and gives what the page then asked for: the edges, and what was spent between. */
async function spentAfter(
  page: Page,
  account: number,
  act: () => Promise<unknown>,
): Promise<{ edges: string[]; spans: Spent[] }> {
  const [answer] = await Promise.all([
    page.waitForResponse((it) => {
      const asked = new URL(it.url());
      return (
        asked.pathname === '/api/v1/consumption' &&
        asked.searchParams.get('accounts') === `${account}`
      );
    }),
    act(),
  ]);
  const edges = new URL(answer.url()).searchParams.get('edges')?.split(',') ?? [];
  const [spent] = (await answer.json()) as { spans: Spent[] }[];
  return { edges, spans: spent?.spans ?? [] };
}

/** What was spent altogether, as the page says it. */
function total(t: Texts, spans: Spent[]): string {
  // In units of the ledger, so that no figure is off by a rounding.
  const units = spans.reduce((sum, it) => sum + Math.round(Number(it.charged) * 10_000), 0);
  const executions = spans.reduce((sum, it) => sum + it.executions, 0);
  return t.say('consumption.total', {
    credits: t.balanceOf((units / 10_000).toFixed(4)),
    executions: t.count('consumption.executions', executions),
  });
}

/** The period of a choice, and how to choose it. */
function period(page: Page, t: Texts, name: string) {
  return page.getByRole('radio', { name: t.say(name), exact: true });
}

test('a service leads to its account', async ({ page, t }) => {
  await openAs(page, t, ADMIN, '/services');
  await row(page, 'SMS').getByRole('link', { name: 'SMS', exact: true }).click();
  await expect(page).toHaveURL(/\/services\/1$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('SMS');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page).toHaveTitle(t.title('SMS'));

  const account = await ask<Account>(page, `/accounts/${MESSAGES}`);
  const balance = card(page, t, 'accounts.balance');
  await expect(balance.getByRole('strong')).toHaveText(t.balance(account.available.total));
  await expect(fact(balance, t.say('account.paid'))).toHaveText(t.balance(account.available.paid));
  await expect(fact(balance, t.say('account.granted'))).toHaveText(
    t.balance(account.available.granted),
  );
  await expect(fact(balance, t.say('accounts.held'))).toHaveText(t.balance(account.held.total));

  const information = card(page, t, 'account.information');
  await expect(fact(information, t.say('accounts.service'))).toHaveText('SMS');
  await expect(fact(information, t.say('accounts.companies'))).toHaveText(
    t.say('accounts.all_companies'),
  );
  await expect(fact(information, t.say('account.sender'))).toHaveText(account.sender_name);
  await expect(fact(information, t.say('account.since'))).toHaveText(
    await moment(page, t, account.created_at, { dateStyle: 'medium' }),
  );
  await expect(card(page, t, 'accounts.alert')).toContainText(ADMIN);
  await expect(page.locator('table.entries')).toBeVisible();
  await expectAccessible(page, 'an account');
  await expectNothingBeyond(page, 'an account');

  await page.getByRole('link', { name: t.say('account.all') }).click();
  await expect(page).toHaveURL(/\/services$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('accounts.title'));
});

test('a period is chosen, stands in the address and is kept', async ({ page, t }) => {
  await openAs(page, t, ADMIN, '/services');
  const first = await spentAfter(page, MESSAGES, () => page.goto(`/services/${MESSAGES}`));
  expect(first.spans).toHaveLength(30);
  const consumption = card(page, t, 'consumption.title');
  await expect(period(page, t, 'consumption.days_30')).toBeChecked();
  await expect(consumption.getByText(total(t, first.spans))).toBeVisible();

  for (const [name, address, spans] of [
    ['consumption.days_7', '?period=7', 7],
    ['consumption.days_90', '?period=90', 90],
    ['consumption.months', '?period=12m', 12],
  ] as const) {
    const chosen = await spentAfter(page, MESSAGES, () =>
      period(page, t, name).check({ force: true }),
    );
    expect(chosen.spans).toHaveLength(spans);
    await expect(consumption.getByText(total(t, chosen.spans))).toBeVisible();
    expect(new URL(page.url()).search).toBe(address);
  }

  const again = await spentAfter(page, MESSAGES, () => page.reload());
  expect(again.spans).toHaveLength(12);
  await expect(period(page, t, 'consumption.months')).toBeChecked();
  await expect(consumption.getByText(total(t, again.spans))).toBeVisible();
  await expectAccessible(page, 'a year');

  // What everybody sees at first needs no word in the address.
  await period(page, t, 'consumption.days_30').check({ force: true });
  await expect(consumption.getByText(total(t, first.spans))).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

test('the chart is gone through with the arrow keys, and stands as figures too', async ({
  page,
  t,
}) => {
  await openAs(page, t, ADMIN, '/services');
  const { edges, spans } = await spentAfter(page, MESSAGES, () =>
    page.goto(`/services/${MESSAGES}`),
  );
  const chart = page.getByRole('slider', { name: t.say('consumption.chart') });
  await expect(chart).toHaveAttribute('aria-valuemax', `${spans.length}`);
  await expect(page.getByText(t.say('consumption.hint'))).toBeVisible();
  const told = async (place: number): Promise<string> => {
    const { charged = '0', executions = 0 } = spans[place] ?? {};
    return t.say('consumption.point', {
      when: await moment(page, t, edges[place] ?? '', DAY),
      credits: t.balanceOf(charged),
      executions: t.count('consumption.executions', executions),
    });
  };
  const last = spans.length - 1;
  await chart.focus();
  for (const [key, place] of [
    ['ArrowLeft', last],
    ['ArrowLeft', last - 1],
    ['ArrowLeft', last - 2],
    ['ArrowRight', last - 1],
    ['Home', 0],
    ['ArrowLeft', 0],
    ['ArrowUp', 1],
    ['End', last],
    ['ArrowRight', last],
  ] as const) {
    await page.keyboard.press(key);
    await expect(chart).toHaveAttribute('aria-valuenow', `${place + 1}`);
    const text = await told(place);
    await expect(chart).toHaveAttribute('aria-valuetext', text);
    // Whoever sees it reads the same.
    await expect(page.locator('.chart-told')).toHaveText(text);
  }

  const figures = page.locator('details.figures');
  await expect(figures.getByRole('table')).toBeHidden();
  await figures.getByText(t.say('consumption.figures')).click();
  const lines = figures.getByRole('table').locator('tbody tr');
  await expect(lines).toHaveCount(spans.length);
  for (const place of [last, last - 1, 0]) {
    const { charged = '0', executions = 0 } = spans[place] ?? {};
    // The newest first.
    await expect(lines.nth(last - place).getByRole('cell')).toHaveText([
      await moment(page, t, edges[place] ?? '', DAY),
      t.number(executions),
      t.balance(charged),
    ]);
  }
  await expectAccessible(page, 'figures of an account');
  await expectNothingBeyond(page, 'figures of an account');
});

test('entries are listed, shown all on request, and given as a file', async ({ page, t }) => {
  await openAs(page, t, ADMIN, '/services');
  const { edges, spans } = await spentAfter(page, MESSAGES, () =>
    page.goto(`/services/${MESSAGES}`),
  );
  const range = `from=${edges.at(0)}&to=${edges.at(-1)}`;
  const charges = await ask<{ items: Entry[] }>(
    page,
    `/accounts/${MESSAGES}/entries?limit=1000&charges=true&${range}`,
  );
  const lines = page.locator('table.entries tbody tr');
  await expect(lines).toHaveCount(charges.items.length);
  await expect(lines.locator('.entries-kind')).toHaveText(
    charges.items.map(() => t.say('consumption.kind_capture')),
  );
  const [newest] = charges.items;
  // On a phone the hold is left out.
  await expect(lines.first().locator('td')).toHaveText([
    await moment(page, t, newest?.at ?? '', { dateStyle: 'medium', timeStyle: 'short' }),
    newest?.description ?? '',
    // Who spent it, and for which company, is looked at with the consumption.
    /^/,
    t.say('consumption.kind_capture'),
    `#${newest?.hold}`,
    t.balance(newest?.charged ?? ''),
  ]);
  // Each execution of the chart has its line.
  expect(spans.reduce((sum, it) => sum + it.executions, 0)).toBe(charges.items.length);

  const list = card(page, t, 'consumption.title');
  const [few] = await Promise.all([
    page.waitForEvent('download'),
    list.getByRole('link', { name: t.say('prices.export') }).click(),
  ]);
  expect(few.suggestedFilename()).toMatch(/\.csv$/);
  const [head, ...rows] = (await readFile(await few.path(), 'utf8')).trim().split('\r\n');
  expect(head).toBe(
    'account,number,at,kind,description,available_paid,available_granted,held,charged,hold,company,user,link',
  );
  expect(rows).toHaveLength(charges.items.length);

  const everything = page.getByRole('switch', { name: t.say('consumption.everything') });
  await expect(everything).not.toBeChecked();
  await everything.check({ force: true });
  for (const kind of ['authorize', 'cancel', 'capture']) {
    const cell = lines.locator('.entries-kind').filter({
      hasText: t.say(`consumption.kind_${kind}`),
    });
    await expect(cell.first()).toBeVisible();
  }
  expect(new URL(page.url()).search).toBe('?all=1');

  // There are more than are shown at once.
  const all = await ask<{ items: Entry[] }>(page, `/accounts/${MESSAGES}/entries?limit=1000&${range}`);
  const more = page.getByRole('button', { name: t.say('consumption.more') });
  await period(page, t, 'consumption.days_90').check({ force: true });
  while (await more.isVisible()) {
    const before = await lines.count();
    await more.click();
    await expect(async () => expect(await lines.count()).toBeGreaterThan(before)).toPass();
  }
  await expect(async () =>
    expect(await lines.count()).toBeGreaterThanOrEqual(all.items.length),
  ).toPass();

  await page.reload();
  await expect(everything).toBeChecked();
  await expect(period(page, t, 'consumption.days_90')).toBeChecked();
  expect(new URL(page.url()).search).toBe('?all=1&period=90');
  await expect(lines.first()).toBeVisible();
  await expectAccessible(page, 'all entries');
});

interface Entry {
  at: string;
  description: string;
  charged: string;
  hold: number | null;
}

test('an admin changes an account, and it is written down who did', async ({
  page,
  t,
}, { project }) => {
  // Journeys run side by side on one server: each kind has a service of its own.
  const account = project.name === 'phone' ? 3 : 4;
  const service = project.name === 'phone' ? 'Partner Autocomplete' : 'Lead Generation';
  await openAs(page, t, ADMIN, `/services/${account}`);
  const information = card(page, t, 'account.information');
  const change = information.getByRole('button', { name: t.say('account.change') });
  const dialog = page.getByRole('dialog', {
    name: t.say('account.change_title', { service }),
    exact: true,
  });
  const sender = dialog.getByLabel(t.say('account.sender'), { exact: true });
  const save = dialog.getByRole('button', { name: t.say('alert.save') });
  const log = card(page, t, 'changes.title').getByRole('listitem');
  const shown = fact(information, t.say('account.sender'));
  const companies = fact(information, t.say('accounts.companies'));

  await change.click();
  const [one] = await ask<{ name: string }[]>(page, '/databases/1/companies');
  const chosen = dialog.getByRole('checkbox', { name: one?.name ?? '', exact: true });
  await expect(chosen).not.toBeChecked();
  await expectAccessible(page, 'changing an account');

  // One character more than telephones show; what was chosen beside it is not lost.
  await chosen.check();
  await sender.fill('TwelveLetter');
  await save.click();
  await expectWrong(sender, t.say('account.sender_long', { most: 11 }));
  await expect(sender).toBeFocused();
  await expect(sender).toHaveValue('TwelveLetter');
  await expect(chosen).toBeChecked();
  await expectAccessible(page, 'a sender name that is too long');
  await expectNothingBeyond(page, 'a sender name that is too long');

  await sender.fill('Éclair Shop');
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(t.say('account.saved', { service }))).toBeVisible();
  await expect(shown).toHaveText('Éclair Shop');
  await expect(companies).toHaveText(one?.name ?? '');
  await expect(log.first()).toContainText(t.say('changes.account'));
  await expect(log.first()).toContainText(ADMIN);
  await expect(log.first()).toContainText('Éclair Shop');
  await expectAccessible(page, 'a changed account');

  // It is kept, and goes back to what it was.
  await page.reload();
  await expect(shown).toHaveText('Éclair Shop');
  await expect(companies).toHaveText(one?.name ?? '');
  await change.click();
  await expect(sender).toHaveValue('Éclair Shop');
  await expect(chosen).toBeChecked();
  await expect(log.first()).toContainText('Éclair Shop');
  const changes = await log.count();
  await chosen.uncheck();
  await sender.fill('');
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(shown).toHaveText(t.say('account.sender_none'));
  await expect(companies).toHaveText(t.say('accounts.all_companies'));

  await expect(log).toHaveCount(changes + 1);

  // Who thinks better of it changes nothing.
  await change.click();
  await sender.fill('Another');
  await dialog.getByRole('button', { name: t.say('alert.cancel') }).click();
  await expect(dialog).toBeHidden();
  await page.reload();
  await expect(shown).toHaveText(t.say('account.sender_none'));
  await expect(log).toHaveCount(changes + 1);
});

test('developers see the technical name and how a token is used', async ({ page, t }) => {
  await openAs(page, t, ADMIN, `/services/${MESSAGES}`);
  const information = card(page, t, 'account.information');
  await expect(fact(information, t.say('accounts.service'))).toHaveText('SMS');
  await expect(fact(information, t.say('account.technical_name'))).toHaveCount(0);
  await expect(information.getByText(t.say('account.token_text'))).toHaveCount(0);

  await page.goto('/settings');
  await page.getByRole('switch', { name: t.say('settings.developer') }).check({ force: true });
  await page.goto(`/services/${MESSAGES}`);
  await expect(fact(information, t.say('account.technical_name'))).toHaveText('sms');
  await expect(information.getByRole('heading', { level: 3 })).toHaveText(t.say('account.token'));
  await expect(information.getByText(t.say('account.token_text'))).toBeVisible();
  await expect(information.getByText(t.say('account.token_flag'))).toBeVisible();
  await expectAccessible(page, 'an account for developers');
});

test('a member looks at an account, and neither changes it nor buys', async ({ page, t }) => {
  await openAs(page, t, MEMBER, `/services/${MESSAGES}`);
  await expect(fact(card(page, t, 'account.information'), t.say('account.sender'))).toHaveText(
    'My Company',
  );
  await expect(page.locator('table.entries')).toBeVisible();
  await expect(page.getByRole('button', { name: t.say('account.change') })).toHaveCount(0);
  await expect(page.getByRole('link', { name: t.say('account.buy') })).toHaveCount(0);
  await expect(card(page, t, 'changes.title')).toHaveCount(0);
  await expectAccessible(page, 'an account for members');

  await page.getByRole('link', { name: t.say('account.all') }).click();
  await expect(row(page, 'SMS')).toBeVisible();
  const buy = page.getByRole('link', { name: t.say('accounts.buy', { service: 'SMS' }) });
  await expect(buy).toHaveCount(0);
});

test('an account that there is not is told of', async ({ page, t }) => {
  await openAs(page, t, ADMIN, '/services/999999');
  await expect(page.getByText(t.say('account.missing'), { exact: true })).toBeVisible();
  await expect(page.getByText(t.say('account.missing_text'))).toBeVisible();
  await expectAccessible(page, 'no account');
  await page.getByRole('link', { name: t.say('account.all') }).click();
  await expect(row(page, 'SMS')).toBeVisible();
});

test('without a server an account of the demo is shown, and what is changed is kept', async ({
  page,
  t,
}) => {
  await withoutServer(page);
  await page.goto('/services');
  await row(page, 'SMS').getByRole('link', { name: 'SMS', exact: true }).click();
  await expect(page).toHaveURL(/\/services\/1$/);
  await expect(card(page, t, 'accounts.balance').getByRole('strong')).toHaveText(
    t.credits('9.33'),
  );
  await expect(page.getByRole('slider', { name: t.say('consumption.chart') })).toBeVisible();
  await expect(page.locator('table.entries tbody tr').first()).toBeVisible();
  await expectAccessible(page, 'an account without a server');
  await expectNothingBeyond(page, 'an account without a server');

  const alert = card(page, t, 'accounts.alert');
  await alert.getByRole('button', { name: t.say('account.change') }).click();
  let dialog = page.getByRole('dialog', { name: t.say('alert.title', { service: 'SMS' }) });
  await dialog.getByLabel(t.say('alert.threshold')).fill('12,5');
  await dialog.getByLabel(t.say('alert.recipients')).fill('ann@example.com');
  await dialog.getByRole('button', { name: t.say('alert.save') }).click();
  await expect(page.getByText(t.say('alert.saved', { service: 'SMS' }))).toBeVisible();

  const information = card(page, t, 'account.information');
  await information.getByRole('button', { name: t.say('account.change') }).click();
  dialog = page.getByRole('dialog', { name: t.say('account.change_title', { service: 'SMS' }) });
  await dialog.getByLabel(t.say('account.sender'), { exact: true }).fill('ACME');
  await dialog.getByRole('checkbox', { name: 'Demo Shop' }).check();
  await dialog.getByRole('button', { name: t.say('alert.save') }).click();
  await expect(page.getByText(t.say('account.saved', { service: 'SMS' }))).toBeVisible();

  for (const reloaded of [false, true]) {
    if (reloaded) await page.reload();
    await expect(alert).toContainText(t.say('accounts.below', { credits: t.balanceOf('12.5') }));
    await expect(alert.getByRole('listitem')).toHaveText('ann@example.com');
    await expect(fact(information, t.say('account.sender'))).toHaveText('ACME');
    await expect(fact(information, t.say('accounts.companies'))).toHaveText('Demo Shop');
  }
  // It is a server that writes changes down.
  await expect(card(page, t, 'changes.title')).toHaveCount(0);

  await page.goto('/services/999999');
  await expect(page.getByText(t.say('account.missing'), { exact: true })).toBeVisible();
});
