import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { ConfigModule } from '@sinkron/config';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { accountEntities, AccountsModule } from '../accounts.module';
import type { OfficerActor } from '../permissions/actor';
import type { Role } from '../permissions/roles';
import type { OfficerLine } from '../officers/officer-schemas';
import { Credentials } from '../sessions/credentials';
import { Holidays } from './holidays';
import { OfficerImport } from './officer-import';
import { Officers } from './officers';
import { Offices } from './offices';
import { DatabaseModule, pageQuery } from '@sinkron/database';
import { createLogger } from '@sinkron/observability';
import { OfficeDirectory, type OfficeInput } from '@sinkron/offices';
import { QueueModule } from '@sinkron/queue';
import { officerAt, refusal, testDatabase, type TestDatabase } from '@sinkron/testing';

jest.setTimeout(60_000);

const zone = 'Asia/Jakarta';
const tree: OfficeInput[] = [
  { code: '3319', name: 'Kudus', level: 'office', parent: '33', zone },
  { code: '33', name: 'Jawa Tengah', level: 'province', parent: 'ID', zone },
  { code: 'ID', name: 'Pusat', level: 'nation', zone },
  { code: '35', name: 'Jawa Timur', level: 'province', parent: 'ID', zone },
  { code: '3509', name: 'Jember', level: 'office', parent: '35', zone },
];
const firstPage = pageQuery.parse({ limit: '100' });
let database: TestDatabase;
let app: INestApplicationContext;
let offices: Offices;
let officers: Officers;

beforeAll(async () => {
  database = await testDatabase();
  const logger = createLogger('test', 'silent');
  const imports = [
    DatabaseModule.forRoot(database.config, [...officeEntities, ...auditEntities, ...accountEntities]),
    ConfigModule.forRoot(database.config, logger),
    QueueModule,
    AccountsModule,
  ];
  app = await NestFactory.createApplicationContext({ module: class {}, imports }, { logger: false });
  offices = app.get(Offices);
  officers = app.get(Officers);
  await offices.import(tree);
});

afterAll(async () => {
  await app.close();
  await database.close();
});

/** An administrator, or another role, who sits at this office. */
async function at(code: string, role: Role = 'admin'): Promise<OfficerActor> {
  return officerAt(await app.get(OfficeDirectory).tree(), code, role);
}

let people = 0;
const person = (office: string) => ({
  email: `orang${++people}@demo.sinkron.test`,
  name: 'Surya Bahari',
  role: 'officer' as const,
  office,
  password: 'a password that is long',
});

describe('Offices', () => {
  it('are brought to what a list says, again and again', async () => {
    expect(await offices.import(tree)).toEqual({ created: 0, updated: 0 });
    const renamed = tree.map((office) =>
      office.code === '3509' ? { ...office, name: 'Kab. Jember' } : office,
    );
    expect(await offices.import(renamed)).toEqual({ created: 0, updated: 1 });
    const { items } = await offices.list(await at('ID'), firstPage);
    expect(items.find(({ code }) => code === '3509')).toMatchObject({ name: 'Kab. Jember', parent: '35' });
  });

  it('are imported wholly or not at all, every wrong one named', async () => {
    const wrong: OfficeInput[] = [
      { code: '3399', name: 'Good', level: 'office', parent: '33', zone },
      { code: '3398', name: 'Bad', level: 'office', parent: 'ID', zone },
      { code: '35', name: 'Bad', level: 'office', parent: '33', zone },
    ];
    expect(await refusal(offices.import(wrong))).toEqual([
      'invalid',
      '1.parent:parent_level',
      '2.level:level_fixed',
    ]);
    const { items } = await offices.list(await at('ID'), firstPage);
    expect(items.map(({ code }) => code)).not.toContain('3399');
  });

  it('are listed page by page inside the scope', async () => {
    const province = await at('33');
    const first = await offices.list(province, { limit: 1 });
    const second = await offices.list(province, { limit: 1, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ code }) => code).sort()).toEqual(['33', '3319']);
    expect(second.nextCursor).toBeNull();
  });

  it('are made and changed by an administrator, inside the scope', async () => {
    const jateng = await at('33');
    const demak: OfficeInput = { code: '3321', name: 'Demak', level: 'office', parent: '33', zone };
    expect(await offices.create(jateng, demak)).toMatchObject({ code: '3321', parent: '33' });
    expect(await refusal(offices.create(jateng, demak))).toEqual(['conflict', 'code:code_taken']);
    const elsewhere = { ...demak, code: '3510', parent: '35' };
    expect(await refusal(offices.create(jateng, elsewhere))).toEqual(['invalid', 'parent:office_unknown']);
    expect(await refusal(offices.update(jateng, '3509', { name: 'Mine' }))).toEqual(['not_found']);
    expect(await refusal(offices.update(await at('33'), '3321', { parent: '35' }))).toEqual([
      'invalid',
      'parent:office_unknown',
    ]);
    expect(await refusal(offices.create(await at('33', 'supervisor'), demak))).toEqual(['forbidden']);
    expect((await offices.update(await at('33'), '3321', { name: 'Kabupaten Demak' })).name).toBe(
      'Kabupaten Demak',
    );
    expect((await at('33')).scope.ids).toHaveLength(3);
  });
});

