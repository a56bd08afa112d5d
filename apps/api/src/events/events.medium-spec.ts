import { EventDeliveries } from '@sinkron/webhooks';
import { type RunningApi, type SignedIn, startApi, startApiOn } from '../testing/start-api';
import { caller } from '../tickets/testing/desk';
import { listen, type Listener } from './testing/listen';
import { Transactions } from '@sinkron/database';
import { recordEvents } from '@sinkron/events';
import { OfficeDirectory } from '@sinkron/offices';

jest.setTimeout(60_000);

let api: RunningApi;
let kudus: SignedIn;
const open: Listener[] = [];

beforeAll(async () => {
  api = await startApi({ durations: { publishInterval: 50, streamBeat: 1_000 } });
  kudus = await api.officer('officer', '3319');
});
afterEach(() => {
  for (const listener of open.splice(0)) listener.close();
});
afterAll(() => api.stop());

async function listening(
  { authorization }: SignedIn,
  options: { after?: string; query?: string } = {},
): Promise<Listener> {
  const listener = await listen(api.url, { authorization, ...options });
  open.push(listener);
  return listener;
}

/** Tickets become overdue at an office (null: everywhere), and the events are published. */
async function happen(office: string | null, ...subjects: string[]): Promise<void> {
  const tree = await api.app.get(OfficeDirectory, { strict: false }).tree();
  const officeId = office === null ? null : tree.findByCode(office)!.id;
  const data = { ticket: 'x', dueAt: '2026-11-25T08:00:00.000Z' };
  await api.app
    .get(Transactions)
    .run((transaction) =>
      recordEvents(
        transaction,
        ...subjects.map((subject) => ({ type: 'ticket.overdue' as const, subject, officeId, data })),
      ),
    );
  const publisher = api.app.get(EventDeliveries, { strict: false });
  while ((await publisher.publish()) > 0);
}

const subjects = ({ messages }: Listener) => messages.map(({ data }) => data['subject']);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

it('sends what happens, while it happens, as CloudEvents', async () => {
  const listener = await listening(kudus);
  expect(listener.status).toBe(200);
  expect(listener.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  await until(() => listener.lastId() !== '');
  await happen('3319', 'A');
  await until(() => listener.messages.length > 0);
  const [message] = listener.messages;
  expect(message).toMatchObject({
    event: 'ticket.overdue',
    data: { specversion: '1.0', type: 'ticket.overdue', subject: 'A', data: { ticket: 'x', office: '3319' } },
  });
  expect(message!.id).toMatch(/^\d+$/);
});

it('sends each reader the events of the own offices, those that concern everybody, and no others', async () => {
  const at = async (role: 'officer' | 'supervisor' | 'liaison', office: string) =>
    listening(await api.officer(role, office));
  const [own, province, elsewhere, nation] = await Promise.all([
    listening(kudus),
    at('supervisor', '33'),
    at('officer', '3509'),
    at('liaison', 'id'),
  ]);
  await until(() => [own, province, elsewhere, nation].every((one) => one.lastId() !== ''));
  await happen('3319', 'ours');
  await happen('3509', 'theirs');
  await happen(null, 'everybody');
  await until(() => [own, province, elsewhere, nation].every((one) => subjects(one).includes('everybody')));
  expect(subjects(own)).toEqual(['ours', 'everybody']);
  expect(subjects(province)).toEqual(['ours', 'everybody']);
  expect(subjects(elsewhere)).toEqual(['theirs', 'everybody']);
  expect(subjects(nation)).toEqual(['ours', 'theirs', 'everybody']);
});

it('loses and doubles nothing over any number of resumptions', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `R${at}`);
  const heard: unknown[] = [];
  let listener = await listening(kudus);
  await until(() => listener.lastId() !== '');
  const happening = (async () => {
    for (const name of names) {
      await happen('3319', name);
      await happen('3509', `not ${name}`);
    }
  })();
  while (heard.length + listener.messages.length < names.length) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const after = listener.lastId();
    listener.close();
    heard.push(...subjects(listener));
    listener = await listening(kudus, { after });
    await until(() => listener.lastId() !== '');
  }
  heard.push(...subjects(listener));
  await happening;
  expect(heard).toEqual(names);
});

it('reads on far behind, and only the types asked for', async () => {
  const listener = await listening(kudus);
  await until(() => listener.lastId() !== '');
  const after = listener.lastId();
  const names = Array.from({ length: 1_300 }, (_, at) => `F${at}`);
  await happen('3319', ...names);
  await until(() => listener.messages.length >= names.length);

  const resumed = await listening(kudus, { query: `?after=${after}` });
  await until(() => resumed.messages.length >= names.length);
  expect(subjects(resumed)).toEqual(names);

  const others = await listening(kudus, { query: `?types=ticket.resolved,desk.stuck&after=${after}` });
  await until(() => Number(others.lastId()) >= Number(resumed.lastId()));
  expect(others.messages).toEqual([]);
});

