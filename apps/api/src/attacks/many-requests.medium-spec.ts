import { type Relay, redisThrough, relayTo } from '../testing/relay';
import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';

// A network that no other test comes from: the count is Redis's, which all tests share.
const from = (last: number) => ({ 'x-forwarded-for': `198.18.${Date.now() % 250}.${last}` });

// Many requests, on a machine that is busy with other things.
jest.setTimeout(60_000);

let redis: Relay;
let api: RunningApi;
let stranger: Caller;
beforeAll(async () => {
  redis = await relayTo(process.env['REDIS_URL'] ?? '');
  api = await startApi({
    environment: {
      REQUESTS_PER_MINUTE: '20',
      TRUSTED_PROXIES: '127.0.0.1',
      REDIS_URL: redisThrough(redis, process.env['REDIS_URL'] ?? ''),
    },
  });
  stranger = caller(api.url);
});
afterAll(async () => {
  await api.stop();
  await redis.cut();
});

/** The statuses of so many requests, one after the other. */
async function statuses(count: number, ask: () => Promise<{ status: number }>): Promise<number[]> {
  const seen = [];
  for (let n = 0; n < count; n++) seen.push((await ask()).status);
  return seen;
}

describe.each(['with Redis', 'without Redis'])('%s', (which) => {
  beforeAll(async () => {
    if (which === 'without Redis') await redis.cut();
  });
  afterAll(async () => {
    if (which === 'without Redis') await redis.restore();
  });

  it('of one account are refused from the 21st, from whatever address, and nobody else is', async () => {
    const one = caller(api.url, await api.officer('officer', '3319'));
    const other = caller(api.url, await api.officer('officer', '3319'));
    let address = 0;
    const seen = await statuses(22, () => one.get('/v1/purposes', from(++address)));
    expect(seen).toEqual([...Array<number>(20).fill(200), 429, 429]);
    const refused = await one.get('/v1/purposes', from(99));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.body).toMatchObject({ type: 'urn:sinkron:problem:too_many' });
    expect((await other.get('/v1/purposes')).status).toBe(200);
  });

  it('that take complaints are not counted', async () => {
    const officer = caller(api.url, await api.officer('officer', '3319'));
    const seen = await statuses(25, () => officer.post('/v1/tickets', someComplaint()));
    expect(new Set(seen)).toEqual(new Set([201]));
  });

  it.each([
    ['to a public route', '/cek', 200, {}],
    ['to a public route with a token that is not checked', '/cek', 200, { authorization: 'Bearer x' }],
    ['to a protected route', '/v1/tickets', 401, {}],
    [
      'to a protected route with a token that is not valid',
      '/v1/tickets',
      401,
      { authorization: 'Bearer x' },
    ],
    ['to nowhere', '/v1/nowhere', 404, {}],
    ['to nowhere with a token that nobody looks at', '/v1/nowhere', 404, { authorization: 'Bearer x' }],
    ['to the document', '/openapi.json', 200, {}],
  ])('%s from one network are refused from the 21st', async (_what, path, before, headers) => {
    const network = from(100 + Math.floor(Math.random() * 150));
    const spoofed = (n: number) => ({
      ...headers,
      'x-forwarded-for': `10.9.8.${n}, ${network['x-forwarded-for']}`,
    });
    let n = 0;
    const seen = await statuses(21, () => stranger.get(path, spoofed(++n)));
    expect(seen).toEqual([...Array<number>(20).fill(before), 429]);
  });

  it('that ask whether the process is well are never refused', async () => {
    const seen = await statuses(25, () => stranger.get('/health/live', from(1)));
    expect(new Set(seen)).toEqual(new Set([200]));
  });
});
