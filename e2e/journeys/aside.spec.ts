// What is loaded beside the program: texts, numbering plans, names of characters.

import type { Page } from '@playwright/test';

import { expect, mayComplain, test } from '../support/journey.ts';
import { goTo } from '../support/navigation.ts';
import { Texts } from '../support/texts.ts';

/** Refuses files until the returned function is called. */
async function refuse(page: Page, files: string): Promise<() => Promise<void>> {
  mayComplain(page, 'ERR_FAILED');
  await page.route(files, (route) => route.abort());
  return () => page.unroute(files);
}

/** Has the browser say that it is to load no more than is asked for. */
async function saveData(page: Page): Promise<void> {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
  );
}

/** The parts of the program that were asked for. */
function partsAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname;
    if (path.endsWith('.wasm') && !path.includes('iap-web')) {
      asked.push(path.replace(/-[0-9a-f]+/, ''));
    }
  });
  return asked;
}

test('numbers wait for the numbering plans and nothing typed is lost', async ({
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
});

test('numbers that wait are kept in the draft, and let go with it', async ({
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
});

test('where the texts cannot be loaded the application starts in English', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('iap.locale', 'ro'));
  await refuse(page, '**/texts-ro-*');
  await page.goto('/settings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByText('Română could not be loaded.')).toBeVisible();
});

test('a page whose part cannot be loaded says so, and reloading brings it', async ({
  page,
  t,
}) => {
  await saveData(page);
  await page.goto('/settings');
  const allow = await refuse(page, '**/prices-*.wasm');
  await goTo(page, t, 'nav.prices');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('part.failed_title'));
  await expect(page).toHaveURL(/\/prices$/);
  await allow();
  await page.getByRole('button', { name: t.say('panic.reload') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('prices.title'));
});

test('a page whose texts cannot be loaded says so, and going there again brings it', async ({
  page,
  t,
}) => {
  await saveData(page);
  await page.goto('/settings');
  const allow = await refuse(page, '**/texts-*-prices-*');
  await goTo(page, t, 'nav.prices');
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(t.say('part.failed_title'));
  await allow();
  await page.goBack();
  await expect(heading).toHaveText(t.say('settings.title'));
  await page.goForward();
  await expect(heading).toHaveText(t.say('prices.title'));
});

test('a page that is opened first has its part beside the program', async ({ page, t }) => {
  await saveData(page);
  const asked = partsAsked(page);
  await page.goto('/prices');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('prices.title'));
  expect(asked).toEqual(['/prices.wasm']);
});

test('after a while every page can be opened without a connection', async ({
  context,
  page,
  t,
}) => {
  const asked = partsAsked(page);
  await page.goto('/settings');
  const parts = await page.locator('meta[data-pages]').count();
  expect(parts).toBeGreaterThan(1);
  await expect.poll(() => asked.length).toBe(parts);
  expect(new Set(asked).size).toBe(parts);
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  await goTo(page, t, 'nav.prices');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('prices.title'));
  await goTo(page, t, 'nav.compose');
  await expect(page).toHaveTitle(t.title(t.say('nav.compose')));
  await context.setOffline(false);
});

test('who saves data loads no more than is asked for', async ({ page, t }) => {
  await saveData(page);
  const asked = partsAsked(page);
  await page.goto('/settings');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say('settings.title'));
  // Longer than the application waits before it loads the rest.
  await page.waitForTimeout(4_000);
  expect(asked).toEqual(['/settings.wasm']);
});

test('another language has the texts of the page that is open', async ({ page, t }) => {
  await page.goto('/settings');
  await goTo(page, t, 'nav.prices');
  await goTo(page, t, 'nav.settings');
  const languages = page.getByRole('combobox', { name: t.say('language.label') }).last();
  const other = t.language === 'nl' ? 'tr' : 'nl';
  await languages.selectOption(other);
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(new Texts(other).say('settings.title'));
  await page.goBack();
  await expect(heading).toHaveText(new Texts(other).say('prices.title'));
});

test('a page stays as it is when the part of another one comes', async ({ page, t }) => {
  await saveData(page);
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
