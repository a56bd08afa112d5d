import { randomBytes } from 'node:crypto';
import { failureLines } from './failure';
import { migrate } from './migrate';
import type { Config } from '@sinkron/config';
import { createDataSource } from '@sinkron/database';
import { testConfig } from '@sinkron/testing';
import type { DataSource } from 'typeorm';

jest.setTimeout(60_000);

const user = `app_${randomBytes(6).toString('hex')}`;
let config: Config;
let owner: DataSource;
let application: DataSource;

/** What the command says, to both outputs; or what it fails with. */
async function run(changes: Partial<Config> = {}): Promise<string[]> {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  try {
    await migrate({ ...config, ...changes }, [], { print: say, progress: say, input: async () => '' });
  } catch (error) {
    return ['failed', ...failureLines(error)];
  }
  return said;
}

function as(name: string, password: string): string {
  return Object.assign(new URL(config.migrationDatabaseUrl!), {
    username: name,
    password: encodeURIComponent(password),
  }).toString();
}

async function open(url: string): Promise<DataSource> {
  const dataSource = await createDataSource({ url, entities: [], poolSize: 1 });
  return dataSource.initialize();
}

beforeAll(async () => {
  const root = testConfig();
  config = { ...root, migrationDatabaseUrl: root.databaseUrl };
  config.databaseUrl = as(user, 'a word with % and @');
  await run();
  owner = await open(config.migrationDatabaseUrl!);
  application = await open(config.databaseUrl);
});
afterAll(async () => {
  await application?.destroy();
  await owner?.query(`drop database \`${new URL(config.databaseUrl).pathname.slice(1)}\``);
  await owner?.query(`drop user '${user}'@'%'`);
  await owner?.destroy();
});

const denied = { errno: 1142 };

it.each(['history', 'audit', 'audit_checkpoint'])(
  'the application adds to %s and changes nothing',
  async (table) => {
    await application.query(`select * from ${table}`);
    await expect(application.query(`update ${table} set seq = 1`)).rejects.toMatchObject(denied);
    await expect(application.query(`delete from ${table}`)).rejects.toMatchObject(denied);
    await expect(application.query(`truncate ${table}`)).rejects.toMatchObject(denied);
    await expect(application.query(`insert into ${table} select * from ${table}`)).resolves.toBeDefined();
  },
);

it('it changes no table, makes none, and grants nothing', async () => {
  for (const statement of [
    'alter table audit drop column hash',
    'drop table ticket',
    'create table t (id int)',
    'create trigger t before insert on audit for each row set new.seq = 1',
    "update migration set name = 'x'",
    'delete from audit_chain',
    `grant delete on audit to '${user}'@'%'`,
    'rename table audit to audit_2',
  ])
    await expect(application.query(statement)).rejects.toMatchObject({ errno: expect.any(Number) });
  await application.query('update audit_chain set seq = seq');
  await application.query('delete from gate');
});

it('a second time changes nothing, and takes away what is too much', async () => {
  const grants = async () => (await application.query('show grants')).map(Object.values).flat().sort();
  const before = await grants();
  expect(await run()).toEqual(['The database is up to date']);
  expect(await grants()).toEqual(before);

  await owner.query(`grant update, delete on audit to '${user}'@'%'`);
  await owner.query(`grant all on \`${new URL(config.databaseUrl).pathname.slice(1)}\`.* to '${user}'@'%'`);
  await run();
  expect(await grants()).toEqual(before);
});

it('says what it cannot repair', async () => {
  expect(await run({ databaseUrl: as(user, 'another') })).toEqual([
    'failed',
    expect.stringContaining('exists with another password'),
  ]);
  expect(await run({ migrationDatabaseUrl: as('nobody', 'a word') })).toEqual([
    'failed',
    expect.stringContaining('Access denied'),
  ]);
  expect(await run({ databaseUrl: config.migrationDatabaseUrl! })).toEqual([
    'failed',
    expect.stringContaining('must name two users'),
  ]);
  await owner.query(`grant process on *.* to '${user}'@'%'`);
  expect(await run()).toEqual(['failed', expect.stringContaining('REVOKE ALL PRIVILEGES')]);
  await owner.query(`revoke process on *.* from '${user}'@'%'`);
});

it('grants nothing where there is one user alone, and says so', async () => {
  const said = await run({ databaseUrl: config.migrationDatabaseUrl!, migrationDatabaseUrl: null });
  expect(said).toEqual(['The database is up to date', expect.stringContaining('can alter the audit')]);
});

it('leaves a database of another baseline alone, and says how to begin anew', async () => {
  const old = 'Create_hand_over_1763769600020';
  await owner.query('insert into migration (timestamp, name) values (1763769600020, ?)', [old]);
  expect(await run()).toEqual([
    'failed',
    expect.stringContaining('made by another version'),
    expect.stringContaining('npm run reset'),
  ]);
  await owner.query('delete from migration where name = ?', [old]);
  expect(await run()).toContain('The database is up to date');
});
