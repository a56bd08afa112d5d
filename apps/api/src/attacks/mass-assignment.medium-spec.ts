import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { type Route, everyRoute, fromAfar, wrongOnes } from './testing/every-route';

/** What somebody would like to set and may not, wherever it is not a field of the body. */
const wanted = {
  role: 'admin',
  office: 'id',
  officeId: '019a0000-0000-7000-8000-000000000000',
  status: 'resolved',
  state: 'resolved',
  urgent: true,
  dueAt: '2030-01-01T00:00:00Z',
  code: '7K3M-XQ94-HTRJ',
  id: '019a0000-0000-7000-8000-000000000000',
  scopes: ['cases:write'],
  disabled: false,
  repeatCount: 0,
};

// Many requests, on a machine that is busy with other things.
jest.setTimeout(60_000);

let api: RunningApi;
let admin: Caller;
let officer: Caller;
let routes: Route[];
beforeAll(async () => {
  api = await startApi({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  admin = fromAfar(caller(api.url, await api.officer('admin', 'id')));
  officer = caller(api.url, await api.officer('officer', '3319'));
  routes = await everyRoute(admin);
});
afterAll(() => api.stop());

it('is refused by every body, field by field', async () => {
  const writing = routes.filter(({ body }) => body !== null);
  expect(writing.length).toBeGreaterThan(15);
  const answers = await Promise.all(
    writing.map(async ({ method, path, body }) => {
      const extra = Object.entries(wanted).filter(([name]) => !body!.names.includes(name));
      const answer = await admin.send(method, path, { ...body!.example, ...Object.fromEntries(extra) });
      const named = (answer.body.errors as { field: string; code: string }[] | undefined) ?? [];
      const unknown = named.filter(({ code }) => code === 'unknown_field').map(({ field }) => field);
      const missed = extra.map(([name]) => name).filter((name) => !unknown.includes(name));
      return { what: `${method} ${path} let through ${missed.join(', ')}`, answer, missed };
    }),
  );
  // A body that this caller may not send at all is not read.
  const looked = answers.filter(({ answer }) => answer.status !== 403);
  expect(looked.filter(({ missed }) => missed.length > 0).map(({ what }) => what)).toEqual([]);
  expect(wrongOnes(looked, ({ status }) => status === 422)).toEqual([]);
});

it('is refused inside the body too', async () => {
  const inside = await officer.post(
    '/v1/tickets',
    someComplaint({ role: 'admin' }, { urgent: { reason: 'x', by: 'me' } }),
  );
  expect([inside.status, inside.body.errors]).toMatchObject([
    422,
    [
      { field: 'applicant.role', code: 'unknown_field' },
      { field: 'urgent.by', code: 'unknown_field' },
    ],
  ]);
});

it('is refused by every query', async () => {
  const lists = routes.filter(({ method, query }) => method === 'GET' && query.length > 0);
  expect(lists.length).toBeGreaterThan(4);
  const answers = await Promise.all(
    lists.map(async ({ path }) => ({ what: path, answer: await admin.get(`${path}?scope=everything`) })),
  );
  const looked = answers.filter(({ answer }) => answer.status !== 403);
  expect(wrongOnes(looked, ({ status, text }) => status === 422 && text.includes('"field":"scope"'))).toEqual(
    [],
  );
});
