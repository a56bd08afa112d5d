import { setTimeout as sleep } from 'node:timers/promises';
import { type Applicant, complaintOf, newApplicant, residentOf } from './harness/applicants';
import type { Answer, Caller } from './harness/caller';
import { type DeskUnderTest, signIn, startDesk } from './harness/desk-under-test';
import { codeAt } from '@sinkron/accounts';
import type { Redis } from 'ioredis';

// One person whose data can be recognised anywhere goes through the whole desk, its faults included. Afterwards we
// look for that data in everything that was written outside the sealed columns.

const planted: Applicant = {
  ...newApplicant(),
  name: 'Wirasena Kusumawardhani Planthara',
  birthPlace: 'Plantharaningrat',
};
const email = 'wirasena.planthara@warga.example';
const [year, month, day] = planted.birthDate.split('-');

const secrets = [
  planted.nik,
  planted.noKk,
  planted.oldKk,
  // Digits 5–12 of a NIK hold the birth date; no mask may show them.
  planted.nik.slice(4, 12),
  ...planted.name.split(' '),
  planted.birthPlace,
  planted.birthDate,
  `${day}-${month}-${year}`,
  // Without its country code it is found in any spelling.
  planted.phone.slice(3),
  email,
];

let desk: DeskUnderTest;
let monitor: Redis;
/** Every command that any process sent to Redis. */
let toldToRedis = '';
/** Every answer to an officer or a stranger. */
let answered = '';

beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => {
  monitor?.disconnect();
  return desk?.stop();
});

it('writes no identity into logs, Redis, metrics, answers or any unsealed column', async () => {
  await desk.servers.redis.with(async (redis) => {
    monitor = await redis.monitor();
    monitor.on('monitor', (_time: string, words: string[]) => {
      toldToRedis += `${words.join(' ')}\n`;
    });
    await everythingThatCanHappen();
    await sleep(500);
  });

  // We would have seen it: the ticket, its job and the requests are there.
  expect(toldToRedis).toContain('push');
  expect(logs()).toContain('/v1/tickets/search');
  const rows = await everyRow();
  expect(rows).toContain('received');
  // Audit, idempotency answers and work are among the rows.
  for (const written of ['subject_export', 'breach_recorded', 'breach_affected_read', 'cases_listed'])
    expect(rows).toContain(written);
  expect(rows).toContain('httpStatus');

  const places = { logs: logs(), answered, toldToRedis, rows, metrics: await metrics() };
  const found = Object.entries(places).flatMap(([place, text]) =>
    secrets.filter((secret) => holds(text, secret)).map((secret) => `${place}: ${secret}`),
  );
  expect(found).toEqual([]);
});

it('would find it: the officer who asks with a reason is told in full', async () => {
  const { body } = await desk.officer.post<{ items: { code: string }[] }>('/v1/tickets/search', {
    nik: planted.nik,
  });
  const revealed = await desk.officer.post(`/v1/tickets/${body.items[0]!.code}/reveal`, {
    reason: 'Pemohon ada di loket',
  });
  const text = JSON.stringify(revealed.body);
  for (const secret of [planted.nik, planted.noKk, planted.name, planted.birthDate, email]) {
    expect(holds(text, secret)).toBe(true);
  }
});

async function everythingThatCanHappen(): Promise<void> {
  await desk.centre.admin('POST', '/admin/residents', { residents: [residentOf(planted)] });
  await desk.centre.admin('PUT', '/admin/faults', { status500Share: 0.5, garbageShare: 0.5 });
  const complaint = complaintOf(planted);
  const applicant = { ...complaint.applicant, email };
  const free = `NIK ${planted.nik}, KK ${planted.noKk} tidak sesuai`;
  const whole = { ...complaint, applicant, symptom: free, note: free, urgent: { reason: free } };

  const { code } = (await keep(desk.officer.post<{ code: string }>('/v1/tickets', whole))).body;
  await keep(desk.officer.post('/v1/tickets', whole, { 'idempotency-key': 'a-repeat' }));
  await badInput(whole);
  for (const wanted of [{ nik: planted.nik }, { kk: planted.noKk }, { phone: planted.phone }]) {
    await keep(desk.officer.post('/v1/tickets/search', wanted));
  }
  await keep(desk.officer.post(`/v1/tickets/${code}/notes`, { text: free }));
  await keep(desk.officer.post(`/v1/tickets/${code}/corrections`, { applicant: { birthPlace: 'Jepara' } }));
  await keep(desk.stranger.post('/v1/status-checks', { code, birthDate: planted.birthDate }));
  await keep(
    desk.stranger.post('/v1/status-checks', { code: '7K3M-XQ94-HTRC', birthDate: planted.birthDate }),
  );
  await keep(desk.officer.post('/v1/diagnoses', { applicant }));

  // A database that dies while it holds the statement, and comes back.
  await desk.servers.database.kill();
  await keep(desk.officer.post('/v1/tickets', whole));
  await keep(desk.officer.post('/v1/tickets/search', { nik: planted.nik }));
  await desk.servers.database.start();

  await desk.centre.admin('PUT', '/admin/faults', {});
  await desk.reaches(code, 'resolved', 40);
  await keep(desk.officer.get(`/v1/tickets/${code}`));
  await keep(desk.officer.get(`/v1/tickets/${code}/history`));
  await keep(desk.officer.get(`/v1/escalations?ticket=${code}`));
  await byToken();
  await rightsAndBreaches(code);
}

