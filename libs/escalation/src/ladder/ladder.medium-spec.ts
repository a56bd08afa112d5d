import { Acknowledgements } from '../moves/acknowledgements';
import { EscalationMoves } from '../moves/escalation-moves';
import { Escalations } from '../moves/escalations';
import { Policies } from '../on-call/policies';
import type { PolicyRules } from '../on-call/policy';
import { EscalationDesk } from '../testing/escalation-desk';
import { Ladder } from './ladder';
import { Watchdog } from './watchdog';
import { type OfficerChanges, Officers, type OfficerActor, SignedLinks } from '@sinkron/accounts';
import { fromBinary, newId, toBinary, type Transaction } from '@sinkron/database';
import { OfficeDirectory } from '@sinkron/offices';

const minute = 60_000;
const day = 24 * 60 * minute;

let desk: EscalationDesk;
let counter: OfficerActor;
let head: OfficerActor;
let moves: EscalationMoves;
beforeAll(async () => {
  desk = await EscalationDesk.start({
    // Nothing is sent: the tests of the drivers cover that.
    environment: { EMAIL_DRIVER: 'log', WHATSAPP_DRIVER: 'log' },
  });
  counter = await desk.officer('officer', '3319', '+628100000101');
  head = await desk.officer('supervisor', '3319');
  moves = desk.app.get(EscalationMoves);
});
afterAll(() => desk.close());

beforeEach(async () => {
  for (const table of [
    'work',
    'delivery',
    'delivery_item',
    'destination',
    'event',
    'escalation',
    'escalation_policy',
  ])
    await desk.sql(`delete from ${table}`);
  // The clock of every test begins where that of the last one did.
  await desk.sql('update officer set shut_out_at = null');
  await desk.setClock(new Date('2026-11-23T03:00:00Z'));
});

it('asks the first step, then the next, then the head of office, and the head again every day', async () => {
  const id = await desk.escalate();
  await desk.work('ladder');
  expect(await asked(id)).toEqual([[counter.officerId, 'whatsapp', 'step']]);
  expect((await desk.escalation(id)).notifiedAt).toEqual(desk.clock);
  await desk.forward(5 * minute - 1);
  await desk.work('ladder');
  expect(await asked(id)).toHaveLength(1);
  await desk.forward(1);
  await desk.work('ladder');
  expect((await asked(id)).slice(1)).toEqual([[head.officerId, 'email', 'step']]);
  await desk.forward(5 * minute);
  await desk.work('ladder');
  expect((await asked(id)).slice(2)).toEqual([[head.officerId, 'email', 'step_final']]);
  expect((await desk.escalation(id)).unansweredAt).toEqual(desk.clock);
  await desk.forward(day);
  await desk.work('ladder');
  expect(await asked(id)).toHaveLength(4);
  expect(await desk.story(id)).toEqual([
    'opened',
    'policy_taken',
    'step',
    'step',
    'unanswered',
    'step',
    'step',
  ]);
  expect(await events()).toEqual([
    'escalation.opened',
    'escalation.notified',
    'escalation.notified',
    'escalation.unanswered',
    'escalation.notified',
    'escalation.notified',
  ]);
});

it('asks nobody while somebody has it, and begins again when nothing follows in time', async () => {
  const id = await desk.escalate();
  await desk.work('ladder');
  await moves.acknowledge(counter, id);
  await desk.forward(30 * minute - 1);
  await desk.work('ladder');
  expect((await desk.escalation(id)).state).toBe('acknowledged');
  await desk.forward(1);
  await desk.work('ladder');
  expect(await desk.escalation(id)).toMatchObject({
    state: 'open',
    runNo: 2,
    stepNo: 1,
    acknowledgedBy: null,
  });
  expect((await desk.story(id)).slice(-3)).toEqual(['acknowledged', 'unacknowledged', 'step']);
});

it('asks somebody at once when it is given back, and bounds how long an acknowledgement holds', async () => {
  const id = await desk.escalate();
  await desk.work('ladder');
  await desk.work('delivery');
  const late = new Date(desk.clock.getTime() + day + 1);
  await expect(moves.acknowledge(counter, id, late)).rejects.toMatchObject({ kind: 'invalid' });
  const until = new Date(desk.clock.getTime() + 2 * minute);
  expect(await moves.acknowledge(counter, id, until)).toMatchObject({ heldUntil: until });
  await moves.unacknowledge(counter, id);
  await desk.work('ladder');
  expect(await asked(id)).toHaveLength(2);
});

