import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller } from '../tickets/testing/desk';

jest.setTimeout(60_000);

let api: RunningApi;
let supervisor: Caller;
let colleague: Caller;
let elsewhere: Caller;
let member: string;

beforeAll(async () => {
  api = await startApi();
  supervisor = caller(api.url, await api.officer('supervisor', '3319'));
  const officer = await api.officer('officer', '3319');
  [colleague, member] = [caller(api.url, officer), officer.id];
  elsewhere = caller(api.url, await api.officer('supervisor', '3509'));
});
afterAll(() => api.stop());

const plan = { turn: 'daily', handoverAt: '07:30', startsOn: '2026-01-01', zone: 'Asia/Jakarta' };
const rota = () => ({ office: '3319', name: 'Piket', plan: { ...plan, members: [member] } });

const codes = ({ errors }: { errors: object[] }) =>
  (errors as { field: string; code: string }[]).map(({ field, code }) => `${field}:${code}`);

it('a rota is made, seen by those who may have the turn, and asked by a policy', async () => {
  const created = await supervisor.post('/v1/rotas', rota());
  expect(created.status).toBe(201);
  const { id } = created.body;
  const seen = await colleague.get(`/v1/rotas/${id}`);
  expect(seen.body).toMatchObject({ onDuty: member, handovers: [{ officer: member }, {}, {}, {}, {}] });
  expect((await elsewhere.get(`/v1/rotas/${id}`)).status).toBe(404);

  const address = '/v1/offices/3319/escalation-policy';
  const who = { kind: 'rota', rota: id };
  const rules = {
    steps: [{ who, through: ['whatsapp', 'email'], waitSeconds: 300 }],
    final: { who, through: ['email', 'console'] },
    acknowledgeSeconds: 1800,
  };
  expect((await colleague.get(address)).body).toMatchObject({ version: 0, source: null });
  expect((await colleague.send('PUT', address, rules)).status).toBe(403);
  const put = await supervisor.send('PUT', address, rules);
  expect([put.status, put.body]).toMatchObject([200, { version: 1, source: '3319', rules }]);
  expect((await supervisor.send('DELETE', `/v1/rotas/${id}`)).status).toBe(409);
  const policies = await supervisor.get('/v1/escalation-policies');
  expect(policies.body.items).toMatchObject([{ office: { code: '3319' }, version: 1, rules }]);
  expect((await elsewhere.get('/v1/escalation-policies')).body.items).toEqual([]);
  expect((await supervisor.send('DELETE', address)).status).toBe(204);
  expect((await supervisor.send('DELETE', `/v1/rotas/${id}`)).status).toBe(204);
});

it('what is invalid is told field by field', async () => {
  const answer = await supervisor.post('/v1/rotas', {
    ...rota(),
    plan: { ...plan, members: ['x'], handoverAt: '25:00', startsOn: '2026-02-30', zone: 'Asia/Tokyo' },
  });
  expect([answer.status, ...codes(answer.body)]).toEqual([
    422,
    'plan.members.0:invalid_format',
    'plan.handoverAt:time_format',
    'plan.startsOn:day_format',
    'plan.zone:unknown_value',
  ]);
  const stranger = (await api.officer('officer', '3509')).id;
  const step = (officer: string) => ({
    steps: [{ who: { kind: 'officer', officer }, through: ['email'], waitSeconds: 60 }],
    final: { who: { kind: 'role', role: 'supervisor' }, through: ['email'] },
    acknowledgeSeconds: 600,
  });
  const put = await supervisor.send('PUT', '/v1/offices/3319/escalation-policy', step(stranger));
  expect([put.status, ...codes(put.body)]).toEqual([422, 'steps.0.who.officer:officer_unknown']);
  const odd = await supervisor.send('PUT', '/v1/offices/3319/escalation-policy', {
    ...step(member),
    steps: [{ who: { kind: 'everybody' }, through: ['smoke'], waitSeconds: '60' }],
  });
  expect(codes(odd.body).map((error) => error.split(':')[0])).toEqual([
    'steps.0.who.kind',
    'steps.0.through.0',
    'steps.0.waitSeconds',
  ]);
});

it('a holiday closes an office and those below, and what is no day is not found', async () => {
  const day = '/v1/offices/3319/holidays/2030-09-23';
  expect((await supervisor.send('PUT', day, { name: 'Hari Jadi' })).status).toBe(200);
  const list = await colleague.get('/v1/holidays?from=2030-01-01&to=2030-12-31');
  expect(list.body.items).toEqual([{ office: '3319', day: '2030-09-23', name: 'Hari Jadi' }]);
  expect((await elsewhere.get('/v1/holidays?office=3319')).status).toBe(404);
  expect((await elsewhere.send('DELETE', day)).status).toBe(404);
  expect((await colleague.send('DELETE', day)).status).toBe(403);
  expect((await supervisor.send('DELETE', day)).status).toBe(204);
  for (const odd of ['2030-02-30', '2030-9-23', 'besok', '2030-09-23T00:00'])
    expect((await supervisor.send('PUT', `/v1/offices/3319/holidays/${odd}`, { name: 'x' })).status).toBe(
      404,
    );
  expect((await colleague.get('/v1/holidays?from=kemarin')).status).toBe(422);
});

it('an override needs a time with a zone', async () => {
  const { id } = (await supervisor.post('/v1/rotas', rota())).body;
  const from = '2030-01-01T00:00:00Z';
  for (const to of ['2030-01-02T00:00:00', '2030-01-02', 1_893_456_000]) {
    const answer = await supervisor.post(`/v1/rotas/${id}/overrides`, { officer: member, from, to });
    expect([answer.status, codes(answer.body)[0]?.split(':')[0]]).toEqual([422, 'to']);
  }
});
