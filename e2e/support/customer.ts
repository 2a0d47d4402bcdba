// A customer of one's own, for journeys that change what others would see.

import { createHash, randomUUID } from 'node:crypto';

import { expect, type APIRequestContext, type Page } from '@playwright/test';

import { PASSWORD, signIn } from './portal.ts';
import type { Texts } from './texts.ts';

/** The password of everybody in a customer's database: longer than the demo's. */
const PASSWORD_OF_OWN = 'correct horse battery';

/** A database that nobody else uses, with an account for SMS that is empty. */
export interface Customer {
  /** The database, by key. */
  database: number;
  name: string;
  /** Who administers it, and who only uses it. */
  admin: string;
  member: string;
  /** The account for SMS, by key. */
  sms: number;
}

/** Calls the server's interface as the operator. */
export class Operator {
  private constructor(readonly request: APIRequestContext) {}

  static async start(request: APIRequestContext): Promise<Operator> {
    const operator = new Operator(request);
    await operator.call('POST', '/session', { email: 'operator@demo.example', password: PASSWORD });
    return operator;
  }

  async call<T>(method: string, path: string, data?: unknown): Promise<T> {
    const answer = await this.request.fetch(`/api/v1${path}`, {
      method,
      data,
      headers: { 'Idempotency-Key': randomUUID() },
    });
    expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
    return (await answer.json()) as T;
  }

  /** All of a list, part by part. */
  async list<T>(path: string): Promise<T[]> {
    const all: T[] = [];
    for (let after = ''; ; ) {
      const part = await this.call<{ items: T[]; next: string | null }>(
        'GET',
        `${path}?limit=1000${after}`,
      );
      all.push(...part.items);
      if (!part.next) return all;
      after = `&after=${part.next}`;
    }
  }

  /** Makes a customer whose database may try services. */
  async customer(): Promise<Customer> {
    const uuid = randomUUID();
    const short = uuid.slice(0, 8);
    // The first that is heard of a database is its software.
    const account = createHash('sha1').update(uuid).digest('hex');
    await this.call('POST', '/shop', { service: 'sms', database: uuid, account });
    const databases = await this.list<{ id: number; uuid: string }>('/databases');
    const database = databases.find((it) => it.uuid === uuid)?.id ?? 0;
    const name = `Own ${short}`;
    await this.call('PATCH', `/databases/${database}`, { name, kind: 'demo' });
    await this.call('PUT', `/databases/${database}/companies/1`, { name: 'First Company' });
    await this.call('PUT', `/databases/${database}/companies/2`, { name: 'Second Company' });
    const people = { admin: `admin-${short}@example.com`, member: `member-${short}@example.com` };
    for (const [role, email] of Object.entries(people)) {
      await this.call('POST', '/users', { email, password: PASSWORD_OF_OWN });
      await this.call('POST', `/databases/${database}/members`, { email, role });
    }
    const accounts = await this.call<{ items: { id: number }[] }>(
      'GET',
      `/accounts?database=${database}`,
    );
    return { database, name, ...people, sms: accounts.items[0]?.id ?? 0 };
  }
}

/** Opens a page as somebody in a customer's database. */
export async function openAsOwn(page: Page, t: Texts, email: string, path: string): Promise<void> {
  await page.goto(`/sign-in?next=${encodeURIComponent(path)}`);
  await signIn(page, t, email, PASSWORD_OF_OWN);
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** Buys a pack on the page where credits are bought, with a number for trying out. */
export async function buy(page: Page, t: Texts, pack: string): Promise<void> {
  const field = (name: string) => page.getByLabel(t.say(`shop.${name}`), { exact: true });
  const heading = page.getByRole('heading', { name: pack, exact: true });
  await page.locator('.packs').getByRole('listitem').filter({ has: heading }).getByRole('button').click();
  await field('name').fill('Peeters Fietsen');
  await field('street').fill('Korenmarkt 1');
  await field('postcode').fill('9000');
  await field('city').fill('Gent');
  await field('country').selectOption('BE');
  await field('email').fill('ada@example.com');
  await page.getByRole('button', { name: t.say('shop.go_on'), exact: true }).click();
  await field('card_number').fill('4242 4242 4242 4242');
  await field('card_expiry').fill('12/40');
  await field('card_cvc').fill('123');
  await page.locator('.shop-payment button[type=submit]').click();
  await expect(page.locator('.shop-done')).toBeVisible({ timeout: 20_000 });
}
