import { ClosureWalk } from './closure-walk';
import { ClosureDesk } from './testing/closure-desk';
import { OfficeClosures } from './office-closures';
import { Audit } from '@sinkron/audit';
import { fromBinary, type Id, newId, toBinary, Transactions } from '@sinkron/database';
import { Contacts, EscalationMoves, Holders, Policies, Rotas } from '@sinkron/escalation';
import { preferredLanguage, Problem, problemDocument } from '@sinkron/observability';
import { StaleLease } from '@sinkron/queue';
import { ClosingOfficeTickets, Moves, TicketStore } from '@sinkron/tickets';
import { WebhookEndpoints } from '@sinkron/webhooks';

// A pool of connections and a whole office, on machines that others use too.
jest.setTimeout(60_000);

let desk: ClosureDesk;
beforeAll(async () => {
  desk = await ClosureDesk.start();
});
afterAll(() => desk.close());
afterEach(() => jest.restoreAllMocks());

async function ticketIds(codes: readonly string[]): Promise<Id[]> {
  const rows = await desk.sql<{ id: Buffer }>('select id from ticket where code in (?) order by id', [codes]);
  return rows.map(({ id }) => fromBinary(id));
}

async function escalationOf(code: string): Promise<Id> {
  const [row] = await desk.sql<{ id: Buffer }>(
    'select e.id from escalation e join ticket t on t.id = e.ticket_id where t.code = ?',
    [code],
  );
  return fromBinary(row!.id);
}

/** How often each ticket was transferred by a closing. */
async function transfers(ids: readonly Id[]): Promise<number[]> {
  const rows = await desk.sql<{ n: string }>(
    `select count(h.seq) as n from ticket t left join history h on h.ticket_id = t.id and h.kind = 'transferred'
     where t.id in (?) group by t.id`,
    [ids.map(toBinary)],
  );
  return rows.map(({ n }) => Number(n));
}

async function acts(code: string): Promise<{ action: string; detail: Record<string, unknown> }[]> {
  const rows = await desk.sql<{ action: string; detail: string }>(
    `select action, detail from audit where office_id = ? and action like 'office\\_%' and action <> 'office_created'
     order by seq`,
    [toBinary(await desk.idOf(code))],
  );
  return rows.map(({ action, detail }) => ({
    action,
    detail: JSON.parse(detail) as Record<string, unknown>,
  }));
}

