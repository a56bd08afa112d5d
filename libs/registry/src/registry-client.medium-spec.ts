import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RegistryClient } from './registry-client';

let centre: Server;
let client: RegistryClient;
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
  client = new RegistryClient({
    url: `http://127.0.0.1:${port}`,
    lembagaId: 'desk',
    user: 'desk',
    password: 'synthetic',
    timeout: 2_000,
  });
});
afterAll(() => {
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