it('uses the policy as it was when the ladder began', async () => {
  await policy({ steps: [step({ kind: 'officer', officer: head.officerId }, 60)], acknowledgeSeconds: 120 });
  const id = await desk.escalate();
  await desk.work('ladder');
  await policy({ steps: [step({ kind: 'role', role: 'officer' }, 7)], acknowledgeSeconds: 7 });
  expect(await asked(id)).toEqual([[head.officerId, 'email', 'step']]);
  expect((await moves.acknowledge(counter, id)).heldUntil).toEqual(new Date(desk.clock.getTime() + 120_000));
});

it('skips an empty step at once and says why; that nobody can be asked at all is an alarm of its own', async () => {
  // An office without anybody, below a nation without anybody.
  const closedAllWeek = Array.from({ length: 7 }, () => []);
  const inHours = { ...step({ kind: 'role', role: 'officer' }, 60), when: 'working_hours' as const };
  await policy(
    { steps: [step({ kind: 'role', role: 'liaison' }, 600), inHours], hours: closedAllWeek },
    '33',
  );
  const id = await desk.escalate('33');
  await desk.work('ladder');
  const story = await desk.sql<{ kind: string; data: string | null }>(
    'select kind, data from escalation_entry where escalation_id = ? order by at, id',
    [toBinary(id)],
  );
  const told = story.map(({ kind, data }) => [kind, (JSON.parse(data ?? '{}') as { why?: string }).why]);
  expect(told.slice(2)).toEqual([
    ['step_skipped', 'nobody'],
    ['step_skipped', 'outside_hours'],
    ['unanswered', undefined],
    ['nobody_on_call', undefined],
  ]);
  expect(await events()).toContain('desk.stuck');
});

it('asks nobody in quiet hours, except for a near deadline or a flag of an officer', async () => {
  await policy({ quiet: { from: '21:00', to: '06:00' } });
  // 22:00 in Kudus.
  await desk.setClock(new Date('2026-11-23T15:00:00Z'));
  const [late, flagged, pressed] = [
    await desk.escalate('3319', { reason: 'overdue' }),
    await desk.escalate(),
    await desk.escalate('3319', { reason: 'overdue', deadlineAt: new Date('2026-11-24T16:59:00Z') }),
  ];
  await desk.work('ladder');
  expect(
    (await Promise.all([asked(late), asked(flagged), asked(pressed)])).map(({ length }) => length),
  ).toEqual([0, 1, 1]);
  await desk.setClock(new Date('2026-11-23T23:00:00Z'));
  await desk.work('ladder');
  expect(await asked(late)).toHaveLength(1);
});

it('asks one person about many in one message, and about none that was acknowledged meanwhile', async () => {
  const first = await desk.escalate();
  await desk.work('ladder');
  await desk.work('delivery');
  const more: Awaited<ReturnType<typeof desk.escalate>>[] = [];
  for (let n = 0; n < 3; n++) more.push(await desk.escalate());
  await desk.work('ladder');
  const deliveries = await desk.sql('select id from delivery');
  // The first was sent at once; what came after waits for the next turn, together.
  expect(deliveries).toHaveLength(2);
  await moves.acknowledge(counter, more[0]!);
  await desk.forward(2 * minute);
  await desk.work('delivery');
  const sent = await desk.sql<{ n: string }>(
    `select count(i.id) as n from delivery d join delivery_item i on i.delivery_id = d.id
     where d.state = 'sent' and i.over_at is null group by d.id order by d.id`,
  );
  expect(sent.map(({ n }) => Number(n))).toEqual([1, 2]);
  expect(await asked(first)).toHaveLength(1);
});

it('does a step wholly or not at all: with a stale lease nobody is asked', async () => {
  const id = await desk.escalate();
  const [row] = await desk.sql<{ id: Buffer; lease_no: number }>(
    'select id, lease_no from work where subject_id = ?',
    [toBinary(id)],
  );
  const claim = { id: fromBinary(row!.id), kind: 'ladder' as const, subjectId: id, leaseNo: 7, attempts: 0 };
  await expect(desk.app.get(Ladder).perform(claim)).rejects.toThrow('passed to another');
  expect(await asked(id)).toEqual([]);
  expect(await desk.story(id)).toEqual(['opened']);
});

