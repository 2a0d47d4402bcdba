// A server of ours (`IAP_PROGRAM`) with demo data of its own, for journeys that change what all others see.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface OwnServer {
  /** Where it is. */
  url: string;
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
  return { url: line.replace(/^Listening on /, '').replace(/\/$/, ''), stop };
}
