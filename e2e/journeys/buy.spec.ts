import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { BrowserContext, Locator, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { Composer } from '../support/composer.ts';
import { expect, test } from '../support/journey.ts';
import {
  DATABASE,
  card,
  expectNothingBeyond,
  expectRefusals,
  expectWrong,
  fact,
  openAs,
  withoutServer,
} from '../support/portal.ts';
import type { Texts } from '../support/texts.ts';

const ADMIN = 'admin@demo.example';

/** Documents: what is tried out without looking at the balance is bought for it. */
const DOCUMENTS = 2;

// Numbers for trying out; nobody has them. The last one is no test number.
const CARD = '4242 4242 4242 4242';
const DECLINED = '4000 0000 0000 0002';
const NO_MONEY = '4000 0000 0000 9995';
const ASKS = '4000 0025 0000 3155';
const LATE = '4000 0000 0000 0077';
const NONE_OF_OURS = '4111 1111 1111 1111';

interface Pack {
  name: string;
  credits: string;
  price: number;
}

/** The page on which credits are bought, as people find their way in it. */
class Shop {
  constructor(
    readonly page: Page,
    readonly t: Texts,
  ) {}

  /** The packs, a card each. */
  get packs(): Locator {
    return this.page.locator('.packs').getByRole('listitem');
  }

  get billing(): Locator {
    return card(this.page, this.t, 'shop.billing');
  }

  /** What the pack comes to, beside the form. */
  get sums(): Locator {
    return card(this.page, this.t, 'shop.to_pay');
  }

  get payment(): Locator {
    return card(this.page, this.t, 'shop.payment');
  }

  get bank(): Locator {
    return this.page.getByRole('dialog', { name: this.t.say('shop.bank') });
  }

  field(name: string): Locator {
    return this.page.getByLabel(this.t.say(`shop.${name}`), { exact: true });
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.t.say(key), exact: true });
  }

  sentence(key: string): Locator {
    return this.page.getByText(this.t.say(`shop.${key}`), { exact: true });
  }

  /** Chooses a pack by its name. */
  async choose(name = 'Starter'): Promise<void> {
    const pack = this.packs.filter({
      has: this.page.getByRole('heading', { name, exact: true }),
    });
    await pack.getByRole('button').click();
    await expect(this.billing).toBeVisible();
  }

  /** Fills in who buys: somebody in Belgium, but for what is given. */
  async fill(buyer: Partial<typeof BUYER> = {}): Promise<void> {
    const { country, ...rest } = { ...BUYER, ...buyer };
    for (const [name, text] of Object.entries(rest)) await this.field(name).fill(text);
    await this.field('country').selectOption(country);
  }

  /** Orders a pack and comes to its payment; the number of the order. */
  async order(pack?: string): Promise<string> {
    await this.choose(pack);
    await this.fill();
    await this.button('shop.go_on').click();
    await expect(this.payment).toBeVisible();
    await expect(this.field('card_number')).toBeVisible();
    const number = new URL(this.page.url()).searchParams.get('order') ?? '';
    expect(number).toMatch(/^\d+$/);
    await expect(this.payment).toContainText(this.t.say('shop.order', { number }));
    return number;
  }

  /** Pays with a card. */
  async pay(number: string, expiry = '12/40', cvc = '123'): Promise<void> {
    await this.field('card_number').fill(number);
    await this.field('card_expiry').fill(expiry);
    await this.field('card_cvc').fill(cvc);
    await this.payButton.click();
  }

  /** The button that says what is paid. */
  get payButton(): Locator {
    const [before, after] = this.t.say('shop.pay', { amount: '|' }).split('|');
    return this.payment.getByRole('button', { name: new RegExp(`^${before}.+${after}$`) });
  }

  /** Checks that the credits are told to be there. */
  async expectPaid(credits: string, order: string, amount: number): Promise<void> {
    const { t } = this;
    const told = t.say('shop.paid', { credits: t.balanceOf(credits) });
    // A bank takes its time.
    const heading = this.page.getByRole('heading', { level: 2, name: told, exact: true });
    await expect(heading).toBeVisible({ timeout: 20_000 });
    await expect(
      this.page.getByText(t.say('shop.paid_text', { number: order, amount: t.euros(amount) })),
    ).toBeVisible();
  }

  /** Saves both files of the invoice, and checks that they are what they say. */
  async expectInvoice(): Promise<void> {
    const { page, t } = this;
    await expect(page.getByText(t.say('shop.mailed', { email: BUYER.email }))).toBeVisible();
    const [before, after] = t.say('shop.invoice', { number: '|' }).split('|');
    const told = await page.getByText(new RegExp(`^${before}INV/.+${after}$`)).innerText();
    const number = told.match(/INV\/\d{4}\/\d+/)?.[0] ?? '';
    for (const [key, ending] of [['invoice_pdf', 'pdf'], ['invoice_ubl', 'xml']]) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        this.button(`shop.${key}`).click(),
      ]);
      expect(file.suggestedFilename()).toBe(`${number.replaceAll('/', '-')}.${ending}`);
      const bytes = await readFile(await file.path());
      if (ending === 'pdf') expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
      else expect(bytes.toString()).toContain(`<cbc:ID>${number}</cbc:ID>`);
    }
  }
}

