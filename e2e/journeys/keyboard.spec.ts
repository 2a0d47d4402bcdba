import type { Locator, Page } from '@playwright/test';

import { selection } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

const FAR = 80;

/** Goes on with the key until the focus is there. */
async function reach(target: Locator, key = 'Tab'): Promise<void> {
  const { keyboard } = target.page();
  const there = () => target.evaluate((it) => it === document.activeElement);
  for (let pressed = 0; pressed < FAR; pressed++) {
    await keyboard.press(key);
    if (await there()) return;
  }
  await expect(target, `${key} leads there`).toBeFocused();
}

function heading(page: Page): Locator {
  return page.getByRole('heading', { level: 1 });
}

test('a message is written with the keyboard alone', async ({ composer, page, t }) => {
  const { keyboard } = page;
  await reach(page.getByRole('link', { name: t.say('app.skip') }));
  await expect(page.getByRole('link', { name: t.say('app.skip') })).toBeInViewport();
  await keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  // Recipients: added, one corrected, one removed and brought back.
  await reach(composer.recipients);
  await keyboard.type('0470 12 34');
  await keyboard.press('Enter');
  await keyboard.type('+33 6 12 34 56 79,');
  await expect(composer.chips).toHaveCount(2);
  await reach(composer.correctButton('0470 12 34'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(composer.recipients).toBeFocused();
  await keyboard.press('End');
  await keyboard.type(' 57');
  await keyboard.press('Enter');
  await expect(composer.chip('+32 470 12 34 57')).toBeVisible();
  await reach(composer.removeButton('+33 6 12 34 56 79'), 'Shift+Tab');
  await keyboard.press('Space');
  await expect(composer.chips).toHaveCount(1);
  await expect(composer.recipients).toBeFocused();
  await reach(composer.button('recipients.restore'));
  await keyboard.press('Enter');
  await expect(composer.chips).toHaveCount(2);

  // The message: a proposal taken and taken back, the offender found.
  const text = `${'a'.repeat(80)} — end`;
  await reach(composer.message);
  await keyboard.insertText(text);
  await composer.expectCount(2, 86, 48);
  const summary = composer.count.locator('summary');
  await reach(summary);
  await keyboard.press('Enter');
  await expect(composer.count.getByText(t.say('message.ucs2_what', { capacity: 67 }))).toBeVisible();
  await reach(composer.button('smart.take'));
  await keyboard.press('Enter');
  await expect(composer.message).toHaveValue(text.replace('—', '-'));
  await expect(composer.message).toBeFocused();
  await reach(composer.button('smart.undo'));
  await keyboard.press('Enter');
  await expect(composer.message).toHaveValue(text);
  await expect(composer.message).toBeFocused();
  await reach(composer.messageCard.getByRole('button', { name: new RegExp(t.say('message.dash')) }));
  await keyboard.press('Enter');
  await expect(composer.message).toBeFocused();
  await expect.poll(() => selection(composer.message)).toEqual([81, 82]);
  await keyboard.type('-');
  await composer.expectCount(1, 86, 74);

  // On to the prices and back.
  await reach(composer.cost.getByRole('link', { name: t.say('cost.prices') }));
  await keyboard.press('Enter');
  await expect(heading(page)).toHaveText(t.say('prices.title'));
  await expect(heading(page)).toBeFocused();
  await page.goBack();
  await expect(heading(page)).toHaveText(t.say('nav.compose'));
  await expect(composer.message).toHaveValue(text.replace('—', '-'));
});

test('contacts are picked with the keyboard alone', async ({ composer, page, t }) => {
  const { keyboard } = page;
  const dialog = page.getByRole('dialog', { name: t.say('contacts.title') });
  const pick = composer.button('recipients.pick');
  await reach(pick);
  await keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  // The focus is in the dialog and stays there.
  const inside = () => dialog.evaluate((it) => it.contains(document.activeElement));
  await expect.poll(inside).toBe(true);
  await keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(pick).toBeFocused();

  await keyboard.press('Space');
  await reach(dialog.getByRole('searchbox'));
  await keyboard.type('bakker');
  const noor = dialog.getByRole('checkbox', { name: t.say('contacts.select', { name: 'Noor Bakker' }) });
  await reach(noor);
  await keyboard.press('Space');
  await expect(noor).toBeChecked();
  await reach(dialog.getByRole('button', { name: t.count('contacts.add', 1) }));
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(composer.chip('Noor Bakker')).toBeVisible();
  await expect(pick).toBeFocused();
});

test('drafts are changed with the keyboard alone', async ({ composer, page, t }) => {
  const { keyboard } = page;
  await reach(composer.message);
  await keyboard.insertText('The first one');
  await reach(composer.button('compose.new'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(composer.message).toHaveValue('');
  await reach(composer.message);
  await keyboard.insertText('The second one');
  await reach(composer.button('drafts.open_list'), 'Shift+Tab');
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t.say('drafts.title') });
  await reach(dialog.getByRole('button', { name: t.say('drafts.open'), exact: true }));
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(composer.message).toHaveValue('The first one');
  await expect(composer.button('drafts.open_list')).toBeFocused();
});

test('settings are changed with the keyboard alone', async ({ page, t }) => {
  const { keyboard } = page;
  await page.goto('/settings');
  await expect(heading(page)).toBeVisible();
  const region = page.getByRole('combobox', { name: t.say('settings.region') });
  await reach(region);
  await keyboard.type(t.region('RO').slice(0, 4));
  await expect(region).toHaveValue('RO');
  const asTyped = page.getByRole('radio', { name: t.say('settings.newlines_as_typed') });
  await reach(asTyped);
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: t.say('settings.newlines_crlf') })).toBeChecked();
  const national = page.getByRole('switch', { name: t.say('settings.national') });
  await reach(national);
  await keyboard.press('Space');
  await expect(national).toBeChecked();
  const kept = await page.evaluate(() => localStorage.getItem('iap.settings'));
  expect(kept).toMatch(/region=RO;newlines=crlf;national=cheapest/);
});

