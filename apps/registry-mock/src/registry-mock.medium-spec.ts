import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from './app';
import { Database } from './database';
import { withDatabaseName } from '@sinkron/config';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createConnection } from 'mysql2/promise';
import { pino } from 'pino';

// Real: the whole server over HTTP on loopback, and its MariaDB. Chance is kept out by shares of 0 and 1.
const schema = `registry_mock_${randomBytes(6).toString('hex')}`;
const url = withDatabaseName(process.env.DATABASE_URL!, schema);

const siti = {
  nik: '3319994101900001',
  noKk: '3319990101150001',
  name: 'SITI AMINAH',
  birthPlace: 'KUDUS',
  birthDate: '1990-01-01',
  sex: 'F',
  state: 'active',
};
const push = {
  nik: siti.nik,
  noKk: '3319990202260002',
  name: 'SITI AMINAH',
  birthDate: '1990-01-02',
  officeCode: '3319',
};
const readingOfPush = { NIK: push.nik, NO_KK: push.noKk, NAMA_LGKP: push.name, TGL_LHR: '02-01-1990' };

let database: Database;
let app: NestFastifyApplication;
let base: string;

async function start(): Promise<void> {
  database = await Database.open(url);
  app = await createApp(database, pino({ level: 'silent' }));
  await app.listen(0, '127.0.0.1');
  base = await app.getUrl();
}

async function stop(): Promise<void> {
  // Hanging requests would hold the close.
  app.getHttpServer().closeAllConnections();
  await app.close();
  await database.close();
}

beforeAll(start);
beforeEach(async () => {
  await call('POST', '/admin/reset');
  await call('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  await call('PUT', '/admin/take-rate', { share: 1 });
});
afterAll(async () => {
  await stop();
  const connection = await createConnection(process.env.DATABASE_URL!);
  await connection.query(`drop database ${schema}`);
  await connection.end();
});

async function call(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { ...(body && { 'content-type': 'application/json' }), ...headers },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(3000),
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: text && JSON.parse(text),
  };
}

const record = (...residents: object[]) => call('POST', '/admin/residents', { residents });
const consolidate = (key: string, body: object = push) =>
  call('POST', '/consolidations', body, { 'Idempotency-Key': key });
const progress = async (trackingId: string) => (await call('GET', `/consolidations/${trackingId}`)).body;
const ledger = async (query = '') => (await call('GET', `/admin/ledger${query}`)).body;

async function verify(elements: object) {
  const answer = await call('POST', '/dukcapil/get_json/lembaga/CALL_VERIFY_BY_ELEMEN', {
    TRESHOLD: 90,
    ...elements,
  });
  return { ...answer, content: answer.body.content?.[0] };
}

