import { type RunningApi, startApi } from '../testing/start-api';
import { caller, type Caller, someComplaint } from '../tickets/testing/desk';
import { BlindIndex, Transactions } from '@sinkron/database';
import { WaitingNotices } from '@sinkron/messaging';
import { Retention } from '@sinkron/privacy';
import { HistoryCheck, Persons, Statements, TicketWriter, WorkerTickets } from '@sinkron/tickets';

jest.setTimeout(60_000);

let api: RunningApi;
let kudus: Caller;
let transactions: Transactions;
let retention: Retention;

beforeAll(async () => {
  api = await startApi({ environment: { RETENTION_DAYS: '30', WHATSAPP_DRIVER: 'log' } });
  kudus = caller(api.url, await api.officer('supervisor', '3319'));
  const of = <T>(type: new (...all: never[]) => T): T => api.app.get(type, { strict: false });
  transactions = of(Transactions);
  retention = new Retention(
    transactions,
    of(WorkerTickets),
    of(TicketWriter),
    of(Statements),
    of(Persons),
    of(WaitingNotices),
    api.config,
  );
});
afterAll(() => api.stop());

type Complaint = ReturnType<typeof someComplaint>;

/** A ticket with everything in it that can be wiped, closed so many days ago. */
async function closedTicket(
  days: number,
  complaint = someComplaint(),
): Promise<{ complaint: Complaint; code: string }> {
  const { body } = await kudus.post('/v1/tickets', { ...complaint, urgent: { reason: 'Tutup malam ini.' } });
  const { code } = body;
  await kudus.post(`/v1/tickets/${code}/notes`, { text: 'Pemohon dihubungi.' });
  await kudus.post(`/v1/tickets/${code}/cancel`, { note: 'Batal.' });
  await transactions.execute(
    'update ticket set closed_at = utc_timestamp(3) - interval ? day where code = ?',
    [days, code],
  );
  return { complaint, code };
}

/** What is left of a ticket that could name somebody. */
async function left(code: string): Promise<Record<string, number>> {
  const [row] = await transactions.query<Record<string, string>>(
    `select count(*) as statements, count(sealed) as sealed, count(phone_key) as phones, count(kk_key) as cards
     from statement where ticket_id = (select id from ticket where code = ?)`,
    [code],
  );
  return Object.fromEntries(Object.entries(row!).map(([name, count]) => [name, Number(count)]));
}

async function personsOf(nik: string): Promise<number> {
  const digest = api.app.get(BlindIndex, { strict: false }).digest('person.nik', nik);
  const rows = await transactions.query('select 1 from person where ? in (nik_a, nik_b)', [digest]);
  return rows.length;
}

it('wipes what names anybody some days after the close, and nothing before', async () => {
  const young = await closedTicket(29);
  const old = await closedTicket(31);
  expect(await retention.wipeDue()).toBe(false);
  expect(await left(young.code)).toMatchObject({ sealed: 3, cards: 1 });
  expect(await left(old.code)).toEqual({ statements: 3, sealed: 0, phones: 0, cards: 0 });
  expect(await personsOf(young.complaint.applicant.nik)).toBe(1);
  expect(await personsOf(old.complaint.applicant.nik)).toBe(0);
});

it('destroys the texts and addresses of notices, and the consent; that a notice was sent stays', async () => {
  const { code } = await closedTicket(31, someComplaint({}, { notices: ['whatsapp'] }));
  const held = () =>
    transactions.query(
      `select d.state, d.reason, d.sealed is not null as sealed,
         (select count(*) from work where subject_id = d.id) as work,
         (select count(*) from consent where recipient_id = t.id) as consents
       from delivery d join ticket t on t.id = d.recipient_id where t.code = ?`,
      [code],
    );
  const before = { state: 'waiting', reason: null, sealed: 1, work: '1', consents: '1' };
  expect((await held()).map(asText)).toEqual([asText(before)]);
  await retention.wipeDue();
  const after = { state: 'dismissed', reason: 'overtaken', sealed: 0, work: '0', consents: '0' };
  expect((await held()).map(asText)).toEqual([asText(after)]);
});

/** Counts come as numbers or as text. */
function asText(row: object): string {
  return Object.values(row).join(' ');
}

it('is done again on what a backup brought back, and leaves what is wiped alone', async () => {
  const { code } = await closedTicket(31);
  await retention.wipeDue();
  const versionOf = () => transactions.query('select version, wiped_at from ticket where code = ?', [code]);
  const before = await versionOf();
  await retention.wipeDue();
  expect(await versionOf()).toEqual(before);
  await transactions.execute('update ticket set wiped_at = null where code = ?', [code]);
  await retention.wipeDue();
  expect((await versionOf())[0]).toMatchObject({ wiped_at: expect.any(Date) });
});

