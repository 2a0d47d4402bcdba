// What becomes of credits, from the first to the last one, in every language.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { APIRequestContext } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { buy, Operator, openAsOwn } from '../support/customer.ts';
import { expect } from '../support/journey.ts';
import { test } from '../support/own-server.ts';
import { card, expectNothingBeyond, fact } from '../support/portal.ts';
import { LANGUAGES } from '../support/texts.ts';

/** Digitizing documents: five credits to try it, and packs of ten. */
const SERVICE = 'Documents Digitization';

interface Service {
  id: number;
  label: string;
}

/** A program that works for the customer and is paid with credits. */
class Program {
  constructor(
    readonly request: APIRequestContext,
    readonly key: string,
    readonly token: string,
    readonly database: string,
  ) {}

  /** Charges credits for work; the status of the server's answer to the first call. */
  async charge(amount: string): Promise<number> {
    const post = (path: string, data: object) =>
      this.request.post(`/api/v1${path}`, {
        headers: { authorization: `Bearer ${this.key}`, 'idempotency-key': randomUUID() },
        data,
      });
    const description = `Documents for ${amount}`;
    const held = await post('/holds', {
      account_token: this.token,
      database: this.database,
      amount,
      description,
    });
    if (held.ok()) {
      const { id } = (await held.json()) as { id: number };
      const captured = await post(`/holds/${id}/capture`, {});
      expect(captured.ok(), await captured.text()).toBe(true);
    }
    return held.status();
  }
}

/** The words of a mail, which stand there as quoted-printable or base64. */
function words(mail: string): string {
  return mail
    .split(/\r?\n\r?\n/)
    .map((part) =>
      /^[A-Za-z0-9+/=\r\n]+$/.test(part) ? Buffer.from(part, 'base64').toString() : quoted(part),
    )
    .join('\n');
}