const BUYER = {
  name: 'Peeters Fietsen',
  street: 'Korenmarkt 1',
  postcode: '9000',
  city: 'Gent',
  country: 'BE',
  vat_number: '',
  email: 'ada@example.com',
  reference: '',
};

/** Opens the shop of an account as an admin. */
async function openShop(page: Page, t: Texts, account = DOCUMENTS): Promise<Shop> {
  await openAs(page, t, ADMIN, `/buy?account=${account}`);
  const shop = new Shop(page, t);
  await expect(shop.packs.first()).toBeVisible();
  return shop;
}

/** Looks at all that browsers ask for from now on; addresses with what must stand in none. */
function watchAddresses(context: BrowserContext): (secret: string) => string[] {
  const addresses: string[] = [];
  context.on('request', (request) => addresses.push(request.url()));
  context.on('page', (page) => page.on('framenavigated', (frame) => addresses.push(frame.url())));
  for (const page of context.pages()) {
    page.on('framenavigated', (frame) => addresses.push(frame.url()));
  }
  return (secret) => addresses.filter((address) => address.includes(secret));
}

test('credits are bought in another tab, and the one that waits shows them', async ({
  context,
  page,
  t,
}, { project }) => {
  // Journeys run side by side on one server: nobody else buys for this account.
  const [account, service] =
    project.name === 'phone' ? [3, 'Partner Autocomplete'] : [4, 'Lead Generation'];
  await openAs(page, t, ADMIN, `/services/${account}`);
  const balance = card(page, t, 'accounts.balance').getByRole('strong');
  const available = () =>
    page.evaluate(
      async (account) => (await (await fetch(`/api/v1/accounts/${account}`)).json()).available.total,
      account,
    ) as Promise<string>;
  const before = await available();
  await expect(balance).toHaveText(t.balance(before));

  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: t.say('account.buy'), exact: true }).click(),
  ]);
  const shop = new Shop(tab, t);
  await expect(tab).toHaveURL(new RegExp(`/buy\\?account=${account}$`));
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText(
    t.say('shop.title', { service }),
  );
  const { packs } = (await tab.evaluate(
    async (account) => (await fetch(`/api/v1/accounts/${account}/shop`)).json(),
    account,
  )) as { packs: Pack[] };
  await expect(shop.packs).toHaveCount(packs.length);
  for (const [place, pack] of packs.entries()) {
    const credits = t.balanceOf(pack.credits);
    const price = t.euros(pack.price / 100);
    const shown = shop.packs.nth(place);
    await expect(shown.getByRole('heading')).toHaveText(pack.name);
    await expect(shown.getByRole('strong')).toHaveText(price);
    await expect(shown).toContainText(credits);
    const each = t.euros(pack.price / 100 / Number(pack.credits), 4);
    await expect(shown).toContainText(t.say('shop.a_credit', { price: each }));
    await expect(shown.getByRole('button')).toHaveAccessibleName(
      t.say('shop.choose_pack', { pack: pack.name, credits, price }),
    );
  }
  await expect(shop.sentence('without_tax')).toBeVisible();
  await expectAccessible(tab, 'packs');
  await expectNothingBeyond(tab, 'packs');

  await shop.choose();
  await shop.fill();
  await expectAccessible(tab, 'who buys');
  await expectNothingBeyond(tab, 'who buys');
  const [starter] = packs;
  const gross = Math.round((starter?.price ?? 0) * 1.21) / 100;
  await expect(fact(shop.sums, t.say('shop.to_pay'))).toHaveText(t.euros(gross));
  await shop.button('shop.go_on').click();
  await expect(fact(shop.payment, t.say('shop.to_pay'))).toHaveText(t.euros(gross));
  await expect(shop.payButton).toHaveText(t.say('shop.pay', { amount: t.euros(gross) }));
  await expectAccessible(tab, 'payment');
  await expectNothingBeyond(tab, 'payment');
  const order = new URL(tab.url()).searchParams.get('order') ?? '';
  await shop.pay(CARD);
  await shop.expectPaid('10', order, gross);
  await shop.expectInvoice();
  await expectAccessible(tab, 'paid');
  await expectNothingBeyond(tab, 'paid');

  // The first tab was not touched.
  const after = t.balance((Number(before) + 10).toFixed(4));
  await expect(balance).toHaveText(after);
  expect(await available()).toBe((Number(before) + 10).toFixed(4));
  await tab.getByRole('link', { name: t.say('shop.to_account') }).click();
  await expect(tab).toHaveURL(new RegExp(`/services/${account}$`));
  await expect(card(tab, t, 'accounts.balance').getByRole('strong')).toHaveText(after);
});

