import { Limit } from './limit';
import { newId } from '@sinkron/database';
import { Redis } from 'ioredis';

const url = new URL(process.env['REDIS_URL'] ?? '');
const client = () =>
  url.protocol === 'unix:'
    ? new Redis({
        path: decodeURIComponent(url.pathname),
        maxRetriesPerRequest: 0,
        enableOfflineQueue: false,
      })
    : new Redis(url.href, { maxRetriesPerRequest: 0, enableOfflineQueue: false });

let mine: Redis;
let theirs: Redis;
let key: string;
let limit: Limit;
let otherProcess: Limit;

beforeEach(async () => {
  key = newId();
  [mine, theirs] = [client(), client()];
  await Promise.all([mine, theirs].map((redis) => new Promise((ready) => redis.once('ready', ready))));
  limit = new Limit(mine, 'test', { points: 5, seconds: 60 });
  otherProcess = new Limit(theirs, 'test', { points: 5, seconds: 60 });
});
afterEach(() => {
  mine.disconnect();
  theirs.disconnect();
});

const take = async (times: number, of = limit) => {
  for (let time = 1; time < times; time++) await of.take(key);
  return of.take(key);
};

async function away(): Promise<void> {
  const closed = new Promise((end) => mine.once('end', end));
  mine.disconnect();
  await closed;
}

it('goes on from what Redis had counted while Redis is away', async () => {
  await take(3, otherProcess);
  expect(await take(1)).toMatchObject({ count: 4, over: false });
  await away();
  expect(await take(1)).toMatchObject({ count: 5, over: false });
  expect(await take(1)).toMatchObject({ count: 6, over: true });
  expect(await limit.has(key)).toBe(true);
});

it('gives a Redis that has lost its counts the higher one, once, also when many ask at the same time', async () => {
  await take(2);
  await away();
  await take(1);
  await otherProcess.forget(key);
  await mine.connect();
  const counts = await Promise.all([limit.take(key), limit.take(key)]);
  expect(Math.max(...counts.map(({ count }) => count))).toBe(5);
  expect(await take(1, otherProcess)).toMatchObject({ count: 6, over: true });
});

it('believes a Redis that was not away', async () => {
  await take(4);
  await otherProcess.forget(key);
  expect(await take(1)).toMatchObject({ count: 1, over: false });
  await limit.giveBack(key);
  expect(await limit.has(key)).toBe(false);
});
