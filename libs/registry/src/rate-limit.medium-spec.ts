import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { NotAsked } from './not-asked';
import { RateLimit } from './rate-limit';

const rate = { perSecond: 20, burst: 5 };
const patience = 10_000;

let proxy: Server;
let clients: Redis[];
const sockets = new Set<Socket>();

beforeAll(async () => {
  const url = new URL(process.env.REDIS_URL ?? '');
  const far =
    url.protocol === 'unix:'
      ? { path: decodeURIComponent(url.pathname) }
      : { host: url.hostname, port: Number(url.port) || 6379 };
  proxy = createServer((near) => {
    const there = connect(far);
    for (const socket of [near, there]) sockets.add(socket.on('error', () => undefined));
    near.pipe(there).pipe(near);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  proxy.close();
});

beforeEach(async () => {
  const { port } = proxy.address() as { port: number };
  // A database of its own: the rate's key is one for the whole desk.
  const options = { port, host: '127.0.0.1', db: 9, enableOfflineQueue: false, commandTimeout: 2_000 };
  clients = Array.from({ length: 3 }, () => new Redis(options).on('error', () => undefined));
  await Promise.all(clients.map((client) => once(client, 'ready')));
  await clients[0]?.flushdb();
});
afterEach(() => {
  for (const client of clients) client.disconnect();
  for (const socket of sockets) socket.destroy();
});

it('holds three processes together to one rate, burst included', async () => {
  const taken = await take(limits(), 80);
  expect(mostInOneSecond(taken)).toBeLessThanOrEqual(rate.perSecond + rate.burst + 1);
  expect(lasted(taken)).toBeGreaterThan(((80 - rate.burst) / rate.perSecond) * 1000 - 200);
});

it('says when to try again to a caller who would have to wait too long', async () => {
  const [limit] = limits();
  await take([limit as RateLimit], 25);
  const refused = (await limit?.take(0).catch((error: unknown) => error)) as NotAsked;
  expect(refused).toBeInstanceOf(NotAsked);
  expect(refused).toMatchObject({ reason: 'rate_limited' });
  expect(refused.wait).toBeGreaterThan(0);
});

it('keeps every process to its part of the rate while Redis is away', async () => {
  const made = limits();
  for (const client of clients) client.disconnect();
  expect(mostInOneSecond(await take(made, 45))).toBeLessThanOrEqual(rate.perSecond + 3 + 1);
});

it('does not wait for a Redis that is connected and silent, and is limited all the same', async () => {
  const made = limits();
  for (const socket of sockets) socket.unpipe().pause();
  const began = performance.now();
  const taken = await take(made, 30);
  expect((taken[0] ?? Infinity) - began).toBeLessThan(1_500);
  expect(mostInOneSecond(taken)).toBeLessThanOrEqual(rate.perSecond + 3 + 1);
});

it('does not believe a reservation that a clock set back has left hours ahead', async () => {
  const [limit] = limits();
  await clients[0]?.set('{sinkron}:registry:rate', String((Date.now() + 3_600_000) * 1000));
  const refused = (await limit?.take(0).catch((error: unknown) => error)) as NotAsked;
  expect(refused.wait).toBeLessThanOrEqual(61_000);
});

function limits(): RateLimit[] {
  return clients.map((client) => new RateLimit(client, rate, clients.length));
}

/** Many callers at once, spread over the processes. @returns when each could go, in order */
async function take(through: RateLimit[], calls: number): Promise<number[]> {
  const taken = await Promise.all(
    Array.from({ length: calls }, async (_, call) => {
      await through[call % through.length]?.take(patience);
      return performance.now();
    }),
  );
  return taken.sort((one, other) => one - other);
}

function mostInOneSecond(instants: number[]): number {
  return Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + 1000).length));
}

function lasted(instants: number[]): number {
  return (instants.at(-1) ?? 0) - (instants[0] ?? 0);
}
