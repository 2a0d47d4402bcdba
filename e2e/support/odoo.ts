// An Odoo database as programs see it, and its account form as people do.

import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test';

import { setting } from './server.ts';

/** What Odoo's database is called, and who runs it. */
const DATABASE = 'odoo';
const ADMIN = 'admin';

/** Which addresses of IAP servers Odoo has. */
const ENDPOINTS = [
  'enrich.endpoint',
  'iap.endpoint',
  'iap.partner_autocomplete.endpoint',
  'reveal.endpoint',
  'sms.endpoint',
  'snailmail.endpoint',
];

export class Odoo {
  private constructor(
    readonly request: APIRequestContext,
    readonly user: number,
    /** What the database calls itself. */
    readonly uuid: string,
  ) {}

  /** Signs in as a program does. */
  static async open(request: APIRequestContext): Promise<Odoo> {
    const signedIn = await call(request, 'common', 'authenticate', DATABASE, ADMIN, ADMIN, {});
    const odoo = new Odoo(request, Number(signedIn), '');
    const uuid = await odoo.execute('ir.config_parameter', 'get_param', 'database.uuid');
    return new Odoo(request, odoo.user, String(uuid));
  }

  /** Makes our server the one for every service. */
  async point(): Promise<void> {
    for (const name of ENDPOINTS) {
      await this.execute('ir.config_parameter', 'set_param', name, setting('IAP_ENDPOINT'));
    }
  }

  /** Calls a method of a model. What fails in Odoo is an error with Odoo's own words. */
  execute(model: string, method: string, ...args: unknown[]): Promise<unknown> {
    const what = [DATABASE, this.user, ADMIN, model, method, args];
    return call(this.request, 'object', 'execute_kw', ...what);
  }

  /** The key of the account for a service; there is one from now on. */
  async account(service: string): Promise<number> {
    return Number(await this.execute('iap.account', 'get_account_id', service));
  }

  /** Reads fields of a record. */
  async read(model: string, id: number, ...fields: string[]): Promise<Record<string, unknown>> {
    const rows = (await this.execute(model, 'read', [id], fields)) as Record<string, unknown>[];
    expect(rows, `${model} ${id}`).toHaveLength(1);
    return rows[0] ?? {};
  }
}

async function call(
  request: APIRequestContext,
  service: string,
  method: string,
  ...args: unknown[]
): Promise<unknown> {
  const params = { service, method, args };
  const answer = await request.post('/jsonrpc', {
    data: { jsonrpc: '2.0', method: 'call', id: 1, params },
  });
  const { result, error } = await answer.json();
  if (error) throw new Error(error.data.message);
  return result;
}

/** The form of an account: Settings, Technical, IAP Accounts. */
export class AccountForm {
  readonly balance: Locator;
  readonly token: Locator;
  readonly threshold: Locator;
  readonly recipients: Locator;

  constructor(readonly page: Page) {
    this.balance = page.locator('[name=balance]');
    this.token = page.locator('[name=account_token] input');
    this.threshold = page.locator('[name=warning_threshold] input');
    this.recipients = page.locator('[name=warning_user_ids]');
  }

  /** Signs in as people do. */
  async signIn(): Promise<void> {
    await this.page.goto('/web/login');
    await this.page.getByLabel('Email').fill(ADMIN);
    await this.page.getByLabel('Password', { exact: true }).fill(ADMIN);
    await this.page.getByRole('button', { name: 'Log in', exact: true }).click();
    await expect(this.page.locator('.o_main_navbar')).toBeVisible();
  }

  /** Opens it from the menu, as somebody does who looks for it. */
  async find(name: string): Promise<void> {
    await this.page.goto('/odoo/settings?debug=1');
    await this.page.getByRole('button', { name: 'Technical', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'IAP Accounts', exact: true }).click();
    await this.page.getByRole('cell', { name, exact: true }).first().click();
    await expect(this.token).toBeVisible();
  }

  /** Opens it anew; the token shows in developer mode only. */
  async open(account: number): Promise<void> {
    await this.page.goto(`/odoo/iap-accounts/${account}?debug=1`);
    await expect(this.token).toBeVisible();
  }

  async save(): Promise<void> {
    await this.page.locator('.o_form_button_save').click();
    await expect(this.page.locator('.o_form_status_indicator_buttons')).toHaveClass(/invisible/);
  }
}
