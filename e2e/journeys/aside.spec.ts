// What is loaded beside the program: texts, numbering plans, names of characters.

import type { Page } from '@playwright/test';

import { expect, test } from '../support/journey.ts';

/** Takes the browser's complaints about refused files out; there must be no others. */
function expectRefusals(complaints: string[]): void {
  const others = complaints.splice(0).filter((told) => !told.includes('ERR_FAILED'));
  expect(others).toEqual([]);
}

/** Refuses files until the returned function is called. */
async function refuse(page: Page, files: string): Promise<() => Promise<void>> {
  await page.route(files, (route) => route.abort());
  return () => page.unroute(files);
}

test('numbers wait for the numbering plans and nothing typed is lost', async ({
  complaints,
  composer,
  page,
  t,
}) => {
  const allow = await refuse(page, '**/phone-plans-*');
  await composer.open();
  await composer.recipients.fill('Ada Peeters +32 470 12 34 56, 0470 12 34 57');
  await composer.recipients.press('Enter');
  const told = page.getByText(t.say('recipients.no_plans'));
  await expect(told).toBeVisible();
  await expect(composer.chips).toHaveCount(0);
  await page.reload();
  await expect(told).toBeVisible();
  await allow();
  await composer.button('recipients.read_again').click();
  await expect(composer.chips).toHaveCount(2);
  await expect(told).toHaveCount(0);
  expectRefusals(complaints);
});

test('numbers that wait are kept in the draft, and let go with it', async ({
  complaints,
  composer,
  page,
  t,
}) => {
  await refuse(page, '**/phone-plans-*');
  await composer.open();
  await composer.recipients.evaluate((field) => {
    const data = new DataTransfer();
    data.setData('text', '+32 470 12 34 56\n+32 470 12 34 57');
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  const told = page.getByText(t.say('recipients.no_plans'));
  await expect(told).toBeVisible();
  const kept = () => page.evaluate(() => JSON.stringify(localStorage));
  await expect.poll(kept).toContain('+32 470 12 34 57');
  await composer.button('compose.new').click();
  await expect(told).toHaveCount(0);
  expectRefusals(complaints);
});

test('a file that is not the numbering plans is not taken for them', async ({
  composer,
  page,
  t,
}) => {
  // A portal that wants a sign-in first answers everything with its own page.
  const files = '**/phone-plans-*';
  await page.route(files, (route) => route.fulfill({ body: '<!doctype html><p>Sign in</p>' }));
  await composer.open();
  await composer.recipients.fill('+32 470 12 34 56');
  await composer.recipients.press('Enter');
  await expect(page.getByText(t.say('recipients.no_plans'))).toBeVisible();
  await page.unroute(files);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(composer.chips).toHaveCount(1);
});

test('a language that cannot be loaded is told, and the old one stays', async ({
  complaints,
  page,
  t,
}) => {
  await page.goto('/settings');
  const heading = page.getByRole('heading', { level: 1 });
  const before = await heading.textContent();
  const allow = await refuse(page, '**/texts-nl-*');
  const languages = page.getByRole('combobox', { name: t.say('language.label') }).last();
  const chosen = await languages.inputValue();
  await languages.selectOption('nl');
  await expect(page.getByText(t.say('language.missing', { language: 'Nederlands' }))).toBeVisible();
  await expect(heading).toHaveText(before ?? '');
  await expect(languages).toHaveValue(chosen);
  await allow();
  await languages.selectOption('nl');
  await expect(heading).toHaveText('Instellingen');
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  expectRefusals(complaints);
});

test('where the texts cannot be loaded the application starts in English', async ({
  complaints,
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('iap.locale', 'ro'));
  await refuse(page, '**/texts-ro-*');
  await page.goto('/settings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByText('Română could not be loaded.')).toBeVisible();
  expectRefusals(complaints);
});

test('a page whose part cannot be loaded says so, and reloading brings it', async ({
  complaints,
  page,
  t,
}) => {
  await page.goto('/settings');
  const allow = await refuse(page, '**/prices-*.wasm');
  const prices = page.getByRole('link', { name: t.say('nav.prices') }).first();
  if (!(await prices.isVisible())) await page.getByRole('button', { name: t.say('nav.menu') }).click();
  await page.getByRole('link', { name: t.say('nav.prices') }).last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('part.failed_title'));
  await expect(page).toHaveURL(/\/prices$/);
  await allow();
  await page.getByRole('button', { name: t.say('panic.reload') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('prices.title'));
  expectRefusals(complaints);
});

test('a page that is opened first has its part beside the program', async ({ page, t }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/prices');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('prices.title'));
  const parts = asked.filter((path) => path.endsWith('.wasm') && !path.includes('iap-web'));
  expect(parts.map((path) => path.replace(/-[0-9a-f]+/, ''))).toEqual(['/prices.wasm']);
});

test('a page stays as it is when the part of another one comes', async ({ page, t }) => {
  await page.goto('/settings');
  const search = page.getByRole('searchbox').first();
  await search.fill('IAP');
  await search.evaluate((field) => field.setAttribute('data-kept', ''));
  const menu = page.getByRole('button', { name: t.say('nav.menu') });
  if (await menu.isVisible()) await menu.click();
  const [part] = await Promise.all([
    page.waitForResponse(/\/prices-[0-9a-f]+\.wasm$/),
    page.getByRole('link', { name: t.say('nav.prices') }).last().hover(),
  ]);
  await part.finished();
  await page.waitForTimeout(300);
  await expect(page.locator('[data-kept]')).toHaveValue('IAP');
});