test('what is wrong with a buyer is told at once, and nothing is lost', async ({ page, t }) => {
  const shop = await openShop(page, t);
  await shop.choose('Standard');
  // A buyer of before may be filled in.
  await shop.fill({
    name: '',
    street: ' ',
    postcode: '1234 AB',
    city: '',
    country: '',
    email: 'nobody',
    reference: 'Order 7',
  });
  await shop.button('shop.go_on').click();
  for (const name of ['name', 'street', 'city', 'country']) {
    await expectWrong(shop.field(name), t.say('shop.missing'));
  }
  await expectWrong(shop.field('email'), t.say('sign_in.email_wrong'));
  for (const name of ['postcode', 'vat_number', 'reference']) {
    await expect(shop.field(name)).toHaveAttribute('aria-invalid', 'false');
  }
  await expect.soft(shop.field('name')).toBeFocused();
  await expect(shop.field('postcode')).toHaveValue('1234 AB');
  await expect(shop.field('email')).toHaveValue('nobody');
  await expect(shop.field('reference')).toHaveValue('Order 7');
  await expectAccessible(page, 'a buyer of whom much is missing');
  await expectNothingBeyond(page, 'a buyer of whom much is missing');

  // A number is looked at as one of the country.
  await shop.fill({ name: 'x'.repeat(101), country: 'DE', vat_number: 'BE0123456789' });
  await shop.button('shop.go_on').click();
  await expectWrong(shop.field('name'), t.say('shop.too_long', { most: 100 }));
  await expectWrong(
    shop.field('vat_number'),
    t.say('shop.vat_example', { example: 'DE123456789' }),
  );
  await expect(shop.field('vat_number')).toHaveValue('BE0123456789');
  await expect(shop.field('street')).toHaveAttribute('aria-invalid', 'false');

  // Where numbers have any form there is no example.
  await shop.fill({ country: 'US', vat_number: '1' });
  await shop.button('shop.go_on').click();
  await expectWrong(shop.field('vat_number'), t.say('shop.vat_any'));
  await expect.soft(shop.field('vat_number')).toBeFocused();
  // Nothing was ordered.
  expect(new URL(page.url()).searchParams.get('order')).toBeNull();
});

test('the tax depends on who buys, and is told before', async ({ page, t }) => {
  const shop = await openShop(page, t);
  await shop.choose('Standard');
  const price = 30;
  const total = fact(shop.sums, t.say('shop.to_pay'));
  const vat = fact(shop.sums, t.say('shop.tax', { rate: t.number(21) }));
  await shop.fill();
  await expect(fact(shop.sums, t.say('shop.pack'))).toHaveText('Standard');
  await expect(fact(shop.sums, t.say('shop.price'))).toHaveText(t.euros(price));
  await expect(vat).toHaveText(t.euros(6.3));
  await expect(total).toHaveText(t.euros(36.3));

  // So has a business here, and somebody in the Netherlands who has no number.
  await shop.fill({ vat_number: 'BE0123456789' });
  await expect(total).toHaveText(t.euros(36.3));
  await shop.fill({ country: 'NL' });
  await expect(vat).toBeVisible();
  await expect(total).toHaveText(t.euros(36.3));

  await shop.fill({ country: 'NL', vat_number: 'NL123456789B01' });
  await expect(shop.sums).toContainText(t.say('shop.reverse_charge'));
  await expect(vat).toHaveCount(0);
  await expect(total).toHaveText(t.euros(price));
  await expectAccessible(page, 'reverse charge');

  // What was shown is what is ordered.
  await shop.button('shop.go_on').click();
  await expect(fact(shop.payment, t.say('shop.to_pay'))).toHaveText(t.euros(price));
  const number = new URL(page.url()).searchParams.get('order');
  const order = await page.evaluate(
    async (number) => (await fetch(`/api/v1/orders/${number}`)).json(),
    number,
  );
  expect(order).toMatchObject({ price: 3_000, tax: 0, gross: 3_000, tax_category: 'AE' });
  await shop.button('shop.give_up').click();
  await expect(shop.sentence('cancelled')).toBeVisible();
});

