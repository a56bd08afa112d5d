import { Redis } from 'ioredis';

/**
 * Loaded before each file of the medium tier (jest.config.js): a Redis database for each of Jest's workers, empty at the
 * beginning of a file, so that limits counted by one file refuse nobody in another.
 */
const url = new URL(process.env['REDIS_URL'] ?? '');
const database = process.env['JEST_WORKER_ID'] ?? '1';
if (url.protocol === 'unix:') url.searchParams.set('db', database);
else url.pathname = `/${database}`;
process.env['REDIS_URL'] = url.href;

beforeAll(async () => {
  const redis = new Redis(url.href);
  await redis.flushdb();
  redis.disconnect();
});
