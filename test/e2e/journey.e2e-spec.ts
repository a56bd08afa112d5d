import type { HistoryItem, IntakeAnswer, Page, StatusAnswer } from './harness/answers';
import { complaintOf } from './harness/applicants';
import { type DeskUnderTest, startDesk } from './harness/desk-under-test';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk?.stop());
beforeEach(async () => {
  await desk.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1 });
});

it('takes a complaint from the counter to a proved resync', async () => {
  const [applicant] = await desk.applicants(1);
  const taken = await desk.officer.post<IntakeAnswer>('/v1/tickets', complaintOf(applicant!));

  // The officer gets a code, and a receipt for the applicant that says where to look and by when.
  const { code, receipt } = taken.body;
  expect(taken.status).toBe(201);
  expect(taken.headers.get('location')).toBe(`/v1/tickets/${code}`);
  expect(taken.body).toMatchObject({ status: 'received', repeat: false, urgent: false });
  expect(receipt).toContain(code);
  expect(receipt).toContain(`${desk.api.url}/cek`);

  // The centre held the old family card, took the new one, and now answers what the paper says.
  const resolved = await desk.reaches(code, 'resolved');
  expect(resolved).toMatchObject({ outcome: 'synchronised', disputed: ['kk'], pushes: 1 });
  expect(resolved.evidence.before?.verdicts).toMatchObject({ nik: 'match', kk: 'mismatch', name: 'match' });
  expect(resolved.evidence.after?.verdicts).toMatchObject({ nik: 'match', kk: 'match', name: 'match' });
  expect(resolved.resolvedInSeconds).toBeLessThanOrEqual(12);

  // The push at the centre is the one of the evidence, and it was taken once.
  const [push, ...more] = await desk.centre.ledger(applicant!);
  expect(more).toEqual([]);
  expect(push).toMatchObject({ noKk: applicant!.noKk, appliedAt: expect.any(String) });
  expect(resolved.evidence.handOvers).toMatchObject([
    { id: push!.idempotencyKey, trackingId: push!.trackingId },
  ]);

  const history = await desk.officer.get<Page<HistoryItem>>(`/v1/tickets/${code}/history`);
  expect(history.body.items.map(({ kind }) => kind)).toEqual(['received', 'read', 'pushed', 'resolved']);
});

it('files a repeat under the open ticket, and answers a retried request as it answered the first', async () => {
  await desk.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 4 });
  const [applicant] = await desk.applicants(1);
  const complaint = complaintOf(applicant!);
  const post = (key: string) =>
    desk.officer.post<IntakeAnswer>('/v1/tickets', complaint, { 'idempotency-key': key });

  const first = await post('sent from counter 1');
  expect(first.status).toBe(422);
  const taken = await post('counter-1');
  const retried = await post('counter-1');
  expect([taken.status, retried.status]).toEqual([201, 201]);
  expect(retried.body).toEqual(taken.body);

  const repeated = await post('counter-2');
  expect(repeated.status).toBe(200);
  expect(repeated.body).toMatchObject({ code: taken.body.code, repeat: true, repeatCount: 1 });

  await desk.reaches(taken.body.code, 'resolved');
  expect(await desk.centre.ledger(applicant!)).toHaveLength(1);
});

it('tells the applicant how it stands, by code and birth date together and by neither alone', async () => {
  const [applicant, other] = await desk.applicants(2);
  const { code } = await desk.complain(applicant!);
  const ask = (birthDate: string, asked = code) =>
    desk.stranger.post<StatusAnswer>('/v1/status-checks', { code: asked, birthDate });

  const right = await ask(applicant!.birthDate);
  expect(right.status).toBe(200);
  expect(right.body).toMatchObject({ code, message: expect.any(String), nextStep: expect.any(String) });

  const wrongDate = await ask(other!.birthDate);
  const wrongCode = await ask(applicant!.birthDate, '7K3M-XQ94-HTRC');
  expect([wrongDate.status, wrongCode.status]).toEqual([404, 404]);
  expect({ ...wrongDate.body, correlationId: '' }).toEqual({ ...wrongCode.body, correlationId: '' });

  await desk.reaches(code, 'resolved');
  expect((await ask(applicant!.birthDate)).body.status).toBe('resolved');
});
