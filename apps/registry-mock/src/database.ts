import { createConnection, createPool, escapeId, type Pool, type ResultSetHeader } from 'mysql2/promise';

type Parameter = string | number | boolean | null;

/**
 * Versions of the schema, oldest first: one statement each, since DDL commits by itself, and harmless when
 * repeated, since a crash may leave it done but not noted. Only ever appended to.
 */
const versions = [
  `create table if not exists resident (
    nik char(16) character set ascii collate ascii_bin not null primary key,
    no_kk char(16) character set ascii collate ascii_bin not null,
    name varchar(200) not null,
    birth_place varchar(200) not null,
    birth_date date not null,
    sex enum('M', 'F') not null,
    state enum('active', 'inactive', 'deceased', 'duplicate') not null,
    recorded_at datetime(3) not null
  ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`,
  `create table if not exists consolidation (
    id bigint unsigned not null auto_increment primary key,
    tracking_id char(36) character set ascii collate ascii_bin not null unique,
    idempotency_key varchar(255) character set ascii collate ascii_bin not null unique,
    nik char(16) character set ascii collate ascii_bin not null,
    no_kk char(16) character set ascii collate ascii_bin not null,
    name varchar(200) null,
    birth_date date not null,
    birth_place varchar(200) null,
    sex enum('M', 'F') null,
    office_code varchar(50) not null,
    takes boolean not null,
    refusal varchar(30) null,
    received_at datetime(3) not null,
    due_at datetime(3) not null,
    key by_resident (nik, takes, due_at)
  ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`,
  `create table if not exists setting (
    name varchar(30) character set ascii collate ascii_bin not null primary key,
    value text not null,
    updated_at datetime(3) not null
  ) engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`,
];

const session = [
  `set session sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
  // A push reads the resident's state inside its insert; read committed takes no lock for that.
  `set session transaction isolation level read committed`,
];

/** Ten connections to the registry's own schema. Every call is one statement and its own transaction. */
export class Database {
  private constructor(private readonly pool: Pool) {}

  /** Makes the schema that the URL names, and whatever of its tables is missing. */
  static async open(url: string): Promise<Database> {
    await createSchema(url);
    const pool = createPool({
      uri: url,
      connectionLimit: 10,
      queueLimit: 5000,
      charset: 'utf8mb4_bin',
      timezone: 'Z',
      dateStrings: ['DATE'],
      supportBigNumbers: true,
      stringifyObjects: true,
    });
    pool.pool.on('connection', (connection) => {
      // Queued before the first use. If one fails, so must that use: it may not run with other settings.
      for (const statement of session) connection.query(statement, (error) => error && connection.destroy());
    });
    return new Database(pool);
  }

  /** @throws the driver's error; its `sql` and `message` may hold personal data and are never logged */
  async query<Row extends object>(sql: string, parameters: Parameter[] = []): Promise<Row[]> {
    const [rows] = await this.pool.execute(sql, parameters);
    return rows as Row[];
  }

  /** The same for a statement too long or too variable to be kept prepared. */
  async run(sql: string, parameters: Parameter[] = []): Promise<ResultSetHeader> {
    const [header] = await this.pool.query<ResultSetHeader>(sql, parameters);
    return header;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

async function createSchema(url: string): Promise<void> {
  const schema = escapeId(decodeURIComponent(new URL(url).pathname.slice(1)));
  const server = new URL(url);
  server.pathname = '';
  const connection = await createConnection({ uri: server.toString(), charset: 'utf8mb4_bin' });
  try {
    await connection.query(
      `create database if not exists ${schema} character set utf8mb4 collate utf8mb4_bin`,
    );
    await connection.query(`use ${schema}`);
    await connection.query(`create table if not exists schema_version (version int not null primary key)`);
    const [rows] = await connection.query(`select coalesce(max(version), 0) as version from schema_version`);
    const done = (rows as { version: number }[])[0]!.version;
    for (const [index, statement] of versions.entries()) {
      if (index < done) continue;
      await connection.query(statement);
      await connection.query(`insert into schema_version (version) values (?)`, [index + 1]);
    }
  } finally {
    await connection.end();
  }
}