test('a card that is not taken says why, and what was typed stays', async ({ page, t }) => {
  const shop = await openShop(page, t);
  const order = await shop.order();
  const [number, expiry, cvc] = ['card_number', 'card_expiry', 'card_cvc'].map((it) =>
    shop.field(it),
  ) as [Locator, Locator, Locator];
  const typed = async (...all: string[]) => {
    for (const [place, field] of [number, expiry, cvc].entries()) {
      await expect(field).toHaveValue(all[place] ?? '');
    }
  };

  await shop.pay(NONE_OF_OURS);
  await expectWrong(number, t.say('shop.card_number_wrong'));
  await expect.soft(number).toBeFocused();
  await shop.pay(CARD, '13/40');
  await expectWrong(expiry, t.say('shop.card_expiry_wrong'));
  await expect.soft(expiry).toBeFocused();
  await shop.pay(CARD, '12/40', '12');
  await expectWrong(cvc, t.say('shop.card_cvc_wrong'));
  await expect.soft(cvc).toBeFocused();
  await typed(CARD, '12/40', '12');
  await expectAccessible(page, 'a security code that is wrong');

  const status = shop.payment.getByRole('status');
  await shop.pay(DECLINED);
  await expect(status).toHaveText(t.say('shop.error_declined'));
  await typed(DECLINED, '12/40', '123');
  await expectAccessible(page, 'a card that was declined');
  await expectNothingBeyond(page, 'a card that was declined');
  await shop.pay(NO_MONEY);
  await expect(status).toHaveText(t.say('shop.error_funds'));
  await typed(NO_MONEY, '12/40', '123');

  // The numbers for trying out need not be typed.
  await shop.payment.getByText(t.say('shop.cards'), { exact: true }).click();
  await shop.payment.getByRole('button', { name: CARD }).click();
  await expect(number).toHaveValue(CARD.replaceAll(' ', ''));
  await shop.payButton.click();
  await shop.expectPaid('10', order, 3.63);
});

test('a bank asks whether it is oneself', async ({ page, t }) => {
  const shop = await openShop(page, t);
  const order = await shop.order();
  await shop.pay(ASKS);
  await expect(shop.bank).toBeVisible();
  await expect(shop.bank.getByText(t.say('shop.bank_text'))).toBeVisible();
  await expectAccessible(page, 'the bank asks');
  await expectNothingBeyond(page, 'the bank asks');
  await shop.button('shop.bank_no').click();
  await expect(shop.bank).toBeHidden();
  await expect(shop.payment.getByRole('status')).toHaveText(t.say('shop.error_authentication'));
  await expect(shop.field('card_number')).toHaveValue(ASKS);

  await shop.payButton.click();
  await expect(shop.bank).toBeVisible();
  await shop.button('shop.bank_yes').click();
  await shop.expectPaid('10', order, 3.63);
  await expect(shop.bank).toBeHidden();
});

test('who closes the question of the bank can still answer it', async ({ page, t }) => {
  const shop = await openShop(page, t);
  const order = await shop.order();
  await shop.pay(ASKS);
  await expect(shop.bank).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(shop.bank).toBeHidden();
  // The card is there as it was typed: paying again asks again.
  await shop.payButton.click();
  await expect(shop.bank).toBeVisible();
  await shop.button('shop.bank_yes').click();
  await shop.expectPaid('10', order, 3.63);
});

test('a bank that takes its time is waited for', async ({ page, t }) => {
  const shop = await openShop(page, t);
  const order = await shop.order();
  await shop.pay(LATE);
  await expect(shop.payment.getByRole('status')).toHaveText(t.say('shop.processing'));
  // It cannot be paid twice meanwhile.
  await expect(shop.field('card_number')).toHaveCount(0);
  await expectAccessible(page, 'the bank takes its time');
  await shop.expectPaid('10', order, 3.63);
});

