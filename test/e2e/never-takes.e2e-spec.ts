import type { Escalation, Handoff, HistoryItem, Page } from './harness/answers';
import { type DeskUnderTest, example, startDesk } from './harness/desk-under-test';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
  await desk.command(['contacts', 'import', example('contacts.csv')]);
});
afterAll(() => desk?.stop());

it('does not believe a centre that says it is done', async () => {
  await desk.centre.admin('PUT', '/admin/take-rate', { share: 0 });
  await desk.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  const [applicant] = await desk.applicants(1);
  const { code } = await desk.complain(applicant!);

  // Called "applied", read again, found unchanged, pushed again: three times, and then a person must look.
  const review = await desk.reaches(code, 'in_review');
  expect(review).toMatchObject({ reason: 'pushes_used_up', pushes: 3, delivery: 'not_taken' });
  expect(review.evidence.after).toBeNull();
  expect(await desk.centre.ledger(applicant!)).toHaveLength(3);
});

it('makes an overdue ticket urgent, tells a person, and follows it to its end', async () => {
  // The centre accepts the push and then says nothing: silence is lag, and not a reason to push again.
  await desk.centre.admin('PUT', '/admin/take-rate', { share: 0 });
  await desk.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 3_600 });
  const [applicant] = await desk.applicants(1);
  const { code } = await desk.complain(applicant!);
  const syncing = await desk.reaches(code, 'syncing');
  expect(syncing).toMatchObject({ urgent: false, overdue: false });
  expect(await escalationsOf(code)).toEqual([]);

  const overdue = await desk.reaches(code, 'overdue', 30);
  expect(overdue).toMatchObject({ urgent: true, overdue: true, dueAt: syncing.dueAt, pushes: 1 });
  expect(Date.parse(await instantOf(code, 'overdue'))).toBeGreaterThanOrEqual(Date.parse(syncing.dueAt));

  const [escalation, ...more] = await escalationsOf(code);
  expect(more).toEqual([]);
  expect(escalation).toMatchObject({
    subject: { kind: 'case', ticket: code },
    reason: 'overdue',
    state: 'open',
  });

  // One of us takes it; a second one is told that it is taken.
  const door = `/v1/escalations/${escalation!.id}`;
  expect((await desk.officer.post(`${door}/acknowledge`)).status).toBe(200);
  expect((await desk.officer.post(`${door}/acknowledge`)).status).toBe(409);

  // The text for the centre names the ticket and the push, and no identity in full.
  const contacts = await desk.officer.get<Page<{ id: string }>>('/v1/contacts');
  const composed = await desk.officer.post<Handoff>(`${door}/handoffs`, {
    contactId: contacts.body.items[0]?.id,
    channel: 'whatsapp',
  });
  expect(composed.status).toBe(201);
  const { id, text, waLink } = composed.body;
  expect(text).toContain(code);
  expect(text).toContain(syncing.evidence.handOvers[0]!.trackingId!);
  expect(text).toContain(`${applicant!.nik.slice(0, 4)}********${applicant!.nik.slice(-4)}`);
  expect(new URL(waLink!).searchParams.get('text')).toBe(text);
  for (const secret of [applicant!.nik, applicant!.noKk, applicant!.name, applicant!.phone]) {
    expect(decodeURIComponent(waLink!)).not.toContain(secret);
  }

  // Composed, sent and received are three facts.
  const sent = await desk.officer.post<Handoff>(`/v1/handoffs/${id}/sent`);
  expect(sent.body).toMatchObject({ state: 'sent', receiptDueAt: expect.any(String), receipt: null });
  const receipt = { who: 'Petugas piket', how: 'Membalas pesan' };
  const received = await desk.officer.post<Handoff>(`/v1/handoffs/${id}/received`, receipt);
  expect(received.body).toMatchObject({ state: 'received', receipt });
  const outcome = { outcome: 'fixed_at_centre', note: 'Dibetulkan lewat telepon.' };
  const ended = await desk.officer.post<Escalation>(`${door}/resolve`, outcome);
  expect(ended.body).toMatchObject({ state: 'resolved', outcome: 'fixed_at_centre' });

  // "Fixed at the centre" is said by a person; the ticket is closed when a reading proves it.
  await desk.centre.admin('PUT', '/admin/take-rate', { share: 1 });
  await desk.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 0 });
  expect((await desk.officer.post(`/v1/tickets/${code}/repush`)).status).toBe(200);
  expect(await desk.reaches(code, 'resolved')).toMatchObject({ overdue: true, pushes: 2 });
});

async function escalationsOf(code: string): Promise<Escalation[]> {
  return (await desk.officer.get<Page<Escalation>>(`/v1/escalations?ticket=${code}`)).body.items;
}

async function instantOf(code: string, kind: string): Promise<string> {
  const { body } = await desk.officer.get<Page<HistoryItem>>(`/v1/tickets/${code}/history`);
  return body.items.find((item) => item.kind === kind)?.at ?? '';
}
