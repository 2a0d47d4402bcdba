import { drop, paste } from '../support/input.ts';
import { expect, test } from '../support/journey.ts';

const BELGIAN = '+32 470 12 34 57';

test('takes numbers at Enter, at a separator and on leaving the field', async ({ composer, t }) => {
  const { recipients, page } = composer;
  await recipients.focus();
  await page.keyboard.type('0470 12 34 57,');
  await expect(composer.chips).toHaveCount(1);
  await page.keyboard.type('+33 6 12 34 56 79;');
  await expect(composer.chips).toHaveCount(2);
  await page.keyboard.type('0031612345679');
  await page.keyboard.press('Enter');
  await expect(composer.chips).toHaveCount(3);
  await expect(recipients).toBeFocused();
  await page.keyboard.type('+40 721 234 568');
  await composer.message.click();
  await expect(composer.chips).toHaveCount(4);
  await expect(recipients).toHaveValue('');
  for (const [number, country] of [
    [BELGIAN, 'BE'],
    ['+33 6 12 34 56 79', 'FR'],
    ['+31 6 12345679', 'NL'],
    ['+40 721 234 568', 'RO'],
  ] as const) {
    await expect(composer.chip(country)).toContainText(number);
  }
  await expect(composer.recipientsCard).toContainText(
    t.say('recipients.reachable', { reached: 4, total: 4 }),
  );
});

test('tells number, country and rate, of a contact too', async ({ composer, t }) => {
  await composer.add(BELGIAN, '+32 470 12 34 56');
  const rate = t.say('recipients.rate', { credits: t.credits('0.0616') });
  for (const [shown, number] of [
    [BELGIAN, BELGIAN],
    ['Ada Peeters', '+32 470 12 34 56'],
  ] as const) {
    await expect(composer.chip(shown)).toHaveAttribute('title', `${number} · ${t.region('BE')} · ${rate}`);
  }
});

test('merges duplicates however they are written, and says so', async ({ composer, t }) => {
  await composer.recipients.focus();
  await paste(composer.page, '0470 12 34 57, +32470123457; 0032 470/12.34.57\n+33612345679');
  await expect(composer.chips).toHaveCount(2);
  await expect(composer.recipientsCard).toContainText(t.count('recipients.merged', 2));
});

test('reads thousands of pasted numbers, and says how far it is', async ({ composer, t }) => {
  const spellings = [
    (digits: string) => `+32${digits}`,
    (digits: string) => `0032 ${digits}`,
    (digits: string) => `0${digits.slice(0, 3)}/${digits.slice(3, 5)}.${digits.slice(5, 7)}.${digits.slice(7)}`,
    (digits: string) => `Ann <+32 ${digits.slice(0, 3)} ${digits.slice(3)}>`,
  ];
  const separators = ['\n', ', ', '; ', '\t', '\r\n'];
  const pasted = Array.from({ length: 5_000 }, (_, place) => {
    const spelt = spellings[place % spellings.length]?.(`47${String(place).padStart(7, '0')}`);
    return `${spelt}${separators[place % separators.length]}`;
  });
  const twice = pasted.slice(0, 50);
  await composer.recipientsCard.evaluate((card) => {
    const told = new Set<string>();
    new MutationObserver(() => {
      const progress = card.querySelector('progress');
      if (progress) told.add(`${progress.value > 0} of ${progress.max}`);
    }).observe(card, { childList: true, subtree: true });
    Object.assign(globalThis, { told });
  });
  await composer.recipients.focus();
  await paste(composer.page, [...pasted, ...twice].join(''));
  await expect(composer.recipientsCard).toContainText(
    t.say('recipients.reachable', { reached: 5_000, total: 5_000 }),
  );
  await expect(composer.recipientsCard).toContainText(t.count('recipients.merged', 50));
  await expect(composer.recipientsCard.getByRole('progressbar')).toHaveCount(0);
  const told = await composer.page.evaluate(() => [...(globalThis as unknown as { told: Set<string> }).told]);
  expect(told).toContain('true of 5050');

  // Some are shown, more on demand.
  await expect(composer.chips).toHaveCount(60);
  await composer.recipientsCard
    .getByRole('button', { name: t.count('recipients.more', 4_940) })
    .click();
  await expect(composer.chips).toHaveCount(120);

  await composer.message.fill('To all of them');
  await composer.expectTotal('308');
  await composer.page.keyboard.type('!');
  await composer.expectCount(1, 15, 145);

  await composer.button('recipients.remove_all').click();
  await expect(composer.chips).toHaveCount(0);
  await expect(composer.recipientsCard).toContainText(t.count('recipients.removed', 5_000));
  await composer.button('recipients.restore').click();
  await composer.expectTotal('308');
});

