import { expectAccessible } from '../support/audit.ts';
import { buy, Operator, openAsOwn } from '../support/customer.ts';
import { Composer } from '../support/composer.ts';
import { expect, test } from '../support/journey.ts';
import { card, expectNothingBeyond, withoutServer } from '../support/portal.ts';

const TEXT = 'Your bike is ready. ';

test('who runs out while writing buys in another tab and goes on', async ({
  page,
  context,
  request,
  t,
}) => {
  const operator = await Operator.start(request);
  const customer = await operator.customer();
  await openAsOwn(page, t, customer.admin, '/compose');
  const composer = new Composer(page, t);
  // The balance is that of the account.
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('0'));
  await composer.add('+32 470 12 34 57');
  await composer.message.fill(TEXT);
  await composer.expectTotal('0.0616');
  await composer.button('cost.buy').click();

  const dialog = page.getByRole('dialog', { name: t.say('short.title') });
  const sum = (name: string) =>
    dialog.getByRole('term').filter({ hasText: t.say(name) }).locator('xpath=following-sibling::dd[1]');
  await expect(sum('short.cost')).toHaveText(t.credits('0.0616'));
  await expect(sum('short.there')).toHaveText('0');
  await expect(sum('short.missing')).toHaveText(t.credits('0.0616'));
  const starter = { pack: 'Starter', credits: t.balanceOf('10'), price: t.euros(10) };
  await expect(dialog.getByText(t.say('short.cover', starter))).toBeVisible();
  await expectAccessible(page, 'not enough credits');
  await expectNothingBeyond(page, 'not enough credits');

  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('link', { name: t.say('account.buy') }).click(),
  ]);
  await expect(tab).toHaveURL(new RegExp(`/buy\\?account=${customer.sms}$`));
  // It is told at once, while the other tab is still looked at.
  const told = expect(page.getByText(t.say('short.enough'))).toBeVisible({ timeout: 30_000 });
  await buy(tab, t, 'Starter');
  await told;

  // The first tab goes on by itself, with all that was written.
  await expect(dialog).toBeHidden();
  await expect(composer.message).toHaveValue(TEXT);
  await expect(composer.chips).toHaveCount(1);
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('10'));
  await expect(composer.sum(t.say('cost.after'))).toHaveText(t.credits('9.9384'));
  await page.bringToFront();
  await expect(composer.message).toBeFocused();
});

test('no pack alone is enough for very many', async ({ page, request, t }) => {
  const operator = await Operator.start(request);
  const customer = await operator.customer();
  await openAsOwn(page, t, customer.admin, '/settings');
  await page.getByRole('textbox', { name: t.say('settings.part_cap') }).fill('255');
  const composer = new Composer(page, t);
  await composer.open();
  // 255 parts to 80 people: 80 × 255 × 0.0616.
  const numbers = Array.from({ length: 80 }, (_, place) => `+324701234${String(place + 10)}`);
  await composer.recipients.fill(numbers.join(','));
  await composer.recipients.press('Enter');
  await expect(composer.recipients).toHaveValue('');
  await composer.message.fill('a'.repeat(153 * 255));
  await composer.expectTotal('1256.64');
  await composer.button('cost.buy').click();
  const dialog = page.getByRole('dialog', { name: t.say('short.title') });
  const expert = { times: 2, pack: 'Expert', credits: t.balanceOf('1000'), price: t.euros(1_000) };
  await expect(dialog.getByText(t.say('short.cover_times', expert))).toBeVisible();
  await dialog.getByRole('button', { name: t.say('short.later') }).click();
  await expect(dialog).toBeHidden();
  await expect(composer.button('cost.buy')).toBeFocused();
});

test('a member is told who can buy, and an empty account says what helps', async ({
  page,
  request,
  t,
}) => {
  const operator = await Operator.start(request);
  const customer = await operator.customer();
  await openAsOwn(page, t, customer.member, `/services/${customer.sms}`);
  const balance = card(page, t, 'accounts.balance');
  await expect(balance.getByText(t.say('short.empty', { service: 'SMS' }))).toBeVisible();
  await balance.getByRole('button', { name: t.say('short.see') }).click();
  const dialog = page.getByRole('dialog', { name: t.say('short.title') });
  await expect(
    dialog.getByText(t.say('short.ask_admin', { database: customer.name })),
  ).toBeVisible();
  await expect(dialog.getByRole('link')).toHaveCount(0);
  await expectAccessible(page, 'an empty account');

  // An operator puts credits in; the page learns it when one comes back to it.
  await operator.call('POST', `/accounts/${customer.sms}/credits`, {
    kind: 'granted',
    amount: '1',
    description: 'A journey',
  });
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(dialog).toBeHidden();
  await expect(page.getByText(t.say('short.enough'))).toBeVisible();
  await expect(balance.getByRole('button', { name: t.say('short.see') })).toHaveCount(0);
});

test('without a server the demo is bought for', async ({ context, page, t }) => {
  await withoutServer(context);
  const composer = new Composer(page, t);
  await composer.open();
  await page.evaluate(() => localStorage.setItem('iap.demo.balance', '0.01'));
  await page.reload();
  await composer.add('+32 470 12 34 57');
  await composer.message.fill(TEXT);
  await composer.button('cost.buy').click();
  const dialog = page.getByRole('dialog', { name: t.say('short.title') });
  const starter = { pack: 'Starter', credits: t.balanceOf('10'), price: t.euros(10) };
  await expect(dialog.getByText(t.say('short.cover', starter))).toBeVisible();
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('link', { name: t.say('account.buy') }).click(),
  ]);
  await buy(tab, t, 'Starter');
  await expect(dialog).toBeHidden();
  await expect(composer.message).toHaveValue(TEXT);
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('10.01'));
});
