import { readFile } from 'node:fs/promises';

import type { APIRequestContext, Page } from '@playwright/test';

import { expectAccessible } from '../support/audit.ts';
import { expect, test } from '../support/journey.ts';
import {
  card,
  DATABASE,
  expectNothingBeyond,
  expectRefusals,
  expectWrong,
  menu,
  openAs,
  withoutServer,
} from '../support/portal.ts';

const OPERATOR = 'operator@demo.example';
const PROVIDER = 'provider@demo.example';
const MEMBER = 'user@demo.example';

/** Where the document of the work is found in the customer's software. */
const LINK = 'https://erp.example/odoo/documents/7';

/** What the provider of the demo offers. */
const WEATHER = 6;

/** A name that no other journey gives. */
function unique(project: string): string {
  return `journey_${project}_${Date.now()}`;
}

/** Sets credits aside and charges them, as a provider's program does; the status of the first call. */
async function charge(
  request: APIRequestContext,
  key: string,
  token: string,
  amount: string,
): Promise<number> {
  const headers = { authorization: `Bearer ${key}`, 'idempotency-key': `journey-${Date.now()}` };
  const data = {
    account_token: token,
    database: DATABASE,
    amount,
    description: 'A journey',
    company: 2,
    user: 'Jo Journey',
    link: LINK,
  };
  const held = await request.post('/api/v1/holds', { headers, data });
  if (!held.ok()) return held.status();
  const { id } = (await held.json()) as { id: number };
  const captured = await request.post(`/api/v1/holds/${id}/capture`, { headers, data: {} });
  expect(captured.ok()).toBe(true);
  return held.status();
}

