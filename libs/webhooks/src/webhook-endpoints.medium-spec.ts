import { endpointInput, replayInput } from './endpoint-schemas';
import { eventsDesk, type EventsDesk } from './testing/events-desk';
import { fromBinary, pageQuery, toBinary } from '@sinkron/database';
import { refusal } from '@sinkron/testing';

let desk: EventsDesk;

beforeAll(async () => {
  desk = await eventsDesk();
});
afterAll(() => desk.close());

const input = (changes: object = {}) =>
  endpointInput.parse({
    url: 'http://127.0.0.1:9/services/T0/secret-path',
    description: 'Layar piket',
    types: ['ticket.overdue'],
    ...changes,
  });

it('shows its secret once and its path never, and keeps both sealed', async () => {
  const admin = await desk.at('33');
  const { secret, ...view } = await desk.endpoints.create(admin, input({ office: '3319' }));
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  expect(view).toMatchObject({
    office: { code: '3319', name: 'Kudus' },
    url: 'http://127.0.0.1:9/…',
    description: 'Layar piket',
    types: ['ticket.overdue'],
    disabledAt: null,
  });
  expect(await desk.endpoints.find(admin, view.id)).toEqual(view);
  const [row] = await desk.transactions.query<{ sealed: Buffer }>('select sealed from webhook_endpoint');
  expect(row!.sealed.toString('latin1')).not.toMatch(/whsec|127\.0|piket/);
});

it.each([
  ['https://10.0.0.1/', 'url:url_private'],
  ['http://1.1.1.1/', 'url:url_scheme'],
  ['https://1.1.1.1:22/', 'url:url_port'],
  ['https://user:secret@1.1.1.1/', 'url:url_credentials'],
  ['https://localhost/', 'url:url_host'],
  ['https://hook.invalid/', 'url:url_unresolved'],
])('%s is not taken', async (url, code) => {
  const admin = await desk.at('33');
  expect(await refusal(desk.endpoints.create(admin, input({ url })))).toEqual(['invalid', code]);
  const { id } = await desk.endpoints.create(admin, input());
  expect(await refusal(desk.endpoints.update(admin, id, { url }))).toEqual(['invalid', code]);
});

it('is there for whoever has its node in scope, and for nobody else', async () => {
  const { id } = await desk.endpoints.create(await desk.at('33'), input());
  for (const outsider of await Promise.all([desk.at('3319'), desk.at('35')])) {
    const tries = [
      desk.endpoints.find(outsider, id),
      desk.endpoints.update(outsider, id, { description: 'Mine' }),
      desk.endpoints.rotateSecret(outsider, id),
      desk.endpoints.disable(outsider, id),
      desk.endpoints.enable(outsider, id),
      desk.endpoints.remove(outsider, id),
      desk.endpoints.replay(outsider, id, replayInput.parse({ since: '2026-01-01T00:00:00Z' })),
      desk.endpoints.create(outsider, input({ office: '33' })),
    ];
    const answers = await Promise.all(tries.map(refusal));
    expect(answers.slice(0, -1)).toEqual(tries.slice(1).map(() => ['not_found']));
    expect(answers.at(-1)).toEqual(['invalid', 'office:office_unknown']);
    const seen = await desk.endpoints.list(outsider, pageQuery.parse({}));
    expect(seen.items.map((one) => one.id)).not.toContain(id);
  }
  expect(await refusal(desk.endpoints.find(await desk.at('ID'), 'no id'))).toEqual(['not_found']);
  expect((await desk.endpoints.find(await desk.at('ID'), id)).id).toBe(id);
});

it('are twenty at most in one office, also when many are created at once', async () => {
  const admin = await desk.at('3509');
  const tries = Array.from({ length: 25 }, () => desk.endpoints.create(admin, input()));
  const ends = await Promise.all(
    tries.map((attempt) =>
      attempt.then(
        () => 'created',
        () => refusal(attempt),
      ),
    ),
  );
  expect(ends.filter((end) => end === 'created')).toHaveLength(20);
  expect(ends.filter((end) => end !== 'created')).toEqual(Array.from({ length: 5 }, () => ['conflict']));
});

it('leaves a trace of every act, without its address', async () => {
  const admin = await desk.at('33');
  const { id } = await desk.endpoints.create(admin, input());
  await desk.endpoints.update(admin, id, { description: 'Lain', types: ['ticket.resolved'] });
  await desk.endpoints.rotateSecret(admin, id);
  await desk.endpoints.disable(admin, id);
  await desk.endpoints.enable(admin, id);
  await desk.endpoints.replay(admin, id, replayInput.parse({ since: '2026-01-01T00:00:00Z' }));
  await desk.endpoints.remove(admin, id);
  const rows = await desk.transactions.query<{ action: string; detail: string }>(
    'select action, detail from audit where detail like ? order by seq',
    [`%${id}%`],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'webhook_created',
    'webhook_updated',
    'webhook_secret_rotated',
    'webhook_disabled',
    'webhook_enabled',
    'webhook_replayed',
    'webhook_removed',
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/127\.0|whsec|Lain/);
});

describe('a replay', () => {
  async function waiting(id: string): Promise<number> {
    const rows = await desk.transactions.query(
      `select 1 from delivery where endpoint_id = ? and state = 'waiting'`,
      [toBinary(id)],
    );
    return rows.length;
  }

  it('sends the events that the endpoint gets, and none of other offices or types', async () => {
    const admin = await desk.at('33');
    await desk.happen('3319', 2);
    await desk.happen(null);
    await desk.happen('3509', 5);
    await desk.happen('3319', 5, 'delivery.dead');
    await desk.events.publish();
    const { id } = await desk.endpoints.create(admin, input());
    const since = replayInput.parse({ since: '2026-01-01T00:00:00Z' });
    expect(await desk.endpoints.replay(admin, id, since)).toEqual({ queued: 3, next: null });
  });

  it('sends many events in pieces, and the same ones as often as it is asked', async () => {
    const admin = await desk.at('33');
    await desk.happen('3319', 600);
    while ((await desk.events.publish()) > 0);
    const { id } = await desk.endpoints.create(admin, input());
    const first = await desk.endpoints.replay(admin, id, { since: new Date(0), events: undefined });
    expect(first).toEqual({ queued: 500, next: expect.any(String) });
    expect(await waiting(id)).toBe(500);

    const events = await desk.transactions.query<{ id: Buffer }>(
      `select id from event where type = 'ticket.overdue' order by id limit 3`,
    );
    const ids = events.map((row) => fromBinary(row.id));
    // Once more is once more, even of those that are on their way.
    expect(await desk.endpoints.replay(admin, id, { since: undefined, events: ids })).toEqual({
      queued: 3,
      next: null,
    });
    expect(await waiting(id)).toBe(503);
  });

  it('is for an endpoint that is enabled, and says either from when or which', async () => {
    const admin = await desk.at('33');
    const { id } = await desk.endpoints.create(admin, input());
    await desk.endpoints.disable(admin, id);
    const since = replayInput.parse({ since: '2026-01-01T00:00:00Z' });
    expect(await refusal(desk.endpoints.replay(admin, id, since))).toEqual(['conflict']);
    expect(replayInput.safeParse({}).success).toBe(false);
    expect(replayInput.safeParse({ since: '2026-01-01T00:00:00Z', events: [id] }).success).toBe(false);
  });
});
