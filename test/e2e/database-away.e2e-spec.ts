import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IntakeAnswer, Page, ProblemDocument, Ticket } from './harness/answers';
import { type Applicant, complaintOf, newApplicant, residentOf } from './harness/applicants';
import type { Answer } from './harness/caller';
import { type DeskUnderTest, startDesk } from './harness/desk-under-test';
import { eventually } from './harness/eventually';

// As a server that runs at the same time has them in the folder for temporary files.
const othersTable = join(tmpdir(), `#sql-temptable-${process.pid}-1-1.MAI`);

let desk: DeskUnderTest;
beforeAll(async () => {
  writeFileSync(othersTable, '');
  desk = await startDesk({ durations: { day: 60_000, pushLimit: 30_000 } });
});
afterAll(async () => {
  rmSync(othersTable, { force: true });
  await desk?.stop();
});

it('leaves the temporary tables of another server alone when its own starts', () => {
  expect(existsSync(othersTable)).toBe(true);
});

/** A complaint that was sent, and what came of it. */
interface Sent {
  applicant: Applicant;
  answer: Answer<IntakeAnswer | ProblemDocument>;
}

it('loses no complaint that it took, and takes none twice, when MariaDB is killed under it', async () => {
  const people = Array.from({ length: 120 }, newApplicant);
  await desk.centre.admin('POST', '/admin/residents', { residents: people.map((one) => residentOf(one)) });

  const sent: Sent[] = [];
  const stream = sendAll(people, sent);
  const statuses = () => sent.map(({ answer }) => answer.status);
  await eventually(async () => expect(statuses()).toContain(201));
  await desk.servers.database.kill();
  await eventually(async () => expect(statuses()).toContain(503));
  await desk.servers.database.start();
  await stream;

  // Either it is stored, or the officer is told to send it again; never a hang, a 500 or half a ticket.
  const refused = sent.filter(({ answer }) => answer.status !== 201);
  for (const { answer } of refused) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }

  // Sent again under their keys, all are taken, and what was taken before is answered as it was.
  for (const { applicant, answer } of sent) {
    const again = await complain(applicant);
    expect(again.status).toBe(201);
    if (answer.status === 201) expect(again.body).toEqual(answer.body);
    const { items } = await casesOf(applicant);
    expect(items).toMatchObject([{ code: (again.body as IntakeAnswer).code, repeatCount: 0 }]);
  }
  for (const applicant of people) {
    const [found] = (await casesOf(applicant)).items;
    await desk.reaches(found!.code, 'resolved', 60);
  }
  expect(await desk.centre.ledger(...people)).toHaveLength(people.length);
});

/** With a key that says nothing of the person. */
function complain(applicant: Applicant): Promise<Answer<IntakeAnswer | ProblemDocument>> {
  const key = { 'idempotency-key': `complaint-${applicant.phone.slice(-6)}` };
  return desk.officer.post('/v1/tickets', complaintOf(applicant), key);
}

/** Eight counters, each sending its next complaint when the one before is answered. */
async function sendAll(applicants: Applicant[], sent: Sent[]): Promise<void> {
  const waiting = [...applicants];
  const counter = async () => {
    for (let applicant = waiting.shift(); applicant; applicant = waiting.shift()) {
      sent.push({ applicant, answer: await complain(applicant) });
      await sleep(100);
    }
  };
  await Promise.all(Array.from({ length: 8 }, counter));
}

async function casesOf({ nik }: Applicant): Promise<Page<Ticket>> {
  return (await desk.officer.post<Page<Ticket>>('/v1/tickets/search', { nik })).body;
}
