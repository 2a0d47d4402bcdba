import type { Locator, Page } from '@playwright/test';

import { expect, mayComplain, test } from '../support/journey.ts';
import { goTo } from '../support/navigation.ts';
import { LANGUAGES, Texts, type Language } from '../support/texts.ts';

/** A picker of the side bar or, on a phone, of the top bar: whichever is in sight. */
function picker(page: Page, name: string): Locator {
  return page.locator('header').getByRole('combobox', { name, exact: true });
}

test('another language changes everything at once, and is remembered', async ({
  composer,
  page,
  t,
}) => {
  await composer.add('+32 470 12 34 57', '0470 12 34');
  await composer.message.fill('Good morning — 😀');
  let now = t;
  const others = LANGUAGES.filter((language) => language !== t.language);
  for (const language of [...others, t.language] as Language[]) {
    await picker(page, now.say('language.label')).selectOption(language);
    now = new Texts(language);
    composer.t = now;
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await expect(page).toHaveTitle(now.title(now.say('nav.compose')));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(now.say('nav.compose'));
    await composer.expectCount(1, 17, 53);
    await expect(composer.count).toContainText(now.count('message.ucs2', 2));
    await composer.expectTotal('0.0616');
    await expect(composer.recipientsCard).toContainText(
      now.say('recipients.reachable', { reached: 1, total: 2 }),
    );
    const rate = now.say('recipients.rate', { credits: now.credits('0.0616') });
    await expect(composer.chip('+32')).toHaveAttribute('title', new RegExp(`${now.region('BE')} · ${rate}$`));
    await expect(composer.message).toHaveAccessibleName(now.say('message.label'));
    await expect(composer.message).toHaveValue('Good morning — 😀');
    await expect(composer.message).toHaveAttribute('placeholder', '');
  }
  await composer.message.fill('');
  await expect(composer.message).toHaveAttribute('placeholder', t.say('message.placeholder'));
  await picker(page, now.say('language.label')).selectOption('tr');
  const placeholder = new Texts('tr').say('message.placeholder');
  await expect(composer.message).toHaveAttribute('placeholder', placeholder);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'tr');
  await expect(page).toHaveTitle(new Texts('tr').title(new Texts('tr').say('nav.compose')));
});