/** A key for a REST client, named after somebody: it works like its owner, and its name is sealed. */
async function byToken(): Promise<void> {
  const wanted = { name: `Laporan ${planted.name}`, scopes: ['cases:read'], expiresInDays: 1 };
  const { status, body } = await desk.officer.post<{ token: string }>('/v1/account/tokens', wanted);
  expect(status).toBe(201);
  const client = desk.stranger.as(body.token);
  await keep(client.get('/v1/tickets'));
  await keep(client.post('/v1/tickets/search', { nik: planted.nik }));
}

/** What is told in full is told to whoever asked, and to no place where it stays. */
async function rightsAndBreaches(code: string): Promise<void> {
  const admin = await newAdmin();
  const words = `Atas permintaan ${planted.name}, NIK ${planted.nik}, lahir ${planted.birthDate}`;
  await desk.officer.post(`/v1/tickets/${code}/notes`, { text: words });
  const escalations = await desk.officer.get<{ items: { id: string }[] }>(`/v1/escalations?ticket=${code}`);
  for (const { id } of escalations.body.items)
    await desk.officer.post(`/v1/escalations/${id}/resolve`, { outcome: 'fixed_at_centre', note: words });

  const held = await admin.post('/v1/subject-exports', { nik: planted.nik, reason: words });
  expect(held.status).toBe(200);
  expect(holds(JSON.stringify(held.body), planted.name)).toBe(true);
  await keep(admin.post('/v1/subject-exports', { nik: `${planted.nik}7`, reason: words }));
  const file = await keep(admin.get<string>('/v1/tickets/export'));
  expect([file.status, file.body]).toEqual([200, expect.stringContaining(code)]);

  const hour = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString();
  const breach = { discoveredAt: hour(-1), from: hour(-2), to: hour(1), description: words, office: '3319' };
  const recorded = await admin.post<{ id: string }>('/v1/breaches', breach);
  expect(recorded.status).toBe(201);
  await keep(admin.post('/v1/breaches', { ...breach, officer: planted.name }));
  const affected = await keep(admin.get(`/v1/breaches/${recorded.body.id}/affected?limit=100`));
  expect(JSON.stringify(affected.body)).toContain(code);
  await keep(admin.get('/v1/audit?limit=100'));
}

/** An administrator of the officer's office, with the second factor that the role needs. */
async function newAdmin(): Promise<Caller> {
  const email = 'admin.kudus@dinas.example';
  const password = 'a password of the office in Kudus';
  const words = ['--email', email, '--name', 'Cahaya Rimba', '--role', 'admin', '--office', '3319'];
  const said = await desk.command(['officers', 'add', ...words, '--password-stdin'], password);
  const [, secret = ''] = /[?&]secret=([A-Z2-7]+)/.exec(said) ?? [];
  return signIn(desk.stranger, { email, password, otp: codeAt(secret, new Date()) });
}

/** What people and scripts get wrong: the answers name the field, and never repeat the value. */
async function badInput(whole: { applicant: object }): Promise<void> {
  const wrong = [
    { ...whole, applicant: { ...whole.applicant, nik: Number(planted.nik) } },
    { ...whole, applicant: { ...whole.applicant, nik: `${planted.nik}7` } },
    { ...whole, channel: planted.name },
    { ...whole, applicant: planted.name },
  ];
  for (const body of wrong) {
    expect((await keep(desk.officer.post('/v1/tickets', body))).status).toBe(422);
  }
  // A field that we do not know is named to its sender, and to nobody else.
  expect((await desk.officer.post('/v1/tickets', { ...whole, [planted.nik]: planted.name })).status).toBe(
    422,
  );
  const broken = JSON.stringify(whole).slice(0, -1);
  expect((await keep(desk.officer.send('POST', '/v1/tickets', broken))).status).toBe(400);
  // A caller that puts a number into an address is refused, and the address is not kept.
  await keep(desk.officer.get(`/v1/tickets?nik=${planted.nik}`));
  await keep(desk.officer.get(`/v1/tickets/${planted.nik}`));
  await keep(desk.stranger.get(`/${planted.nik}`));
}

async function keep<Body>(answering: Promise<Answer<Body>>): Promise<Answer<Body>> {
  const answer = await answering;
  answered += `${JSON.stringify([...answer.headers])} ${JSON.stringify(answer.body)}\n`;
  return answer;
}

function holds(text: string, secret: string): boolean {
  return text.toLowerCase().includes(secret.toLowerCase());
}

function logs(): string {
  return [desk.api, ...desk.workers, desk.centre].map(({ output }) => output).join('\n');
}

async function metrics(): Promise<string> {
  return (await Promise.all([desk.api, ...desk.workers].map((app) => app.metrics()))).join('\n');
}

/** All rows of all our tables, byte by byte; the centre's own schema is not ours. */
async function everyRow(): Promise<string> {
  const { database } = desk.servers;
  const tables = await database.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = database()',
  );
  let text = '';
  for (const { name } of tables) {
    for (const row of await database.query(`select * from \`${name}\``)) {
      for (const value of Object.values(row)) {
        text += `${Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)}\n`;
      }
    }
  }
  return text;
}
