import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { Line } from './line';
import { Quota } from './quota';
import { RateLimit } from './rate-limit';
import { RegistryClient } from './registry-client';

let centre: Server;
let client: RegistryClient;
let quota: Quota;
const nowhere = new Redis({ lazyConnect: true });
let answer: { status: number; body: unknown };

beforeAll(async () => {
  centre = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    });
  });
  await once(centre.listen(0, '127.0.0.1'), 'listening');
  const { port } = centre.address() as AddressInfo;
  quota = new Quota(1_000);
  const options = {
    url: `http://127.0.0.1:${port}`,
    lembagaId: 'desk',
    user: 'desk',
    password: 'synthetic',
    timeout: 2_000,
  };
  const limit = new RateLimit(nowhere, { perSecond: 1_000, burst: 1_000 }, 1);
  client = new RegistryClient(options, limit, new Line(1_000), quota, 1_000);
});
afterAll(() => {
  nowhere.disconnect();
  centre.closeAllConnections();
  centre.close();
});

const paper = { nik: '3319994101900001', kk: '3319990501260001', name: 'Cahaya', birthDate: '1990-01-01' };

it.each([
  ['a code of its own', 'resident_deceased', 'resident_deceased'],
  ['words with a number in them', 'NIK 3319994101900001 sudah meninggal', 'refused'],
  ['words longer than any column', 'tidak dapat diproses '.repeat(10), 'refused'],
  ['nothing', undefined, null],
])('takes a refusal for one whatever its reason is: %s', async (_, reason, kept) => {
  answer = { status: 200, body: { state: 'refused', reason } };
  expect(await client.track('t-1')).toEqual({ state: 'refused', reason: kept });
});

it('calls a tracking id that cannot be kept nonsense', async () => {
  answer = { status: 202, body: { trackingId: 'pelacakan №7', state: 'queued' } };
  await expect(client.consolidate('key', paper, '3319')).rejects.toMatchObject({ fault: 'nonsense' });
});

it.each([401, 403])('knows a %d for a fault of our account, wherever it is met', async (status) => {
  answer = { status, body: {} };
  await expect(client.verify(paper)).rejects.toMatchObject({ fault: 'configuration' });
  await expect(client.track('t-1')).rejects.toMatchObject({ fault: 'configuration' });
  await expect(client.consolidate('key', paper, '3319')).rejects.toMatchObject({ fault: 'configuration' });
});

it.each([
  ['nothing', undefined, false],
  ['nonsense', 'banyak', false],
  ['more than a tenth', 101, false],
  ['less than a tenth', 99, true],
])('knows when the quota runs short: it says %s', async (_, quotaLimiter, short) => {
  answer = { status: 200, body: { content: [{ NIK: 'Sesuai', NO_KK: 'Sesuai' }], quotaLimiter } };
  await client.verify(paper);
  expect(quota.isShort()).toBe(short);
});
