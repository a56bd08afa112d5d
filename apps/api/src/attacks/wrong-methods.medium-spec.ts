import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller } from '../tickets/testing/desk';

let api: RunningApi;
let officer: Caller;
beforeAll(async () => {
  api = await startApi();
  officer = caller(api.url, await api.officer('officer', '3319'));
});
afterAll(() => api.stop());

it.each([
  ['DELETE', '/v1/tickets', 'GET, HEAD, POST'],
  ['PUT', '/v1/tickets/7K3M-XQ94-HTRJ', 'GET, HEAD'],
  ['PATCH', '/v1/tickets/7K3M-XQ94-HTRJ/suspend?x=1', 'POST'],
  ['OPTIONS', '/v1/status-checks', 'POST'],
])('%s %s is told which methods there are', async (method, path, allowed) => {
  const { status, headers, body } = await officer.send(method, path);
  expect([status, headers.get('allow')]).toEqual([405, allowed]);
  expect(body).toMatchObject({ type: 'urn:sinkron:problem:method_not_allowed' });
});

it.each([
  ['a stranger', {}],
  ['a token that is none', { authorization: 'Bearer a.b.c' }],
])('tells %s nothing', async (_who, headers) => {
  const stranger = caller(api.url);
  const answer = await stranger.send('DELETE', '/v1/tickets', undefined, headers);
  expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
});

it('is no 405 where there is no such address at all', async () => {
  expect((await officer.send('DELETE', '/v1/nowhere')).status).toBe(404);
});