it('moves everything of an office to its successor, and nobody loses what they have', async () => {
  const operator = await desk.operator();
  const officer = await desk.officer('3320');
  const head = await desk.officer('3320', 'supervisor');
  const open = [await desk.submit(officer), await desk.submit(officer), await desk.submit(officer)];
  const [first, second, third] = open.map(({ code }) => code) as [string, string, string];
  const closed = await desk.submit(officer);
  const moves = desk.get(Moves);
  await moves.cancel(officer, closed.code, {});
  await moves.suspend(officer, third, { reason: 'other' });
  await moves.escalate(officer, first, { reason: 'Besok ujian.' });
  await moves.escalate(officer, second, { reason: 'Besok ujian.' });
  await desk.get(EscalationMoves).acknowledge(officer, await escalationOf(first));

  const rota = await desk.get(Rotas).create(operator, {
    office: '3320',
    name: 'Piket',
    plan: {
      members: [officer.officerId],
      turn: 'daily',
      handoverAt: '07:30',
      startsOn: '2026-11-23',
      zone: 'Asia/Jakarta',
    },
  });
  const asked = { who: { kind: 'rota' as const, rota: rota.id }, through: ['email' as const] };
  await desk.get(Policies).put(head, '3320', {
    steps: [{ ...asked, waitSeconds: 300, when: 'always' }],
    final: asked,
    repeats: 0,
    acknowledgeSeconds: 1800,
    hours: null,
    quiet: null,
  });
  const contact = (office: string, phone: string) =>
    desk.get(Contacts).create(operator, { office, name: 'Bunga Anggraini', phone });
  const contacts = [
    await contact('3319', '+628100000071'),
    await contact('3320', '+628100000071'),
    await contact('3320', '+628100000072'),
  ].map(({ id }) => id);
  const webhook = (office: string) =>
    desk.get(WebhookEndpoints).create(operator, {
      office,
      url: 'https://1.1.1.1/hook',
      description: 'Konsol',
      types: ['ticket.overdue'],
    });
  const kudus = await webhook('3319');
  // Eighteen more at the successor, whose limit is twenty.
  for (let made = 0; made < 18; made++)
    await desk.sql(
      `insert into webhook_endpoint select ?, office_id, types, sealed, created_at, created_by, failing_since,
         disabled_at, disabled_reason
       from webhook_endpoint where id = ?`,
      [toBinary(newId()), toBinary(kudus.id)],
    );
  const webhooks = [await webhook('3320'), await webhook('3320')].map(({ id }) => id);
  const ladder = await desk.sql(
    `select subject_id, due_at, lane from work where kind = 'ladder' order by id`,
  );

  const state = await desk.begin('33.20', '3319');
  expect(state).toMatchObject({
    successor: '3319',
    closedAt: null,
    closingNote: 'Digabung.',
    closing: {
      successor: '3319',
      left: {
        officers: 2,
        rotas: 1,
        policies: 1,
        contacts: 2,
        webhooks: 2,
        offices: 0,
        tickets: 3,
        escalations: 2,
      },
    },
  });
  await desk.work('3320');

  const after = await desk.state('3320');
  expect([after.closing, after.closedAt, after.successor]).toEqual([null, expect.any(Date), '3319']);
  const ids = await ticketIds([first, second, third]);
  expect(await desk.places('ticket', ids)).toEqual(['3319', '3319', '3319']);
  expect(await transfers(ids)).toEqual([1, 1, 1]);
  const work = await desk.sql<{ office_id: Buffer }>('select office_id from work where subject_id in (?)', [
    ids.map(toBinary),
  ]);
  expect(work.length).toBeGreaterThanOrEqual(6);
  expect(new Set(work.map((row) => fromBinary(row.office_id)))).toEqual(new Set([await desk.idOf('3319')]));
  const stays = await desk.sql('select kind from work where office_id = ?', [
    toBinary(await desk.idOf('3320')),
  ]);
  expect(stays).toEqual([{ kind: 'closure' }]);
  expect(await desk.sql('select status from ticket where code = ?', [third])).toEqual([
    { status: 'suspended' },
  ]);

  // Whoever has the escalation keeps it; of the other one the ladder goes on where it stood.
  expect(await desk.places('escalation')).toEqual(['3319', '3319']);
  const rows = await desk.sql<{ state: string; acknowledged_by: Buffer | null }>(
    'select state, acknowledged_by from escalation order by id',
  );
  expect(rows.map((row) => [row.state, row.acknowledged_by && fromBinary(row.acknowledged_by)])).toEqual([
    ['acknowledged', officer.officerId],
    ['open', null],
  ]);
  expect(
    await desk.sql(`select subject_id, due_at, lane from work where kind = 'ladder' order by id`),
  ).toEqual(ladder);

  expect(await desk.places('officer', [officer.officerId, head.officerId])).toEqual(['3319', '3319']);
  expect(await desk.places('rota')).toEqual(['3319']);
  expect((await desk.get(Policies).show(operator, '3319')).source).toBe('3319');
  expect(await desk.places('contact', contacts)).toEqual(['3319', '3320', '3319']);
  expect(await desk.places('webhook_endpoint', webhooks)).toEqual(['3319', '3320']);
  const left = await desk.sql(
    `select disabled_reason as why from webhook_endpoint where office_id = ?
     union all select 'disabled' from contact where disabled_at is not null`,
    [toBinary(await desk.idOf('3320'))],
  );
  expect(left).toEqual([{ why: 'office_closed' }, { why: 'disabled' }]);

  // The closed ticket stays, and whoever works at the successor reads it; opened again, it is the successor's.
  const [closedId] = await ticketIds([closed.code]);
  expect(await desk.places('ticket', [closedId!])).toEqual(['3320']);
  const reader = await desk.at('3319');
  const read = await desk
    .get(Transactions)
    .run((transaction) => desk.get(TicketStore).find(transaction, reader.scope, closed.code));
  expect([read.ticket.status, read.owned]).toEqual(['cancelled', true]);
  await moves.reopen(reader, closed.code, { reason: 'Belum selesai.' });
  expect(await desk.places('ticket', [closedId!])).toEqual(['3319']);

  const told = await acts('3320');
  expect(told.map(({ action, detail }) => [action, detail['part']])).toEqual([
    ['office_closing', undefined],
    ...['officers', 'rotas', 'policies', 'contacts', 'webhooks', 'tickets', 'escalations'].map((part) => [
      'office_moved',
      part,
    ]),
    ['office_closed', undefined],
  ]);
  expect(told[4]!.detail).toMatchObject({ moved: [contacts[2]], disabled: [contacts[1]] });
  expect(told[5]!.detail).toMatchObject({ moved: [webhooks[0]], disabled: [webhooks[1]] });
});

