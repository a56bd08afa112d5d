import type { DataSource, EntityMetadata } from 'typeorm';
import { type DigestDeclaration, digestsOf } from './digest-columns';
import { isDuplicate } from './failures';
import { fromBinary } from './ids';
import type { BlindIndex, Sealing } from './sealing';
import type { Transaction, Transactions } from './transactions';
import { lastOf, type Page, walk } from './walk';

const pageSize = 200;

/** The column whose value `@DigestColumn` indexes, in every table that has an index. */
const sealedColumn = 'sealed';

/** What was done in one table. */
export interface Reindexed {
  table: string;
  /** Rows whose digests were made anew. */
  rewritten: number;
  /** Rows whose value cannot be opened. */
  unreadable: number;
  /** Rows whose digest another row has already: two of what should be one. */
  doubled: number;
}

/** The same of one page. */
export type ReindexCounts = Omit<Reindexed, 'table'>;
type Row = { id: Buffer; sealed: Buffer } & Record<string, Buffer | null>;

/** The tables of these entities that have blind indexes of what is sealed in the same row. */
export function indexedTables({
  entityMetadatas,
}: Pick<DataSource, 'entityMetadatas'>): Pick<EntityMetadata, 'tableName' | 'target'>[] {
  return entityMetadatas.filter(({ target }) => digestsOf(target).length > 0);
}

/** Makes the blind indexes of a table anew under the first key of the ring, while the service runs. */
export class Reindexing {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly index: BlindIndex,
  ) {}

  /** One walk through a table. */
  async pass({ tableName: table, target }: Pick<EntityMetadata, 'tableName' | 'target'>): Promise<Reindexed> {
    const digests = digestsOf(target);
    const pages = await walk(this.transactions, (transaction, after) =>
      this.page(transaction, table, digests, after),
    );
    return { table, ...total(pages) };
  }

  private async page(
    transaction: Transaction,
    table: string,
    digests: readonly DigestDeclaration[],
    after: Buffer,
  ): Promise<Page<ReindexCounts>> {
    const columns = digests.map(({ column }) => `\`${column}\``).join(', ');
    const rows = await transaction.query<Row>(
      `select id, ${sealedColumn}, ${columns} from \`${table}\`
       where id > ? and ${sealedColumn} is not null order by id limit ?`,
      [after, pageSize],
    );
    const count: ReindexCounts = { rewritten: 0, unreadable: 0, doubled: 0 };
    for (const row of rows) {
      const wanted = this.wanted(table, digests, row);
      if (!wanted) count.unreadable += 1;
      else if (digests.some(({ column }, at) => !isSameDigest(row[column] ?? null, wanted[at] ?? null))) {
        const outcome = await rewrite(transaction, { table, digests, row, wanted });
        count[outcome] += 1;
      }
    }
    return { count, last: lastOf(rows, pageSize) };
  }

  /** The digests as they should be; null when the value cannot be opened. */
  private wanted(table: string, digests: readonly DigestDeclaration[], row: Row): (Buffer | null)[] | null {
    const place = { table, column: sealedColumn, rowId: fromBinary(row.id) };
    try {
      const opened = this.sealing.open(row.sealed, place);
      return digests.map(({ index, valueOf }) => {
        const value = valueOf(opened);
        return value ? this.index.digest(index, value) : null;
      });
    } catch {
      return null;
    }
  }
}

/** Only where the row still says what was read. */
async function rewrite(
  transaction: Transaction,
  {
    table,
    digests,
    row,
    wanted,
  }: { table: string; digests: readonly DigestDeclaration[]; row: Row; wanted: (Buffer | null)[] },
): Promise<'rewritten' | 'doubled'> {
  const names = digests.map(({ column }) => column);
  try {
    await transaction.execute(
      `update \`${table}\` set ${names.map((name) => `\`${name}\` = ?`).join(', ')}
       where id = ? and ${names.map((name) => `\`${name}\` <=> ?`).join(' and ')}`,
      [...wanted, row.id, ...names.map((name) => row[name] ?? null)],
    );
    return 'rewritten';
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return 'doubled';
  }
}

/** Whether two digests, or their absence, are the same. */
export function isSameDigest(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** What all pages of a walk did. */
export function total(pages: readonly ReindexCounts[]): ReindexCounts {
  const all: ReindexCounts = { rewritten: 0, unreadable: 0, doubled: 0 };
  for (const page of pages) {
    for (const name of ['rewritten', 'unreadable', 'doubled'] as const) all[name] += page[name];
  }
  return all;
}
