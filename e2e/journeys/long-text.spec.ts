import { paste, select, selection, write } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

test('counts 10,000 pasted characters and goes on', async ({ composer, t }) => {
  await composer.add('+32 470 12 34 57');
  await composer.message.focus();
  await paste(composer.page, 'Ten signs '.repeat(1_000));
  await composer.expectCount(66, 10_000, 98);
  await expect(composer.messageCard).toContainText(
    t.say('message.too_many', { parts: t.parts(66), limit: 10 }),
  );
  // Bars and parts beyond those that anyone looks at are only counted.
  await expect(composer.bars).toHaveCount(30);
  await expect(composer.messageCard).toContainText(t.count('message.more_parts', 36));
  const cuts = composer.phone.locator('.cut');
  await expect(cuts).toHaveCount(9);
  await expect(composer.phone).toContainText(t.count('message.more_parts', 56));
  await composer.button('phone.more').click();
  await expect(cuts).toHaveCount(65);
  await expect(composer.phone).toContainText(t.say('phone.joined'));
  await composer.button('phone.fewer').click();
  await expect(cuts).toHaveCount(9);

  await select(composer.message, 5_000);
  await composer.page.keyboard.type('ab');
  await composer.expectCount(66, 10_002, 96);
  await expect.poll(() => selection(composer.message)).toEqual([5_002, 5_002]);
  await composer.page.keyboard.type('—');
  await composer.expectCount(150, 10_003, 47);
  await composer.page.keyboard.press('Control+A');
  await composer.page.keyboard.press('Delete');
  await composer.expectNothingCounted();
  await expect(composer.button('phone.more')).toHaveCount(0);
});

test('counts 10,000 pasted emoji', async ({ composer, t }) => {
  await composer.message.focus();
  await paste(composer.page, '😀'.repeat(10_000));
  // 33 in a part: the 67th unit stays empty, because no emoji is split.
  await composer.expectCount(304, 20_000, 65);
  await expect(composer.count).toContainText(t.count('message.ucs2', 10_000));
  // More than can be sent is not shown.
  await composer.button('phone.more').click();
  await expect(composer.phone.locator('.cut')).toHaveCount(254);
  await expect(composer.phone).toContainText(t.count('message.more_parts', 49));
});

test('stays usable with a megabyte of text', async ({ composer, t }) => {
  test.slow();
  const megabyte = 1_000_000;
  await composer.message.focus();
  await paste(composer.page, 'Ten signs '.repeat(megabyte / 10));
  await composer.expectCount(6_536, megabyte, 8);
  await expect(composer.bars).toHaveCount(30);
  await composer.page.keyboard.type('y');
  await composer.expectCount(6_536, megabyte + 1, 7);
  await composer.add('+32 470 12 34 57');
  await composer.page.getByRole('link', { name: t.say('cost.prices') }).click();
  await expect(composer.page).toHaveURL(/\/prices$/);
});

test('counts every sign there is', async ({ composer, t }) => {
  for (const [text, parts, units, left] of [
    ['\u0001\u001b\u007f', 1, 3, 67],
    ['a\u0000b', 1, 3, 67],
    ['\u200b\ufeff\u00ad', 1, 3, 67],
    ['e\u0301'.repeat(70), 3, 140, 61],
    ['\u{10ffff}\u{1f1e7}\u{1f1ea}', 1, 6, 64],
    ['\t', 1, 1, 69],
    ['€'.repeat(80), 1, 160, 0],
    ['€'.repeat(81), 2, 162, 143],
    ['{'.repeat(153), 3, 306, 151],
  ] as const) {
    await write(composer.message, text);
    await composer.expectCount(parts, units, left);
  }
  await write(composer.message, '');
  await composer.expectNothingCounted();
  await expect(composer.phone).toContainText(t.say('phone.empty'));
});

test('counts halves of characters, and leaves them in the field', async ({ composer, t }) => {
  const units = [0x61, 0xd83d, 0x20, 0xde00, 0x62];
  await write(composer.message, units);
  await composer.expectCount(1, 5, 65);
  const kept = await composer.message.evaluate((it: HTMLTextAreaElement) =>
    it.value.split('').map((unit) => unit.charCodeAt(0)),
  );
  expect(kept).toEqual(units);
  const broken = composer.messageCard.getByRole('button', {
    name: new RegExp(t.say('message.broken')),
  });
  await broken.click();
  await expect.poll(() => selection(composer.message)).toEqual([1, 2]);
  await broken.click();
  await expect.poll(() => selection(composer.message)).toEqual([3, 4]);
});