test('every page is reached with the keyboard alone', async ({ composer, page, t }) => {
  const { keyboard } = page;
  const menu = page.getByRole('button', { name: t.say('nav.menu') });
  await expect(composer.message).toBeVisible();
  const inMenu = await menu.isVisible();
  for (const [name, title] of [
    ['nav.prices', 'prices.title'],
    ['nav.settings', 'settings.title'],
    ['nav.compose', 'nav.compose'],
  ] as const) {
    const link = page
      .getByRole('navigation', { name: t.say('nav.label') })
      .getByRole('link', { name: t.say(name) });
    if (inMenu) {
      await reach(menu, 'Shift+Tab');
      await keyboard.press('Enter');
      await reach(link);
    } else {
      await reach(link, 'Shift+Tab');
    }
    await keyboard.press('Enter');
    await expect(heading(page)).toHaveText(t.say(title));
    await expect(heading(page)).toBeFocused();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('the focus can be seen wherever it stands', async ({ composer, page }) => {
  await composer.add('+32 470 12 34 57', '0470 12 34');
  await composer.message.fill(`${'a'.repeat(80)} — {{name}}`);
  await expect(composer.button('smart.take')).toBeVisible();
  await page.getByRole('heading', { level: 1 }).focus();
  const unseen = new Set<string>();
  for (let stop = 0; stop < FAR; stop++) {
    await page.keyboard.press('Tab');
    const told = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return 'end';
      const rings = [focused, ...focused.querySelectorAll('*')];
      // A frame around the field may show the focus in its place.
      for (let box = focused.parentElement; box && box !== document.body; box = box.parentElement) rings.push(box);
      const shown = rings.some((it) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(it);
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow.includes('inset');
      });
      return shown ? 'seen' : focused.outerHTML.slice(0, 120);
    });
    if (told === 'end') break;
    if (told !== 'seen') unseen.add(told);
  }
  expect([...unseen]).toEqual([]);
});
