import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { CircuitBreaker } from './circuit-breaker';
import { NotAsked } from './not-asked';
import { Quota } from './quota';
import { RateLimit } from './rate-limit';
import { RegistryClient, type RegistryClientOptions } from './registry-client';

let centre: Server;
let client: RegistryClient;
let quota: Quota;
let limit: RateLimit;
let options: RegistryClientOptions;
const nowhere = new Redis({ lazyConnect: true });
let answer: { status: number; body: unknown; headers?: Record<string, string> };
/** What the centre holds as the name, where that is what is tried. */
let heldName: string | null = null;
let bodies: string[] = [];
/** So many requests in a row are cut off, and how many came. */
let cuts = 0;
let requests = 0;

beforeAll(async () => {
  centre = createServer((request, response) => {
    let received = '';
    request.on('data', (chunk: Buffer) => (received += chunk.toString()));
    request.on('end', () => {
      requests += 1;
      bodies.push(received);
      if (cuts-- > 0) return request.socket.resetAndDestroy();
      response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
      response.end(JSON.stringify(heldName === null ? answer.body : comparedWith(heldName, received)));
    });
  });
  await once(centre.listen(0, '127.0.0.1'), 'listening');
  const { port } = centre.address() as AddressInfo;
  quota = new Quota(1_000);
  options = {
    url: `http://127.0.0.1:${port}`,
    lembagaId: 'desk',
    user: 'desk',
    password: 'synthetic',
    timeout: 2_000,
  };
  limit = new RateLimit(nowhere, { perSecond: 1_000, burst: 1_000 }, 1);
  client = new RegistryClient(options, limit, new CircuitBreaker(1_000), quota, 1_000);
});
beforeEach(() => {
  cuts = requests = 0;
  heldName = null;
  bodies = [];
});

function comparedWith(name: string, asked: string): object {
  const { NAMA_LGKP } = JSON.parse(asked) as { NAMA_LGKP: string };
  const verdict = NAMA_LGKP.toUpperCase() === name ? 'Sesuai (100)' : 'Tidak Sesuai (70)';
  return { content: [{ NIK: 'Sesuai', NO_KK: 'Sesuai', NAMA_LGKP: verdict, TGL_LHR: 'Sesuai' }] };
}
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
  await expect(client.push('key', paper, '3319')).rejects.toMatchObject({ fault: 'nonsense' });
});

it.each([401, 403])('knows a %d for a fault of our account, wherever it is met', async (status) => {
  answer = { status, body: {} };
  await expect(client.verify(paper)).rejects.toMatchObject({ fault: 'configuration' });
  await expect(client.track('t-1')).rejects.toMatchObject({ fault: 'configuration' });
  await expect(client.push('key', paper, '3319')).rejects.toMatchObject({ fault: 'configuration' });
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

it('goes nowhere else when it is sent there', async () => {
  answer = { status: 307, body: {}, headers: { location: `${options.url}/elsewhere` } };
  await expect(client.push('key', paper, '3319')).rejects.toThrow();
  expect(requests).toBe(1);
});

it('reads once more after a connection was lost, but leaves a push to its row', async () => {
  answer = { status: 200, body: { content: [{ NIK: 'Sesuai', NO_KK: 'Sesuai' }] } };
  cuts = 1;
  await expect(client.verify(paper)).resolves.toMatchObject({ kind: 'compared' });
  expect(requests).toBe(2);
  cuts = 2;
  await expect(client.verify(paper)).rejects.toMatchObject({ fault: 'connection_lost' });
  expect(requests).toBe(4);
  cuts = 1;
  await expect(client.push('key', paper, '3319')).rejects.toMatchObject({ fault: 'connection_lost' });
  expect(requests).toBe(5);
});

it('reads a server error once only', async () => {
  answer = { status: 503, body: {} };
  await expect(client.verify(paper)).rejects.toMatchObject({ fault: 'server_error' });
  expect(requests).toBe(1);
});

it('stops calling after five failures in a row, and tries again by one call', async () => {
  const rest = 300;
  const own = new RegistryClient(options, limit, new CircuitBreaker(rest), quota, 1_000);
  answer = { status: 500, body: {} };
  for (let failure = 0; failure < 5; failure++)
    await expect(own.verify(paper)).rejects.toMatchObject({ fault: 'server_error' });
  await expect(own.verify(paper)).rejects.toThrow(NotAsked);
  expect(requests).toBe(5);
  await new Promise((resolve) => setTimeout(resolve, rest + 50));
  await Promise.allSettled(Array.from({ length: 10 }, () => own.verify(paper)));
  expect(requests).toBe(6);
  answer = { status: 200, body: { content: [{ NIK: 'Sesuai', NO_KK: 'Sesuai' }] } };
  await new Promise((resolve) => setTimeout(resolve, rest + 50));
  await Promise.all(Array.from({ length: 10 }, () => own.verify(paper)));
  expect(requests).toBe(16);
});

it('does not count an answer about our account as a failed connection', async () => {
  answer = { status: 200, body: { content: [{ RESPONSE_CODE: '03', RESPONSE_DESC: '' }] } };
  for (let refusal = 0; refusal < 7; refusal++)
    await expect(client.verify(paper)).rejects.toMatchObject({ fault: 'configuration' });
});

it.each([
  ['H. Ahmad Fauzi, S.Pd.', 'AHMAD FAUZI', true, 2],
  ["Hj. Nur'aini", "NUR'AINI", true, 2],
  ["Nur'aini", 'NURAINI', true, 2],
  ['Siti Binti Ahmad', 'SITI AHMAD', true, 2],
  ['Ahmad Fauzi', 'AHMAD FAUZI', true, 1],
  ['Ahmad Fauzi', 'BUDI SANTOSO', false, 1],
  ['Dr. Ahmad Fauzi', 'BUDI SANTOSO', false, 2],
])(
  'asks for %s under other spellings of the same name; the centre has %s',
  async (name, held, same, asked) => {
    answer = { status: 200, body: {} };
    heldName = held;
    expect(await client.verify({ ...paper, name })).toMatchObject({ verdicts: { name: same } });
    expect(requests).toBe(asked);
  },
);

it('pushes nothing that is not given', async () => {
  answer = { status: 202, body: { trackingId: 't-9', state: 'queued' } };
  const { name: _, ...rest } = paper;
  await client.push('key', { ...rest, sex: 'F' }, '3319');
  expect(JSON.parse(bodies[0]!)).toEqual({
    nik: paper.nik,
    noKk: paper.kk,
    birthDate: paper.birthDate,
    sex: 'F',
    officeCode: '3319',
  });
});
