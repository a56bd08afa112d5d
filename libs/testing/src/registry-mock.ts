import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { spawnTied } from './spawn-tied';
import { withDatabaseName } from '@sinkron/config';

export interface RegistryMock {
  url: string;
  /** Calls one of the mock's controls. */
  admin(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** The stand-in centre as the process that `npm start` runs, on a free port and a schema of its own. */
export async function startRegistryMock(databaseUrl: string): Promise<RegistryMock> {
  const port = await freePort();
  const name = `${new URL(databaseUrl).pathname.slice(1)}_centre`;
  const child = spawnTied(
    [process.execPath, join(__dirname, '../../../dist/apps/registry-mock/src/main.js')],
    {
      env: {
        ...process.env,
        REGISTRY_MOCK_DATABASE_URL: withDatabaseName(databaseUrl, name),
        REGISTRY_MOCK_PORT: String(port),
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/health/live`, child);
  return {
    url,
    async admin(method, path, body) {
      const response = await fetch(url + path, {
        method,
        ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      const text = await response.text();
      return text ? (JSON.parse(text) as unknown) : null;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Waits until a process answers at this address, at most 20 s. */
export async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 200 && child.exitCode === null; attempt++) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Nothing answers at ${url}`);
}