test('the way back leads from the order to the packs, and on again', async ({ page, t }) => {
  const shop = await openShop(page, t);
  const order = await shop.order();
  await page.goBack();
  await expect(shop.packs.first()).toBeVisible();
  await expect(shop.payment).toBeHidden();
  expect(new URL(page.url()).search).toBe(`?account=${DOCUMENTS}`);

  await page.goForward();
  await expect(shop.payment).toContainText(t.say('shop.order', { number: order }));
  await expect(shop.button('shop.give_up')).toHaveAccessibleDescription(t.say('shop.give_up_hint'));
  await shop.button('shop.give_up').click();
  await expect(shop.sentence('cancelled')).toBeVisible();
  await expectAccessible(page, 'an order that was given up');
  await shop.button('shop.another').click();
  await expect(shop.packs.first()).toBeVisible();
  expect(new URL(page.url()).search).toBe(`?account=${DOCUMENTS}`);
});

test('who reloads while paying comes back to the order', async ({ page, t }) => {
  const shop = await openShop(page, t);
  const order = await shop.order();
  await page.reload();
  await expect(shop.payment).toContainText(t.say('shop.order', { number: order }));
  await expect(fact(shop.payment, t.say('shop.to_pay'))).toHaveText(t.euros(3.63));
  await shop.pay(DECLINED);
  await expect(shop.payment.getByRole('status')).toHaveText(t.say('shop.error_declined'));
  await page.reload();
  // It is still told, and still to be paid.
  // What waits for the form has a status of its own.
  await expect(shop.payment.getByRole('status').first()).toHaveText(t.say('shop.error_declined'));
  await shop.pay(CARD);
  await shop.expectPaid('10', order, 3.63);
  await page.reload();
  await shop.expectPaid('10', order, 3.63);
});

/** The link that Odoo's form of an account has. */
function linkOf(account: number, service: string): string {
  const query = new URLSearchParams({
    dbuuid: DATABASE,
    service_name: service,
    account_token: sha1(tokenOf(account)),
    hashed: '1',
  });
  return `/iap/1/credit?${query}`;
}

function tokenOf(account: number): string {
  return `${account}`.padStart(32, '0');
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

test('by the link of an account one buys without signing in', async ({
  context,
  page,
  request,
  t,
}, { project }) => {
  // Nobody else buys for this account.
  const [account, service] =
    project.name === 'phone' ? [6, 'weather_alerts'] : [5, 'snailmail'];
  const token = tokenOf(account);
  // What the software itself sees.
  const available = async (): Promise<number> => {
    const params = { dbuuid: DATABASE, account_token: token, service_name: service };
    const data = { jsonrpc: '2.0', method: 'call', id: 1, params };
    return (await (await request.post('/iap/1/balance', { data })).json()).result;
  };
  const before = await available();
  const addressesWith = watchAddresses(context);

  await page.goto(linkOf(account, service));
  const address = new URL(page.url());
  expect(address.pathname).toBe('/buy');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    service,
    database: DATABASE,
    account: sha1(token),
  });
  const shop = new Shop(page, t);
  await expect(shop.packs).toHaveCount(4);
  await expectAccessible(page, 'packs by a link');

  await shop.choose();
  // Nothing is told of who bought before.
  await expect(shop.field('name')).toHaveValue('');
  await expect(shop.field('email')).toHaveValue('');
  await shop.fill();
  const gross = await fact(shop.sums, t.say('shop.to_pay')).innerText();
  await shop.button('shop.go_on').click();
  await expect(shop.payment).toBeVisible();
  const order = new URL(page.url()).searchParams.get('order') ?? '';

  // What the order is paid and looked at with stays in this tab.
  const receipt = await page.evaluate(
    (order) => sessionStorage.getItem(`iap.receipt.${order}`),
    order,
  );
  expect(receipt).toMatch(/^.{20,}$/);
  await page.reload();
  await expect(shop.payment).toContainText(t.say('shop.order', { number: order }));
  await shop.pay(CARD);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(
    t.say('shop.paid', { credits: t.balanceOf('10') }),
  );
  await expect(
    page.getByText(t.say('shop.paid_text', { number: order, amount: gross })),
  ).toBeVisible();
  await expect(shop.sentence('close')).toBeVisible();
  // Whoever has the link alone may not look at the account.
  await expect(page.getByRole('link', { name: t.say('shop.to_account') })).toHaveCount(0);
  // The receipt opens the invoice, also for who comes back.
  await shop.expectInvoice();
  await page.reload();
  await shop.expectInvoice();
  await expectAccessible(page, 'paid by a link');
  expect(await available()).toBeCloseTo(before + 10, 4);

  expect(addressesWith(receipt ?? '')).toEqual([]);
  expect(addressesWith(token)).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
});

