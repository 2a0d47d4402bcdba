import type { Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect, mayComplain, test } from '../support/journey.ts';
import {
  card,
  expectNothingBeyond,
  expectWrong,
  fact,
  menu,
  openAs,
  withoutServer,
} from '../support/portal.ts';
import { startServer, type OwnServer } from '../support/own-server.ts';
import type { Texts } from '../support/texts.ts';

const OPERATOR = 'operator@demo.example';
const ADMIN = 'admin@demo.example';

/** The button that saves a block. */
function save(page: Page, t: Texts, block: string) {
  return card(page, t, block).getByRole('button', { name: t.say('alert.save'), exact: true });
}

/** That a block was saved, and nothing in it waits to be. */
async function expectSaved(page: Page, t: Texts, block: string): Promise<void> {
  await expect(card(page, t, block).getByText(t.say('house.unsaved'))).toHaveCount(0);
  await expect(page.getByText(t.say('house.saved')).last()).toBeVisible();
}

/** What the server has as its settings. */
async function settings(page: Page): Promise<Record<string, unknown>> {
  const answer = await page.request.get(new URL('/api/v1/settings', page.url()).href);
  return (await answer.json()) as Record<string, unknown>;
}

// What is set holds for everybody, so this has a server of its own.
test.describe('settings of the server', () => {
  let own: OwnServer;
  test.beforeAll(async () => {
    own = await startServer();
  });
  test.afterAll(() => own.stop());

  test('the seller is set with every fault beside its field, and the shop shows the tax', async ({
    page,
    t,
  }) => {
    await openAs(page, t, OPERATOR, `${own.url}/operator/settings`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('house.title'));
    const seller = card(page, t, 'house.seller');
    const field = (key: string) => seller.getByLabel(t.say(key), { exact: true });
    await expectAccessible(page, 'settings of the server');
    await expectNothingBeyond(page, 'settings of the server');

    await field('shop.name').fill('Credits House');
    await field('shop.city').fill('');
    await field('shop.country').selectOption('BE');
    await field('shop.vat_number').fill('BE12');
    await field('house.seller_email').fill('house@example.com');
    await save(page, t, 'house.seller').click();
    await expectWrong(field('shop.city'), t.say('shop.missing'));
    await expect(field('shop.city')).toBeFocused();
    await expectWrong(
      field('shop.vat_number'),
      t.say('shop.vat_example', { example: 'BE0123456789' }),
    );
    await expect(field('shop.name')).toHaveAttribute('aria-invalid', 'false');
    await expectAccessible(page, 'a seller that is wrong');

    // The server does not answer: all stays as it was typed.
    await field('shop.city').fill('Gent');
    await field('shop.vat_number').fill('0123.456.789');
    mayComplain(page, 'ERR_FAILED');
    await page.route('**/api/v1/settings', (route) => route.abort());
    await save(page, t, 'house.seller').click();
    await expect(seller.getByRole('alert')).toHaveText(t.say('failure.unreachable'));
    await page.unroute('**/api/v1/settings');
    await expect(field('shop.vat_number')).toHaveValue('0123.456.789');
    await expect(seller.getByText(t.say('house.unsaved'))).toBeVisible();
    await save(page, t, 'house.seller').click();
    await expectSaved(page, t, 'house.seller');
    // As the server tidied it.
    await expect(field('shop.vat_number')).toHaveValue('BE0123456789');

    // What is typed in another block was not touched, and is not touched when the window comes back.
    const rate = card(page, t, 'house.tax').getByLabel(t.say('house.tax_label'));
    await rate.fill('101');
    await save(page, t, 'house.tax').click();
    await expectWrong(rate, t.say('house.tax_wrong'));
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(rate).toHaveValue('101');
    await rate.fill('20 %');
    await save(page, t, 'house.tax').click();
    await expectSaved(page, t, 'house.tax');
    await expect(rate).toHaveValue('20');
    expect((await settings(page)).tax_rate).toBe('20');

    // Who buys in the same country pays it.
    await page.goto(`${own.url}/buy?account=1`);
    await page.locator('.packs').getByRole('listitem').first().getByRole('button').click();
    await page.getByLabel(t.say('shop.country'), { exact: true }).selectOption('BE');
    await expect(card(page, t, 'shop.to_pay')).toContainText(t.say('shop.tax', { rate: '20' }));

    // Nobody sells any more: the rate is there in vain, and the page says so.
    await page.goto(`${own.url}/operator/settings`);
    for (const name of ['name', 'street', 'postcode', 'city', 'vat_number']) {
      await field(`shop.${name}`).fill('');
    }
    await field('house.seller_email').fill('');
    await field('shop.country').selectOption('');
    await save(page, t, 'house.seller').click();
    await expectSaved(page, t, 'house.seller');
    await expect(page.getByText(t.say('house.tax_nobody'))).toBeVisible();
    expect((await settings(page)).seller).toBe(null);
  });

  test('days, how to pay and new databases are saved each on their own', async ({ page, t }) => {
    await openAs(page, t, OPERATOR, `${own.url}/operator/settings`);
    const days = page.getByLabel(t.say('house.mails_label'));
    const limits = { least: t.number(1), most: t.number(3650) };
    for (const wrong of ['0', '3651', 'ten', '']) {
      await days.fill(wrong);
      await days.press('Enter');
      await expectWrong(days, t.say('house.mails_wrong', limits));
      await expect(days).toBeFocused();
    }
    const pay = page.getByLabel(t.say('house.pay_label'));
    await pay.fill('x'.repeat(2001));
    await save(page, t, 'house.pay').click();
    await expectWrong(pay, t.say('shop.too_long', { most: t.number(2000) }));
    await pay.fill('BE71 0961 2345 6769');
    await save(page, t, 'house.pay').click();
    await expectSaved(page, t, 'house.pay');
    // The other block was left alone.
    await expect(days).toHaveValue('');
    await days.fill('30');
    await save(page, t, 'house.mails').click();
    await expectSaved(page, t, 'house.mails');

    const newcomers = card(page, t, 'house.new');
    const closed = newcomers.getByRole('radio', { name: t.say('house.closed') });
    await closed.focus();
    await page.keyboard.press('Space');
    await save(page, t, 'house.new').click();
    await expectSaved(page, t, 'house.new');
    expect(await settings(page)).toMatchObject({
      mail_days: 30,
      how_to_pay: 'BE71 0961 2345 6769',
      new_databases: 'closed',
    });
    await page.reload();
    await expect(closed).toBeChecked();
    await expect(days).toHaveValue('30');
    await expect(card(page, t, 'provider.share').getByRole('link')).toHaveAttribute(
      'href',
      '/provider/revenue',
    );
  });
});

