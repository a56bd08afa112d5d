import type { AddressInfo } from 'node:net';
import { type ClientRequest, request } from 'node:http';
import fastify, { type FastifyInstance } from 'fastify';
import { boundBatches } from './signed-route';
import { Problem } from '@sinkron/observability';

const bounds = { largest: 10_000, usual: 1_000, atOnce: 3, ofOneNetwork: 2, patience: 150 };
const signature = `sha256=${'0'.repeat(64)}`;

let server: FastifyInstance;
let held: ClientRequest[];

beforeEach(async () => {
  held = [];
  server = fastify({ trustProxy: true });
  server.setErrorHandler((error, _request, reply) => {
    void reply.code(error instanceof Problem ? error.status : 500).send();
  });
  boundBatches(server, bounds);
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  server.post('/hook', { config: { signed: true } }, (sent) => ({ length: (sent.body as Buffer).length }));
  await server.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  for (const one of held) one.destroy();
  await server.close();
});

/** Begins to send; what is not whole stays open. @returns the status of its answer */
function send(
  length: number,
  { written = length, network = '198.18.0.1', signed = true } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({
      port: (server.server.address() as AddressInfo).port,
      path: '/hook',
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': length,
        'x-forwarded-for': network,
        ...(signed && { 'x-hub-signature-256': signature }),
      },
    });
    held.push(sent);
    sent.on('response', (answer) => resolve(answer.resume().statusCode ?? 0));
    sent.on('error', () => resolve(0));
    sent.write('x'.repeat(written));
    if (written === length) sent.end();
  });
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('reads large ones whole, while many are announced and do not come', async () => {
  for (let n = 0; n < 10; n++) {
    void send(9_000, { written: 1, network: `198.18.0.${n}` });
    void send(9_000, { written: 1, network: `198.18.0.${n}`, signed: false });
  }
  await later(50);
  expect(await Promise.all([send(9_000), send(9_000)])).toEqual([200, 200]);
});

it('refuses large ones that bring no signature, however they begin', async () => {
  expect(await send(2_000, { signed: false })).toBe(413);
  expect(await send(900, { signed: false })).toBe(200);
});

it('gives a network a part of the turns, ends those that are not whole in time, and reads on', async () => {
  const slow = [send(9_000, { written: 2_000 }), send(9_000, { written: 2_000 })];
  await later(50);
  expect(await send(9_000)).toBe(503);
  expect(await send(900)).toBe(200);
  const other = { network: '198.18.0.2' };
  slow.push(send(9_000, { ...other, written: 2_000 }));
  await later(20);
  expect(await send(9_000, { network: '198.18.0.3' })).toBe(503);
  expect(await Promise.all(slow)).toEqual([400, 400, 400]);
  expect(await Promise.all([send(9_000), send(9_000), send(9_000, other)])).toEqual([200, 200, 200]);
});

it('ends the turn of whoever goes away', async () => {
  const gone = [send(9_000, { written: 2_000 }), send(9_000, { written: 2_000 })];
  await later(30);
  for (const one of held) one.destroy();
  await Promise.all(gone);
  await later(20);
  expect(await Promise.all([send(9_000), send(9_000)])).toEqual([200, 200]);
});