describe('Officers', () => {
  it('are made, found, changed and listed inside the scope alone', async () => {
    const jateng = await at('33');
    const jatim = await at('35');
    const created = await officers.create(jateng, person('3319'));
    expect(created).toMatchObject({
      name: 'Surya Bahari',
      office: { code: '3319', name: 'Kudus' },
      disabled: false,
    });

    expect(await refusal(officers.create(jatim, person('3319')))).toEqual([
      'invalid',
      'office:office_unknown',
    ]);
    expect(await refusal(officers.update(jatim, created.id, { name: 'Mine' }))).toEqual(['not_found']);
    expect(await refusal(officers.findByEmail(jatim, created.email))).toEqual(['not_found']);
    expect(await refusal(officers.update(jateng, created.id, { office: '3509' }))).toEqual([
      'invalid',
      'office:office_unknown',
    ]);
    expect((await officers.list(jatim, firstPage)).items).toEqual([]);

    const changed = await officers.update(jateng, created.id, { name: 'Surya B.', role: 'supervisor' });
    expect(changed).toEqual({ ...created, name: 'Surya B.', role: 'supervisor' });
    expect(await officers.findByEmail(jateng, created.email.toUpperCase())).toEqual(changed);
    expect((await officers.list(jateng, firstPage)).items).toEqual([changed]);
    expect((await officers.list(await at('ID'), firstPage)).items).toEqual([changed]);
    await officers.update(jateng, created.id, { disabled: true });
    expect((await officers.update(jateng, created.id, { disabled: false })).disabled).toBe(false);
  });

  it('are the business of administrators alone; supervisors see them', async () => {
    const supervisor = await at('33', 'supervisor');
    expect(await officers.list(supervisor, firstPage)).toEqual(
      await officers.list(await at('33'), firstPage),
    );
    expect(await refusal(officers.list(await at('33', 'officer'), firstPage))).toEqual(['forbidden']);
    expect(await refusal(officers.create(supervisor, person('3319')))).toEqual(['forbidden']);
  });

  it('never leave an office without its last administrator, by one change, by two at once, or by a list', async () => {
    const admin = await at('ID');
    const nationwide = { role: 'admin' as const, office: 'ID' };
    const made = async () => officers.create(admin, { ...person('ID'), ...nationwide });
    const [one, two] = [await made(), await made()];
    const below = await officers.create(admin, { ...person('3509'), role: 'admin' });
    // Whoever is above still keeps that office.
    await officers.update(admin, below.id, { role: 'officer' });
    const both = await Promise.allSettled([
      officers.update(admin, one.id, { disabled: true }),
      officers.update(admin, two.id, { role: 'officer' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const left = both[0].status === 'rejected' ? one : two;
    for (const [change, field] of [
      [{ disabled: true }, 'disabled'],
      [{ role: 'supervisor' }, 'role'],
      [{ office: '33' }, 'office'],
    ] as const)
      expect(await refusal(officers.update(admin, left.id, change))).toEqual([
        'conflict',
        `${field}:last_administrator`,
      ]);
    const { name, email } = left;
    const line = { name, email, role: 'officer' as const, office: 'ID' };
    const imported = (...lines: OfficerLine[]) => app.get(OfficerImport).run(admin, lines);
    expect(await refusal(imported(line))).toEqual(['invalid', '0.role:last_administrator']);
    expect(await officers.findByEmail(admin, email)).toMatchObject({ role: 'admin', office: { code: 'ID' } });
    const { password: _, ...successor } = { ...person('ID'), role: 'admin' as const };
    await imported(line, successor);
    expect(await officers.findByEmail(admin, email)).toMatchObject({ role: 'officer' });
  });

  it('have addresses of their own, whatever the capitals and the scope', async () => {
    const one = await officers.create(await at('33'), person('3319'));
    const again = { ...person('3509'), email: one.email };
    expect(await refusal(officers.create(await at('35'), again))).toEqual(['conflict', 'email:email_taken']);
  });

  it('are imported wholly or not at all; only new ones get a password', async () => {
    const jateng = await at('33');
    const importer = app.get(OfficerImport);
    const { password: _, ...line } = person('3319');
    const { created } = await importer.run(jateng, [line]);
    expect(created).toEqual([
      { email: line.email, password: expect.stringMatching(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/) },
    ]);
    expect(await app.get(Credentials).check(line.email, created[0]!.password)).not.toBeNull();

    const { password: __, ...fresh } = person('3319');
    const outside = await officers.create(await at('35'), person('3509'));
    const wrong = [
      fresh,
      { ...line, office: '3509' },
      { ...line, name: 'Twice' },
      { ...fresh, email: outside.email },
    ];
    expect(await refusal(importer.run(jateng, wrong))).toEqual([
      'invalid',
      '1.office:office_unknown',
      '2.email:email_repeated',
      '3.email:email_taken',
    ]);
    expect(await refusal(officers.findByEmail(jateng, fresh.email))).toEqual(['not_found']);

    expect(await importer.run(jateng, [{ ...line, role: 'supervisor' }, fresh])).toMatchObject({
      updated: 1,
    });
    const { id, role } = await officers.findByEmail(jateng, line.email);
    expect(role).toBe('supervisor');
    expect(await app.get(Credentials).check(line.email, created[0]!.password)).not.toBeNull();

    await officers.update(jateng, id, { disabled: true });
    await importer.run(jateng, [line]);
    expect(await officers.findByEmail(jateng, line.email)).toMatchObject({ role: 'officer', disabled: true });
  });
});

it('leaves a trail of every change, without personal data', async () => {
  const actor = {
    ...(await at('33')),
    officerId: (await officers.create(await at('33'), person('3319'))).id,
  };
  const { id } = await officers.create(actor, person('3319'));
  await officers.update(actor, id, { disabled: true });
  const trail = await database.transactions.query<{ action: string; detail: string }>(
    `select action, detail from audit where officer_id = unhex(?) order by id`,
    [actor.officerId.replaceAll('-', '')],
  );
  expect(trail.map(({ action }) => action)).toEqual(['officer_created', 'officer_disabled']);
  expect(JSON.parse(trail[1]!.detail)).toEqual({ officer: id, fields: ['disabled'] });
});

describe('At once', () => {
  const line = (email: string, name: string) => ({ email, name, role: 'officer' as const, office: '3319' });

  it('all who set the same holiday succeed, and one of their names stands', async () => {
    const holidays = app.get(Holidays);
    const admin = await at('33');
    const names = Array.from({ length: 10 }, (_, number) => `Libur ${number}`);
    const put = (name: string) => holidays.put(admin, { office: '33.19', day: '2026-12-25', name });
    const answers = await Promise.all(names.map(put));
    expect(answers.map(({ office }) => office)).toEqual(names.map(() => '3319'));
    const query = { office: '3319', from: '2026-12-25', to: '2026-12-25' };
    expect(await holidays.list(admin, query)).toEqual([
      { office: '3319', day: '2026-12-25', name: expect.stringMatching(/^Libur \d$/) as string },
    ]);
  });

  it('imports of the same holidays count each as new once', async () => {
    const holidays = app.get(Holidays);
    const admin = await at('33');
    const list = ['2027-01-01', '2027-02-01', '2027-03-01'].map((day) => ({
      office: '3319',
      day,
      name: 'Libur',
    }));
    const counts = await Promise.all(
      Array.from({ length: 6 }, (_, turn) => holidays.import(admin, turn % 2 ? list : list.toReversed())),
    );
    expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(3);
    expect(counts.reduce((sum, { updated }) => sum + updated, 0)).toBe(15);
  });

  it('an import takes nothing back that somebody else does to an officer', async () => {
    const admin = await at('33');
    const { id, email } = await officers.create(admin, person('3319'));
    for (let round = 0; round < 8; round++) {
      await officers.update(admin, id, { zone: null });
      await Promise.all([
        officers.update(admin, id, { zone: 'Asia/Jayapura' }),
        app.get(OfficerImport).run(admin, [line(email, `Surya ${'ABCDEFGH'[round]}`)]),
      ]);
      const { zone, name } = await officers.findByEmail(admin, email);
      expect({ zone, name }).toEqual({ zone: 'Asia/Jayapura', name: `Surya ${'ABCDEFGH'[round]}` });
    }
  });

  it('two imports of the same new officers both succeed; each is made once', async () => {
    const admin = await at('33');
    const lines = [line('baru1@demo.sinkron.test', 'Surya A'), line('baru2@demo.sinkron.test', 'Surya B')];
    const [one, other] = await Promise.all([
      app.get(OfficerImport).run(admin, lines),
      app.get(OfficerImport).run(admin, lines.toReversed()),
    ]);
    expect([one.created.length + other.created.length, one.updated + other.updated]).toEqual([2, 2]);
  });
});
