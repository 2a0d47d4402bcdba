import type { Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { Operator, openAsOwn } from '../support/customer.ts';
import { expect, test } from '../support/journey.ts';
import { expectNothingBeyond, menu, openAs, row, withoutServer } from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

/** The card of a service. */
function offer(page: Page, service: string): Locator {
  return page.getByRole('article', { name: service, exact: true });
}

function activate(page: Page, t: Texts, service: string): Locator {
  const name = t.say('catalogue.activate_of', { service });
  return offer(page, service).getByRole('button', { name, exact: true });
}

interface Catalogue {
  services: {
    service: { label: string; description: string; first_party: boolean; trial: string };
    packs: { price: number; credits: string }[];
    trial: string;
    accounts: { id: number; available: { total: string } }[];
  }[];
}

test('the catalogue shows what the server offers', async ({ page, t }) => {
  const answer = page.waitForResponse(/\/api\/v1\/databases\/1\/catalogue$/);
  await openAs(page, t, 'user@demo.example', '/catalogue');
  const { services } = (await (await answer).json()) as Catalogue;
  expect(services.length).toBeGreaterThan(5);
  await expect(page.getByRole('article')).toHaveCount(services.length);
  for (const { service, packs, trial, accounts } of services) {
    const card = offer(page, service.label);
    await expect(card).toContainText(service.description);
    await expect(card).toContainText(
      t.say(service.first_party ? 'catalogue.by_first' : 'catalogue.by_third'),
    );
    const cheapest = Math.min(...packs.map((it) => it.price / 100 / Number(it.credits)));
    await expect(card).toContainText(t.say('catalogue.from', { price: t.euros(cheapest, 4) }));
    const credits = t.balanceOf(service.trial);
    const values: Record<string, string> =
      trial === 'open' || trial === 'not_entitled' ? { credits } : {};
    await expect(card).toContainText(t.say(`catalogue.trial_${trial}`, values));
    for (const { id, available } of accounts) {
      const left = t.balanceOf(available.total);
      await expect(card).toContainText(t.say('catalogue.balance_of', { credits: left }));
      await expect(card.locator('a.button')).toHaveAttribute('href', `/services/${id}`);
    }
  }
  // A member sees it all and activates nothing.
  await expect(page.getByText(t.say('catalogue.only_admins', { database: 'My Company (demo)' }))).toBeVisible();
  await expect(page.getByRole('article').getByRole('button')).toHaveCount(0);
  await expectAccessible(page, 'the catalogue');
  await expectNothingBeyond(page, 'the catalogue');

  await page.getByRole('searchbox').fill('WEATHER');
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page).toHaveURL(/\?q=WEATHER$/);
  await page.getByRole('radio', { name: t.say('catalogue.first') }).check({ force: true });
  await expect(page.getByText(t.say('catalogue.none'))).toBeVisible();
  await expectAccessible(page, 'nothing found');
  await page.reload();
  await expect(page.getByText(t.say('catalogue.none'))).toBeVisible();
  await page.getByRole('button', { name: t.say('prices.show_all') }).click();
  await expect(page.getByRole('article')).toHaveCount(services.length);
  await page.getByRole('radio', { name: t.say('catalogue.third') }).check({ force: true });
  await expect(page.getByRole('article')).toHaveCount(
    services.filter((it) => !it.service.first_party).length,
  );
});

