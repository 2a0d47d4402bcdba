// A server of ours (`IAP_PROGRAM`) with demo data of its own, for journeys that change what all others see.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { test as base } from './journey.ts';

export interface OwnServer {
  /** Where it is. */
  url: string;
  /** The mails that it sent, as they are: on demo data they become files. */
  mails: () => Promise<string[]>;
  /** Ends it, and takes its data away. */
  stop: () => Promise<void>;
}

/** Starts one. */
export async function startServer(): Promise<OwnServer> {
  const data = await mkdtemp(join(tmpdir(), 'iap-e2e-'));
  const program = process.env.IAP_PROGRAM ?? '../target/debug/iap';
  const server = spawn(program, ['serve', '--demo', '--listen', '127.0.0.1:0', '--data', data], {
    env: { ...process.env, IAP_LOG: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const stop = async (): Promise<void> => {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
    await rm(data, { recursive: true, force: true });
  };
  const mails = async (): Promise<string[]> => {
    const folder = join(data, 'demo-outbox');
    const files = await readdir(folder).catch(() => []);
    return Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  };
  return { url: line.replace(/^Listening on /, '').replace(/\/$/, ''), mails, stop };
}

/** A journey on a server of its own. */
export const test = base.extend<{ server: OwnServer }>({
  // Playwright reads from the parameter what a fixture needs: nothing.
  server: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  baseURL: async ({ server }, use) => use(server.url),
});
