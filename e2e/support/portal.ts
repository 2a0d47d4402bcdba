// The portal: signing in, finding one's way, and doing without a server.

import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

import { mayComplain } from './journey.ts';
import type { Texts } from './texts.ts';

/** The password of everybody in the demo. */
export const PASSWORD = 'demo';

/** The database of the demo, as it calls itself. */
export const DATABASE = 'de300000-0000-4000-8000-000000000001';

/** Fills in the form for signing in, and sends it. */
export async function signIn(
  page: Page,
  t: Texts,
  email: string,
  password = PASSWORD,
): Promise<void> {
  await page.getByLabel(t.say('sign_in.email')).fill(email);
  await page.getByLabel(t.say('sign_in.password')).fill(password);
  await page.getByRole('button', { name: t.say('sign_in.submit') }).click();
}

/** Opens a page as somebody who has to sign in first. */
export async function openAs(page: Page, t: Texts, email: string, address: string): Promise<void> {
  await page.goto(address);
  await signIn(page, t, email);
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** The navigation: at the side, or behind a button on a phone. */
export async function menu(page: Page, t: Texts): Promise<Locator> {
  const button = page.getByRole('button', { name: t.say('nav.menu') });
  if (await button.isVisible()) await button.click();
  return page.locator('.sidebar:visible, dialog[open]');
}

/** The line of a service in the list. */
export function row(page: Page, service: string): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: service }) });
}

/** A section of a page, by its heading. */
export function card(page: Page, t: Texts, title: string): Locator {
  return page.getByRole('region', { name: t.say(title), exact: true });
}

/** What stands beside a name in a list of facts or sums. */
export function fact(within: Locator, name: string): Locator {
  return within
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${escaped(name)}$`) })
    .locator('xpath=following-sibling::dd[1]');
}

/** A host of files, as it answers where there is no server; in every tab. */
export async function withoutServer(of: Page | BrowserContext): Promise<void> {
  mayComplain(of, 'status of 404');
  await of.route('**/api/**', (route) => route.fulfill({ status: 404, body: 'Not found' }));
}

/** What the browser says of answers that the journey wants, each once. It says so a little later. */
export async function expectRefusals(complaints: string[], ...statuses: string[]): Promise<void> {
  await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(statuses.length);
  const told = complaints.splice(0);
  expect(told.map((it) => it.match(/status of (\d+)/)?.[1])).toEqual(statuses);
}

/** Checks that a field is marked as wrong, and that the sentence belongs to it. */
export async function expectWrong(field: Locator, sentence: string): Promise<void> {
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toHaveAccessibleDescription(new RegExp(escaped(sentence)));
}

/** Checks that nothing has to be scrolled sideways. */
export async function expectNothingBeyond(page: Page, what: string): Promise<void> {
  // A phone zooms out until all is in sight, so there the width itself tells it.
  const [beyond, width] = await page.evaluate(() => {
    scrollTo({ left: 1_000, behavior: 'instant' });
    const beyond = scrollX;
    scrollTo({ left: 0, behavior: 'instant' });
    return [beyond, document.documentElement.scrollWidth];
  });
  expect.soft(beyond, `${what}: nothing has to be scrolled sideways`).toBe(0);
  const most = page.viewportSize()?.width ?? 0;
  expect.soft(width, `${what}: no wider than the window`).toBeLessThanOrEqual(most);
}

/** A text as a regular expression finds it, with any blank for each of its own. */
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s');
}
