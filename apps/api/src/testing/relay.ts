import { type Server, type Socket, connect, createServer } from 'node:net';

/** A TCP relay to a server, which a test can cut and restore. */
export interface Relay {
  port: number;
  cut(): Promise<void>;
  restore(): Promise<void>;
}

/** @param target a URL of DATABASE_URL's or REDIS_URL's kind, over TCP or a Unix socket */
export async function relayTo(target: string): Promise<Relay> {
  const url = new URL(target);
  const path =
    url.protocol === 'unix:' ? decodeURIComponent(url.pathname) : url.searchParams.get('socketPath');
  const defaultPort = url.protocol.startsWith('redis') ? 6379 : 3306;
  const far = path ? { path } : { host: url.hostname, port: Number(url.port) || defaultPort };
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const there = connect(far);
    for (const socket of [near, there]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    near.pipe(there).pipe(near);
  });
  const port = await listen(server, 0);
  return {
    port,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
    async restore() {
      await listen(server, port);
    },
  };
}

/** The URL of a Redis through a relay: the same database of it. */
export function redisThrough({ port }: Pick<Relay, 'port'>, target: string): string {
  const url = new URL(target);
  const database = url.protocol === 'unix:' ? (url.searchParams.get('db') ?? '0') : url.pathname.slice(1);
  const { username, password } = url;
  return `redis://${username}${password && `:${password}`}${username || password ? '@' : ''}127.0.0.1:${port}/${database}`;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
}
