// Accessibility, as far as a program can judge it.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2, levels A and AA, and what axe knows to be good practice beyond it. */
const RULES = [
  'wcag2a',
  'wcag2aa',
  'wcag21a',
  'wcag21aa',
  'wcag22a',
  'wcag22aa',
  'best-practice',
];

/** Checks that axe finds nothing to complain about on the page as it is now. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  // There are no frames, so the page alone is enough; a second page for the report, and a report
  // of all that is well, cost time.
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(RULES)
    .setLegacyMode()
    .analyze();
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${html.slice(0, 200)}`),
  );
  expect.soft(told, `${what}: no violation`).toEqual([]);
}
