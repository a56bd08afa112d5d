import { ResyncDesk } from '../testing/resync-desk';
import type { OfficerActor } from '@sinkron/accounts';
import { newId } from '@sinkron/database';
import type { SyntheticPerson } from '@sinkron/identity';
import { Confirmations, Corrections, Moves } from '@sinkron/tickets';

jest.setTimeout(60_000);
const minute = 60_000;

let desk: ResyncDesk;
let supervisor: OfficerActor;
beforeAll(async () => {
  desk = await ResyncDesk.start(20261128);
  supervisor = { ...desk.officer, officerId: newId(), role: 'supervisor' };
});
afterAll(() => desk.close());
beforeEach(() => desk.clear());

const seen = { document: 'kk', note: 'KK asli terbaca jelas.' } as const;
const confirm = (by: OfficerActor, code: string) => desk.app.get(Confirmations).confirm(by, code, seen);

/** Somebody whose record at the centre differs in these fields, and the ticket after its first reading. */
async function readFirst(held: Partial<SyntheticPerson> | null, more: object = {}) {
  const person = desk.person();
  if (held) await desk.resident({ ...person, ...held });
  const made = await desk.complain(person, more);
  await desk.work('push');
  return { ...made, person };
}

async function finish(): Promise<void> {
  await desk.work('push');
  await desk.forward(5 * minute);
  await desk.work('verify');
}

it('pushes nothing for a NIK that the centre does not know until an officer says which paper shows it', async () => {
  const { id, code } = await readFirst(null);
  expect(await desk.ticket(id)).toMatchObject({
    status: 'in_review',
    reason: 'unknown_nik',
    risk: 'unknown_nik',
  });
  await finish();
  expect(await desk.ledger()).toHaveLength(0);
  await confirm(desk.officer, code);
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', outcome: 'synchronised' });
  expect((await desk.history(id)).map(({ kind, data }) => [kind, data?.document])).toContainEqual([
    'confirmed',
    'kk',
  ]);
});

it('overwrites nobody before a second person with that right has seen the paper', async () => {
  const { id, code } = await readFirst({ name: 'Bambang Sutrisno', birthDate: '1971-02-03' });
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', risk: 'somebody_else' });
  const refused = (reason: string) =>
    expect.objectContaining({ errors: [expect.objectContaining({ code: reason })] });
  await expect(confirm(desk.officer, code)).rejects.toEqual(refused('supervisor_needed'));
  await desk.app.get(Corrections).correct(supervisor, code, { applicant: { phone: '+628100000077' } });
  await desk.work('push');
  await expect(confirm(supervisor, code)).rejects.toEqual(refused('second_person_needed'));
  await finish();
  expect(await desk.ledger()).toHaveLength(0);
  await confirm({ ...supervisor, officerId: newId() }, code);
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved' });
});

it('is got around neither by a new push nor by a suspension', async () => {
  const { id, code } = await readFirst({ name: 'Bambang Sutrisno', birthDate: '1971-02-03' });
  const moves = desk.app.get(Moves);
  await moves.repush(desk.officer, code, {});
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason: 'somebody_else' });
  await moves.suspend(desk.officer, code, { reason: 'other' });
  await moves.resume(desk.officer, code, {});
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason: 'somebody_else' });
  expect(await desk.ledger()).toHaveLength(0);
});

it('weighs a correction anew: the confirmation was for what had been stated', async () => {
  const { id, code, person } = await readFirst({ name: 'Bambang Sutrisno' });
  expect(await desk.ticket(id)).toMatchObject({ risk: 'name_or_more_differs' });
  await confirm(desk.officer, code);
  await desk.app.get(Corrections).correct(desk.officer, code, { applicant: { name: 'Orang Lain' } });
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason: 'name_or_more_differs' });
  expect(await desk.ledger()).toHaveLength(0);
  await desk.app.get(Corrections).correct(desk.officer, code, { applicant: { name: 'Bambang Sutrisno' } });
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', outcome: 'already_in_step' });
  expect(person.name).not.toBe('Bambang Sutrisno');
});

it('asks again when the record has become somebody else’s before a second push', async () => {
  const { id, person } = await readFirst({ noKk: '3319990203150077' });
  expect(await desk.ticket(id)).toMatchObject({ risk: 'routine', pushes: 1 });
  await desk.resident({
    ...person,
    noKk: '3319990203150078',
    name: 'Bambang Sutrisno',
    birthDate: '1971-02-03',
  });
  await desk.forward(30 * minute);
  await desk.work('verify');
  await desk.forward(30 * minute);
  await desk.work('verify');
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'in_review', reason: 'somebody_else' });
  expect(await desk.ledger()).toHaveLength(1);
});

it('takes what nobody awaits for nothing to confirm', async () => {
  const { code } = await readFirst({ noKk: '3319990203150077' });
  await expect(confirm(supervisor, code)).rejects.toMatchObject({ status: 409 });
});

it('compares, disputes, pushes and proves every field that was stated', async () => {
  const person = desk.person();
  await desk.resident({ ...person, birthPlace: 'Rembang', sex: person.sex === 'M' ? 'F' : 'M' });
  const { nik, noKk: kk, name, birthDate, sex } = person;
  const applicant = { nik, kk, name, birthDate, sex, birthPlace: 'Jepara' };
  const { id, code } = await desk.complain(person, { applicant });
  await desk.work('push');
  expect(await desk.ticket(id)).toMatchObject({
    risk: 'name_or_more_differs',
    disputed: JSON.stringify(['birthPlace', 'sex']),
  });
  await confirm(desk.officer, code);
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', outcome: 'synchronised' });
});

it('leaves a name that the centre calls a match as the centre has it', async () => {
  const person = desk.person();
  const held = `${person.name}A Wulandari Kusumawardhani`;
  await desk.resident({ ...person, name: held, noKk: '3319990203150077' });
  const { nik, noKk: kk, birthDate } = person;
  const applicant = { nik, kk, birthDate, name: held.replace('Kusumawardhani', 'Kusumawardani') };
  const { id } = await desk.complain(person, { applicant });
  await finish();
  await finish();
  expect(await desk.ticket(id)).toMatchObject({ status: 'resolved', risk: 'routine' });
  const answer = await fetch(`${desk.mock.url}/dukcapil/get_json/desk/CALL_VERIFY_BY_ELEMEN`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ NIK: nik, NO_KK: kk, NAMA_LGKP: held }),
  });
  expect(await answer.json()).toMatchObject({ content: [{ NO_KK: 'Sesuai', NAMA_LGKP: 'Sesuai (100)' }] });
});
