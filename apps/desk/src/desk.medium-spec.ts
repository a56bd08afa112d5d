import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { verifyAudit } from './audit';
import { closeOffice, showOffice } from './closures';
import type { Command } from './command';
import { importContacts } from './contacts';
import { openDesk } from './desk';
import { failureLines } from './failure';
import { importHolidays } from './holidays';
import { reindexKeys, resealKeys } from './keys';
import { migrate } from './migrate';
import { addOfficer, disableOfficer, importOfficers, resetFactor } from './officers';
import { importOffices } from './offices';
import { totp } from './totp';
import type { Config } from '@sinkron/config';
import { createDataSource, pageQuery } from '@sinkron/database';
import { testConfig } from '@sinkron/testing';

jest.setTimeout(60_000);

const examples = resolve(__dirname, '../../../docs/examples');
const firstPage = pageQuery.parse({});
let config: Config;
let folder: string;

beforeAll(() => {
  config = testConfig();
  folder = mkdtempSync(join(tmpdir(), 'desk-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  const dataSource = await createDataSource({ url: config.databaseUrl, entities: [] });
  await dataSource.initialize();
  await dataSource.query(`drop database \`${new URL(config.databaseUrl).pathname.slice(1)}\``);
  await dataSource.destroy();
});

/** What the command prints, or what it fails with. */
async function run(command: Command, args: string[], typed = ''): Promise<string[]> {
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  try {
    await command(config, args, { print, progress: () => undefined, input: () => Promise.resolve(typed) });
  } catch (error) {
    return ['failed', ...printed, ...failureLines(error)];
  }
  return printed;
}

function file(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

// The commands in the order in which an operator gives them; each builds on what the one before left.
it('migrates once, even when two begin at the same time', async () => {
  const both = await Promise.all([run(migrate, []), run(migrate, [])]);
  expect(both.flat().sort()).toEqual([
    expect.stringMatching(/^Ran \d+ migrations$/),
    'The database is up to date',
  ]);
});

it('needs the nation before anybody can be added', async () => {
  const [failed, line] = await run(importOfficers, [join(examples, 'officers.csv')]);
  expect([failed, line]).toEqual(['failed', expect.stringContaining('run `offices import` first')]);
});

it('imports the example of offices, and again without a change', async () => {
  const path = join(examples, 'offices.csv');
  expect(await run(importOffices, [path])).toEqual(['5 offices created, 0 updated, 0 unchanged']);
  expect(await run(importOffices, [path])).toEqual(['0 offices created, 0 updated, 5 unchanged']);
});

it('imports what a spreadsheet saved: UTF-16, `sep=`, other names, other words, empty rows', async () => {
  const path = file(
    'lembar.csv',
    Buffer.from(
      '\ufeffsep=;\r\nKode;Nama;Tingkat;Induk;Zona\r\n;;;;\r\n\u200b33.20;Jepara;Kantor;33;WIB\r\n;;;;',
      'utf16le',
    ),
  );
  expect(await run(importOffices, [path])).toEqual(['1 offices created, 0 updated, 0 unchanged']);
  expect(await run(importOffices, [path])).toEqual(['0 offices created, 0 updated, 1 unchanged']);
});

it('closes an office into another one, says how far that is, and never into a second one', async () => {
  const close = (successor: string) =>
    run(closeOffice, ['--office', '33.20', '--successor', successor, '--note', 'Digabung.']);
  expect(await run(showOffice, ['3320'])).toEqual(['3320 Jepara: open']);
  expect(await close('6472')).toEqual(['3320 Jepara: closing into 6472; left: nothing']);
  expect(await close('6472')).toEqual(['3320 Jepara: closing into 6472; left: nothing']);
  expect(await run(showOffice, ['33.20'])).toEqual(['3320 Jepara: closing into 6472; left: nothing']);
  expect(await close('3319')).toEqual(['failed', expect.stringMatching(/^successor: .*closes into 6472/)]);
});

it('imports no office when one cannot stand, and names its line', async () => {
  const path = file(
    'offices.csv',
    'code,name,level,parent,zone\n3321,Demak,office,33,Asia/Jakarta\n3322,Semarang,office,34,Asia/Jakarta\n',
  );
  expect(await run(importOffices, [path])).toEqual([
    'failed',
    expect.stringMatching(/^baris 3, kolom 4 \(parent\): Induk /),
    expect.stringMatching(/^line 3, column 4 \(parent\): The parent /),
  ]);
  expect(await run(importOffices, [join(folder, 'none.csv')])).toEqual([
    'failed',
    expect.stringContaining('tidak dapat dibuka (ENOENT)'),
    expect.stringContaining('cannot be read (ENOENT)'),
  ]);
  expect(await run(importOffices, [])).toEqual(['failed', expect.stringContaining('Name one CSV file')]);
});

it('imports the examples of officers and contacts, and shows new passwords once', async () => {
  const first = await run(importOfficers, [join(examples, 'officers.csv')]);
  expect(first.slice(0, 2)).toEqual([
    '3 officers created, 0 brought up to date',
    'Passwords, shown only now:',
  ]);
  expect(first).toHaveLength(5);
  expect(await run(importOfficers, [join(examples, 'officers.csv')])).toEqual([
    '0 officers created, 3 brought up to date',
  ]);
  expect(await run(importContacts, [join(examples, 'contacts.csv')])).toEqual([
    '2 contacts created, 0 brought up to date',
  ]);
});

it('imports the example of holidays, names them anew, and says which line cannot stand', async () => {
  const path = join(examples, 'holidays.csv');
  expect(await run(importHolidays, [path])).toEqual(['3 holidays added, 0 known before']);
  expect(await run(importHolidays, [path])).toEqual(['0 holidays added, 3 known before']);
  const wrong = file(
    'holidays.csv',
    'office,day,name\n33,2026-08-17,Kemerdekaan\n34,2026-08-17,Kemerdekaan\n',
  );
  expect(await run(importHolidays, [wrong])).toEqual([
    'failed',
    expect.stringMatching(/^baris 3, kolom 1 \(office\): /),
    expect.stringMatching(/^line 3, column 1 \(office\): /),
  ]);
  const impossible = file('days.csv', 'office,day,name\n33,2026-02-29,Kabisat\n');
  expect(await run(importHolidays, [impossible])).toEqual([
    'failed',
    expect.stringMatching(/^baris 2, kolom 2 \(day\): /),
    expect.stringMatching(/^line 2, column 2 \(day\): /),
  ]);
});

it('imports phones and zones of officers, and keeps them where a file has none', async () => {
  const bare = 'email,name,role,office\nloket.kudus@dinas.example,Melati Rembulan,officer,3319\n';
  const whole = `email,name,role,office,phone,zone
loket.kudus@dinas.example,Melati Lestari,officer,3319,0810-0000-031,Asia/Jayapura
`;
  const officer = async () => {
    const desk = await openDesk(config);
    const found = await desk.officers.findByEmail(await desk.operator(), 'loket.kudus@dinas.example');
    await desk.close();
    return found;
  };
  await run(importOfficers, [file('phones.csv', whole)]);
  const reach = { phone: '+628100000031', zone: 'Asia/Jayapura' };
  expect(await officer()).toMatchObject({ name: 'Melati Lestari', ...reach });
  await run(importOfficers, [file('bare.csv', bare)]);
  expect(await officer()).toMatchObject({ name: 'Melati Rembulan', ...reach });
  await run(importOfficers, [join(examples, 'officers.csv')]);
});

it('adds an officer with a password that is typed or made, and disables them', async () => {
  const add = (email: string, ...more: string[]) =>
    run(
      addOfficer,
      ['--email', email, '--name', 'Embun Rimba', '--role', 'officer', '--office', '3319', ...more],
      'typed by hand\n',
    );
  expect(await add('satu@dinas.example', '--password-stdin')).toEqual(['satu@dinas.example added at 3319']);
  const made = await add('dua@dinas.example');
  expect(made[1]).toMatch(/^Password, shown only now: /);
  expect(await add('dua@dinas.example')).toEqual(['failed', 'email: Another officer has this address.']);

  const desk = await openDesk(config);
  try {
    expect(await desk.credentials.check('satu@dinas.example', 'typed by hand')).not.toBeNull();
    expect(await desk.credentials.check('dua@dinas.example', made[1]!.split(': ')[1]!)).not.toBeNull();
    expect(await run(disableOfficer, ['--email', 'SATU@dinas.example'])).toEqual([
      'satu@dinas.example disabled',
    ]);
    expect(await desk.credentials.check('satu@dinas.example', 'typed by hand')).toBeNull();
    expect((await desk.officers.list(await desk.operator(), firstPage)).items).toHaveLength(5);
  } finally {
    await desk.close();
  }
});

it('gives a supervisor a second factor from the beginning, and takes it away when the phone is lost', async () => {
  const email = 'kepala.baru@dinas.example';
  const fields = ['--name', 'Embun Rimba', '--role', 'supervisor', '--office', '3319'];
  const [added, secret, password] = await run(addOfficer, ['--email', email, ...fields]);
  expect(added).toBe(`${email} added at 3319`);
  expect(secret).toMatch(/shown only now: otpauth:\/\/totp\/Sinkron:kepala\.baru.*&secret=[A-Z2-7]{32}&/);
  expect(password).toMatch(/^Password, shown only now: /);
  expect(await factorsOf()).toBe(1);
  expect(await run(resetFactor, ['--email', email])).toEqual([
    `${email} has no second factor any more, and is signed out`,
  ]);
  expect(await factorsOf()).toBe(0);
});

async function factorsOf(): Promise<number> {
  const dataSource = await createDataSource({ url: config.databaseUrl, entities: [] });
  await dataSource.initialize();
  const [row] = await dataSource.query('select count(*) as n from second_factor');
  await dataSource.destroy();
  return Number(row.n);
}

it('tells the one-time code of whom the demo knows', async () => {
  const told = { totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' };
  const path = file('demo.json', JSON.stringify({ admin: told, supervisor: told }));
  jest.useFakeTimers({ now: 59_000 });
  expect(await run(totp, ['admin', path])).toEqual(['287082']);
  jest.useRealTimers();
  expect(await run(totp, ['nobody', path])).toEqual(['failed', 'Choose one of: admin, supervisor']);
  expect(await run(totp, ['admin', join(folder, 'none.json')])).toEqual([
    'failed',
    expect.stringContaining('npm start'),
  ]);
});

it.each([
  [['--email', 'x'], /^email: /],
  [['--colour', 'red'], /Unknown option.*help/],
])('says in one line each what is wrong with %j', async (args, expected) => {
  const [failed, ...lines] = await run(addOfficer, args);
  expect(failed).toBe('failed');
  expect(lines[0]).toMatch(expected);
  for (const line of lines) expect(line).not.toContain('\n');
});

it('verifies the trail, and exits with what is not as it was written', async () => {
  const [whole] = await run(verifyAudit, []);
  expect(whole).toMatch(/^Whole: the history of 0 tickets, [1-9]\d* rows of audit, 0 checkpoints$/);
  expect(await run(verifyAudit, ['--expect', `7:${'A'.repeat(43)}`])).toEqual([
    'failed',
    'checkpoint 7, which the log names, is gone',
  ]);
  expect(await run(verifyAudit, ['--expect', '7'])).toEqual([
    'failed',
    expect.stringContaining('NUMBER:HASH'),
  ]);
});

it('brings everything under new keys, and says when the old ones may go', async () => {
  const under = (id: string, ring: Config['dataKeys']) => [{ id, key: Buffer.alloc(32, 2) }, ...ring];
  const before = config;
  config = { ...before, dataKeys: under('d2', before.dataKeys), indexKeys: under('i2', before.indexKeys) };
  const resealed = await run(resealKeys, []);
  expect(resealed).toContainEqual(
    expect.stringMatching(/^officer\.sealed: \d+ values, [1-9]\d* sealed anew$/),
  );
  expect(resealed.at(-1)).toMatch(/^Nothing is sealed under d1: it may leave DATA_KEYS once every process/);
  const reindexed = await run(reindexKeys, []);
  expect(reindexed).toContainEqual(expect.stringMatching(/^officer: [1-9]\d* rows indexed anew$/));
  expect(reindexed.at(-1)).toMatch(/^i1 may leave INDEX_KEYS, once every process/);
  // With the old key gone too early, what lies under it is counted, and the command fails.
  config = { ...config, dataKeys: before.dataKeys };
  expect((await run(resealKeys, []))[0]).toBe('failed');
});