describe('a push', () => {
  it('waits out its lag, then changes what a reading answers', async () => {
    await record(siti);
    await call('PUT', '/admin/lag', { kind: 'fixed', seconds: 2 });
    const { status, body } = await consolidate('lag');
    expect(status).toBe(202);
    expect(body).toEqual({ trackingId: expect.any(String), state: 'queued' });
    expect(await progress(body.trackingId)).toEqual({ state: 'queued' });
    expect((await verify(readingOfPush)).content).toMatchObject({
      NO_KK: 'Tidak Sesuai',
      TGL_LHR: 'Tidak Sesuai',
    });
    expect((await ledger()).items).toMatchObject([{ idempotencyKey: 'lag', appliedAt: null }]);

    await delay(2100);
    expect(await progress(body.trackingId)).toEqual({ state: 'applied' });
    expect((await verify(readingOfPush)).content).toEqual({
      NIK: 'Sesuai',
      NO_KK: 'Sesuai',
      NAMA_LGKP: 'Sesuai (100)',
      TGL_LHR: 'Sesuai',
    });
    const [{ receivedAt, appliedAt }] = (await ledger()).items;
    expect(Date.parse(appliedAt) - Date.parse(receivedAt)).toBe(2000);
  });

  it('brings an unknown resident in, with the sex that the NIK tells', async () => {
    await consolidate('new');
    const { content } = await verify({ ...readingOfPush, TMPT_LHR: 'KUDUS', JENIS_KLMIN: 'Perempuan' });
    expect(content).toMatchObject({ NO_KK: 'Sesuai', TMPT_LHR: 'Tidak Sesuai (0)', JENIS_KLMIN: 'Sesuai' });
  });

  it('that does not take says applied and changes nothing', async () => {
    await record(siti);
    await call('PUT', '/admin/take-rate', { share: 0 });
    const { body } = await consolidate('not-taken');
    expect(await progress(body.trackingId)).toEqual({ state: 'applied' });
    expect((await verify(readingOfPush)).content).toMatchObject({ NO_KK: 'Tidak Sesuai' });
    expect((await ledger()).items).toMatchObject([{ appliedAt: null }]);
  });

  it('for a resident who is not active is refused after the lag, with the reason', async () => {
    const states = ['deceased', 'duplicate', 'inactive'];
    const people = states.map((state, index) => ({ ...siti, nik: `331999410190000${index + 2}`, state }));
    await record(...people);
    await call('PUT', '/admin/lag', { kind: 'fixed', seconds: 2 });
    const pushes = await Promise.all(people.map(({ nik }) => consolidate(`for-${nik}`, { ...push, nik })));
    const all = () => Promise.all(pushes.map(({ body }) => progress(body.trackingId)));
    expect(await all()).toEqual(states.map(() => ({ state: 'queued' })));
    await delay(2100);
    expect(await all()).toEqual(states.map((state) => ({ state: 'refused', reason: `resident_${state}` })));
    expect((await ledger()).items).toMatchObject(states.map(() => ({ appliedAt: null })));
  });

  it('is overtaken by a later one, and by a resident recorded anew', async () => {
    await record(siti);
    await consolidate('first');
    await consolidate('second', { ...push, noKk: '3319990303260003' });
    const both = async () => [
      (await verify(readingOfPush)).content.NO_KK,
      (await verify({ ...readingOfPush, NO_KK: '3319990303260003' })).content.NO_KK,
      (await verify({ ...readingOfPush, NO_KK: siti.noKk })).content.NO_KK,
    ];
    expect(await both()).toEqual(['Tidak Sesuai', 'Sesuai', 'Tidak Sesuai']);
    await delay(5);
    await record(siti);
    expect(await both()).toEqual(['Tidak Sesuai', 'Tidak Sesuai', 'Sesuai']);
  });

  it('gets one answer per key and one row in the ledger, however many arrive at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => consolidate('same')));
    expect(
      new Set(answers.map(({ status, body }) => `${status} ${body.trackingId} ${body.state}`)).size,
    ).toBe(1);
    expect(await consolidate('same')).toMatchObject({ status: 202, body: answers[0]!.body });
    expect((await ledger()).items).toHaveLength(1);
    await consolidate('Same');
    expect((await ledger()).items).toHaveLength(2);
  });

  it('that is not whole is a 422 naming the fields, without their values', async () => {
    const { status, type, body } = await consolidate('bad', {
      ...push,
      nik: '331999410190000x',
      birthDate: '1990-02-30',
    });
    expect(status).toBe(422);
    expect(type).toMatch('application/problem+json');
    expect(body).toMatchObject({ status: 422, errors: [{ field: 'nik' }, { field: 'birthDate' }] });
    expect(JSON.stringify(body)).not.toMatch(/3319994/);
    const keyless = await call('POST', '/consolidations', push);
    expect(keyless).toMatchObject({ status: 422, body: { errors: [{ field: 'Idempotency-Key' }] } });
    expect((await ledger()).items).toEqual([]);
  });

  it('that nobody made is a 404', async () => {
    expect((await call('GET', '/consolidations/unknown')).status).toBe(404);
  });
});

it('keeps pushes, settings and the quota over a restart', async () => {
  await record(siti);
  await call('PUT', '/admin/lag', { kind: 'fixed', seconds: 1 });
  await call('PUT', '/admin/verification', { quotaPerDay: 3 });
  const { body } = await consolidate('over-restart');
  expect((await verify(readingOfPush)).body.quotaLimiter).toBe(2);
  await stop();
  await delay(1100);
  await start();
  expect(await progress(body.trackingId)).toEqual({ state: 'applied' });
  const reading = await verify(readingOfPush);
  expect(reading.content).toMatchObject({ NO_KK: 'Sesuai' });
  expect(reading.body.quotaLimiter).toBe(1);
  const after = await consolidate('after');
  expect(await progress(after.body.trackingId)).toEqual({ state: 'queued' });
});