test('removes a recipient and brings it back', async ({ composer, t }) => {
  await composer.add(BELGIAN, '+33 6 12 34 56 79');
  await composer.removeButton(BELGIAN).click();
  await expect(composer.chips).toHaveCount(1);
  await expect(composer.recipients).toBeFocused();
  await expect(composer.recipientsCard).toContainText(t.count('recipients.removed', 1));
  await composer.button('recipients.restore').click();
  await expect(composer.chips).toHaveCount(2);
  await expect(composer.chip(BELGIAN)).toBeVisible();
  await expect(composer.button('recipients.restore')).toBeHidden();
});

test('gives a number back to be corrected, as it was typed', async ({ composer, t }) => {
  await composer.add('0470/12.34', '+33 6 12 34 56 79');
  await expect(composer.chip('0470/12.34')).toHaveClass(/chip-bad/);
  await composer.recipients.fill('+40 721 234 568');
  await composer.correctButton('0470/12.34').click();
  // What was being typed is not lost to it.
  await expect(composer.chip('+40 721 234 568')).toBeVisible();
  await expect(composer.recipients).toHaveValue('0470/12.34');
  await expect(composer.recipients).toBeFocused();
  await composer.page.keyboard.press('End');
  await composer.page.keyboard.type('.57');
  await composer.page.keyboard.press('Enter');
  await expect(composer.chip(BELGIAN)).toBeVisible();
  await expect(composer.recipientsCard).toContainText(
    t.say('recipients.reachable', { reached: 3, total: 3 }),
  );
});

test('keeps every sign of what is no number', async ({ composer, t }) => {
  for (const typed of ['0470 CALL ME', '=1+1', 'nonsense']) {
    await composer.add(typed);
    await expect(composer.chip(typed)).toHaveClass(/chip-bad/);
  }
  await expect(composer.chip('0470 CALL ME')).toContainText(t.say('recipients.letters_short'));
  await composer.correctButton('0470 CALL ME').click();
  await expect(composer.recipients).toHaveValue('0470 CALL ME');
});

test('Backspace in the empty field takes up the last number', async ({ composer }) => {
  await composer.add('+33 6 12 34 56 79', '0470 12 34 57');
  await composer.recipients.focus();
  await composer.page.keyboard.press('Backspace');
  await expect(composer.recipients).toHaveValue('0470 12 34 57');
  await expect(composer.chips).toHaveCount(1);
  await composer.page.keyboard.press('Backspace');
  await expect(composer.recipients).toHaveValue('0470 12 34 5');
  await expect(composer.chips).toHaveCount(1);
});

test('takes numbers that are dropped', async ({ composer }) => {
  await drop(composer.recipients, '0470 12 34 57\n+33 6 12 34 56 79');
  await expect(composer.chips).toHaveCount(2);
});

test('a click that leaves the field takes the number and does what it is for', async ({ composer }) => {
  await composer.message.fill(`${'a'.repeat(70)}—`);
  await composer.recipients.pressSequentially('0470 12 34 57');
  // The chip that appears moves everything below it, the button under the pointer too.
  await composer.button('smart.take').click();
  await expect(composer.chips).toHaveCount(1);
  await expect(composer.message).toHaveValue(`${'a'.repeat(70)}-`);
});

