import { select, selection } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

// A short name, a name outside the basic alphabet, and a number that is no contact's.
const ADA = '+32 470 12 34 56';
const STEFAN = '+40 744 118 920';
const NOBODY = '+32 470 12 34 57';

test('a placeholder is filled in for each recipient', async ({ composer, t }) => {
  await composer.add(ADA, STEFAN);
  await composer.message.fill(`Dear {{first_name}}, ${'a'.repeat(60)}`);
  const { messageCard, phone } = composer;
  // Ada gets 70 units of the basic alphabet; Ștefan 73 of Unicode.
  await expect(messageCard).toContainText(t.say('fields.range', { least: 1, most: t.parts(2) }));
  for (const parts of [1, 2]) {
    await expect(messageCard).toContainText(
      t.say('fields.share', { people: t.count('compose.people', 1), parts: t.parts(parts) }),
    );
  }
  await expect(composer.count).toContainText(t.say('message.ucs2_fields'));

  await expect(phone).toContainText('Ada Peeters');
  await expect(phone.locator('.bubble')).toHaveText(`Dear Ada, ${'a'.repeat(60)}`);
  await composer.expectCount(1, 70, 90);
  await composer.button('fields.next').click();
  await expect(phone).toContainText('Ștefan Ionescu');
  await expect(phone.locator('.bubble')).toHaveText(`Dear Ștefan, ${'a'.repeat(60)}`);
  await composer.expectCount(2, 73, 61);
  await composer.button('fields.next').click();
  await expect(phone).toContainText('Ada Peeters');
  await composer.button('fields.previous').click();
  await expect(phone).toContainText('Ștefan Ionescu');

  await composer.expectTotal('0.178');
});

test('recipients without a value are told', async ({ composer, t }) => {
  await composer.add(ADA, NOBODY);
  await composer.message.fill('Dear {{first_name}} of {{company}}');
  for (const field of ['{{first_name}}', '{{company}}']) {
    await expect(composer.messageCard).toContainText(t.count('fields.lacking', 1, { field }));
  }
  await composer.button('fields.next').click();
  await expect(composer.phone).toContainText(NOBODY);
  await expect(composer.phone.locator('.bubble')).toHaveText('Dear of');
});

test('without recipients the placeholder stays as it is written', async ({ composer, t }) => {
  await composer.message.fill('Dear {{first_name}}');
  await expect(composer.phone.locator('.bubble')).toHaveText('Dear {{first_name}}');
  await expect(composer.phone).toContainText(t.say('fields.nobody'));
  await composer.add(ADA);
  await expect(composer.phone.locator('.bubble')).toHaveText('Dear Ada');
});

test('braces that are no placeholder are braces', async ({ composer, t }) => {
  await composer.add(ADA);
  const text = 'a {b} {{ }} {{9}} {{first name}} {{first_name} }}';
  await composer.message.fill(text);
  await expect(composer.phone.locator('.bubble')).toHaveText(text);
  await expect(composer.button('fields.next')).toBeHidden();
  // Each brace takes two units.
  await composer.expectCount(1, text.length + (text.match(/[{}]/g) ?? []).length, 92);
  await expect(composer.count).toContainText(t.say('message.gsm7'));
});

test('a button puts a placeholder where the caret is, and undo takes it back', async ({
  composer,
  t,
}) => {
  await composer.message.fill('Dear , hello');
  await select(composer.message, 5);
  await composer.messageCard.getByRole('button', { name: t.say('fields.first_name'), exact: true }).click();
  await expect(composer.message).toHaveValue('Dear {{first_name}}, hello');
  await expect(composer.message).toBeFocused();
  await expect.poll(() => selection(composer.message)).toEqual([19, 19]);
  await composer.page.keyboard.press('Control+Z');
  await expect(composer.message).toHaveValue('Dear , hello');
});