it('becomes more urgent by a flag: quiet hours no longer hold, and whoever was asked in vain is asked again', async () => {
  await policy({ quiet: { from: '21:00', to: '06:00' } });
  await desk.setClock(new Date('2026-11-23T15:00:00Z'));
  const ticketId = newId();
  const id = await desk.escalate('3319', { reason: 'overdue', ticketId });
  await desk.work('ladder');
  expect(await asked(id)).toHaveLength(0);
  await desk.escalate('3319', { ticketId });
  await desk.work('ladder');
  expect(await asked(id)).toHaveLength(1);
  for (let step = 0; step < 2; step++) {
    await desk.forward(5 * minute);
    await desk.work('ladder');
  }
  expect((await desk.escalation(id)).unansweredAt).not.toBeNull();
  await desk.escalate('3319', { ticketId, reason: 'deadline_before_due' });
  await desk.work('ladder');
  expect(await desk.escalation(id)).toMatchObject({ unansweredAt: null, stepNo: 1, runNo: 2 });
  expect(await asked(id)).toHaveLength(4);
});

it('asks the people of the office to which its ticket went, and the old link acknowledges nothing', async () => {
  const ticketId = newId();
  const { token, id } = await linked(ticketId);
  const tree = await desk.app.get(OfficeDirectory, { strict: false }).tree();
  const province = tree.findByCode('33')!;
  const there = await desk.officer('officer', '33');
  await desk.transactions.run((transaction) =>
    desk.app.get(Escalations).changeOffice(transaction, ticketId, province.id, null),
  );
  expect(await desk.app.get(Acknowledgements).byLink(token, null)).toMatchObject([{ state: 'gone' }]);
  await desk.work('ladder');
  expect((await asked(id)).at(-1)).toEqual([there.officerId, 'email', 'step']);
});

it('counts nobody as reached by a console', async () => {
  const console_ = {
    who: { kind: 'role' as const, role: 'officer' as const },
    waitSeconds: 60,
    when: 'always' as const,
  };
  await policy({ steps: [{ ...console_, through: ['console'] }] });
  const id = await desk.escalate();
  await desk.work('ladder');
  expect((await desk.story(id)).slice(2, 4)).toEqual(['step_skipped', 'unanswered']);
});

it('lets no new ask wait behind a message that keeps failing', async () => {
  await desk.escalate();
  await desk.work('ladder');
  await desk.sql(`update delivery set attempts = 7, due_at = due_at + interval 15 minute`);
  const id = await desk.escalate();
  await desk.work('ladder');
  await desk.forward(2 * minute);
  await desk.work('delivery');
  const [own] = await desk.sql<{ state: string }>(
    `select d.state from delivery_item i join delivery d on d.id = i.delivery_id where i.escalation_id = ?`,
    [toBinary(id)],
  );
  expect(own).toEqual({ state: 'sent' });
});

describe('the link of a message', () => {
  it('shows without changing, acknowledges once, and nothing when it is forged, used or overtaken', async () => {
    const { token, id } = await linked();
    const links = desk.app.get(Acknowledgements);
    expect(await links.escalationsOf(token)).toMatchObject([{ state: 'open' }]);
    expect((await desk.escalation(id)).state).toBe('open');
    for (const forged of [`${token}x`, token.slice(0, -4), 'x', '', token.replace(/\.[^.]+\./, '.e30.')])
      expect(await links.byLink(forged, null)).toBeNull();
    expect(await links.byLink(token, newId())).toMatchObject([{ state: 'open' }]);
    expect(await links.byLink(token, id)).toMatchObject([{ state: 'yours' }]);
    expect(await desk.escalation(id)).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: counter.officerId,
    });
    // Given back, it is open again; the old link does not acknowledge it a second time.
    await moves.unacknowledge(counter, id);
    expect(await links.byLink(token, null)).toMatchObject([{ state: 'gone' }]);
    expect((await desk.escalation(id)).state).toBe('open');
  });

  it('does nothing for an officer who is gone, or whose role does not allow it', async () => {
    const { token } = await linked();
    const links = desk.app.get(Acknowledgements);
    const nation = (await desk.app.get(OfficeDirectory, { strict: false }).tree()).findByCode('id')!;
    const admin = { ...(await desk.officer('admin', 'id')), office: nation };
    const change = (changes: OfficerChanges) =>
      desk.app.get(Officers, { strict: false }).update(admin, counter.officerId, changes);
    await change({ role: 'auditor' });
    expect(await links.byLink(token, null)).toBeNull();
    await change({ role: 'officer' });
    expect(await links.escalationsOf(token)).toHaveLength(1);
    await change({ disabled: true });
    expect(await links.byLink(token, null)).toBeNull();
    // Neither does the link come back with the account.
    await change({ disabled: false });
    expect(await links.byLink(token, null)).toBeNull();
  });

  it('does nothing after a new password, nor does the reply code; a message from afterwards does', async () => {
    const before = await linked();
    const links = desk.app.get(Acknowledgements);
    const admin = await desk.officer('admin', 'id');
    const [row] = await desk.sql<{ code: string }>('select reply_code as code from delivery');
    await desk.forward(1);
    await desk.app
      .get(Officers, { strict: false })
      .update(admin, counter.officerId, { password: 'kata sandi yang baru sekali' });
    expect(await links.byLink(before.token, null)).toBeNull();
    const tree = await desk.app.get(OfficeDirectory, { strict: false }).tree();
    const reply = (transaction: Transaction) => links.byReply(transaction, tree, '+628100000101', row!.code);
    expect(await desk.transactions.run(reply)).toBeNull();
    for (const table of ['delivery', 'delivery_item', 'destination']) await desk.sql(`delete from ${table}`);
    await desk.forward(1);
    const after = await linked();
    expect(await links.byLink(after.token, null)).toMatchObject([{ state: 'yours' }]);
  });
});