test('an admin activates a service, gets the trial once and the token once', async ({
  page,
  context,
  request,
  t,
}) => {
  const operator = await Operator.start(request);
  const customer = await operator.customer();
  await openAsOwn(page, t, customer.admin, '/catalogue');
  const service = 'Signer Identification';
  await expect(offer(page, service)).toContainText(
    t.say('catalogue.trial_open', { credits: t.balanceOf('3') }),
  );
  // Another tab that has not heard of it.
  const other = await context.newPage();
  await other.goto('/catalogue');
  await expect(activate(other, t, service)).toBeVisible();

  await page.bringToFront();
  await activate(page, t, service).click();
  const dialog = page.getByRole('dialog', { name: t.say('catalogue.done', { service }) });
  await expect(
    dialog.getByText(t.say('catalogue.done_trial', { credits: t.balanceOf('3') })),
  ).toBeVisible();
  const token = dialog.getByLabel(t.say('account.token'), { exact: true });
  await expect(token).toHaveValue(/^[0-9a-f]{32}$/);
  await expect(dialog.getByText(t.say('catalogue.token_where'))).toBeVisible();
  await expectAccessible(page, 'a token');
  await expectNothingBeyond(page, 'a token');
  const value = await token.inputValue();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: t.say('catalogue.token_copy') }).click();
  await expect(page.getByText(t.say('catalogue.token_copied'))).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
  await dialog.getByRole('button', { name: t.say('catalogue.token_done') }).click();
  await expect(dialog).toBeHidden();
  await expect(offer(page, service)).toContainText(
    t.say('catalogue.balance_of', { credits: t.balanceOf('3') }),
  );
  await expect(offer(page, service)).toContainText(t.say('catalogue.trial_granted'));
  await expect(activate(page, t, service)).toHaveCount(0);

  // Activated again where it still looks as if it were not: nothing is given twice, and no token shown.
  await other.evaluate(async (database) => {
    const catalogue = await (await fetch(`/api/v1/databases/${database}/catalogue`)).json();
    const services = catalogue.services as { service: { id: number; name: string } }[];
    const id = services.find((it) => it.service.name === 'signer_identification')?.service.id;
    const answer = await fetch(`/api/v1/databases/${database}/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'another' },
      body: JSON.stringify({ service: id }),
    });
    const { account, token } = await answer.json();
    if (answer.status !== 200 || token !== null || account.available.total !== '3.0000') {
      throw new Error(`${answer.status} ${JSON.stringify(account)}`);
    }
  }, customer.database);

  const link = offer(page, service).getByRole('link');
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(service);
  await expect(page.locator('.account-figure strong')).toHaveText('3');
});

test('activating what somebody else has activated meanwhile says so', async ({
  page,
  request,
  t,
}) => {
  const operator = await Operator.start(request);
  const customer = await operator.customer();
  await openAsOwn(page, t, customer.admin, '/catalogue');
  const service = 'Lead Generation';
  await expect(activate(page, t, service)).toBeVisible();
  const services = await operator.call<{ id: number; name: string }[]>('GET', '/services');
  const id = services.find((it) => it.name === 'reveal')?.id;
  await operator.call('POST', `/databases/${customer.database}/accounts`, { service: id });
  await activate(page, t, service).click();
  await expect(page.getByText(t.say('catalogue.was_active', { service }))).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(offer(page, service)).toContainText(
    t.say('catalogue.balance_of', { credits: t.balanceOf('5') }),
  );
});

test('who belongs to several databases chooses one, which stands in the address', async ({
  page,
  request,
  t,
}) => {
  const operator = await Operator.start(request);
  const [one, two] = [await operator.customer(), await operator.customer()];
  await operator.call('POST', `/databases/${two.database}/members`, {
    email: one.admin,
    role: 'member',
  });
  await openAsOwn(page, t, one.admin, '/catalogue');
  const choice = page.getByLabel(t.say('accounts.database'), { exact: true });
  await expect(choice).toHaveValue(`${one.database}`);
  await expect(activate(page, t, 'Snailmail')).toBeVisible();
  await choice.selectOption(two.name);
  const refusal = page.getByText(t.say('catalogue.only_admins', { database: two.name }));
  await expect(refusal).toBeVisible();
  await expect(activate(page, t, 'Snailmail')).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`\\?database=${two.database}$`));
  await page.reload();
  await expect(choice).toHaveValue(`${two.database}`);
  await expect(refusal).toBeVisible();
  await expectAccessible(page, 'several databases');

  // A database on Odoo Online sees services of the operator alone.
  await operator.call('PATCH', `/databases/${two.database}`, { hosting: 'online' });
  await page.reload();
  await expect(page.getByText(t.say('catalogue.online'))).toBeVisible();
  await expect(offer(page, 'Snailmail')).toBeVisible();
  await expect(offer(page, 'Weather Alerts')).toHaveCount(0);
  // One that is not let in activates nothing.
  await operator.call('PATCH', `/databases/${one.database}`, { admission: 'waiting' });
  await choice.selectOption(one.name);
  await expect(
    page.getByText(t.say('catalogue.not_let_in', { database: one.name })),
  ).toBeVisible();
  await expect(activate(page, t, 'Snailmail')).toHaveCount(0);
});

test('without a server a service is activated in the demo', async ({ context, page, t }) => {
  await withoutServer(context);
  await page.goto('/catalogue');
  const service = 'Lead Generation';
  await activate(page, t, service).click();
  const dialog = page.getByRole('dialog', { name: t.say('catalogue.done', { service }) });
  await expect(
    dialog.getByText(t.say('catalogue.done_trial', { credits: t.balanceOf('5') })),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(offer(page, service)).toContainText(t.say('catalogue.trial_granted'));
  await expectAccessible(page, 'the catalogue of the demo');
  await expectNothingBeyond(page, 'the catalogue of the demo');
  const nav = await menu(page, t);
  await nav.getByRole('link', { name: t.say('nav.services') }).click();
  await expect(row(page, service)).toContainText('5');
  await page.reload();
  await expect(row(page, service)).toContainText('5');
});