test('the theme is the system’s until another is chosen, and is remembered', async ({
  composer,
  page,
  colorScheme,
  t,
}) => {
  // Whatever the colour is written in, a pixel of it tells how light it is.
  const paper = () =>
    page.locator('body').evaluate((it) => {
      const pixel = new OffscreenCanvas(1, 1).getContext('2d');
      if (!pixel) throw new Error('there is no canvas');
      pixel.fillStyle = getComputedStyle(it).backgroundColor;
      pixel.fillRect(0, 0, 1, 1);
      return (pixel.getImageData(0, 0, 1, 1).data[1] ?? 0) > 127 ? 'light' : 'dark';
    });
  await expect.poll(paper).toBe(colorScheme);
  const html = composer.page.locator('html');
  for (const theme of ['dark', 'light']) {
    await picker(page, t.say('theme.label')).selectOption(theme);
    await expect(html).toHaveAttribute('data-theme', theme);
    await expect.poll(paper).toBe(theme);
    await page.reload();
    await expect(html).toHaveAttribute('data-theme', theme);
    await expect.poll(paper).toBe(theme);
  }
  await picker(page, t.say('theme.label')).selectOption('system');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(paper).toBe('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(paper).toBe('light');
});

test('language and theme follow in the other tabs', async ({ composer, context, t }) => {
  const other = await context.newPage();
  await other.goto('/prices');
  await expect(other).toHaveTitle(t.title(t.say('prices.title')));
  await picker(composer.page, t.say('language.label')).selectOption('nl');
  await expect(other).toHaveTitle(new Texts('nl').title(new Texts('nl').say('prices.title')));
  await picker(composer.page, new Texts('nl').say('theme.label')).selectOption('dark');
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('each page has its address, its title and the focus on its heading', async ({
  composer,
  page,
  t,
}) => {
  await composer.message.fill('Still here');
  const heading = page.getByRole('heading', { level: 1 });
  for (const [name, title, address] of [
    ['nav.prices', 'prices.title', '/prices'],
    ['nav.settings', 'settings.title', '/settings'],
    ['nav.compose', 'nav.compose', '/compose'],
  ] as const) {
    await goTo(page, t, name);
    await expect(page).toHaveURL(address);
    await expect(page).toHaveTitle(t.title(t.say(title)));
    await expect(heading).toHaveText(t.say(title));
    await expect(heading).toBeFocused();
  }
  await expect(composer.message).toHaveValue('Still here');
  await page.goBack();
  await expect(page).toHaveURL('/settings');
  await expect(heading).toHaveText(t.say('settings.title'));
  await expect(heading).toBeFocused();
  await page.goForward();
  await expect(composer.message).toHaveValue('Still here');
});

test('an address can be opened as it is', async ({ page, t }) => {
  for (const [address, title] of [
    ['/', 'nav.compose'],
    ['/compose', 'nav.compose'],
    ['/prices', 'prices.title'],
    ['/settings', 'settings.title'],
    ['/buy', 'buy.title'],
  ] as const) {
    await page.goto(address);
    await expect(page).toHaveTitle(t.title(t.say(title)));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.say(title));
  }
});

test('the page one is on is marked in the navigation', async ({ page, t }) => {
  await page.goto('/');
  const menu = page.getByRole('button', { name: t.say('nav.menu') });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  if (await menu.isVisible()) await menu.click();
  const nav = page.getByRole('navigation', { name: t.say('nav.label') });
  await expect(nav.locator('[aria-current=page]')).toHaveText(t.say('nav.compose'));
});

test('an address without a page says so and leads on', async ({ page, t }) => {
  await page.goto('/prices');
  await page.evaluate(() => history.pushState(null, '', '/prices'));
  await page.goto('/no/such/page');
  await expect(page).toHaveTitle(t.title(t.say('missing.title')));
  const main = page.getByRole('main');
  await expect(main.locator('code')).toHaveText('/no/such/page');
  const robots = page.locator('head meta[name=robots]');
  await expect(robots).toHaveAttribute('content', 'noindex');
  await page.getByRole('button', { name: t.say('missing.back') }).click();
  await expect(page).toHaveURL('/prices');
  await page.goto('/no/such/page');
  await main.getByRole('link', { name: t.say('nav.settings') }).click();
  await expect(page).toHaveTitle(t.title(t.say('settings.title')));
  await expect(robots).toHaveCount(0);
});

test('a link to the page one is on closes the menu as well', async ({ composer, page, t }) => {
  await composer.message.fill('Still here');
  const menu = page.getByRole('button', { name: t.say('nav.menu') });
  await goTo(page, t, 'nav.compose');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  if (await menu.isVisible()) await expect(menu).toBeFocused();
  await expect(composer.message).toHaveValue('Still here');
});

test('being offline is said, and counting goes on', async ({ composer, context, page, t }) => {
  const notice = page.getByRole('status').filter({ hasText: t.say('offline.text') });
  await expect(notice).toHaveCount(0);
  // A page that was opened before can be opened without a connection.
  await goTo(page, t, 'nav.prices');
  await expect(page).toHaveTitle(t.title(t.say('prices.title')));
  await goTo(page, t, 'nav.compose');
  await expect(page).toHaveTitle(t.title(t.say('nav.compose')));
  await context.setOffline(true);
  await expect(notice).toBeVisible();
  await composer.message.fill('Counted offline');
  await composer.expectCount(1, 15, 145);
  await goTo(page, t, 'nav.prices');
  await expect(page).toHaveTitle(t.title(t.say('prices.title')));
  await expect(notice).toBeVisible();
  await context.setOffline(false);
  await expect(notice).toHaveCount(0);
});

test('what demo data means is told', async ({ composer, t }) => {
  await composer.button('demo.tag').click();
  const dialog = composer.page.getByRole('dialog', { name: t.say('demo.title') });
  await expect(dialog).toContainText(t.say('demo.server'));
  await dialog.getByRole('button', { name: t.say('app.close') }).click();
  await expect(dialog).toBeHidden();
});

test('a program that cannot be loaded is told, with a way to try again', async ({
  page,
}) => {
  mayComplain(page, 'ERR_FAILED', 'Failed to fetch');
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('/compose');
  const alert = page.getByRole('alert');
  await expect(alert).toBeVisible();
  await page.unroute('**/*.wasm');
  await alert.getByRole('button').click();
  await expect(page.locator('#message')).toBeVisible();
  await expect(alert).toHaveCount(0);
});