it('acknowledges what a reply from the right number names, and nothing from another number', async () => {
  const { id } = await linked();
  const [row] = await desk.sql<{ code: string }>('select reply_code as code from delivery');
  const tree = await desk.app.get(OfficeDirectory, { strict: false }).tree();
  const reply = (phone: string, said: string) =>
    desk.transactions.run((transaction) =>
      desk.app.get(Acknowledgements).byReply(transaction, tree, phone, said),
    );
  expect(await reply('+628100000999', row!.code)).toBeNull();
  expect((await desk.escalation(id)).state).toBe('open');
  expect(await reply('+628100000101', row!.code)).toMatchObject({ escalations: [{ state: 'yours' }] });
  expect(await reply('+628100000101', row!.code)).toMatchObject({ escalations: [{ state: 'yours' }] });
});

it('schedules the ladder of an escalation that has no work, and reports a step that is late, once', async () => {
  const id = await desk.escalate();
  await desk.sql('delete from work');
  const watchdog = desk.app.get(Watchdog);
  await watchdog.pass();
  await desk.work('ladder');
  expect(await asked(id)).toHaveLength(1);
  await desk.forward(8 * minute);
  await watchdog.pass();
  await watchdog.pass();
  const stuck = await desk.sql<{ subject: string }>(`select subject from event where type = 'desk.stuck'`);
  expect(stuck.map(({ subject }) => subject)).toEqual(['ladder_late', 'work_late']);
});

/** A message that left, and the token of its link. */
async function linked(ticketId = newId()): Promise<{ token: string; id: string }> {
  const id = await desk.escalate('3319', { ticketId });
  await desk.work('ladder');
  await desk.work('delivery');
  const [row] = await desk.sql<{ id: Buffer }>('select id from delivery');
  const token = await desk.app
    .get(SignedLinks, { strict: false })
    .sign('acknowledge', fromBinary(row!.id), day);
  return { token, id };
}

/** Whom the messages about an escalation go to, by what, in which words. */
async function asked(id: string): Promise<[string, string, string][]> {
  const rows = await desk.sql<{ officer_id: Buffer; channel: string; template: string }>(
    `select d.recipient_id as officer_id, d.channel, d.template from delivery_item i join delivery d on d.id = i.delivery_id
     where i.escalation_id = ? order by i.created_at, i.id`,
    [toBinary(id)],
  );
  return rows.map((row) => [fromBinary(row.officer_id), row.channel, row.template]);
}

async function events(): Promise<string[]> {
  const rows = await desk.sql<{ type: string }>('select type from event order by at, id');
  return rows.map(({ type }) => type);
}

function step(who: PolicyRules['steps'][number]['who'], waitSeconds: number) {
  return { who, through: ['whatsapp' as const, 'email' as const], waitSeconds, when: 'always' as const };
}

/** The policy of an office from now on; what is not said is as it is without one. */
async function policy(rules: Partial<PolicyRules>, code = '3319'): Promise<void> {
  const tree = await desk.app.get(OfficeDirectory, { strict: false }).tree();
  const office = tree.findByCode(code)!;
  const usual = await desk.transactions.run(async (transaction) => {
    await transaction.execute('delete from escalation_policy');
    return desk.app.get(Policies).effective(transaction, tree, office.id);
  });
  await desk.sql(
    `insert into escalation_policy (office_id, version, rules, changed_at) values (?, 1, ?, utc_timestamp(3))`,
    [toBinary(office.id), JSON.stringify({ ...usual.rules, ...rules })],
  );
}
