import { expect, test } from '../support/journey.ts';

test.beforeEach(async ({ page, t }) => {
  await page.goto('/prices');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('prices.title'));
});

test('rates are found by country, letters and code, and the search can be shared', async ({
  page,
  t,
}) => {
  const table = page.getByRole('region', { name: t.say('prices.rates') }).getByRole('table');
  const search = page.getByRole('searchbox', { name: t.say('prices.search') });
  const belgium = table.getByRole('row').filter({ hasText: t.region('BE') });
  for (const text of [t.region('BE'), t.region('BE').toUpperCase(), '+32', '32']) {
    await search.fill(text);
    await expect(belgium.first()).toContainText(t.credits('0.0616'));
    await expect(table.getByRole('row').filter({ hasText: t.region('FR') })).toHaveCount(0);
  }
  await search.fill(t.region('RO'));
  await expect(page).toHaveURL(/\?q=/);
  await page.reload();
  await expect(search).toHaveValue(t.region('RO'));
  await expect(table.getByRole('row').filter({ hasText: t.region('RO') }).first()).toContainText(
    t.credits('0.0582'),
  );

  await search.fill('Atlantis');
  await expect(page.getByText(t.say('prices.none_text', { search: 'Atlantis' }))).toBeVisible();
  await page.getByRole('button', { name: t.say('prices.show_all') }).click();
  await expect(search).toHaveValue('');
  await expect(belgium.first()).toBeAttached();
});

test('rates are sorted by what is clicked', async ({ page, t }) => {
  const heading = page.getByRole('columnheader', { name: t.say('prices.price') });
  const sort = heading.getByRole('button');
  const shown = page.getByRole('region', { name: t.say('prices.rates') }).locator('tbody .number');
  const prices = async () => {
    const texts = await shown.allTextContents();
    const numbers = texts.map((text) => text.replace(',', '.')).filter((text) => text !== '–');
    return numbers.map(Number);
  };
  await sort.click();
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(async () => (await prices()).length).toBeGreaterThan(1);
  const rising = await prices();
  expect(rising).toEqual([...rising].sort((a, b) => a - b));
  await sort.click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  const falling = await prices();
  expect(falling).toEqual([...falling].sort((a, b) => b - a));
});

test('rates are exported as CSV', async ({ page, t }) => {
  const offered = page.waitForEvent('download');
  await page.getByRole('button', { name: t.say('prices.export') }).click();
  const download = await offered;
  expect(download.suggestedFilename()).toBe('rates.csv');
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const file = Buffer.concat(chunks).toString('utf8').trim();
  const [head, ...lines] = file.split(/\r?\n/).filter((line) => !line.startsWith('#'));
  expect(head?.split(',')).toEqual(expect.arrayContaining(['prefix', 'country', 'kind']));
  expect(lines.length).toBeGreaterThan(200);
  expect(lines.filter((line) => line.includes('BE') && line.includes('0.0616'))).toHaveLength(1);
});

test('on paper there are all rates', async ({ page, t }) => {
  const rows = page.locator('.rates tbody tr');
  const rest = page.getByRole('button', { name: new RegExp(t.count('prices.show_rest', 232)) });
  await expect(rest).toBeVisible();
  await expect(rows).toHaveCount(50);
  // Making a PDF tells the page that it is printed.
  await page.pdf();
  await expect(rows).toHaveCount(282);
});

test('questions unfold their answers', async ({ page, t }) => {
  const answer = page.getByText(t.say('faq.premium_answer'));
  await expect(answer).toBeHidden();
  await page.getByText(t.say('faq.premium'), { exact: true }).click();
  await expect(answer).toBeVisible();
});