test('a click beside the chips goes to the field', async ({ composer }) => {
  await composer.add(BELGIAN);
  await composer.message.focus();
  const box = await composer.chips.first().locator('xpath=../..').boundingBox();
  if (!box) throw new Error('the numbers are not shown');
  await composer.page.mouse.click(box.x + box.width - 3, box.y + 3);
  await expect(composer.recipients).toBeFocused();
});

test.describe('numbers that cannot be reached', () => {
  const cases = [
    ['04A0 12 34 57', 'letters'],
    ['+32 470 12*34 57', 'sign'],
    ['+32 470 12 34 57 ext. 5', 'extension'],
    ['+999 123 456 789', 'calling_code'],
    ['+32 470 12', 'too_short', 'BE'],
    ['+32 470 12 34 56 78 90', 'too_long', 'BE'],
    ['+32 903 12 345', 'premium'],
  ] as const;

  for (const [typed, reason, country] of cases) {
    test(`${typed}: ${reason}`, async ({ composer, t }) => {
      await composer.add(typed);
      const sentence = t.say(`recipients.${reason}`, { country: country ? t.region(country) : '' });
      await expect(composer.chips).toHaveCount(1);
      const chip = composer.chips.first();
      await expect(chip).toHaveClass(/chip-bad/);
      await expect(chip).toContainText(t.say(`recipients.${reason}_short`));
      await expect(chip).toHaveAttribute('title', sentence);
      await composer.recipientsCard.getByText(t.count('recipients.refused', 1)).click();
      await expect(composer.recipientsCard.getByText(sentence)).toBeVisible();
      await composer.message.fill('Hello');
      await composer.expectTotal('0');
    });
  }

  test('have no rate where messages are blocked', async ({ composer, t }) => {
    await composer.add('+881 6 1234 5678');
    await expect(composer.chips.first()).toContainText(t.say('recipients.blocked_short'));
  });

  test('are all counted, and the first of them explained', async ({ composer, t }) => {
    await composer.recipients.focus();
    await paste(composer.page, Array.from({ length: 12 }, (_, place) => `+32 470 ${10 + place}`).join('\n'));
    await composer.recipientsCard.getByText(t.count('recipients.refused', 12)).click();
    await expect(composer.recipientsCard.locator('.refused li')).toHaveCount(8);
    await expect(composer.recipientsCard.getByText(t.count('recipients.refused_more', 4))).toBeVisible();
  });
});

test('marks a landline, which may be reached', async ({ composer, t }) => {
  await composer.add('+32 2 555 12 12');
  const chip = composer.chips.first();
  await expect(chip).toContainText(t.say('recipients.fixed_line'));
  await expect(chip).toHaveAttribute('title', new RegExp(t.say('recipients.fixed_line_note')));
  await composer.message.fill('Hello');
  await composer.expectTotal('0.0616');
});

test('saves the quote as a file for spreadsheets', async ({ composer, t }) => {
  await expect(composer.button('cost.save')).toBeDisabled();
  await composer.add(BELGIAN, '+32 470 12');
  await composer.message.fill('Hello');
  const offered = composer.page.waitForEvent('download');
  await composer.button('cost.save').click();
  const download = await offered;
  expect(download.suggestedFilename()).toBe(`${t.say('cost.file')}.csv`);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const [head, first, second] = Buffer.concat(chunks).toString('utf8').split('\r\n');
  const names = ['number', 'country', 'parts', 'credits', 'reason'];
  expect(head).toBe(`\uFEFF${names.map((name) => `"${t.say(`cost.file_${name}`)}"`).join(',')}`);
  expect(first).toBe(`"+32470123457","${t.region('BE')}","1","0.0616",""`);
  expect(second).toContain('"+32 470 12"');
  expect(second).toContain(t.say('recipients.too_short', { country: t.region('BE') }));
});