/** Buys the first pack of a service for an account, as the operator whose page it is. */
async function buy(page: Page, service: number, token: string, name: string): Promise<void> {
  const params = { dbuuid: DATABASE, account_token: token, service_name: name };
  const call = { jsonrpc: '2.0', method: 'call', id: 1, params };
  expect((await page.request.post('/iap/1/balance', { data: call })).ok()).toBe(true);
  const all = (await (await page.request.get('/api/v1/accounts?limit=1000')).json()) as {
    items: { id: number; service: number }[];
  };
  const account = all.items.find((it) => it.service === service)?.id;
  const packs = (await (
    await page.request.get(`/api/v1/services/${service}/packs`)
  ).json()) as { id: number }[];
  const post = async (path: string, data: object) => {
    const headers = { 'idempotency-key': `journey-${Math.random()}` };
    const answer = await page.request.post(`/api/v1${path}`, { headers, data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()) as { id: number };
  };
  const order = await post(`/accounts/${account}/orders`, { pack: packs[0]?.id });
  await post(`/orders/${order.id}/payment`, { payment: `journey ${order.id}` });
}

test('a service is offered, its program charges, and its provider earns', async ({
  complaints,
  page,
  request,
  t,
}, { project }) => {
  const name = unique(project.name);
  const label = `Journey ${name}`;
  await openAs(page, t, OPERATOR, '/provider');
  await page.getByRole('button', { name: t.say('provider.offer') }).click();
  const dialog = page.getByRole('dialog');
  const field = (key: string) => dialog.getByLabel(t.say(key), { exact: true });
  const save = dialog.getByRole('button', { name: t.say('alert.save') });

  // What is wrong stands beside its field, and nothing that was typed is lost.
  await field('provider.name').fill('Two Words');
  await field('provider.privacy').fill('javascript:alert(1)');
  await save.click();
  await expectWrong(field('provider.label'), t.say('provider.missing'));
  await expectWrong(
    field('provider.privacy'),
    t.say('provider.privacy_wrong', { example: 'https://example.com/privacy' }),
  );
  await expect(field('provider.name')).toHaveAttribute('aria-invalid', 'true');
  await expect(field('provider.label')).toBeFocused();
  await expect(field('provider.privacy')).toHaveValue('javascript:alert(1)');
  await expectAccessible(page, 'a service that is wrong');
  await field('provider.label').fill(label);
  await field('provider.name').fill(name);
  await field('provider.privacy').fill('https://example.com/privacy');
  await dialog.getByRole('radio', { name: t.say('provider.icon_star') }).check({ force: true });
  await save.click();

  // The key is shown once.
  const shown = dialog.locator('.offer-key code');
  await expect(shown).toHaveText(/^.{20,}$/);
  const first = await shown.innerText();
  await expectAccessible(page, 'a key');
  await dialog.getByRole('link', { name: t.say('provider.offer_next') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(label);
  const service = Number(new URL(page.url()).pathname.split('/').pop());
  await expect(page.getByText(first)).toHaveCount(0);

  // Packs: a wrong one, a right one with the price of a credit while it is typed, and another.
  const packs = card(page, t, 'provider.packs');
  await packs.getByRole('button', { name: t.say('provider.pack_add') }).click();
  await field('provider.pack_name').fill('Small');
  await field('provider.credits').fill('0');
  await field('provider.price').fill('five');
  await save.click();
  await expectWrong(field('provider.price'), t.say('provider.pack_price_wrong'));
  await field('provider.price').fill('5');
  await save.click();
  await expectWrong(field('provider.credits'), t.say('provider.pack_credits_wrong'));
  await field('provider.credits').fill('10');
  await expect(dialog.getByText(t.say('provider.each_live', { price: t.euros(0.5) }))).toBeVisible();
  await expectAccessible(page, 'a pack');
  await save.click();
  await expect(dialog).toHaveCount(0);
  await packs.getByRole('button', { name: t.say('provider.pack_add') }).click();
  await field('provider.pack_name').fill('Small');
  await field('provider.credits').fill('100');
  await field('provider.price').fill('40');
  await save.click();
  await expectWrong(field('provider.pack_name'), t.say('provider.name_taken'));
  await expectRefusals(complaints, '409');
  await field('provider.pack_name').fill('Large');
  await save.click();
  const names = packs.getByRole('rowheader');
  await expect(names).toHaveText([/^Small/, /^Large/]);
  await expectNothingBeyond(page, 'a service');
  await expectAccessible(page, 'a service');

  const kept = async () => {
    const answer = await page.request.get(`/api/v1/services/${service}/packs`);
    return ((await answer.json()) as { name: string }[]).map((it) => it.name);
  };
  // Their order, by a button and by the keyboard; the focus stays where it was.
  const up = packs.getByRole('button', { name: t.say('provider.pack_up', { pack: 'Large' }) });
  const down = packs.getByRole('button', { name: t.say('provider.pack_down', { pack: 'Large' }) });
  await up.click();
  await expect(names).toHaveText([/^Large/, /^Small/]);
  await expect(down).toBeFocused();
  await expect.poll(kept).toEqual(['Large', 'Small']);
  await page.keyboard.press('Alt+ArrowDown');
  await expect(names).toHaveText([/^Small/, /^Large/]);
  await expect.poll(kept).toEqual(['Small', 'Large']);
  await page.reload();
  await expect(names).toHaveText([/^Small/, /^Large/]);

  // A pack is taken away, and offered again.
  const stop = { pack: 'Large' };
  await packs.getByRole('button', { name: t.say('provider.pack_stop_label', stop) }).click();
  await expect(names.last()).toContainText(t.say('provider.pack_out'));
  await packs.getByRole('button', { name: t.say('provider.pack_resume_label', stop) }).click();
  await expect(names.last()).not.toContainText(t.say('provider.pack_out'));
  // What was taken away by mistake is taken back at once.
  await packs.getByRole('button', { name: t.say('provider.pack_stop_label', stop) }).click();
  await expect(names.last()).toContainText(t.say('provider.pack_out'));
  await page.getByRole('button', { name: t.say('app.undo'), exact: true }).last().click();
  await expect(names.last()).not.toContainText(t.say('provider.pack_out'));
  await page.reload();
  await expect(names.last()).not.toContainText(t.say('provider.pack_out'));

  // So is who may offer it.
  const people = card(page, t, 'provider.people');
  await people.getByLabel(t.say('provider.person'), { exact: true }).fill(MEMBER);
  await people.getByRole('button', { name: t.say('provider.person_add') }).click();
  const member = people.getByRole('listitem').filter({ hasText: MEMBER });
  await expect(member).toBeVisible();
  await member.getByRole('button', { name: t.say('provider.person_remove', { email: MEMBER }) }).click();
  await expect(member).toHaveCount(0);
  await page.getByRole('button', { name: t.say('app.undo'), exact: true }).last().click();
  await expect(member).toBeVisible();
  await member.getByRole('button').click();
  await expect(member).toHaveCount(0);

  // A renewed key opens, and the one before does not.
  const token = name.replace(/[^a-z0-9_]/g, '').padEnd(32, '0').slice(0, 32);
  await buy(page, service, token, name);
  expect(await charge(request, first, token, '1')).toBe(201);
  await page
    .getByRole('button', { name: t.say('provider.key_renew') })
    .first()
    .click();
  await expect(dialog.getByText(t.say('provider.key_confirm'))).toBeVisible();
  await dialog.getByRole('button', { name: t.say('provider.key_renew') }).click();
  await expect(dialog.getByText(t.say('provider.key_before'))).toBeVisible();
  const second = await shown.innerText();
  await dialog.getByRole('button', { name: t.say('provider.key_kept') }).click();
  expect(await charge(request, first, token, '1')).toBe(401);
  expect(await charge(request, second, token, '3')).toBe(201);

  // The name is fixed now, and the revenue is seen: 4 of 10 credits for 5.00, less the platform's quarter.
  await page.reload();
  await card(page, t, 'provider.details')
    .getByRole('button', { name: t.say('account.change') })
    .click();
  await expect(dialog.getByText(t.say('provider.name_fixed'))).toBeVisible();
  await expect(field('provider.name')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.goto(`/provider/revenue?service=${name}`);
  const line = page.getByRole('row').filter({ hasText: label });
  await expect(line.getByRole('cell')).toContainText([/./, '2', '4', '0', t.euros(2)]);
  await expect(line).toContainText(t.euros(1.5));
  await expectAccessible(page, 'revenue');
  await expectNothingBeyond(page, 'revenue');

  // Those who pay see for whom it was, and where the document is.
  await page.goto('/consumption?user=Jo Journey&period=7');
  const entry = page.locator('table.entries tbody tr').filter({ hasText: label }).first();
  await expect(entry.locator('.entries-whom')).toHaveText('Jo Journey · My Company, Chicago');
  const document = entry.getByRole('link', { name: 'A journey' });
  await expect(document).toHaveAttribute('href', LINK);
  await expect(document).toHaveAttribute('rel', 'noopener noreferrer');
});

test('a provider finds their service, and how its program charges', async ({ page, t }) => {
  await openAs(page, t, PROVIDER, '/provider');
  const offer = page.getByRole('listitem').filter({ hasText: 'weather_alerts' });
  await expect(offer).toBeVisible();
  // Only an operator offers a new one.
  await expect(page.getByRole('button', { name: t.say('provider.offer') })).toHaveCount(0);
  await expectAccessible(page, 'offered services');
  await expectNothingBeyond(page, 'offered services');
  const [list] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: t.say('prices.export') }).click(),
  ]);
  expect(await readFile(await list.path(), 'utf8')).toContain('"weather_alerts"');

  await offer.getByRole('link').click();
  await page.getByRole('link', { name: t.say('provider.documentation_link') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('provider.documentation'));
  const snippet = page.locator('.snippet');
  await expect(snippet).toContainText(new URL(page.url()).origin);
  await expect(snippet).toContainText('weather_alerts');
  for (const [language, word] of [
    ['Python', 'urllib'],
    ['Rust', 'ureq'],
  ] as const) {
    await page.getByRole('radio', { name: language, exact: true }).check({ force: true });
    await expect(snippet).toContainText(word);
    await expect(snippet).toContainText('weather_alerts');
  }
  await expectAccessible(page, 'documentation');
  await expectNothingBeyond(page, 'documentation');

  const links = await menu(page, t);
  await links.getByRole('link', { name: t.say('nav.revenue') }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Weather Alerts' }).first()).toBeVisible();
  await expect(page.getByText(t.say('provider.share'), { exact: true })).toHaveCount(0);
});

test('those who offer nothing get a sentence, and the server refuses them too', async ({
  page,
  t,
}) => {
  await openAs(page, t, MEMBER, '/provider');
  for (const address of [
    '/provider',
    `/provider/services/${WEATHER}`,
    `/provider/services/${WEATHER}/documentation`,
    '/provider/revenue',
  ]) {
    await page.goto(address);
    await expect(page.getByText(t.say('provider.refused_text'))).toBeVisible();
  }
  await expectAccessible(page, 'no provider');
  const links = await menu(page, t);
  await expect(links.getByRole('link', { name: t.say('nav.services'), exact: true })).toBeVisible();
  await expect(links.getByRole('link', { name: t.say('nav.revenue') })).toHaveCount(0);
  const revenue = `/api/v1/services/${WEATHER}/revenue?edges=2026-01-01,2026-02-01`;
  expect((await page.request.get(revenue)).status()).toBe(403);
  const providers = `/api/v1/services/${WEATHER}/providers`;
  expect((await page.request.get(providers)).status()).toBe(403);
});

test('an operator sets the share, with what is wrong beside it', async ({ page, t }) => {
  await openAs(page, t, OPERATOR, '/provider/revenue');
  const share = page.getByLabel(t.say('provider.share_label'));
  const before = await share.inputValue();
  await share.fill('101');
  await card(page, t, 'provider.share').getByRole('button').click();
  await expectWrong(share, t.say('provider.share_wrong'));
  await expect(share).toBeFocused();
  await share.fill(before);
  await card(page, t, 'provider.share').getByRole('button').click();
  await expect(page.getByText(t.say('provider.share_saved'))).toBeVisible();
  const [payouts] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t.say('provider.payouts') }).click(),
  ]);
  expect(await readFile(await payouts.path(), 'utf8')).toMatch(
    /^provider,service,from,to,currency,[^]*"provider@demo\.example","weather_alerts"/,
  );
});

test('without a server a sentence says what is missing', async ({ page, t }) => {
  await withoutServer(page);
  await page.goto('/provider');
  await expect(page.getByText(t.say('provider.demo_text'))).toBeVisible();
  await expectAccessible(page, 'without a server');
});
