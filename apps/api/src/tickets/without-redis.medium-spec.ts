import { type Relay, redisThrough, relayTo } from '../testing/relay';
import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from './testing/desk';
import { REDIS } from '@sinkron/queue';
import type { Redis } from 'ioredis';

let api: RunningApi;
let redis: Relay;
let officer: Caller;
beforeAll(async () => {
  redis = await relayTo(process.env['REDIS_URL'] ?? '');
  api = await startApi({ environment: { REDIS_URL: redisThrough(redis, process.env['REDIS_URL'] ?? '') } });
  officer = caller(api.url, await api.officer('officer', '3319'));
  await redis.cut();
});
afterAll(async () => {
  // A client that is just reconnecting would keep the process for its time-out.
  const ready = new Promise((resolve) => api.app.get<Redis>(REDIS, { strict: false }).once('ready', resolve));
  await redis.restore();
  await ready;
  await api.stop();
  await redis.cut();
});

it('takes complaints and moves them as quickly as ever', async () => {
  const began = Date.now();
  const { status, body } = await officer.post('/v1/tickets', someComplaint());
  expect(status).toBe(201);
  const suspended = await officer.post(`/v1/tickets/${body.code}/suspend`, { reason: 'other' });
  expect(suspended.status).toBe(200);
  // Not even one call has waited for Redis as long as it may.
  expect(Date.now() - began).toBeLessThan(2_000);
});

it('answers applicants, and counts their wrong answers by itself', async () => {
  const { body } = await officer.post('/v1/tickets', someComplaint());
  const ask = (birthDate: string) => officer.post('/v1/status-checks', { code: body.code, birthDate });
  expect((await ask('1998-07-01')).status).toBe(200);
  for (let wrong = 0; wrong < 5; wrong++) expect((await ask('1998-07-02')).status).toBe(404);
  expect((await ask('1998-07-01')).status).toBe(429);
});
