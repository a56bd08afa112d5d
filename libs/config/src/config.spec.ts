import { loadConfig, loadRegistryMockConfig } from './config';

const key = Buffer.alloc(32, 7).toString('base64');
const complete = {
  DATABASE_URL: 'mysql://root@127.0.0.1:3306/sinkron',
  REDIS_URL: 'redis://127.0.0.1:6379',
  DATA_KEYS: `k1:${key}`,
  INDEX_KEYS: `i1:${key}`,
  TOKEN_KEYS: `t1:${key}`,
};

it('lists everything that is missing or wrong at once, without a value', () => {
  const attempt = () => loadConfig({ PORT: 'secret-port', REDIS_URL: complete.REDIS_URL });
  expect(attempt).toThrow(/DATABASE_URL is missing[^]*DATA_KEYS is missing[^]*PORT must be/);
  expect(attempt).not.toThrow(/secret-port/);
});

it('has real durations by default and replaces single ones from JSON', () => {
  expect(loadConfig(complete).durations.day).toBe(86_400_000);
  const custom = loadConfig({ ...complete, DURATIONS: '{"day":5000}' });
  expect(custom.durationProfile).toBe('custom');
  expect(custom.durations.day).toBe(5000);
  expect(custom.durations.handOverLimit).toBe(7_200_000);
  expect(() => loadConfig({ ...complete, DURATIONS: '{"dya":1}' })).toThrow(/DURATIONS/);
});

it('reads the key ring, newest first', () => {
  const config = loadConfig({ ...complete, DATA_KEYS: `k2:${key},k1:${key}` });
  expect(config.dataKeys.map(({ id }) => id)).toEqual(['k2', 'k1']);
  expect(config.dataKeys[0]?.key).toHaveLength(32);
});

it('gives registry-mock a schema of its own on the same server', () => {
  const url = loadRegistryMockConfig({
    DATABASE_URL: 'mysql://root@localhost/sinkron?socketPath=%2Ftmp%2Fa.sock',
  });
  expect(url.databaseUrl).toBe('mysql://root@localhost/registry_mock?socketPath=%2Ftmp%2Fa.sock');
});
