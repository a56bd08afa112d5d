import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller } from '../tickets/testing/desk';

let api: RunningApi;
let supervisor: Caller;

beforeAll(async () => {
  api = await startApi({ environment: { WEBHOOK_NETWORKS: '127.0.0.1' } });
  supervisor = caller(api.url, await api.officer('supervisor', '33'));
});
afterAll(() => api.stop());

const input = {
  url: 'http://127.0.0.1:9/hook/secret-path',
  description: 'Konsol',
  types: ['ticket.overdue'],
};

it('is made, read, changed, given a new secret, switched off and on, replayed and removed', async () => {
  const made = await supervisor.post('/v1/webhooks', { ...input, office: '3319' });
  expect(made.status).toBe(201);
  const { secret, ...shown } = JSON.parse(made.text) as { id: string; secret: string };
  expect(shown).toMatchObject({ url: 'http://127.0.0.1:9/…', office: { code: '3319' }, disabledAt: null });
  const path = `/v1/webhooks/${shown.id}`;

  expect((await supervisor.get(path)).body).toEqual(shown);
  expect((await supervisor.get('/v1/webhooks')).body.items).toEqual([shown]);
  const changed = await supervisor.send('PATCH', path, { types: ['ticket.resolved'] });
  expect(changed.body).toMatchObject({ types: ['ticket.resolved'], url: 'http://127.0.0.1:9/…' });

  const fresh = JSON.parse((await supervisor.post(`${path}/rotate-secret`)).text) as { secret: string };
  expect(fresh.secret).toMatch(/^whsec_/);
  expect(fresh.secret).not.toBe(secret);
  expect((await supervisor.get(path)).text).not.toContain('whsec_');

  expect((await supervisor.post(`${path}/disable`)).body).toMatchObject({ disabledReason: 'by_hand' });
  const since = { since: '2026-01-01T00:00:00+07:00' };
  expect((await supervisor.post(`${path}/replay`, since)).status).toBe(409);
  expect((await supervisor.post(`${path}/enable`)).body).toMatchObject({ disabledAt: null });
  expect(await supervisor.post(`${path}/replay`, since)).toMatchObject({
    status: 202,
    body: { queued: 0, next: null },
  });

  expect((await supervisor.send('DELETE', path)).status).toBe(204);
  expect((await supervisor.get(path)).status).toBe(404);
});

it.each([
  ['url', 'https://169.254.169.254/latest/meta-data', 'url_private'],
  ['url', 'http://[::ffff:7f00:1]/', 'url_private'],
  ['url', 'http://0177.0.0.2/', 'url_private'],
  ['url', 'file:///etc/passwd', 'url_scheme'],
  ['url', 'https://hook.invalid/', 'url_unresolved'],
  ['url', 'not an address', 'url_malformed'],
  ['office', '3509', 'office_unknown'],
  ['types', [], undefined],
  ['types', ['ticket.everything'], undefined],
])('says what is wrong with %s: %j', async (field, value, code) => {
  const answer = await supervisor.post('/v1/webhooks', { ...input, [field]: value });
  expect(answer.status).toBe(422);
  const [error] = answer.body.errors as { field: string; code: string }[];
  expect(error!.field).toMatch(new RegExp(`^${field}`));
  expect(error!.code).toBe(code ?? error!.code);
  if (field === 'url') expect(answer.text).not.toContain(String(value));
});
