import { Intake } from '../intake/intake';
import { IntakeBatch } from '../intake/intake-batch';
import { Persons } from '../intake/persons';
import { Statements } from '../model/statements';
import { Ticket } from '../model/ticket';
import { TicketDesk } from '../testing/ticket-desk';
import { Confirmations } from './confirmations';
import { Corrections } from './corrections';
import { Merges } from './merges';
import { Moves } from './moves';
import { TicketLinks } from './ticket-links';
import type { OfficerActor } from '@sinkron/accounts';
import { selectRows, Transactions } from '@sinkron/database';
import type { SyntheticPerson } from '@sinkron/identity';
import { Scope } from '@sinkron/offices';

jest.setTimeout(60_000);

let desk: TicketDesk;
let elsewhere: OfficerActor;
beforeAll(async () => {
  desk = await TicketDesk.start(20261128);
  elsewhere = await desk.officerAt('3509', 'Disdukcapil Jember');
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

/** Somebody else on the NIK of a person: another name and birth date. */
function strangerOn(person: SyntheticPerson): SyntheticPerson {
  return { ...desk.somebody(), nik: person.nik };
}

async function waiting(id: string): Promise<unknown[]> {
  const rows = await desk.sql('select kind from work where subject_id = unhex(?) order by kind', [
    id.replaceAll('-', ''),
  ]);
  return rows.map(({ kind }) => kind);
}

const disputed = { status: 'in_review', reason: 'identity_disputed', identity_disputed: 1 };
const free = { reason: null, identity_disputed: 0, state: 'open' };

it('gives a claim on a NIK that cannot be the same person a ticket of its own, and stops both', async () => {
  const stranger = await desk.newTicket();
  const owner = strangerOn(stranger.person);
  const answer = await desk.submit(owner, {}, elsewhere);
  expect(answer).toMatchObject({ httpStatus: 201, repeat: false, status: 'in_review' });
  expect(answer.code).not.toBe(stranger.code);
  expect(answer.warnings.map(({ code }) => code)).toContain('identity_disputed');
  const [mine] = await desk.sql('select hex(id) as id from ticket where code = ?', [answer.code]);
  expect(await desk.ticket(stranger.id)).toMatchObject(disputed);
  expect(await waiting(stranger.id)).toEqual(['deadline']);
  expect(await waiting(String(mine!.id))).toEqual(['deadline']);
  expect(await desk.sql('select * from participant')).toEqual([]);
  expect((await desk.history(stranger.id)).at(-1)).toEqual({
    kind: 'in_review',
    data: { reason: 'identity_disputed' },
  });
});

it('files what agrees in name or birth date under the claim that it agrees with', async () => {
  const first = await desk.newTicket();
  const second = await desk.newTicket({}, strangerOn(first.person));
  for (const { person, code } of [first, second]) {
    expect(await desk.submit({ ...person, birthDate: '1980-02-03' })).toMatchObject({ repeat: true, code });
    expect(await desk.submit({ ...person, name: 'Lain Sekali' })).toMatchObject({ repeat: true, code });
  }
  const third = await desk.submit(strangerOn(first.person));
  expect(third).toMatchObject({ repeat: false });
  expect(
    (await desk.sql('select claim_no from ticket order by claim_no')).map((row) => row.claim_no),
  ).toEqual([1, 2, 3]);
});

it.each([
  [
    'rejected',
    (code: string) => desk.app.get(Moves).reject(desk.officer, code, { reason: 'not_the_applicant' }),
  ],
  ['cancelled', (code: string) => desk.app.get(Moves).cancel(desk.officer, code, {})],
  [
    'corrected to another NIK',
    (code: string) =>
      desk.app.get(Corrections).correct(desk.officer, code, { applicant: { nik: desk.somebody().nik } }),
  ],
])('lets the other go on, from a first reading, when one is %s', async (_, decide) => {
  const wrong = await desk.newTicket();
  const right = await desk.newTicket({}, strangerOn(wrong.person));
  await decide(wrong.code);
  expect(await desk.ticket(right.id)).toMatchObject({ ...free, verification: 'unread' });
  expect(await waiting(right.id)).toEqual(['deadline', 'push']);
  // The claim that is left is not the first: a repeat finds it all the same, and no third ticket appears.
  expect(await desk.submit(right.person)).toMatchObject({ repeat: true, code: right.code });
});

it('merges one into the other, which goes on with what presses', async () => {
  const deadlineAt = '2026-11-24T10:00:00Z';
  const one = await desk.newTicket({ deadlineAt });
  const other = await desk.newTicket({}, strangerOn(one.person));
  await desk.app.get(Merges).merge(desk.officer, one.code, { into: other.code, note: 'Orang yang sama.' });
  expect(await desk.ticket(one.id)).toMatchObject({ status: 'cancelled', outcome: 'merged' });
  expect(await desk.ticket(other.id)).toMatchObject({ ...free, deadline_at: new Date(deadlineAt) });
  expect((await desk.history(other.id)).map(({ kind }) => kind)).toContain('merged_in');
  const links = await linksOf(other.code, desk.officer.scope);
  expect(links).toEqual([{ kind: 'merged_from', code: one.code, officeId: desk.officer.office.id }]);
  const again = desk.app.get(Merges).merge(desk.officer, one.code, { into: other.code });
  await expect(again).rejects.toMatchObject({ status: 409 });
});

it('merges nothing that is about another NIK, nothing with itself, and nothing of another office', async () => {
  const [one, other] = [await desk.newTicket(), await desk.newTicket()];
  const foreign = await desk.submit(strangerOn(one.person), {}, elsewhere);
  const into = (code: string) => desk.app.get(Merges).merge(desk.officer, one.code, { into: code });
  const refused = (status: number, code: string) => ({ status, errors: [{ field: 'into', code }] });
  await expect(into(other.code)).rejects.toMatchObject(refused(422, 'other_nik'));
  await expect(into(one.code)).rejects.toMatchObject(refused(422, 'same_ticket'));
  await expect(into(foreign.code)).rejects.toMatchObject(refused(404, 'ticket_unknown'));
  await expect(into('7K3M-XQ94-HTRJ')).rejects.toMatchObject(refused(404, 'ticket_unknown'));
  expect(await desk.ticket(one.id)).toMatchObject(disputed);
});

it('is pushed by no other move while it lasts', async () => {
  const one = await desk.newTicket();
  await desk.newTicket({}, strangerOn(one.person));
  const moves = desk.app.get(Moves);
  await expect(moves.repush(desk.officer, one.code, {})).rejects.toMatchObject({
    status: 409,
    errors: [{ code: 'identity_disputed' }],
  });
  const seen = { document: 'kk', note: 'KK asli.' } as const;
  const confirmed = desk.app.get(Confirmations).confirm(desk.officer, one.code, seen);
  await expect(confirmed).rejects.toMatchObject({ status: 409 });
  await desk.app.get(Corrections).correct(desk.officer, one.code, { applicant: { phone: '+628100000088' } });
  expect(await desk.ticket(one.id)).toMatchObject(disputed);
  expect(await waiting(one.id)).toEqual(['deadline']);
});

it('leaves a suspension as it is, and stops what follows it', async () => {
  const one = await desk.newTicket();
  await desk.app.get(Moves).suspend(desk.officer, one.code, { reason: 'requirements_unmet' });
  const two = await desk.newTicket({}, strangerOn(one.person));
  expect(await desk.ticket(one.id)).toMatchObject({ status: 'awaiting_documents', identity_disputed: 1 });
  await desk.app.get(Moves).cancel(desk.officer, two.code, {});
  expect(await desk.ticket(one.id)).toMatchObject({ status: 'awaiting_documents', identity_disputed: 0 });
});

it('opens none again beside another claim on the NIK', async () => {
  const one = await desk.newTicket();
  const two = await desk.newTicket({}, strangerOn(one.person));
  await desk.app.get(Moves).reject(desk.officer, two.code, { reason: 'other' });
  const reopened = desk.app.get(Moves).reopen(desk.officer, two.code, { reason: 'Ternyata benar.' });
  await expect(reopened).rejects.toMatchObject({ status: 409 });
});

it('holds when twenty write at once: one ticket for each person', async () => {
  const person = desk.somebody();
  const claims = [person, strangerOn(person), strangerOn(person), strangerOn(person)];
  // As four processes would: each commits its own batches.
  const { app } = desk;
  const intakes = claims.map(() => new Intake(app.get(IntakeBatch), app.get(Statements), app.get(Persons)));
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const complaint = desk.complaint(claims[at % claims.length]!);
      return intakes[(at * 7) % intakes.length]!.take(desk.officer, complaint, null);
    }),
  );
  expect(new Set(answers.map(({ code }) => code)).size).toBe(claims.length);
  expect(answers.filter(({ repeat }) => !repeat)).toHaveLength(claims.length);
  expect(await desk.sql('select distinct status, identity_disputed from ticket')).toEqual([
    { status: 'in_review', identity_disputed: 1 },
  ]);
});

it('links two NIKs of one person, and tells another office no code', async () => {
  const [one, other] = [await desk.newTicket(), await desk.newTicket()];
  await desk.app.get(TicketLinks).link(desk.officer, one.code, { ticket: other.code, note: 'NIK ganda.' });
  const officeId = desk.officer.office.id;
  expect(await linksOf(one.code, desk.officer.scope)).toEqual([
    { kind: 'same_person', code: other.code, officeId },
  ]);
  expect(await linksOf(other.code, new Scope([elsewhere.office.id], false))).toEqual([
    { kind: 'same_person', code: null, officeId },
  ]);
  expect((await desk.history(other.id)).at(-1)?.kind).toBe('linked');
});

async function linksOf(code: string, scope: Scope) {
  const [ticket] = await desk.app
    .get(Transactions)
    .run((transaction) => selectRows(transaction, Ticket, 'where code = ?', [code]));
  return desk.app.get(TicketLinks).of(scope, ticket!);
}
