import type { Page } from '@playwright/test';

import { Composer } from '../support/composer.ts';
import { paste } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

const NUMBERS = ['0470 12 34 57', '+33 6 12 34 56 79', 'nonsense'];

async function expectDraft(composer: Composer, text: string, recipients: number): Promise<void> {
  await expect(composer.message).toHaveValue(text);
  await expect(composer.chips).toHaveCount(recipients);
}

async function openTab(page: Page, open: (page: Page) => Promise<unknown>): Promise<Page> {
  const opened = page.context().waitForEvent('page');
  await open(page);
  return opened;
}

test('a draft outlives a reload', async ({ composer, page }) => {
  const text = 'First line\n\n  indented {{first_name}} — 😀\n';
  await composer.add(...NUMBERS);
  await composer.message.fill(text);
  await page.reload();
  await expectDraft(composer, text, 3);
  // Nobody's first name: the placeholder is empty.
  await composer.expectCount(1, 29, 41);
  await expect(composer.chip('nonsense')).toHaveClass(/chip-bad/);
  await page.reload();
  await expectDraft(composer, text, 3);
});

test('a number that is still being typed is kept', async ({ composer, page }) => {
  await expect(composer.button('compose.new')).toBeDisabled();
  await composer.recipients.pressSequentially('0470 12 ');
  await expect(composer.button('compose.new')).toBeEnabled();
  await page.reload();
  await expect(composer.recipients).toHaveValue('0470 12 ');
  await expectDraft(composer, '', 0);
  await composer.recipients.press('End');
  await composer.recipients.pressSequentially('34 57');
  await composer.recipients.press('Enter');
  await expect(composer.chip('+32 470 12 34 57')).toBeVisible();
  await page.reload();
  await expectDraft(composer, '', 1);
  await expect(composer.recipients).toHaveValue('');
});

test('numbers that are still being read are kept', async ({ composer, page, t }) => {
  const numbers = Array.from({ length: 5_000 }, (_, place) => `+3247${String(place).padStart(7, '0')}`);
  // Slowed down, the page is left in the midst of them.
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await composer.recipients.focus();
  await paste(page, numbers.join('\n'));
  await page.reload();
  await page.reload();
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await expect(composer.recipientsCard).toContainText(
    t.say('recipients.reachable', { reached: 5_000, total: 5_000 }),
  );
});

test('a draft outlives its tab', async ({ composer, context, t }) => {
  await composer.add(...NUMBERS);
  await composer.message.fill('Kept');
  await composer.page.close({ runBeforeUnload: true });
  const next = new Composer(await context.newPage(), t);
  await next.open();
  await expectDraft(next, 'Kept', 3);
});

test('two tabs keep a draft each', async ({ composer, context, t }) => {
  await composer.add(...NUMBERS);
  await composer.message.fill('Of the first tab');
  const second = new Composer(await context.newPage(), t);
  await second.open();
  await expectDraft(second, '', 0);
  await second.message.fill('Of the second tab');
  await composer.message.press('End');
  await composer.message.pressSequentially('!');
  await second.page.reload();
  await composer.page.reload();
  await expectDraft(second, 'Of the second tab', 0);
  await expectDraft(composer, 'Of the first tab!', 3);
});

test('a duplicated tab goes on with a copy', async ({ composer, page, t }) => {
  await composer.add(...NUMBERS);
  await composer.message.fill('The original');
  await page.reload();
  await expectDraft(composer, 'The original', 3);
  // As browsers duplicate a tab: with its session storage.
  const copy = new Composer(await openTab(page, (it) => it.evaluate(() => void open(location.href))), t);
  await expectDraft(copy, 'The original', 3);
  await copy.message.fill('The copy');
  await copy.page.reload();
  await page.reload();
  await expectDraft(copy, 'The copy', 3);
  await expectDraft(composer, 'The original', 3);
});

test('a new message leaves the old one in the list, to be opened or deleted', async ({
  composer,
  page,
  t,
}) => {
  await expect(composer.button('compose.new')).toBeDisabled();
  await composer.add(...NUMBERS);
  await composer.message.fill('\n The first message');
  await composer.button('compose.new').click();
  await expectDraft(composer, '', 0);
  await composer.message.fill('The second message');

  await composer.button('drafts.open_list').click();
  const dialog = page.getByRole('dialog', { name: t.say('drafts.title') });
  const first = dialog.getByRole('listitem').filter({ hasText: 'The first message' });
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await expect(first).toContainText(t.count('compose.people', 3));
  await first.getByRole('button', { name: t.say('drafts.open') }).click();
  await expect(dialog).toBeHidden();
  await expectDraft(composer, '\n The first message', 3);
  await page.reload();
  await expectDraft(composer, '\n The first message', 3);

  await composer.button('drafts.open_list').click();
  const second = dialog.getByRole('listitem').filter({ hasText: 'The second message' });
  await second.getByRole('button', { name: t.say('drafts.delete') }).click();
  await expect(dialog).toContainText(t.say('drafts.none'));
  await expect(page.getByText(t.say('drafts.deleted'))).toBeVisible();
  // What was deleted can be had back as long as the list is open.
  await dialog.getByRole('button', { name: t.say('app.undo') }).click();
  await expect(second).toHaveCount(1);
  await expect(page.getByText(t.say('drafts.deleted'))).toBeHidden();
  await second.getByRole('button', { name: t.say('drafts.delete') }).click();
  await expect(dialog).toContainText(t.say('drafts.none'));
  await page.keyboard.press('Escape');
  await page.reload();
  await expectDraft(composer, '\n The first message', 3);
  await composer.button('drafts.open_list').click();
  await expect(dialog).toContainText(t.say('drafts.none'));
});

test('the draft that another tab is writing is not in the list', async ({ composer, context, t }) => {
  await composer.message.fill('Being written');
  const second = new Composer(await context.newPage(), t);
  await second.open();
  await second.message.fill('Something else');
  await second.button('drafts.open_list').click();
  await expect(second.page.getByRole('dialog')).toContainText(t.say('drafts.none'));
});

test('says when the browser keeps no draft', async ({ composer, page, t }) => {
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await composer.message.fill('Not to be kept');
  await expect(page.getByText(t.say('drafts.lost'))).toBeVisible();
  await composer.expectCount(1, 14, 146);
});