it('counts the quota down, then answers 05 until it is granted anew', async () => {
  await record(siti);
  await call('PUT', '/admin/verification', { quotaPerDay: 1, errorShape: 'RESPONSE_DESC' });
  expect((await verify({ NIK: siti.nik })).body).toMatchObject({
    content: [{ NIK: 'Sesuai' }],
    quotaLimiter: 0,
  });
  expect((await verify({ NIK: siti.nik })).content).toMatchObject({ RESPONSE_CODE: '05' });
  await call('PUT', '/admin/verification', {});
  expect((await verify({ NIK: siti.nik })).content).toEqual({ NIK: 'Sesuai' });
});

it('pages through the ledger without gap or repeat', async () => {
  for (const key of ['a', 'b', 'c']) await consolidate(key);
  const first = await ledger('?limit=2');
  expect(first.items.map((item: { idempotencyKey: string }) => item.idempotencyKey)).toEqual(['a', 'b']);
  const second = await ledger(`?limit=2&cursor=${first.nextCursor}`);
  expect(second.items.map((item: { idempotencyKey: string }) => item.idempotencyKey)).toEqual(['c']);
  expect(second.nextCursor).toBeNull();
});

describe('faults', () => {
  const failing = (faults: object) => call('PUT', '/admin/faults', faults);

  it.each([
    ['status500Share', 500],
    ['status503Share', 503],
    ['status429Share', 429],
  ])('%s answers %d and has no effect', async (share, status) => {
    await failing({ [share]: 1 });
    const response = await fetch(`${base}/consolidations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'Idempotency-Key': share },
      body: JSON.stringify(push),
    });
    expect(response.status).toBe(status);
    expect((await ledger()).items).toEqual([]);
  });

  it('resets the connection, before or after the effect', async () => {
    await failing({ resetShare: 1 });
    await expect(consolidate('reset')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    await failing({ loseAnswerShare: 1 });
    await expect(consolidate('lost')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    await failing({});
    expect((await ledger()).items).toMatchObject([{ idempotencyKey: 'lost' }]);
    const again = await consolidate('lost');
    expect(again.body.trackingId).toBe((await ledger()).items[0].trackingId);
  });

  it('answers garbage with 200', async () => {
    await failing({ garbageShare: 1 });
    for (let round = 0; round < 8; round++) {
      const response = await fetch(`${base}/consolidations/x`);
      expect(response.status).toBe(200);
      expect(await response.text()).not.toMatch(/queued|applied|refused/);
    }
  });

  it('never answers, or late', async () => {
    await failing({ hangShare: 1 });
    await expect(consolidate('hang')).rejects.toThrow(/timeout/);
    await failing({ latencyMs: 300 });
    const begun = performance.now();
    expect((await consolidate('late')).status).toBe(202);
    expect(performance.now() - begun).toBeGreaterThan(290);
  });

  it('of an outage hit everything but the controls and the health check, over a restart, until it ends', async () => {
    await failing({ outageSeconds: 4 });
    await expect(consolidate('outage')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect((await call('GET', '/health/live')).body).toEqual({ status: 'ok' });
    await delay(2000);
    await stop();
    await start();
    await expect(verify({ NIK: siti.nik })).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    await delay(2100);
    expect((await consolidate('outage')).status).toBe(202);
  });
});

it('keeps the controls to loopback, whatever a header says', async () => {
  /** One request over a connection of its own that the server sees as coming from `address`. */
  const statusFrom = (address: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const seenFrom = (socket: Socket) => Object.defineProperty(socket, 'remoteAddress', { value: address });
      app.getHttpServer().prependOnceListener('connection', seenFrom);
      get(
        `${base}/admin/ledger`,
        { agent: false, headers: { 'x-forwarded-for': '127.0.0.1' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).on('error', reject);
    });
  expect(await statusFrom('203.0.113.5')).toBe(403);
  expect(await statusFrom('::ffff:203.0.113.5')).toBe(403);
  expect(await statusFrom('127.0.0.1.evil')).toBe(403);
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) {
    expect(await statusFrom(address)).toBe(200);
  }
});
