import { Audit, type Office, type Principal, Scope, accessEntities } from '@sinkron/access';
import { newId, toBinary } from '@sinkron/database';
import { WorkTable, workEntities } from '@sinkron/queue';
import { type TestDatabase, testDatabase } from '@sinkron/testing';
import { Escalation, Handoff } from './escalation';
import { Escalations } from './escalations';
import { Handoffs } from './handoffs';

const receipt = { who: 'Petugas piket', how: 'Membalas WhatsApp' };

let db: TestDatabase;
let escalations: Escalations;
let handoffs: Handoffs;
let officer: Principal;
let escalationId: string;

beforeAll(async () => {
  db = await testDatabase({ entities: [...accessEntities, Escalation, Handoff, ...workEntities] });
  escalations = new Escalations(db.transactions, db.sealing, new Audit(db.transactions, 'test'));
  const work = new WorkTable(db.transactions, db.config);
  handoffs = new Handoffs(db.transactions, escalations, db.sealing, work, db.config);
});
afterAll(() => db.close());

beforeEach(async () => {
  const officeId = newId();
  officer = {
    officerId: newId(),
    sessionId: newId(),
    role: 'officer',
    office: { id: officeId } as Office,
    scope: new Scope([officeId], false),
  };
  const ticketId = newId();
  await db.transactions.run((transaction) =>
    escalations.openForCases(transaction, [{ ticketId, officeId, reason: 'overdue' }]),
  );
  const [row] = await escalations.list(officer.scope, { ticketId, limit: 1 });
  escalationId = row?.id ?? '';
});

it('puts an escalation back on the open list when no receipt comes, and takes it off when it comes late', async () => {
  const id = await sent();
  await receiptDue(id);
  expect(await state()).toBe('open');
  await handoffs.received(officer, id, receipt);
  expect(await state()).toBe('handed_off');
});

it('leaves an escalation handed off when one contact has it and another stays silent or was a mistake', async () => {
  const [one, silent, mistaken] = [await sent(), await sent(), await sent()];
  await handoffs.received(officer, one, receipt);
  await receiptDue(silent);
  expect(await state()).toBe('handed_off');
  await handoffs.voided(officer, mistaken);
  expect(await state()).toBe('handed_off');
});

async function sent(): Promise<string> {
  const { id } = await handoffs.compose(officer, escalationId, newId(), 'whatsapp');
  await handoffs.sent(officer, id);
  return id;
}

/** What the worker does when the receipt's time has come. */
async function receiptDue(handoffId: string): Promise<void> {
  const [row] = await db.transactions.query<{ lease_no: number; hex: string }>(
    'select lease_no, lower(hex(id)) as hex from work where subject_id = ?',
    [toBinary(handoffId)],
  );
  const id = String(row?.hex).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
  await handoffs.receiptLate({
    id,
    kind: 'receipt',
    subjectId: handoffId,
    leaseNo: row?.lease_no ?? -1,
    attempts: 0,
  });
}

async function state(): Promise<string> {
  return (await escalations.find(officer.scope, escalationId)).state;
}
