import { type Relay, redisThrough, relayTo } from './testing/relay';
import { type RunningApi, startApi } from './testing/start-api';
import { Transactions } from '@sinkron/database';

let api: RunningApi;
let database: Relay;
let redis: Relay;

/** The same server and schema, through the relay. */
function through({ port }: Relay, target: string): string {
  const url = new URL(target);
  const { username, password, pathname } = url;
  return `${url.protocol}//${username}${password && `:${password}`}@127.0.0.1:${port}${pathname}`;
}

beforeAll(async () => {
  const { DATABASE_URL = '', REDIS_URL = '' } = process.env;
  database = await relayTo(DATABASE_URL);
  redis = await relayTo(REDIS_URL);
  api = await startApi({
    environment: {
      DATABASE_URL: through(database, DATABASE_URL),
      REDIS_URL: redisThrough(redis, REDIS_URL),
    },
  });
  // No worker runs here; without one nothing is ever more than degraded.
  await api.app
    .get(Transactions)
    .execute(`insert into heartbeat (process, at) values ('worker', utc_timestamp(3) + interval 1 hour)`);
});
afterAll(async () => {
  await api.stop();
  await Promise.all([database.cut(), redis.cut()]);
});

async function ready() {
  const answer = await fetch(`${api.url}/health/ready`);
  return { code: answer.status, ...((await answer.json()) as { status: string; checks: object }) };
}

/** Reconnecting takes a moment. */
async function eventually(expected: object): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const found = await ready();
    if (attempt === 40) expect(found).toMatchObject(expected);
    if (found.status === (expected as { status: string }).status) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

it('without Redis is degraded, and takes work all the same', async () => {
  await redis.cut();
  expect(await ready()).toMatchObject({
    code: 200,
    status: 'degraded',
    checks: { redis: { status: 'away', detail: 'does not answer' }, database: { status: 'ok' } },
  });
  await redis.restore();
  await eventually({ code: 200, status: 'ready' });
});

it('without its database is not ready, says so to callers, and comes back by itself', async () => {
  const { authorization } = await api.officer('admin', 'id');
  const list = () => fetch(`${api.url}/v1/officers`, { headers: { authorization } });
  expect((await list()).status).toBe(200);

  await database.cut();
  expect(await ready()).toMatchObject({ code: 503, status: 'unavailable' });
  const answer = await list();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ type: 'urn:sinkron:problem:unavailable', status: 503 });
  expect(text).not.toMatch(/ECONN|127\.0\.0\.1|mysql|select/i);

  const post = async (path: string, body: object) =>
    (
      await fetch(api.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).status;
  const check = () => post('/v1/status-checks', { code: '7K3M-XQ94-HTRJ', birthDate: '1998-07-01' });
  const signIn = () =>
    post('/v1/sessions', { email: 'melati@demo.sinkron.test', password: 'salah-sama-sekali' });
  const unjudged = [];
  for (let n = 0; n < 6; n++) unjudged.push(await check());
  for (let n = 0; n < 12; n++) unjudged.push(await signIn());

  await database.restore();
  await eventually({ code: 200, status: 'ready' });
  expect((await list()).status).toBe(200);
  // What could not be judged was no wrong answer, and no failed sign-in.
  expect([...new Set(unjudged), await check(), await signIn()]).toEqual([503, 404, 401]);
}, 20_000);