it('goes on after it broke off in the middle, moves nothing twice, and takes along what came late', async () => {
  const officer = await desk.officer('3321');
  const codes = [];
  for (let made = 0; made < 3; made++) codes.push((await desk.submit(officer)).code);
  for (const code of codes.slice(0, 2))
    await desk.get(Moves).escalate(officer, code, { reason: 'Besok ujian.' });
  const held = await escalationOf(codes[1]!);
  await desk.get(EscalationMoves).acknowledge(officer, held);
  await desk.begin('3321', '3318');
  const ids = await ticketIds(codes);

  // The piece of the tickets is done but for its COMMIT; before that the process dies.
  const record = jest.spyOn(Audit.prototype, 'record').mockImplementation((_, act) => {
    if (act?.detail?.['part'] === 'tickets') throw new Error('broken off');
    return Promise.resolve();
  });
  await desk.work('3321');
  expect(await desk.places('ticket', ids)).toEqual(['3321', '3321', '3321']);
  expect(await desk.places('officer', [officer.officerId])).toEqual(['3318']);
  expect((await desk.state('3321')).closing?.left).toMatchObject({ officers: 0, tickets: 3 });
  record.mockRestore();
  // The people work at the successor by now, and the escalation is not there yet: they are asked all the same.
  expect(await desk.askedFor(ids[0]!)).toEqual([officer.officerId]);
  // Nor is anybody taken for gone who has one.
  await desk.get(Holders).lookAtAll();
  expect(await desk.sql('select state from escalation where id = ?', [toBinary(held)])).toEqual([
    { state: 'acknowledged' },
  ]);

  await desk.work('3321');
  expect(await desk.places('ticket', ids)).toEqual(['3318', '3318', '3318']);
  expect(await transfers(ids)).toEqual([1, 1, 1]);
  // The piece once more, by whoever: nothing is there.
  const closing = { from: await desk.idOf('3321'), to: await desk.idOf('3318'), by: null };
  const again = await desk
    .get(Transactions)
    .run((transaction) => desk.get(ClosingOfficeTickets).toSuccessor(transaction, closing, () => null));
  expect(again.moved).toEqual([]);
  expect((await desk.state('3321')).closedAt).not.toBeNull();

  // Somebody knew the tree as it was before, and was slow.
  await desk.sql('update ticket set office_id = ? where id = ?', [toBinary(closing.from), toBinary(ids[0]!)]);
  await desk.work('3321');
  expect(await desk.places('ticket', ids)).toEqual(['3318', '3318', '3318']);
  expect(
    await desk.sql(`select 1 from work where kind = 'closure' and subject_id = ?`, [toBinary(closing.from)]),
  ).toEqual([]);
});

