import { expectAccessible } from '../support/audit.ts';
import { expect, test } from '../support/journey.ts';

test('a short balance says what is missing and leads to more, and nothing is lost', async ({
  composer,
  context,
  page,
  t,
}) => {
  const text = 'a{'.repeat(300);
  await composer.add('+32 470 12 34 57', '+33 6 12 34 56 79', '0470 12 34');
  await page.evaluate(() => localStorage.setItem('iap.demo.balance', '0.5'));
  await page.reload();
  await composer.message.fill(text);
  // 900 units: 6 parts, at 0.0616 and 0.0650.
  await composer.expectTotal('0.7596');
  await expect(composer.sum(t.say('cost.missing'))).toHaveText(t.credits('0.2596'));
  await expect(composer.cost).toContainText(
    t.say('cost.short', { credits: t.count('compose.credits', '0.2596') }),
  );

  // Nobody is signed in: the balance is made up, and it says so.
  await composer.button('cost.buy').click();
  const dialog = page.getByRole('dialog', { name: t.say('short.title') });
  await expect(dialog.getByText(t.say('short.made_up'))).toBeVisible();
  await expect(dialog.getByRole('link', { name: t.say('sign_in.submit') })).toHaveAttribute(
    'href',
    /^\/sign-in\?next=/,
  );
  await expectAccessible(page, 'a made-up balance is short');
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('link', { name: t.say('short.set') }).click(),
  ]);
  await expect(tab).toHaveURL(/\/buy$/);
  await expect(tab).toHaveTitle(t.title(t.say('buy.title')));
  const balance = tab.getByRole('textbox', { name: t.say('cost.balance') });
  await expect(balance).toHaveValue(t.credits('0.5'));

  for (const nonsense of ['much', '-1', '1.2345678', '']) {
    await balance.fill(nonsense);
    await tab.getByRole('button', { name: t.say('buy.set') }).click();
    await expect(tab.getByText(t.say('buy.invalid'))).toBeVisible();
    await expect(balance).toHaveAttribute('aria-invalid', 'true');
    await expect(balance).toBeFocused();
    await expect(balance).toHaveValue(nonsense);
  }
  await balance.fill('1,5');
  await balance.press('Enter');
  await expect(tab.getByText(t.say('buy.invalid'))).toBeHidden();
  await expect(tab.getByText(t.say('buy.done', { credits: t.count('compose.credits', '1.5') }))).toBeVisible();

  // The first tab goes on by itself.
  await expect(dialog).toBeHidden();
  await expect(page.getByText(t.say('short.enough'))).toBeVisible();
  await expect(composer.message).toHaveValue(text);
  await expect(composer.chips).toHaveCount(3);
  await composer.expectTotal('0.7596');
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('1.5'));
  await expect(composer.sum(t.say('cost.after'))).toHaveText(t.credits('0.7404'));
  await page.reload();
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('1.5'));
});
