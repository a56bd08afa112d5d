import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, loadRegistryMockConfig } from './config';

const key = (byte: number) => Buffer.alloc(32, byte).fill(0, 0, 1).toString('base64');
const complete = {
  DATABASE_URL: 'mysql://root@127.0.0.1:3306/sinkron',
  REDIS_URL: 'redis://127.0.0.1:6379',
  DATA_KEYS: `k1:${key(1)}`,
  INDEX_KEYS: `i1:${key(2)}`,
  TOKEN_KEYS: `t1:${key(3)}`,
  REGISTRY_USER: 'kudus',
  REGISTRY_PASSWORD: 'secret-password',
};

it('lists everything that is missing or wrong at once, without a value', () => {
  const attempt = () =>
    loadConfig({
      PORT: 'secret-port',
      REDIS_URL: complete.REDIS_URL,
      DURATIONS: 'secret-durations',
      DATA_KEYS: complete.DATA_KEYS,
      TOKEN_KEYS: complete.DATA_KEYS.replace('k1', 't1'),
    });
  const named = ['DATABASE_URL is missing', 'INDEX_KEYS is missing', 'DURATIONS must be', 'PORT must be'];
  const alsoNamed = ['REGISTRY_USER is missing', 'REGISTRY_PASSWORD is missing', 'DATA_KEYS and TOKEN_KEYS'];
  for (const words of [...named, ...alsoNamed]) expect(attempt).toThrow(words);
  expect(attempt).not.toThrow(/secret|AQEB/);
});

it('has no default for any secret', () => {
  for (const name of Object.keys(complete)) {
    const { [name as keyof typeof complete]: _, ...rest } = complete;
    expect(() => loadConfig(rest)).toThrow(`${name} is missing`);
  }
});

describe('a key ring', () => {
  it.each([
    ['a key of zeros', `k1:${Buffer.alloc(32).toString('base64')}`, 'random bytes'],
    ['one byte repeated', `k1:${Buffer.alloc(32, 7).toString('base64')}`, 'random bytes'],
    ['the same key twice', `k2:${key(1)},k1:${key(1)}`, 'each key stands once'],
    ['the same name twice', `k1:${key(1)},k1:${key(4)}`, 'each name stands once'],
    ['a short key', `k1:${Buffer.alloc(16, 3).toString('base64')}`, '32 bytes'],
    ['a key of another ring', `k2:${key(5)},k1:${key(2)}`, 'DATA_KEYS and INDEX_KEYS hold the same key'],
  ])('is refused with %s, without its being printed', (_what, ring, words) => {
    const attempt = () => loadConfig({ ...complete, DATA_KEYS: ring });
    expect(attempt).toThrow(words);
    expect(attempt).not.toThrow(/[A-Za-z0-9+/]{20}/);
  });
});

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const file = join(folder, 'registry_password');
  afterAll(() => rmSync(folder, { recursive: true }));
  const { REGISTRY_PASSWORD: _, ...rest } = complete;

  it('is read, without the line end that editors leave', () => {
    writeFileSync(file, 'from the file\n');
    const { registry } = loadConfig({ ...rest, REGISTRY_PASSWORD_FILE: file });
    expect(registry.password).toBe('from the file');
  });

  it('is missed when the file is not there, and refused beside a value', () => {
    expect(() => loadConfig({ ...rest, REGISTRY_PASSWORD_FILE: `${file}-not` })).toThrow('cannot be read');
    expect(() => loadConfig({ ...complete, REGISTRY_PASSWORD_FILE: file })).toThrow('are both set');
  });
});

it.each([
  ['TRUSTED_PROXIES', '10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ['CORS_ORIGINS', 'https://a.go.id,http://127.0.0.1:5173', ['https://a.go.id', 'http://127.0.0.1:5173']],
])('%s is a list', (name, text, entries) => {
  const { trustedProxies, corsOrigins } = loadConfig({ ...complete, [name]: text });
  expect(name === 'CORS_ORIGINS' ? corsOrigins : trustedProxies).toEqual(entries);
});

it.each([
  ['TRUSTED_PROXIES', 'proxy.example.org'],
  ['TRUSTED_PROXIES', '0.0.0.0/0'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', 'true'],
  ['CORS_ORIGINS', '*'],
  ['CORS_ORIGINS', 'null'],
  ['CORS_ORIGINS', 'https://a.go.id/'],
  ['CORS_ORIGINS', 'a.go.id'],
  ['REQUESTS_PER_MINUTE', '0'],
  ['REQUESTS_PER_MINUTE', '0x10'],
])('%s=%s is refused', (name, text) => {
  expect(() => loadConfig({ ...complete, [name]: text })).toThrow(`${name} must be`);
});

it('has real durations by default and replaces single ones from JSON', () => {
  expect(loadConfig(complete).durations.day).toBe(86_400_000);
  const custom = loadConfig({ ...complete, DURATIONS: '{"day":5000,"readings":[1000,2000]}' });
  expect(custom.durationProfile).toBe('custom');
  expect(custom.durations.day).toBe(5000);
  expect(custom.durations.readings).toEqual([1000, 2000]);
  expect(custom.durations.pushLimit).toBe(7_200_000);
  expect(() => loadConfig({ ...complete, DURATIONS: '{"dya":1}' })).toThrow(/DURATIONS/);
  expect(() => loadConfig({ ...complete, DURATIONS: '{"readings":5000}' })).toThrow(/DURATIONS/);
});

it('reads the key ring, newest first', () => {
  const config = loadConfig({ ...complete, DATA_KEYS: `k2:${key(4)},k1:${key(1)}` });
  expect(config.dataKeys.map(({ id }) => id)).toEqual(['k2', 'k1']);
  expect(config.dataKeys[0]?.key).toHaveLength(32);
});

it('takes one index key, or two whose ids end in an odd and an even digit, and says so otherwise', () => {
  const ring = (text: string) => () => loadConfig({ ...complete, INDEX_KEYS: text });
  for (const good of [
    `k1:${key(4)}`,
    `k1:${key(4)},k2:${key(5)}`,
    `k2:${key(5)},k1:${key(4)}`,
    `i4:${key(4)}`,
  ]) {
    expect(ring(good)).not.toThrow();
  }
  for (const bad of [`k:${key(4)}`, `k1:${key(4)},k3:${key(5)}`, `k1:${key(4)},k2:${key(5)},k3:${key(6)}`]) {
    expect(ring(bad)).toThrow(/INDEX_KEYS must be one key, or two .* one odd, one even/);
  }
});

it('gives registry-mock a schema of its own on the same server', () => {
  const url = loadRegistryMockConfig({
    DATABASE_URL: 'mysql://root@localhost/sinkron?socketPath=%2Ftmp%2Fa.sock',
  });
  expect(url.databaseUrl).toBe('mysql://root@localhost/registry_mock?socketPath=%2Ftmp%2Fa.sock');
});