test('what the command line sets is shown locked, with the reason', async ({ page, t }) => {
  await page.route('**/api/v1/settings', async (route) => {
    const answer = await route.fetch();
    const json = { ...(await answer.json()), new_databases: 'closed', fixed: ['new_databases'] };
    await route.fulfill({ response: answer, json });
  });
  await openAs(page, t, OPERATOR, '/operator/settings');
  const newcomers = card(page, t, 'house.new');
  await expect(newcomers.getByText(t.say('house.new_fixed'))).toBeVisible();
  for (const choice of ['open', 'approve', 'closed']) {
    await expect(newcomers.getByRole('radio', { name: t.say(`house.${choice}`) })).toBeDisabled();
  }
  await expect(newcomers.getByRole('radio', { name: t.say('house.closed') })).toBeChecked();
  await expect(newcomers.getByRole('button')).toHaveCount(0);
  await expectAccessible(page, 'a setting that is locked');
});

test('health says that all is well, and what a job did after it was told to run', async ({
  page,
  t,
}) => {
  await openAs(page, t, OPERATOR, '/services');
  const links = await menu(page, t);
  await links.getByRole('link', { name: t.say('health.title'), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('health.title'));
  await expect(page.getByRole('status').getByText(t.say('health.well'), { exact: true })).toBeVisible();
  const server = card(page, t, 'health.server');
  await expect(fact(server, t.say('health.payments'))).toHaveText(t.say('health.by_demo'));
  await expect(fact(server, t.say('health.sandbox'))).toHaveText(t.say('health.on'));
  await expect(fact(server, t.say('health.database'))).toHaveText(/^(SQLite|PostgreSQL) \d/);
  await expect(page.locator('.health-jobs tbody tr')).toHaveCount(5);
  await expectAccessible(page, 'health');
  await expectNothingBeyond(page, 'health');

  const job = t.say('health.forget');
  const line = page.getByRole('row').filter({ hasText: job });
  const runs = async () => {
    const answer = await page.request.get('/api/v1/health');
    const { jobs } = (await answer.json()) as { jobs: { name: string; runs: number }[] };
    return jobs.find((it) => it.name === 'forget')?.runs ?? 0;
  };
  const shown = (number: number) =>
    t.say('health.failures_of', { failures: t.number(0), runs: t.number(number) });
  const before = await runs();
  await expect(line).toContainText(shown(before));
  const run = page.getByRole('button', { name: t.say('health.run_label', { job }), exact: true });
  await run.click();
  await expect(page.getByText(t.say('health.told', { job }))).toBeVisible();
  await expect.poll(runs).toBeGreaterThan(before);
  await page.getByRole('button', { name: t.say('health.refresh') }).click();
  await expect(line).not.toContainText(shown(before));
  // The line was not made anew.
  await run.focus();
  await page.getByRole('heading', { level: 1 }).evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(run).toBeFocused();
  await expect(line).toContainText(t.say('health.job_well'));
});

test('health says what is wrong and what to do', async ({ page, t }) => {
  await page.route('**/api/v1/health', async (route) => {
    const answer = await route.fetch();
    const health = (await answer.json()) as {
      now: string;
      jobs: object[];
      mails: object;
    };
    const detail = 'The database cannot be reached. Try again in a moment.';
    health.jobs[0] = { ...health.jobs[0], failing: true, failures: 2, last_failure: { at: health.now, detail } };
    health.mails = { ...health.mails, retried: 2, failed_lately: 1 };
    await route.fulfill({ response: answer, json: health });
  });
  await openAs(page, t, OPERATOR, '/operator/health');
  const status = page.getByRole('status');
  const job = t.say('health.holds');
  await expect(status.getByText(t.say('health.failing', { job }))).toBeVisible();
  await expect(status.getByText(t.count('health.retried', 2))).toBeVisible();
  await expect(status.getByText(t.count('health.given_up', 1))).toBeVisible();
  await expect(page.getByText(t.say('health.well'), { exact: true })).toHaveCount(0);
  await expect(page.locator('.health-jobs')).toContainText('The database cannot be reached.');
  await expectAccessible(page, 'health that is not well');
  await expectNothingBeyond(page, 'health that is not well');
  await expect(status.getByRole('link').last()).toHaveAttribute('href', /state=failed$/);

  // The server is gone: what was known stays, and nothing says that it is well.
  await page.unroute('**/api/v1/health');
  mayComplain(page, 'ERR_FAILED');
  await page.route('**/api/v1/health', (route) => route.abort());
  await page.getByRole('button', { name: t.say('health.refresh') }).click();
  await expect(page.getByRole('alert').getByText(t.say('failure.unreachable'))).toBeVisible();
  await expect(page.locator('.health-jobs tbody tr')).toHaveCount(5);
  await page.unroute('**/api/v1/health');
  await page.getByRole('button', { name: t.say('failure.retry') }).click();
  await expect(page.getByText(t.say('health.well'), { exact: true })).toBeVisible();
});

test('an admin sees a sentence, and the server refuses them too', async ({ page, t }) => {
  await openAs(page, t, ADMIN, '/operator/settings');
  for (const address of ['/operator/settings', '/operator/health']) {
    await page.goto(address);
    await expect(page.getByText(t.say('operator.barred'), { exact: true })).toBeVisible();
  }
  await expectAccessible(page, 'no operator');
  const links = await menu(page, t);
  await expect(links.getByRole('link', { name: t.say('nav.orders') })).toBeVisible();
  await expect(links.getByRole('link', { name: t.say('health.title') })).toHaveCount(0);
  expect((await page.request.get('/api/v1/health')).status()).toBe(403);
  expect((await page.request.post('/api/v1/jobs/forget/run')).status()).toBe(403);
});

test('the search of the settings leads operators to those of the server', async ({ page, t }) => {
  await openAs(page, t, OPERATOR, '/services');
  // Nobody has to sign in for the settings of a browser.
  await page.goto('/settings');
  await page.getByRole('searchbox', { name: t.say('settings.search') }).fill(t.say('house.seller'));
  const found = card(page, t, 'house.title');
  await found.getByRole('link', { name: t.say('settings.house_link') }).click();
  await expect(page).toHaveURL(/\/operator\/settings$/);
});

test('without a server the pages say that they need one', async ({ page, t }) => {
  await withoutServer(page);
  for (const address of ['/operator/settings', '/operator/health']) {
    await page.goto(address);
    await expect(page.getByText(t.say('operator.no_server'), { exact: true })).toBeVisible();
  }
});
