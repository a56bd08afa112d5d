import { eventEntities } from '@sinkron/events';
import { webhookEntities } from '@sinkron/webhooks';
import { officeEntities } from '@sinkron/offices';
import { auditEntities } from '@sinkron/audit';
import { accountEntities } from '@sinkron/accounts';
import { escalationEntities } from '@sinkron/escalation';
import { lagEntities } from '@sinkron/lag';
import { lineEntities } from '@sinkron/lines';
import { messagingEntities } from '@sinkron/messaging';
import { privacyEntities } from '@sinkron/privacy';
import { workEntities } from '@sinkron/queue';
import { resyncEntities } from '@sinkron/resync';
import { testDatabase, type TestDatabase } from '@sinkron/testing';
import { ticketEntities } from '@sinkron/tickets';

const entities = [
  ...officeEntities,
  ...auditEntities,
  ...accountEntities,
  ...workEntities,
  ...ticketEntities,
  ...resyncEntities,
  ...lagEntities,
  ...escalationEntities,
  ...eventEntities,
  ...messagingEntities,
  ...webhookEntities,
  ...privacyEntities,
  ...lineEntities,
];

// Each migration goes down and up again by itself.
jest.setTimeout(60_000);

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase({ entities });
});
afterAll(() => db.close());

it('entities and migrations agree: generating a migration gives an empty one', async () => {
  const { upQueries } = await db.dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
});

it('every text column states its collation and nothing is left to the server', async () => {
  const odd = await db.dataSource.query(
    `select table_name as t, column_name as c, collation_name as collation from information_schema.columns
     where table_schema = database() and collation_name not in ('ascii_bin', 'utf8mb4_bin') and table_name <> 'migration'`,
  );
  expect(odd).toEqual([]);
});

it('goes down exactly as it came up', async () => {
  const migrations = await db.dataSource.query('select count(*) as n from migration');
  for (let undone = 0; undone < Number(migrations[0].n); undone++) await db.dataSource.undoLastMigration();
  const left = await db.dataSource.query(
    `select table_name as t from information_schema.tables where table_schema = database() and table_name <> 'migration'`,
  );
  expect(left).toEqual([]);
  await db.dataSource.runMigrations();
});
