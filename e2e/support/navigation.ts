// The navigation of the application.

import type { Page } from '@playwright/test';

import type { Texts } from './texts.ts';

/** Opens a page by the navigation, which stands in a menu on a phone. */
export async function goTo(page: Page, t: Texts, name: string): Promise<void> {
  // Whether there is a menu is known when the application is there.
  await page.getByRole('heading', { level: 1 }).waitFor();
  const menu = page.getByRole('button', { name: t.say('nav.menu') });
  if (await menu.isVisible()) await menu.click();
  await page
    .getByRole('navigation', { name: t.say('nav.label') })
    .getByRole('link', { name: t.say(name) })
    .click();
}
