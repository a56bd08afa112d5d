import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { type Route, everyRoute, wrongOnes } from './testing/every-route';

// Many requests, on a machine that is busy with other things.
jest.setTimeout(60_000);

let api: RunningApi;
let admin: Caller;
let lists: Route[];
beforeAll(async () => {
  api = await startApi();
  admin = caller(api.url, await api.officer('admin', 'id'));
  lists = (await everyRoute(admin)).filter(({ query }) => query.includes('cursor'));
});
afterAll(() => api.stop());

it.each([
  'x',
  '1',
  '../../etc/passwd',
  "019a0000-0000-7000-8000-000000000000' or 1=1 -- ",
  '019a0000-0000-7000-8000-00000000000',
  '019A0000-0000-7000-8000-000000000000x',
  '{"id":1}',
  '%00',
  'x'.repeat(5_000),
])('%.60s is a cursor nowhere', async (cursor) => {
  expect(lists.length).toBeGreaterThan(3);
  const answers = await Promise.all(
    lists.map(async ({ path }) => ({
      what: path,
      answer: await admin.get(`${path}?cursor=${encodeURIComponent(cursor)}`),
    })),
  );
  expect(wrongOnes(answers, ({ status }) => status === 422)).toEqual([]);
});

it.each(['0x10', '1e1', ' 5 ', '5.0', '+5', '-1', '0', '101', '１０', '', 'true', '9'.repeat(400)])(
  'limit=%.20s is a number nowhere',
  async (limit) => {
    const answers = await Promise.all(
      lists.map(async ({ path }) => ({
        what: path,
        answer: await admin.get(`${path}?limit=${encodeURIComponent(limit)}`),
      })),
    );
    expect(wrongOnes(answers, ({ status }) => status === 422)).toEqual([]);
  },
);

it('names twice, and names that are none, are refused', async () => {
  for (const query of ['limit=1&limit=2', 'limit[]=1', 'limit[$gt]=1', 'cursor[]=x', 'status[0]=received']) {
    expect([query, (await admin.get(`/v1/tickets?${query}`)).status]).toEqual([query, 422]);
  }
});

it("another region's id shows no more than the own tickets", async () => {
  const jember = caller(api.url, await api.officer('officer', '3509'));
  const kudus = caller(api.url, await api.officer('officer', '3319'));
  await jember.post('/v1/tickets', someComplaint());
  const { code } = (await kudus.post('/v1/tickets', someComplaint())).body;
  await jember.post('/v1/tickets', someComplaint());
  await jember.post('/v1/tickets', someComplaint());
  const { nextCursor } = (await jember.get('/v1/tickets?limit=1')).body;
  const seen = (await kudus.get(`/v1/tickets?cursor=${nextCursor}`)).body.items.map((item) => item.code);
  expect(seen).toEqual([code]);
});
