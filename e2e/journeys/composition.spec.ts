import { InputMethod, select, selection } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

test('counts what is being composed, and takes it once', async ({ composer }) => {
  const method = await InputMethod.on(composer.page);
  await composer.message.focus();
  for (const [text, units] of [
    ['k', 1],
    ['か', 1],
    ['かん', 2],
    ['漢字', 2],
  ] as const) {
    await method.compose(text);
    await expect(composer.message).toHaveValue(text);
    await composer.expectCount(1, units, (text === 'k' ? 160 : 70) - units);
  }
  await method.commit('漢字');
  await expect(composer.message).toHaveValue('漢字');
  await composer.expectCount(1, 2, 68);
  await expect.poll(() => selection(composer.message)).toEqual([2, 2]);

  await method.compose('です');
  await method.commit('です');
  await expect(composer.message).toHaveValue('漢字です');
  await composer.expectCount(1, 4, 66);
});

test('composes in the middle of a text that needs several parts', async ({ composer, t }) => {
  const method = await InputMethod.on(composer.page);
  const before = 'a'.repeat(100);
  await composer.message.fill(before + before);
  await select(composer.message, 100);
  for (const text of ['ㅎ', '하', '한']) await method.compose(text);
  await method.commit('한');
  await expect(composer.message).toHaveValue(`${before}한${before}`);
  await composer.expectCount(3, 201, 0);
  await expect(composer.count).toContainText(t.count('message.ucs2', 1));
  await expect.poll(() => selection(composer.message)).toEqual([101, 101]);
});

test('loses nothing when a composition is given up', async ({ composer }) => {
  const method = await InputMethod.on(composer.page);
  await composer.message.fill('before after');
  await select(composer.message, 7);
  await method.compose('に');
  await composer.expectCount(1, 13, 57);
  await method.compose('');
  await expect(composer.message).toHaveValue('before after');
  await composer.expectCount(1, 12, 148);
});

test('composes over what is selected, and lets it be undone', async ({ composer }) => {
  const method = await InputMethod.on(composer.page);
  await composer.message.fill('one two three');
  await select(composer.message, 4, 7);
  await method.compose('に');
  await method.commit('二');
  await expect(composer.message).toHaveValue('one 二 three');
  await composer.expectCount(1, 11, 59);
  await composer.page.keyboard.press('Control+Z');
  await expect(composer.message).toHaveValue('one two three');
  await composer.expectCount(1, 13, 147);
});

test('keeps an accent that is composed by a dead key', async ({ composer }) => {
  const method = await InputMethod.on(composer.page);
  await composer.message.fill('Caf');
  await select(composer.message, 3);
  await method.compose('´');
  await method.commit('é');
  await expect(composer.message).toHaveValue('Café');
  await composer.expectCount(1, 4, 156);
});

test('leaves Enter to the input method among the recipients', async ({ composer }) => {
  const method = await InputMethod.on(composer.page);
  await composer.recipients.focus();
  await method.compose('０４７０');
  await composer.recipients.evaluate((it: HTMLInputElement) =>
    it.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }),
    ),
  );
  await expect(composer.recipients).toHaveValue('０４７０');
  await expect(composer.chips).toHaveCount(0);
  await method.commit('0470 12 34 57');
  await composer.recipients.press('Enter');
  await expect(composer.chip('+32 470 12 34 57')).toBeVisible();
});
