import { expect, test } from '../support/journey.ts';

test.beforeEach(async ({ composer }) => {
  await composer.button('recipients.pick').click();
});

test('contacts are searched, chosen and added', async ({ composer, page, t }) => {
  const dialog = page.getByRole('dialog', { name: t.say('contacts.title') });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('row')).toHaveCount(25);
  const search = dialog.getByRole('searchbox', { name: t.say('contacts.search') });
  await search.fill('gent');
  await expect(dialog.getByRole('row')).toHaveCount(2);
  await dialog.getByRole('checkbox', { name: t.say('contacts.select', { name: 'Ada Peeters' }) }).check();

  // A choice outlives the search that found it.
  await search.fill('+33 6 12');
  await expect(dialog.getByRole('row')).toHaveCount(2);
  await dialog.getByRole('checkbox', { name: t.say('contacts.select_all') }).check();
  await search.press('Enter');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: t.count('contacts.add', 2) }).click();
  await expect(dialog).toBeHidden();
  await expect(composer.chips).toHaveCount(2);
  await expect(composer.chip('Ada Peeters')).toContainText('BE');
  await expect(composer.chip('François Moreau')).toContainText('FR');
  await expect(composer.button('recipients.pick')).toBeFocused();
});

test('all contacts are chosen and let go at once', async ({ composer, page, t }) => {
  const dialog = page.getByRole('dialog', { name: t.say('contacts.title') });
  const all = dialog.getByRole('checkbox', { name: t.say('contacts.select_all') });
  await all.check();
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(25);
  const one = dialog.getByRole('checkbox', { name: t.say('contacts.select', { name: 'Noor Bakker' }) });
  await one.uncheck();
  await expect(all).not.toBeChecked();
  await all.check();
  await all.uncheck();
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expect(composer.button('contacts.add_none')).toBeDisabled();
  await all.check();
  await dialog.getByRole('button', { name: t.count('contacts.add', 24) }).click();
  await expect(composer.chips).toHaveCount(24);
  await expect(composer.recipientsCard).toContainText(
    t.say('recipients.reachable', { reached: 24, total: 24 }),
  );
});

test('nothing found is said, and closing adds nothing', async ({ composer, page, t }) => {
  const dialog = page.getByRole('dialog', { name: t.say('contacts.title') });
  await dialog.getByRole('searchbox').fill('nobody of that name');
  await expect(dialog).toContainText(t.say('contacts.none', { query: 'nobody of that name' }));
  await dialog.getByRole('searchbox').fill('');
  await dialog.getByRole('checkbox', { name: t.say('contacts.select_all') }).check();
  await dialog.getByRole('button', { name: t.say('app.close') }).click();
  await expect(dialog).toBeHidden();
  await expect(composer.chips).toHaveCount(0);
});