it('shows that it is alive, and resumes from there though no event was sent', async () => {
  const listener = await listening(kudus);
  await happen('3509', 'not ours');
  await until(() => listener.text().split(': beat\n').length > 2);
  const resumed = await listening(kudus, { after: listener.lastId() });
  await until(() => resumed.lastId() !== '');
  expect(Number(resumed.lastId())).toBeGreaterThan(0);
  expect(resumed.messages).toEqual([]);
});

it('says to a reader who comes too late, or from elsewhere, that something was missed', async () => {
  await happen('3319', 'forgotten', 'kept');
  await api.app.get(Transactions).execute(`delete from event where subject <> 'kept'`);
  const late = await listening(kudus, { after: '0' });
  await until(() => late.messages.length > 1);
  expect(late.messages[0]).toMatchObject({ event: 'reset', data: { asked: 0 } });
  expect(late.messages[1]).toMatchObject({ event: 'ticket.overdue', data: { subject: 'kept' } });
  expect(late.messages[0]!.data['start']).toBe(Number(late.messages[1]!.id) - 1);

  const ahead = await listening(kudus, { after: '999999999' });
  await until(() => ahead.messages.length > 0);
  expect(ahead.messages[0]).toMatchObject({ event: 'reset', data: { asked: 999_999_999 } });
  await happen('3319', 'afterwards');
  await until(() => subjects(ahead).includes('afterwards'));
});

it('cuts off who does not read, and lets them resume', async () => {
  const before = await listening(kudus);
  await until(() => before.lastId() !== '');
  const slow = await listening(kudus);
  await until(() => slow.lastId() !== '');
  slow.pause();
  const long = 'x'.repeat(50);
  for (let piece = 0; piece < 10; piece++)
    await happen('3319', ...Array.from({ length: 2_000 }, (_, at) => `${piece}-${at}-${long}`));
  await until(() => before.messages.length >= 20_000);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  slow.resume();
  expect(await slow.ended).toBe('cut');
  expect(slow.messages.length).toBeLessThan(20_000);

  const resumed = await listening(kudus, { after: slow.lastId() });
  await until(() => slow.messages.length + resumed.messages.length >= 20_000);
  expect([...subjects(slow), ...subjects(resumed)]).toEqual(subjects(before));
});

it('ends with the session of whoever reads', async () => {
  const officer = await api.officer('officer', '3319');
  const listener = await listening(officer);
  const other = await listening(kudus);
  await until(() => listener.lastId() !== '' && other.lastId() !== '');
  await caller(api.url, officer).send('DELETE', '/v1/sessions/current');
  expect(await listener.ended).toBe('ended');
  await happen('3319', 'later');
  await until(() => other.messages.length > 0);
});

it('ends in another process too when rights are taken away, and sends nothing of what happens then', async () => {
  const officer = await api.officer('officer', '3319');
  const elsewhere = await startApiOn(api.config);
  try {
    const options = { authorization: officer.authorization };
    const [here, there] = [await listening(officer), await listen(elsewhere.url, options)];
    await until(() => here.lastId() !== '' && there.lastId() !== '');
    const admin = caller(api.url, await api.officer('admin', 'id'));
    await admin.send('PATCH', `/v1/officers/${officer.id}`, { role: 'auditor' });
    expect(await Promise.all([here.ended, there.ended])).toEqual(['ended', 'ended']);
    await happen('3319', 'afterwards');
    expect([...subjects(here), ...subjects(there)]).toEqual([]);
  } finally {
    await elsewhere.stop();
  }
});

it('has at most ten streams an account, and a place again when one is closed', async () => {
  const officer = await api.officer('officer', '3319');
  const ten = await Promise.all(Array.from({ length: 10 }, () => listening(officer)));
  expect(ten.map(({ status }) => status)).toEqual(Array<number>(10).fill(200));
  const eleventh = await listening(officer);
  expect(eleventh.status).toBe(429);
  expect((await listening(kudus)).status).toBe(200);
  ten[0]!.close();
  for (;;) {
    const next = await listening(officer);
    if (next.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

it('is for those who can read a stream, and know what they ask', async () => {
  const desk = caller(api.url, kudus);
  const stream = { accept: 'text/event-stream' };
  expect((await desk.get('/v1/events')).body.errors).toMatchObject([{ field: 'Accept' }]);
  expect((await desk.get('/v1/events', { ...stream, 'last-event-id': 'x' })).body.errors).toMatchObject([
    { field: 'Last-Event-ID' },
  ]);
  for (const query of ['?after=-1', '?types=ticket', '?since=now'])
    expect((await desk.get(`/v1/events${query}`, stream)).status).toBe(422);
  // More than an account may have: a HEAD leaves none behind.
  for (let head = 0; head < 12; head++)
    expect((await desk.send('HEAD', '/v1/events', undefined, stream)).status).toBe(200);
  const auditor = await api.officer('auditor', '3319');
  expect((await listening(auditor)).status).toBe(403);
});

it('ends in order when the server stops', async () => {
  const other = await startApi();
  const officer = await other.officer('officer', '3319');
  const listener = await listen(other.url, officer);
  await until(() => listener.lastId() !== '');
  const begin = performance.now();
  await other.stop();
  expect(await listener.ended).toBe('ended');
  // Long before open connections are cut.
  expect(performance.now() - begin).toBeLessThan(4_000);
});