it('keeps a person findable while another ticket of theirs holds data', async () => {
  const { complaint } = await closedTicket(31);
  const again = await kudus.post('/v1/tickets', complaint);
  expect(again.status).toBe(201);
  await retention.wipeDue();
  expect(await personsOf(complaint.applicant.nik)).toBe(1);
  const { body } = await kudus.post('/v1/tickets/search', { nik: complaint.applicant.nik });
  expect(body.items).toHaveLength(2);
});

it('leaves alone what was reopened, and what is contested', async () => {
  const contested = await closedTicket(31);
  await transactions.execute('update ticket set contested_at = utc_timestamp(3) where code = ?', [
    contested.code,
  ]);
  const reopened = await closedTicket(31);
  const { status } = await kudus.post(`/v1/tickets/${reopened.code}/reopen`, { reason: 'Belum cocok.' });
  expect(status).toBe(200);
  await retention.wipeDue();
  for (const { code } of [contested, reopened]) expect((await left(code)).sealed).toBeGreaterThan(0);
});

it('leaves to another worker the ticket that one is at, and does the others', async () => {
  const [taken, free] = [await closedTicket(32), await closedTicket(31)];
  await transactions.run(async (other) => {
    await other.query('select 1 from ticket where code = ? for update', [taken.code]);
    await retention.wipeDue();
  });
  expect([(await left(taken.code)).sealed, (await left(free.code)).sealed]).toEqual([3, 0]);
});

describe('a wiped ticket', () => {
  let code: string;
  let complaint: Complaint;
  beforeAll(async () => {
    ({ code, complaint } = await closedTicket(31));
    await retention.wipeDue();
  });

  it('is read with its figures, and without anybody', async () => {
    const { status, body, text } = await kudus.get(`/v1/tickets/${code}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'cancelled',
      cause: 'kk_changed_not_synced',
      applicant: null,
      wipedAt: expect.any(String),
    });
    expect(text).not.toContain(complaint.applicant.nik.slice(-4));
  });

  it('is in lists, and is found by no number', async () => {
    const list = await kudus.get('/v1/tickets?limit=100');
    expect(list.status).toBe(200);
    expect(list.body.items.map((item) => item.code)).toContain(code);
    const { nik, kk, phone } = complaint.applicant;
    for (const wanted of [{ nik }, { kk }, { phone }]) {
      expect((await kudus.post('/v1/tickets/search', wanted)).body.items).toEqual([]);
    }
  });

  it('keeps its whole history, without the texts of people', async () => {
    const { status, body } = await kudus.get(`/v1/tickets/${code}/history`);
    expect(status).toBe(200);
    const items = body.items as unknown as {
      kind: string;
      note: string | null;
      urgentReason: string | null;
    }[];
    expect(items.at(-1)?.kind).toBe('wiped');
    expect(items.every(({ note, urgentReason }) => note === null && urgentReason === null)).toBe(true);
    expect((await new HistoryCheck(transactions).run()).broken).toEqual([]);
  });

  it('is not found by a status check, which answers as for an unknown code', async () => {
    const stranger = caller(api.url);
    const { birthDate } = complaint.applicant;
    const check = (asked: string) => stranger.post('/v1/status-checks', { code: asked, birthDate });
    const gone = await check(code);
    const unknown = await check('7K3M-XQ94-HTRJ');
    const { correlationId: _one, ...told } = gone.body;
    const { correlationId: _other, ...toldOfNone } = unknown.body;
    expect([gone.status, told]).toEqual([404, toldOfNone]);
  });

  it.each([
    ['reopen', { reason: 'Belum cocok.' }],
    ['reveal', { reason: 'Pemohon ada di loket.' }],
    ['notes', { text: 'Catatan baru.' }],
  ])('refuses %s', async (move, input) => {
    const { status, body } = await kudus.post(`/v1/tickets/${code}/${move}`, input);
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining('masa simpannya habis')]);
  });

  it('has escalations that can be read', async () => {
    const { status, body } = await kudus.get(`/v1/escalations?ticket=${code}`);
    expect([status, body.items.length]).toEqual([200, 1]);
    expect((await kudus.get(`/v1/escalations/${body.items[0]!.id}`)).status).toBe(200);
  });

  it('does not prevent a new complaint of the same person', async () => {
    expect((await kudus.post('/v1/tickets', complaint)).status).toBe(201);
  });
});

it('lets an officer see full values thirty times an hour, and writes down the rest', async () => {
  const officer = await api.officer('officer', '3319');
  const eager = caller(api.url, officer);
  const { body } = await eager.post('/v1/tickets', someComplaint());
  const reveal = () => eager.post(`/v1/tickets/${body.code}/reveal`, { reason: 'Pemohon ada di loket.' });
  for (let time = 1; time <= 30; time++) expect((await reveal()).status).toBe(200);
  const refused = await reveal();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const written = await transactions.query(`select 1 from audit where action = 'reveal_refused'`);
  expect(written).toHaveLength(1);
  // The limit is this officer's alone.
  expect((await kudus.post(`/v1/tickets/${body.code}/reveal`, { reason: 'Pengecekan.' })).status).toBe(200);
});
