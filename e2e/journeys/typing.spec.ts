import { drop, paste, select, selection, write } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

test('counts at each key', async ({ composer }) => {
  await composer.message.focus();
  const { keyboard } = composer.page;
  for (const [key, units, left] of [
    ['a', 1, 159],
    ['{', 3, 157],
    ['Enter', 4, 156],
    ['é', 5, 155],
    // From here on it is Unicode: the bracket takes one unit.
    ['ş', 5, 65],
    ['Backspace', 5, 155],
    ['Backspace', 4, 156],
  ] as const) {
    if (key.length > 1) await keyboard.press(key);
    else await keyboard.type(key);
    await composer.expectCount(1, units, left);
    await expect(composer.message).toBeFocused();
  }
});

test('turns to the second part at the character that does not fit', async ({ composer, t }) => {
  await composer.message.fill('a'.repeat(160));
  await composer.expectCount(1, 160, 0);
  await expect(composer.bars).toHaveCount(1);
  await composer.message.press('b');
  await composer.expectCount(2, 161, 145);
  await expect(composer.bars).toHaveCount(2);
  await expect(composer.messageCard).toContainText(
    t.count('message.just_over', 1, { parts: t.parts(1) }),
  );
  await composer.message.press('Backspace');
  await composer.expectCount(1, 160, 0);
});

test('leaves the caret where one types', async ({ composer }) => {
  await composer.message.fill('Hello world');
  await select(composer.message, 5);
  await composer.page.keyboard.type(', ¿dear— 😀 ş');
  await expect(composer.message).toHaveValue('Hello, ¿dear— 😀 ş world');
  await expect.poll(() => selection(composer.message)).toEqual([18, 18]);
  await composer.expectCount(1, 24, 46);
});

test('counts what is pasted, cut, undone and done again', async ({ composer }) => {
  await composer.message.focus();
  const { page } = composer;
  await paste(page, 'One two three');
  await composer.expectCount(1, 13, 147);
  await select(composer.message, 3, 7);
  await page.keyboard.press('Control+X');
  await expect(composer.message).toHaveValue('One three');
  await composer.expectCount(1, 9, 151);
  await page.keyboard.press('Control+V');
  await composer.expectCount(1, 13, 147);
  await page.keyboard.press('Control+Z');
  await composer.expectCount(1, 9, 151);
  await page.keyboard.press('Control+Shift+Z');
  await composer.expectCount(1, 13, 147);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await composer.expectNothingCounted();
});

test('counts what is pasted from Windows with a unit for each line break', async ({ composer }) => {
  await composer.message.focus();
  await paste(composer.page, 'a\r\nb\r\n');
  // A text field holds line feeds alone, whatever was pasted.
  await expect(composer.message).toHaveValue('a\nb\n');
  await composer.expectCount(1, 4, 156);
});

test('counts what is dropped', async ({ composer }) => {
  await drop(composer.message, 'dropped');
  await expect(composer.message).toHaveValue('dropped');
  await composer.expectCount(1, 7, 153);
});

test('counts what comes without keys: dictation, emoji picker, scripts', async ({ composer }) => {
  const { keyboard } = composer.page;
  await composer.message.focus();
  await keyboard.insertText('This was said. ');
  await composer.expectCount(1, 15, 145);
  await keyboard.insertText('👨‍👩‍👧‍👦');
  await composer.expectCount(1, 26, 44);
  await write(composer.message, 'written by a script');
  await composer.expectCount(1, 19, 141);
});

test('deletes words and signs of several units as the browser does', async ({ composer }) => {
  await composer.message.fill('one two 😀');
  await composer.expectCount(1, 10, 60);
  await select(composer.message, 10);
  await composer.page.keyboard.press('Backspace');
  await composer.expectCount(1, 8, 152);
  await composer.page.keyboard.press('Control+Backspace');
  await expect(composer.message).toHaveValue('one ');
  await composer.expectCount(1, 4, 156);
});

test('writes from right to left where the text does', async ({ composer }) => {
  await composer.message.focus();
  await composer.page.keyboard.type('مرحبا بالعالم');
  await expect(composer.message).toHaveValue('مرحبا بالعالم');
  await expect(composer.message).toHaveCSS('direction', 'rtl');
  await expect(composer.phone.locator('.bubble')).toHaveCSS('direction', 'rtl');
  await composer.expectCount(1, 13, 57);
});

test('copies the text', async ({ composer, t, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await expect(composer.button('compose.copy')).toBeHidden();
  await composer.message.fill('to be copied — 😀');
  await composer.button('compose.copy').click();
  await expect(composer.page.getByText(t.say('compose.copied'))).toBeVisible();
  expect(await composer.page.evaluate(() => navigator.clipboard.readText())).toBe('to be copied — 😀');
});

test('says so where it cannot copy', async ({ composer, page, t }) => {
  // As on a page that is not served securely.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined });
  });
  await composer.open();
  await composer.message.fill('to be copied by hand');
  await composer.button('compose.copy').click();
  await expect(page.getByText(t.say('compose.copy_failed'))).toBeVisible();
  await expect(composer.message).toHaveValue('to be copied by hand');
});
