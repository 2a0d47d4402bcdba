// Somebody else's identity provider, and a server of ours (`IAP_PROGRAM`) that lets people in through
// it. The two are different sites to a browser: localhost and 127.0.0.1. The provider warns of an old Node
// and of settings that are for tests; it works all the same.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import Provider from 'oidc-provider';

const CLIENT = 'iap';
const SECRET = 'the secret of iap: 100 %';

export interface House {
  /** Where our server is. */
  url: string;
  /** Where people sign in. */
  issuer: string;
  /** Ends both. */
  stop: () => Promise<void>;
}

/** Starts both. Whoever signs in has the address that they type, and it is verified. */
export async function start(): Promise<House> {
  const http = createServer();
  http.listen(0, 'localhost');
  await once(http, 'listening');
  const issuer = `http://localhost:${(http.address() as AddressInfo).port}`;

  const data = await mkdtemp(join(tmpdir(), 'iap-e2e-'));
  const program = process.env.IAP_PROGRAM ?? '../target/debug/iap';
  const server = spawn(program, ['serve', '--demo', '--listen', '127.0.0.1:0', '--data', data], {
    env: {
      ...process.env,
      IAP_LOG: 'warn',
      IAP_OIDC_ISSUER: issuer,
      IAP_OIDC_CLIENT_ID: CLIENT,
      IAP_OIDC_CLIENT_SECRET: SECRET,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const url = line.replace(/^Listening on /, '').replace(/\/$/, '');

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        redirect_uris: [`${url}/api/v1/session/oidc/callback`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['a key for tests'] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: sub, email_verified: true, name: 'Somebody' }),
    }),
  });
  http.on('request', provider.callback());

  const stop = async (): Promise<void> => {
    server.kill();
    if (server.exitCode === null) await once(server, 'exit');
    http.closeAllConnections();
    http.close();
    await rm(data, { recursive: true, force: true });
  };
  return { url, issuer, stop };
}
