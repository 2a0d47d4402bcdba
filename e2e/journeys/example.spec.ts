import { BAD, NUMBERS, REACHED, TEXT } from '../support/example.ts';
import { selection } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

test.describe('the example', () => {
  test.beforeEach(async ({ composer }) => {
    await composer.add(...NUMBERS);
    await composer.message.fill(TEXT);
  });

  test('shows recipients, parts and cost', async ({ composer, t }) => {
    await expect(composer.chips).toHaveCount(NUMBERS.length);
    for (const { name, country } of REACHED) {
      await expect(composer.chip(name)).toContainText(country);
    }
    await expect(composer.chip(BAD)).toContainText(t.say('recipients.too_short_short'));
    await expect(composer.recipientsCard).toContainText(
      t.say('recipients.reachable', { reached: 4, total: 5 }),
    );

    await composer.expectCount(3, 147, 54);
    await expect(composer.count).toContainText(t.count('message.ucs2', 1));
    await expect(composer.bars).toHaveCount(3);
    for (const [place, used] of [67, 67, 13].entries()) {
      const name = t.say('message.bar', { number: place + 1, used, capacity: 67 });
      await expect(composer.bars.nth(place)).toHaveAccessibleName(name);
    }

    await composer.expectTotal('0.7392');
    for (const [country, recipients, price, sum] of [
      ['BE', 2, '0.0616', '0.3696'],
      ['FR', 1, '0.0650', '0.1950'],
      ['RO', 1, '0.0582', '0.1746'],
    ] as const) {
      const line = t.say('cost.line', {
        country: t.region(country),
        recipients,
        parts: t.parts(3),
        price: t.credits(price),
      });
      await expect(composer.sum(line)).toHaveText(t.credits(sum));
    }
    await expect(composer.sum(t.say('cost.balance'))).toHaveText(t.credits('9.33'));
    await expect(composer.sum(t.say('cost.after'))).toHaveText(t.credits('8.5908'));
  });

  test('shows the message as the phone will, cut where the parts are', async ({ composer, t }) => {
    const bubble = composer.phone.locator('.bubble');
    await expect(bubble).toHaveText(TEXT);
    await expect(bubble.locator('.cut')).toHaveCount(2);
    await expect(composer.phone).toContainText(t.say('phone.joined'));
    const texts = await bubble.evaluate((it) => {
      const texts = [''];
      for (const node of it.childNodes) {
        if (node instanceof Element && node.matches('.cut')) texts.push('');
        else if (node instanceof Text) texts[texts.length - 1] += node.data;
      }
      return texts;
    });
    expect(texts).toEqual([TEXT.slice(0, 67), TEXT.slice(67, 134), TEXT.slice(134)]);
  });

  test('takes the proposal and takes it back', async ({ composer, t }) => {
    const tip = composer.messageCard.locator('.tip').first();
    const saved = t.say('smart.saved', {
      parts: t.parts(2),
      credits: t.count('compose.credits', '0.4928'),
    });
    await expect(tip).toContainText(t.count('smart.makes', 1, { parts: t.parts(3) }));
    await expect(tip).toContainText(saved);

    await composer.button('smart.take').click();
    await expect(composer.message).toHaveValue(TEXT.replace('—', '-'));
    await composer.expectCount(1, 147, 13);
    await expect(composer.count).toContainText(t.say('message.gsm7'));
    await composer.expectTotal('0.2464');
    await expect(composer.messageCard).toContainText(t.count('smart.taken', 1));

    await composer.button('smart.undo').click();
    await expect(composer.message).toHaveValue(TEXT);
    await composer.expectCount(3, 147, 54);
    await composer.expectTotal('0.7392');
  });

  test('gives the text back to the browser’s own undo', async ({ composer }) => {
    await composer.button('smart.take').click();
    await composer.expectCount(1, 147, 13);
    await expect(composer.message).toBeFocused();
    await composer.page.keyboard.press('Control+Z');
    await expect(composer.message).toHaveValue(TEXT);
    await composer.expectCount(3, 147, 54);
    await composer.page.keyboard.press('Control+Shift+Z');
    await composer.expectCount(1, 147, 13);
  });

  test('shows what the proposal changes', async ({ composer, t }) => {
    await composer.messageCard.getByText(t.say('smart.difference')).click();
    const difference = composer.messageCard.locator('.difference');
    await expect(difference.locator('del')).toHaveText('—');
    await expect(difference.locator('ins')).toHaveText('-');
    await expect(difference).toContainText('Dear customer');
  });

  test('no longer offers to undo once something else was typed', async ({ composer }) => {
    await composer.button('smart.take').click();
    await expect(composer.button('smart.undo')).toBeVisible();
    await composer.page.keyboard.type('!');
    await expect(composer.button('smart.undo')).toBeHidden();
  });

  test('selects the character that makes it Unicode', async ({ composer, t }) => {
    const name = new RegExp(t.say('message.dash'));
    await composer.messageCard.getByRole('button', { name }).click();
    const at = TEXT.indexOf('—');
    await expect.poll(() => selection(composer.message)).toEqual([at, at + 1]);
    await expect(composer.message).toBeFocused();
    await composer.page.keyboard.type('-');
    await expect(composer.message).toHaveValue(TEXT.replace('—', '-'));
    await composer.expectCount(1, 147, 13);
  });
});

test('a click on a character that stands in several places goes from one to the next', async ({
  composer,
  t,
}) => {
  await composer.message.fill('😀 — a — b —');
  const dash = composer.messageCard.getByRole('button', { name: new RegExp(t.say('message.dash')) });
  await expect(dash).toContainText('U+2014');
  await expect(dash).toContainText(t.say('message.times', { number: 3 }));
  for (const at of [3, 7, 11, 3]) {
    await dash.click();
    await expect.poll(() => selection(composer.message)).toEqual([at, at + 1]);
  }
});
