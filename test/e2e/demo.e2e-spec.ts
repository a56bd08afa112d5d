import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntakeAnswer, Page, Ticket } from './harness/answers';
import { emptyDesk, signIn } from './harness/desk-under-test';
import { eventually } from './harness/eventually';

/** The last line that the command prints. */
interface Demo {
  officer: { email: string; password: string };
  supervisor: { email: string; password: string; totpSecret: string };
  admin: { email: string; password: string; totpSecret: string };
  complaint: { applicant: { nik: string } };
}

let desk: Awaited<ReturnType<typeof emptyDesk>>;
const folder = mkdtempSync(join(tmpdir(), 'sinkron-demo-'));
const demoFile = join(folder, 'demo.json');
beforeAll(async () => {
  desk = await emptyDesk({ durations: { day: 60_000, pushLimit: 30_000 } });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await desk?.stop();
});

it('prepares a fresh desk for trying out, and a second time leaves it as it is', async () => {
  await Promise.all([desk.command(['migrate']), desk.centre.start()]);
  const first = await demo();
  const { officer, supervisor, admin } = first;
  writeFileSync(demoFile, JSON.stringify({ officer, supervisor, admin }));
  await Promise.all([desk.api.start(), desk.workers[0]!.start()]);
  const petugas = await signIn(desk.stranger, officer);
  const before = await sizes();

  const second = await demo();
  expect(second).toMatchObject({ officer, supervisor, admin });
  expect(await sizes()).toEqual(before);
  // Nobody was signed out by it.
  expect((await petugas.get('/v1/tickets')).status).toBe(200);

  // The complaint that it hands out is one that resolves; the lag of 15 s is for people who watch.
  await desk.centre.admin('PUT', '/admin/lag', { kind: 'fixed', seconds: 1 });
  const { body } = await petugas.post<IntakeAnswer>('/v1/tickets', second.complaint);
  await eventually(async () => {
    const ticket = (await petugas.get<Ticket>(`/v1/tickets/${body.code}`)).body;
    expect(ticket).toMatchObject({ status: 'resolved', outcome: 'synchronised' });
  });
  const code = (await desk.command(['totp', 'admin', demoFile])).trim();
  const boss = await signIn(desk.stranger, { email: admin.email, password: admin.password, otp: code });
  expect((await boss.get<Page<Ticket>>('/v1/tickets')).body.items).toHaveLength(1);
});

async function demo(): Promise<Demo> {
  const words = ['demo', '--registry', desk.centre.url, '--demo-file', demoFile];
  const lines = (await desk.command(words)).trim().split('\n');
  return JSON.parse(lines.at(-1)!) as Demo;
}

/** How much there is of everything that the demo makes. */
async function sizes(): Promise<object[]> {
  return desk.servers.database.query(
    `select (select count(*) from office) as offices, (select count(*) from officer) as officers,
       (select count(*) from contact) as contacts, (select count(*) from registry_mock.resident) as residents`,
  );
}
