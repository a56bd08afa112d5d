import type { Escalation, Page } from './harness/answers';
import { residentOf } from './harness/applicants';
import { type DeskUnderTest, startDesk } from './harness/desk-under-test';
import { eventually } from './harness/eventually';

const lostOrResting = /^(connection_lost|line_down)$/;

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk({ durations: { pushLimit: 3_000, day: 30_000 } });
});
afterAll(() => desk?.stop());

it('lets every ticket wait with a reason while the centre is away, and raises one alarm for all of them', async () => {
  await desk.centre.admin('PUT', '/admin/faults', { outageSeconds: 60 });
  const people = await desk.applicants(8);
  const codes = await Promise.all(people.map(async (one) => (await desk.complain(one)).code));

  for (const code of codes) {
    await eventually(async () => {
      const waiting = await desk.ticket(code);
      // After five lost connections in a row the process rests from trying, which is another reason.
      expect(waiting).toMatchObject({ status: 'received', reason: expect.stringMatching(lostOrResting) });
      expect(waiting.reasonText).toMatch(/pusat/);
    });
  }
  const [incident] = await eventually(async () => {
    const open = await escalations('open');
    expect(open).toMatchObject([{ subject: { kind: 'incident', incident: 'centre_not_taking' } }]);
    return open;
  });

  await desk.centre.admin('PUT', '/admin/faults', {});
  for (const code of codes) await desk.reaches(code, 'resolved');
  expect(await escalations('resolved')).toMatchObject([{ id: incident!.id, outcome: 'recovered' }]);
  expect(await escalations('open')).toEqual([]);
  expect(await desk.centre.ledger(...people)).toHaveLength(people.length);
});

it('gets through a centre that fails a quarter of the time, and pushes nobody twice', async () => {
  await desk.centre.admin('PUT', '/admin/faults', {
    status500Share: 0.08,
    garbageShare: 0.08,
    loseAnswerShare: 0.08,
    hangShare: 0.02,
  });
  const people = await desk.applicants(10);
  const codes = await Promise.all(people.map(async (one) => (await desk.complain(one)).code));
  for (const code of codes) expect(await desk.reaches(code, 'resolved', 60)).toMatchObject({ pushes: 1 });
  expect(await desk.centre.ledger(...people)).toHaveLength(people.length);
});

it('goes on with others when the centre will not have one', async () => {
  await desk.centre.admin('PUT', '/admin/faults', {});
  const [refused, ...others] = await desk.applicants(3);
  await desk.centre.admin('POST', '/admin/residents', { residents: [residentOf(refused!, 'duplicate')] });
  const { code } = await desk.complain(refused!);
  const rest = await Promise.all(others.map(async (one) => (await desk.complain(one)).code));

  expect(await desk.reaches(code, 'in_review')).toMatchObject({ reason: 'duplicate_data' });
  for (const other of rest) await desk.reaches(other, 'resolved');
});

async function escalations(state: string): Promise<Escalation[]> {
  return (await desk.officer.get<Page<Escalation>>(`/v1/escalations?state=${state}`)).body.items;
}
