// The texts that the application shows, from the files that it takes them from.

import { readFileSync } from 'node:fs';

/** The languages of the application. */
export const LANGUAGES = ['en', 'fr', 'nl', 'ro', 'tr'] as const;
export type Language = (typeof LANGUAGES)[number];

type Argument = string | number;
type Arguments = Record<string, Argument>;
type Forms = Record<string, string>;
type Table = Record<string, Record<string, string | Forms>>;

function table(language: Language): Table {
  const file = new URL(`../../web/locales/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Table;
}

/** The texts of one language, numbers in them as the language writes them. */
export class Texts {
  readonly #table: Table;

  constructor(readonly language: Language) {
    this.#table = table(language);
  }

  /** The text `group.name` with its arguments filled in. */
  say(key: string, values: Arguments = {}): string {
    const text = this.#find(key);
    if (typeof text !== 'string') throw new Error(`${key} has plural forms: use count()`);
    return this.#fill(text, values);
  }

  /** The plural form of `group.name` for a number; a decimal number as a string. */
  count(key: string, count: Argument, values: Arguments = {}): string {
    const forms = this.#find(key);
    if (typeof forms === 'string') throw new Error(`${key} has no plural forms: use say()`);
    const decimals = typeof count === 'string' && count.includes('.');
    const options = decimals ? { minimumFractionDigits: 4 } : {};
    const category = new Intl.PluralRules(this.language, options).select(Number(count));
    const form = forms[category] ?? forms.other ?? '';
    return this.#fill(form, { count: decimals ? this.credits(count) : Number(count), ...values });
  }

  /** An amount of credits, given as a decimal string. */
  credits(amount: string): string {
    const digits = { minimumFractionDigits: 4, maximumFractionDigits: 6 };
    return new Intl.NumberFormat(this.language, digits).format(Number(amount));
  }

  /** What an account has: whole credits as they are. */
  balance(amount: string): string {
    return Number.isInteger(Number(amount)) ? this.number(Number(amount)) : this.credits(amount);
  }

  /** The same with its unit: "10 credits". */
  balanceOf(amount: string): string {
    return this.count('compose.credits', amount, { count: this.balance(amount) });
  }

  /** An amount of euros, with no more decimals than that. */
  euros(amount: number, decimals = 2): string {
    const euros = { style: 'currency', currency: 'EUR', maximumFractionDigits: decimals } as const;
    return new Intl.NumberFormat(this.language, euros).format(amount);
  }

  number(number: number): string {
    return new Intl.NumberFormat(this.language).format(number);
  }

  /** The name of a country. */
  region(code: string): string {
    return new Intl.DisplayNames(this.language, { type: 'region' }).of(code) ?? code;
  }

  parts(count: number): string {
    return this.count('compose.parts', count);
  }

  /** How much a message takes and what is left: "147 units, 54 left in the last part". */
  units(units: number, left: number): string {
    return this.say('message.units_left', { units: this.count('compose.units', units), left });
  }

  /** The title of the document on a page with this heading. */
  title(heading: string): string {
    return this.say('app.page_title', { page: heading });
  }

  #find(key: string): string | Forms {
    const [group = '', name = ''] = key.split('.');
    const text = this.#table[group]?.[name];
    if (text === undefined) throw new Error(`${key} is not in ${this.language}.json`);
    return text;
  }

  #fill(text: string, values: Arguments): string {
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`{${name}} of “${text}” is not given`);
      return typeof value === 'number' ? this.number(value) : value;
    });
  }
}