function quoted(text: string): string {
  const joined = text.replace(/=\r?\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

for (const language of LANGUAGES) {
  test.describe(language, () => {
    test.use({ locale: language });

    test('credits are activated, bought, watched, protected and spent', async ({
      context,
      page,
      request,
      server,
      t,
    }) => {
      test.setTimeout(120_000);
      const operator = await Operator.start(request);
      const customer = await operator.customer();
      const [service] = (await operator.call<Service[]>('GET', '/services')).filter(
        (it) => it.label === SERVICE,
      );
      const { key } = await operator.call<{ key: string }>('POST', `/services/${service?.id}/key`);
      const { uuid } = await operator.call<{ uuid: string }>('GET', `/databases/${customer.database}`);

      // A service is activated, with the credits to try it.
      await openAsOwn(page, t, customer.admin, '/catalogue');
      const offer = page.getByRole('article', { name: SERVICE, exact: true });
      const activate = t.say('catalogue.activate_of', { service: SERVICE });
      await offer.getByRole('button', { name: activate, exact: true }).click();
      let dialog = page.getByRole('dialog', { name: t.say('catalogue.done', { service: SERVICE }) });
      const token = await dialog.getByLabel(t.say('account.token'), { exact: true }).inputValue();
      await dialog.getByRole('button', { name: t.say('catalogue.token_done') }).click();
      await offer.locator('a.button').click();
      const balance = card(page, t, 'accounts.balance');
      const figure = balance.getByRole('strong');
      await expect(figure).toHaveText(t.balance('5'));
      await expectNothingBeyond(page, 'an account that is new');

      // A pack is bought in another tab, and this one shows its credits.
      const [shop] = await Promise.all([
        context.waitForEvent('page'),
        page.getByRole('link', { name: t.say('account.buy') }).click(),
      ]);
      await buy(shop, t, 'Starter');
      await shop.close();
      await expect(figure).toHaveText(t.balance('15'));

      // Somebody is to be warned, and is when credits run low.
      const warning = card(page, t, 'accounts.alert');
      await warning.getByRole('button', { name: t.say('account.change') }).click();
      dialog = page.getByRole('dialog', { name: t.say('alert.title', { service: SERVICE }) });
      await dialog.getByLabel(t.say('alert.threshold')).fill('3');
      await dialog.getByLabel(t.say('alert.recipients')).fill(customer.admin);
      await dialog.getByRole('button', { name: t.say('alert.save') }).click();
      await expect(warning).toContainText(t.say('accounts.below', { credits: t.balanceOf('3') }));
      // Beside the invoice, which goes to who bought.
      const mails = async () =>
        (await server.mails()).filter((it) => it.includes(`To: ${customer.admin}`));
      expect(await mails()).toEqual([]);
      const program = new Program(request, key, token, uuid);
      expect(await program.charge('12.5')).toBe(201);
      await expect(figure).toHaveText(t.balance('2.5000'));
      await expect(balance).toContainText(t.say('accounts.low_balance'));
      await expect.poll(async () => (await mails()).length).toBe(1);
      const [mail] = await mails();
      const told = words(mail ?? '');
      expect(told).toContain(SERVICE);
      expect(told).toContain(new Intl.NumberFormat(language).format(2.5));
      expect(told).toContain(`<html lang="${language}">`);
      expect(told).toContain(`${server.url}/buy?service=invoice_ocr&database=${uuid}`);

      // The account is limited to a company.
      const information = card(page, t, 'account.information');
      await information.getByRole('button', { name: t.say('account.change') }).click();
      dialog = page.getByRole('dialog', {
        name: t.say('account.change_title', { service: SERVICE }),
      });
      await dialog.getByRole('checkbox', { name: 'First Company', exact: true }).check();
      await dialog.getByRole('button', { name: t.say('alert.save') }).click();
      await expect(fact(information, t.say('accounts.companies'))).toHaveText('First Company');

      // It is disabled, and nothing is charged; enabled, and it is.
      await information.getByRole('button', { name: t.say('account.disable') }).click();
      dialog = page.getByRole('dialog', {
        name: t.say('account.disable_title', { service: SERVICE }),
      });
      await expectAccessible(page, 'a question');
      await expectNothingBeyond(page, 'a question');
      await dialog.getByRole('button', { name: t.say('account.disable') }).click();
      await expect(dialog).toBeHidden();
      await expect(page.getByText(t.say('account.disabled_title'), { exact: true })).toBeVisible();
      await expect(balance).toContainText(t.say('account.disabled'));
      await expectAccessible(page, 'a disabled account');
      expect(await program.charge('1')).toBe(403);
      await expect(figure).toHaveText(t.balance('2.5000'));
      await page.getByRole('button', { name: t.say('app.undo') }).click();
      await expect(page.getByText(t.say('account.disabled_title'), { exact: true })).toBeHidden();
      expect(await program.charge('1')).toBe(201);
      await expect(figure).toHaveText(t.balance('1.5000'));

      // They run out, and what helps is said where it is seen.
      expect(await program.charge('2')).toBe(402);
      expect(await program.charge('1.5')).toBe(201);
      await expect(balance).toContainText(t.say('short.empty', { service: SERVICE }));
      await balance.getByRole('button', { name: t.say('short.see') }).click();
      dialog = page.getByRole('dialog', { name: t.say('short.title') });
      await expect(dialog).toContainText('Starter');
      await expect(dialog.getByRole('link', { name: t.say('account.buy') })).toBeVisible();
      await page.keyboard.press('Escape');
      expect(await mails()).toHaveLength(1);

      // What it was all for.
      await page.reload();
      const lines = page.locator('table.entries tbody tr');
      await expect(lines).toHaveCount(3);
      await expect(lines.first()).toContainText('Documents for 1.5');
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        card(page, t, 'consumption.title')
          .getByRole('link', { name: t.say('prices.export') })
          .click(),
      ]);
      const [head, ...rows] = (await readFile(await file.path(), 'utf8'))
        .trim()
        .split('\r\n')
        .map((row) => row.split(','));
      const charged = head?.indexOf('charged') ?? -1;
      expect(rows.map((row) => row[charged])).toEqual(['1.5000', '1.0000', '12.5000']);
      const log = card(page, t, 'changes.title').getByRole('listitem');
      await expect(log.filter({ hasText: 'disabled = true' })).toHaveCount(1);
      await expect(log.filter({ hasText: customer.admin })).not.toHaveCount(0);
    });
  });
}
