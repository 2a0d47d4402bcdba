// The composer, as people find their way in it: by roles and names.

import { expect, type Locator, type Page } from '@playwright/test';

import type { Texts } from './texts.ts';

export class Composer {
  /** Where recipients are typed. */
  readonly recipients: Locator;
  /** Where the message is typed. */
  readonly message: Locator;
  /** The line below it: parts, units, encoding. */
  readonly count: Locator;

  constructor(
    readonly page: Page,
    public t: Texts,
  ) {
    this.recipients = page.locator('#recipients');
    this.message = page.locator('#message');
    this.count = page.locator('#message-count');
  }

  async open(): Promise<void> {
    await this.page.goto('/compose');
    await expect(this.message).toBeVisible();
  }

  /** The recipients, a chip each. */
  get chips(): Locator {
    return this.page.getByRole('list', { name: this.t.say('recipients.list') }).getByRole('listitem');
  }

  /** The parts, a bar each. */
  get bars(): Locator {
    return this.messageCard.getByRole('img');
  }

  get recipientsCard(): Locator {
    return this.#card('recipients.title');
  }

  get messageCard(): Locator {
    return this.#card('message.title');
  }

  get cost(): Locator {
    return this.#card('cost.title');
  }

  /** The message as a phone shows it. */
  get phone(): Locator {
    return this.#card('phone.title');
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.t.say(key), exact: true });
  }

  /** An amount beside its name in the sums, such as the balance. */
  sum(name: string): Locator {
    return this.cost
      .getByRole('term')
      .filter({ hasText: name })
      .locator('xpath=following-sibling::dd[1]');
  }

  /** Types numbers and adds each with Enter. */
  async add(...numbers: string[]): Promise<void> {
    for (const number of numbers) {
      await this.recipients.fill(number);
      await this.recipients.press('Enter');
    }
    await expect(this.recipients).toHaveValue('');
  }

  /** The chip of a recipient, by what stands on it. */
  chip(shown: string): Locator {
    return this.chips.filter({ hasText: shown });
  }

  correctButton(shown: string): Locator {
    return this.page.getByRole('button', {
      name: this.t.say('recipients.correct', { number: shown }),
      exact: true,
    });
  }

  removeButton(shown: string): Locator {
    return this.page.getByRole('button', {
      name: this.t.say('recipients.remove', { number: shown }),
      exact: true,
    });
  }

  /** Checks parts, units and what is left in the last part. */
  async expectCount(parts: number, units: number, left: number): Promise<void> {
    await expect(this.count).toContainText(
      `${this.t.parts(parts)} ${this.t.units(units, left)}`,
    );
  }

  async expectNothingCounted(): Promise<void> {
    await expect(this.count).toHaveText(this.t.say('message.empty'));
  }

  async expectTotal(amount: string): Promise<void> {
    await expect(this.cost.locator('.total')).toHaveText(
      `${this.t.credits(amount)} ${this.t.say('cost.unit')}`,
    );
  }

  #card(title: string): Locator {
    return this.page.getByRole('region', { name: this.t.say(title), exact: true });
  }
}