it('two workers at once: the one whose number is outdated writes nothing', async () => {
  const officer = await desk.officer('3322');
  const codes = [];
  for (let made = 0; made < 4; made++) codes.push((await desk.submit(officer)).code);
  await desk.begin('3322', '3317');
  const outdated = await desk.claim('3322');
  const valid = await desk.claim('3322');
  const walk = desk.get(ClosureWalk);
  await expect(walk.perform(outdated)).rejects.toThrow(StaleLease);
  expect((await desk.state('3322')).closing?.left).toMatchObject({ officers: 1, tickets: 4 });
  const ends = await Promise.allSettled([walk.perform(outdated), walk.perform(valid)]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  const ids = await ticketIds(codes);
  expect(await desk.places('ticket', ids)).toEqual(['3317', '3317', '3317', '3317']);
  expect(await transfers(ids)).toEqual([1, 1, 1, 1]);
  const parts = (await acts('3322')).map(({ detail }) => detail['part']).filter(Boolean);
  expect(parts).toEqual(['officers', 'tickets']);
});

it('stops after some pieces, so that its claim does not outlive them, and goes on at once', async () => {
  await desk.begin('3202', '3201');
  const more = jest
    .spyOn(ClosingOfficeTickets.prototype, 'toSuccessor')
    .mockImplementation(() => Promise.resolve({ moved: [newId()] }));
  await desk.work('3202');
  more.mockRestore();
  // Ten transactions that stand: the audit has one entry of each.
  const pieces = (await acts('3202')).filter(({ detail }) => detail['part'] === 'tickets');
  expect(pieces).toHaveLength(10);
  const due = await desk.sql(
    `select attempts, due_at <= utc_timestamp(3) as due from work where kind = 'closure' and subject_id = ?`,
    [toBinary(await desk.idOf('3202'))],
  );
  expect(due).toEqual([{ attempts: 0, due: 1 }]);
  expect((await desk.state('3202')).closedAt).toBeNull();
  await desk.work('3202');
  expect((await desk.state('3202')).closedAt).not.toBeNull();
});

it('takes nothing new meanwhile, names the successor in two languages, and files a repeat', async () => {
  const officer = await desk.officer('3319');
  const known = desk.somebody();
  const { code } = await desk.submit(officer, known);
  await desk.begin('3319', '3318');
  const late = await desk.at('3319');

  const refused = (await desk.submit(late).catch((error: unknown) => error)) as Problem;
  expect([refused.kind, refused.errors[0]?.code]).toEqual(['conflict', 'office_closed']);
  for (const language of ['id', 'en'] as const)
    expect(problemDocument(refused, preferredLanguage(language), 'x').detail).toMatch(/3319.*3318/);
  expect(await desk.submit(late, known)).toMatchObject({ code, repeat: true });

  const operator = await desk.operator();
  const policy = { kind: 'role' as const, role: 'officer' as const };
  const attempts = [
    desk.officer('3319'),
    desk.get(Contacts).create(operator, { office: '3319', name: 'Bunga Anggraini', phone: '+628100000073' }),
    desk.get(WebhookEndpoints).create(operator, {
      office: '3319',
      url: 'https://1.1.1.1/hook',
      description: 'Konsol',
      types: ['ticket.overdue'],
    }),
    desk.get(Policies).put(operator, '3319', {
      steps: [{ who: policy, through: ['email'], waitSeconds: 300, when: 'always' }],
      final: { who: policy, through: ['email'] },
      repeats: 0,
      acknowledgeSeconds: 1800,
      hours: null,
      quiet: null,
    }),
  ];
  for (const attempt of await Promise.allSettled(attempts))
    expect(attempt).toMatchObject({ status: 'rejected', reason: { errors: [{ code: 'office_closed' }] } });
});

it('closes a province with the offices below it, once, and into no other one', async () => {
  const closures = desk.get(OfficeClosures);
  const admin = await desk.at('id', 'admin');
  const close = (code: string, successor: string, by = admin) =>
    closures.close(by, code, { successor, note: 'Digabung.' });
  const codeOf = async (attempt: Promise<unknown>) =>
    attempt.then(
      () => 'done',
      (error: Problem) => `${error.status} ${error.errors[0]?.code ?? ''}`.trim(),
    );
  const provincial = await desk.at('32', 'admin');
  expect(await codeOf(close('32', '33', provincial))).toBe('422 office_unknown');
  expect(await codeOf(close('33', '32', provincial))).toBe('404');
  expect(await codeOf(close('3201', '3202', await desk.at('32', 'supervisor')))).toBe('403');
  expect(await codeOf(close('32', '3201'))).toBe('422 successor_level');

  const [one, other] = await Promise.all([close('32', '35'), close('32', '35')]);
  expect([one.closing?.successor, other.closing?.successor]).toEqual(['35', '35']);
  expect(one.closing?.left.offices).toBe(2);
  expect(await codeOf(close('32', '33'))).toBe('409 other_successor');
  await desk.work('32');
  expect(await codeOf(close('32', '33'))).toBe('409 other_successor');
  expect((await close('32', '35')).closedAt).not.toBeNull();
  const tree = await desk.tree();
  expect(tree.above(tree.findByCode('3201')!.id).map(({ code }) => code)).toEqual(['35', 'id']);
  expect((await acts('32')).map(({ action }) => action)).toEqual([
    'office_closing',
    'office_moved',
    'office_closed',
  ]);
});
