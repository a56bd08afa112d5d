import { type RunningApi, startApi } from '../testing/start-api';
import { type Answer, caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { type Route, everyRoute, fromAfar, wrongOnes } from './testing/every-route';

const injections = [
  `' or 1=1 -- `,
  `" or ""="`,
  `') or ('1'='1`,
  `1; drop table ticket; --`,
  `x' union select 1,2,3 from officer -- `,
  `\\`,
  `%`,
  `0x10`,
  `(select sleep(5))`,
];

// Many requests, on a machine that is busy with other things.
jest.setTimeout(60_000);

let api: RunningApi;
let admin: Caller;
let routes: Route[];
let code: string;
beforeAll(async () => {
  api = await startApi({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  admin = fromAfar(caller(api.url, await api.officer('admin', 'id')));
  const officer = caller(api.url, await api.officer('officer', '3319'));
  code = (await officer.post('/v1/tickets', someComplaint())).body.code;
  routes = await everyRoute(admin);
});
afterAll(() => api.stop());

/** Neither a failure inside nor an answer that a filter should have narrowed: a list without items, a file without rows. */
function isHarmless({ status, body, text }: Answer): boolean {
  if (status !== 200) return [400, 401, 403, 404, 409, 422].includes(status);
  return body.items?.length === 0 || /^code,[\w,]+\r\n$/.test(text);
}

it('is text in every filter', async () => {
  const tries = routes
    .filter(({ method, query }) => method === 'GET' && query.length > 0)
    .flatMap(({ path, query }) =>
      query.flatMap((name) => injections.map((text) => `${path}?${name}=${encodeURIComponent(text)}`)),
    );
  expect(tries.length).toBeGreaterThan(100);
  const answers = [];
  for (const what of tries) answers.push({ what, answer: await admin.get(what) });
  expect(wrongOnes(answers, isHarmless)).toEqual([]);
});

it('is text in every part of an address', async () => {
  const tries = routes
    .filter(({ path }) => path.includes('/x'))
    .flatMap((route) => injections.map((text) => ({ ...route, text })));
  const answers = [];
  for (const { method, path, body, text } of tries) {
    const what = path.replaceAll('/x', `/${encodeURIComponent(text)}`);
    const answer = await admin.send(method, what, body?.example);
    answers.push({ what: `${method} ${what}`, answer });
  }
  expect(wrongOnes(answers, isHarmless)).toEqual([]);
});

it('is text in every field of every body', async () => {
  const bodies = routes.filter(({ body, path }) => body !== null && !path.startsWith('/v1/sessions'));
  const answers = [];
  for (const { method, path, body } of bodies) {
    for (const text of injections) {
      const what = `${method} ${path} ${text}`;
      answers.push({ what, answer: await admin.send(method, path, replaced(body!.example, text)) });
    }
  }
  expect(wrongOnes(answers, ({ status }) => status < 500)).toEqual([]);
});

it('finds nothing in a search, opens no status, and leaves the tickets where they are', async () => {
  for (const text of injections) {
    for (const name of ['nik', 'kk', 'phone']) {
      expect((await admin.post('/v1/tickets/search', { [name]: text })).status).toBe(422);
    }
    expect((await admin.post('/v1/status-checks', { code: text, birthDate: text })).status).toBe(404);
  }
  expect((await admin.get(`/v1/tickets/${code}`)).status).toBe(200);
});

function replaced(value: unknown, text: string): unknown {
  if (typeof value === 'string') return text;
  if (Array.isArray(value)) return value.map((one) => replaced(one, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaced(inner, text)]));
}
