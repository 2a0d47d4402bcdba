import { NUMBERS, TEXT } from '../support/example.ts';
import { expect, test } from '../support/journey.ts';
import { LANGUAGES } from '../support/texts.ts';

const PAGES = ['/compose', '/prices', '/settings', '/buy', '/nowhere'];

test.describe('320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });
  // A phone zooms out until all is in sight, which would hide what is too wide.
  test.skip(({ isMobile }) => isMobile, 'measured without zoom');

  for (const language of LANGUAGES) {
    test.describe(language, () => {
      test.use({ locale: language });

      test('nothing has to be scrolled sideways', async ({ composer, page }) => {
        const beyond = () =>
          page.evaluate(() => {
            scrollTo({ left: 1_000, behavior: 'instant' });
            return scrollX;
          });
        await composer.add(...NUMBERS, 'a-very-long-word-that-is-no-number-and-has-nowhere-to-break');
        await composer.message.fill(`${TEXT} {{first_name}} ${'unbroken'.repeat(30)}`);
        await expect(composer.bars.first()).toBeVisible();
        const folded = page.locator('main details:not([open]) > summary');
        while ((await folded.count()) > 0) await folded.first().click();
        expect.soft(await beyond(), 'full composer').toBe(0);
        for (const address of PAGES) {
          await page.goto(address);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          expect.soft(await beyond(), address).toBe(0);
          // A table may scroll by itself, but none here has to.
          for (const table of await page.locator('.table-scroll').all()) {
            const hidden = await table.evaluate((it) => it.scrollWidth - it.clientWidth);
            expect.soft(hidden, `a table of ${address}`).toBe(0);
          }
        }
      });
    });
  }
});

test('nothing moves while a page loads', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        sources: { node?: Element }[];
      })[]) {
        const nodes = entry.sources.map(({ node }) => node?.className ?? '').join(', ');
        shifts.push(`${entry.value.toFixed(4)} (${nodes})`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
    Object.assign(globalThis, { shifts });
  });
  for (const address of PAGES) {
    await page.goto(address, { waitUntil: 'networkidle' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    // Two frames later all that was to move has moved and is told.
    const shifts = await page.evaluate(async () => {
      const frame = () => new Promise(requestAnimationFrame);
      await frame();
      await frame();
      return (globalThis as unknown as { shifts: string[] }).shifts;
    });
    expect.soft(shifts, address).toEqual([]);
  }
});

test('on paper there is the page alone, dark ink on white', async ({ composer, page, t }) => {
  await composer.add(...NUMBERS);
  await composer.message.fill(TEXT);
  await composer.expectTotal('0.7392');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const hidden of ['.sidebar', '.topbar', '.page-actions', '.toasts', '.skip']) {
    await expect(page.locator(hidden).first()).toBeHidden();
  }
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(composer.phone.locator('.bubble')).toHaveText(TEXT);
  await expect(composer.cost).toBeVisible();
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'light');
  await expect(composer.cost).toContainText(t.credits('0.7392'));
});
