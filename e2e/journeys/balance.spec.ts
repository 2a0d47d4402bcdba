import { expect, test } from '../support/journey.ts';

test('a short balance says what is missing and leads to more, and nothing is lost', async ({
  composer,
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

  await composer.cost.getByRole('link', { name: t.say('cost.buy') }).click();
  await expect(page).toHaveURL(/\/buy$/);
  await expect(page).toHaveTitle(t.title(t.say('buy.title')));
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  const balance = page.getByRole('textbox', { name: t.say('cost.balance') });
  await expect(balance).toHaveValue(t.credits('0.5'));

  for (const nonsense of ['much', '-1', '1.2345678', '']) {
    await balance.fill(nonsense);
    await page.getByRole('button', { name: t.say('buy.set') }).click();
    await expect(page.getByText(t.say('buy.invalid'))).toBeVisible();
    await expect(balance).toHaveAttribute('aria-invalid', 'true');
    await expect(balance).toBeFocused();
    await expect(balance).toHaveValue(nonsense);
  }
  await balance.fill('1,5');
  await balance.press('Enter');
  await expect(page.getByText(t.say('buy.invalid'))).toBeHidden();
  await expect(page.getByText(t.say('buy.done', { credits: t.count('compose.credits', '1.5') }))).toBeVisible();

  await page.getByRole('link', { name: t.say('buy.back') }).click();
  await expect(composer.message).toHaveValue(text);
  await expect(composer.chips).toHaveCount(3);
  await composer.expectTotal('0.7596');
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('1.5'));
  await expect(composer.sum(t.say('cost.after'))).toHaveText(t.credits('0.7404'));
  await page.reload();
  await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('1.5'));
});