test('what was chosen by a link stays when it is known who is signed in', async ({ page, t }) => {
  let answer = () => {};
  const asked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route(/\/api\/v1\/(session|sign-in)$/, async (route) => {
    await asked;
    await route.continue();
  });
  await page.goto(linkOf(DOCUMENTS, 'invoice_ocr'));
  const shop = new Shop(page, t);
  await shop.choose();
  await shop.field('name').fill('Peeters Fietsen');
  const known = page.waitForResponse(/\/api\/v1\/(session|sign-in)$/);
  answer();
  await (await known).finished();
  await page.waitForLoadState('networkidle');
  await expect(shop.field('name')).toHaveValue('Peeters Fietsen');
});

test('a link that leads to no account says so', async ({ page, t, complaints }) => {
  const link = { service: 'sms', database: DATABASE, account: sha1(tokenOf(1)) };
  for (const wrong of [{ service: 'nothing' }, { database: 'n/a' }, { account: 'deadbeef' }]) {
    await page.goto(`/buy?${new URLSearchParams({ ...link, ...wrong })}`);
    await expect(page.getByText(t.say('shop.bad_link'), { exact: true })).toBeVisible();
    await expect(page.getByText(t.say('shop.bad_link_text'))).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('account.buy'));
  }
  await expectAccessible(page, 'a link to no account');

  // One of which a part is missing does not lead here at all.
  const answer = await page.goto(`/iap/1/credit?dbuuid=${DATABASE}&service_name=sms`);
  expect(answer?.status()).toBe(400);
  await expect(page.locator('body')).toContainText('This link to buy credits is not complete.');
  // Each is asked about once.
  await expectRefusals(complaints, '404', '404', '404', '400');
});

test('an order of a link is nobody else’s', async ({ browser, page, t, complaints }) => {
  await page.goto(linkOf(DOCUMENTS, 'invoice_ocr'));
  const shop = new Shop(page, t);
  const order = await shop.order();
  const other = await browser.newContext({ locale: t.language });
  const elsewhere = await other.newPage();
  await elsewhere.goto(page.url());
  // Without the receipt there is no way to the order.
  await expect(elsewhere.getByRole('alert')).not.toBeEmpty();
  await expect(card(elsewhere, t, 'shop.payment')).toHaveCount(0);
  await expect(elsewhere.getByText(t.say('shop.order', { number: order }))).toHaveCount(0);
  await other.close();
  await shop.button('shop.give_up').click();
  await expect(shop.sentence('cancelled')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('who is not signed in is led to sign in, and then to the packs', async ({ page, t }) => {
  await page.goto(`/buy?account=${DOCUMENTS}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('sign_in.title'));
  const next = new URL(page.url()).searchParams.get('next');
  expect(next).toBe(`/buy?account=${DOCUMENTS}`);
});

test('without a server credits are bought in the demo, and the composer has them', async ({
  context,
  page,
  t,
}) => {
  await withoutServer(context);
  const composer = new Composer(page, t);
  await composer.open();
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('9.33'));

  await page.goto('/services/1');
  const balance = card(page, t, 'accounts.balance').getByRole('strong');
  await expect(balance).toHaveText(t.credits('9.33'));
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: t.say('account.buy'), exact: true }).click(),
  ]);
  const shop = new Shop(tab, t);
  await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(shop.packs.first()).toBeVisible();
  await expectAccessible(tab, 'packs of the demo');
  const order = await shop.order();
  await expectAccessible(tab, 'payment in the demo');
  await shop.pay(DECLINED);
  await expect(shop.payment.getByRole('status')).toHaveText(t.say('shop.error_declined'));
  await shop.pay(ASKS);
  await shop.button('shop.bank_no').click();
  await expect(shop.payment.getByRole('status')).toHaveText(t.say('shop.error_authentication'));
  await shop.pay(CARD);
  await shop.expectPaid('10', order, 12.1);

  // In the tab that waited, on the account's page, and in the composer.
  await expect(balance).toHaveText(t.credits('19.33'));
  await tab.getByRole('link', { name: t.say('shop.to_account') }).click();
  await expect(card(tab, t, 'accounts.balance').getByRole('strong')).toHaveText(
    t.credits('19.33'),
  );
  await composer.open();
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('19.33'));
});
