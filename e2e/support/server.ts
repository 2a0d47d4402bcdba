// Our server as its operator and its providers see it: the command line and the interfaces.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type APIRequestContext } from '@playwright/test';

/** A setting that `cargo xtask odoo` gives. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this with \`cargo xtask odoo\``);
  return value;
}

/** Runs `iap` with the server's data; what it prints. */
export function iap(...words: string[]): string {
  const all = [...words, '--data', setting('IAP_DATA')];
  return execFileSync(setting('IAP_PROGRAM'), all, { encoding: 'utf8' });
}

/** The number that our server has for an account. */
export function numberOf(database: string, service: string): string {
  const rows = iap('account', 'list').split('\n').map((row) => row.split('\t'));
  const row = rows.find((row) => row[1] === database && row[2] === service);
  if (!row?.[0]) throw new Error(`our server has no account of ${database} for ${service}`);
  return row[0];
}

/** Calls Odoo's protocol as a provider does: the result, or what stands in `error.data`. */
export async function provide(
  request: APIRequestContext,
  method: string,
  params: Record<string, unknown>,
): Promise<unknown> {
  const data = { jsonrpc: '2.0', method: 'call', id: '1', params };
  const answer = await request.post(`${setting('IAP_SERVER_URL')}/iap/1/${method}`, { data });
  expect(answer.status()).toBe(200);
  const { result, error } = await answer.json();
  return error ? error.data : result;
}

/** The mails that went into the folder instead of to a mail server. */
export function mails(): string[] {
  const folder = join(setting('IAP_DATA'), 'outbox');
  // It is there from the first mail on.
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}
