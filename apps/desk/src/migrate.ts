import { parseArgs } from 'node:util';
import type { Command } from './command';
import { Failure } from './failure';
import { createDataSource, createSchema, grantApplication } from '@sinkron/database';
import type { DataSource } from 'typeorm';

const lockSeconds = 60;

/**
 * `migrate`: makes the schema if it is missing, brings it up to date, and lets the application do no more with it than it
 * must; of two at once the second finds nothing to do.
 */
export const migrate: Command = async ({ databaseUrl, migrationDatabaseUrl }, args, { print, progress }) => {
  parseArgs({ args });
  const url = migrationDatabaseUrl ?? databaseUrl;
  await createSchema(url);
  const dataSource = await createDataSource({ url, entities: [], poolSize: 2 });
  await dataSource.initialize();
  try {
    const ran = await alone(dataSource, async () => {
      await refuseOtherBaseline(dataSource);
      const migrations = await dataSource.runMigrations();
      if (migrationDatabaseUrl) await grantApplication(migrationDatabaseUrl, databaseUrl);
      return migrations;
    });
    print(ran.length === 0 ? 'The database is up to date' : `Ran ${ran.length} migrations`);
    if (!migrationDatabaseUrl)
      progress(
        'MIGRATION_DATABASE_URL is not set: no rights were granted, and the user of DATABASE_URL can alter the audit',
      );
  } finally {
    await dataSource.destroy();
  }
};

/**
 * Nothing was released before the baseline of migrations, so no migration leads from an older schema to it: what would
 * be half of each is not touched.
 * @throws Failure that says how to begin anew
 */
async function refuseOtherBaseline(dataSource: DataSource): Promise<void> {
  const known = new Set(dataSource.migrations.map(({ name }) => name));
  const [table] = await dataSource.query(
    `select 1 from information_schema.tables where table_schema = database() and table_name = 'migration'`,
  );
  const ran: { name: string }[] = table ? await dataSource.query('select name from `migration`') : [];
  const unknown = ran.filter(({ name }) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Failure([
    `This database was made by another version of Sinkron, from which nothing can be taken over (${unknown.length} unknown migrations).`,
    'The demo: npm run reset, then npm start. A database of your own: name an empty schema in DATABASE_URL.',
  ]);
}

/** A lock by name belongs to a connection, so one is kept for it. It does not reach the other nodes of a Galera cluster. */
async function alone<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const keeper = dataSource.createQueryRunner();
  const name = `concat('sinkron-migrate-', md5(database()))`;
  try {
    const [lock] = await keeper.query(`select get_lock(${name}, ${lockSeconds}) as taken`);
    if (Number(lock.taken) !== 1)
      throw new Failure(['Another migration has been running for a minute; try again later']);
    return await work();
  } finally {
    await keeper.query(`select release_lock(${name})`);
    await keeper.release();
  }
}
