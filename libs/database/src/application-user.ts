import mysql2 from 'mysql2';
import type { Connection } from 'mysql2/promise';
import { connectionFields } from './data-source';
import { applicationRights } from './migrations/rights';

/**
 * Gives the application's database user exactly what `applicationRights` says, table by table: what is missing is
 * granted, what is too much is revoked, and a service that runs meanwhile loses nothing it needs. A user that does not
 * exist is made, with the password of the URL.
 * @param ownerUrl of a user that may make users and grant, on the same schema
 * @throws Error that says what the operator must correct
 */
export async function grantApplication(ownerUrl: string, applicationUrl: string): Promise<void> {
  const { user, password, database } = connectionFields(applicationUrl);
  const owner = connectionFields(ownerUrl);
  if (owner.database !== database)
    throw new Error('DATABASE_URL and MIGRATION_DATABASE_URL must name the same schema');
  if (owner.user === user)
    throw new Error(
      'DATABASE_URL and MIGRATION_DATABASE_URL must name two users, so that one of them can do less',
    );
  const connection = mysql2.createConnection({ ...owner, connectTimeout: 3_000 }).promise();
  try {
    let account = await accountOf(applicationUrl);
    if (!account) {
      await connection.query(`create user if not exists ?@'%' identified by ?`, [user, password]);
      account = await accountOf(applicationUrl);
    }
    if (!account)
      throw new Error(`The database user ${user} exists with another password than DATABASE_URL says`);
    if (account.user !== user)
      throw new Error(`The server takes ${user} for another user, "${account.user}"; remove anonymous users`);
    await narrow(connection, account);
    await grantByTable(connection, account);
  } finally {
    connection.destroy();
  }
}

interface Account {
  user: string;
  host: string;
}

/** As which user the server lets the application in; null when it does not. */
async function accountOf(url: string): Promise<Account | null> {
  const { database: _database, ...server } = connectionFields(url);
  const connection = mysql2.createConnection({ ...server, connectTimeout: 3_000 }).promise();
  try {
    const [{ account }] = await rowsOf<{ account: string }>(connection, 'select current_user() as account');
    const at = account.lastIndexOf('@');
    return { user: account.slice(0, at), host: account.slice(at + 1) };
  } catch (error) {
    if ((error as { errno?: number }).errno === 1045) return null;
    throw error;
  } finally {
    connection.destroy();
  }
}

/** Rights on the whole schema would make those by table worth nothing. */
async function narrow(connection: Connection, account: Account): Promise<void> {
  const wide = await rowsOf<{ privilege: string }>(
    connection,
    `select privilege_type as privilege from information_schema.user_privileges
     where grantee = ? and privilege_type <> 'USAGE'`,
    [granteeOf(account)],
  );
  if (wide.length > 0)
    throw new Error(
      `The database user ${account.user} has rights on the whole server; take them away: ` +
        `REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${granteeOf(account)}`,
    );
  const schemas = await rowsOf<{ pattern: string }>(
    connection,
    `select distinct table_schema as pattern from information_schema.schema_privileges
     where grantee = ? and database() like table_schema`,
    [granteeOf(account)],
  );
  for (const { pattern } of schemas)
    await connection.query('revoke all privileges on ??.* from ?@?', [pattern, account.user, account.host]);
}

async function grantByTable(connection: Connection, account: Account): Promise<void> {
  const tables = await rowsOf<{ name: string; held: string | null }>(
    connection,
    `select t.table_name as name, group_concat(p.privilege_type) as held
     from information_schema.tables t left join information_schema.table_privileges p
       on p.table_schema = t.table_schema and p.table_name = t.table_name and p.grantee = ?
     where t.table_schema = database() and t.table_type = 'BASE TABLE' group by t.table_name`,
    [granteeOf(account)],
  );
  const { user, host } = account;
  for (const { name, held } of tables) {
    const has = held?.split(',') ?? [];
    const wanted = applicationRights(name);
    const missing = wanted.filter((right) => !has.includes(right));
    const surplus = has.filter((right) => !wanted.includes(right));
    if (missing.length > 0)
      await connection.query(`grant ${missing.join(', ')} on ?? to ?@?`, [name, user, host]);
    if (surplus.length > 0)
      await connection.query(`revoke ${surplus.join(', ')} on ?? from ?@?`, [name, user, host]);
  }
}

function granteeOf({ user, host }: Account): string {
  return `'${user}'@'${host}'`;
}

async function rowsOf<Row>(
  connection: Connection,
  sql: string,
  parameters: unknown[] = [],
): Promise<[Row, ...Row[]]> {
  const [rows] = await connection.query(sql, parameters);
  return rows as [Row, ...Row[]];
}
