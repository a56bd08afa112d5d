import type { DataSource } from 'typeorm';
import { fromBinary } from './ids';
import { keyIdOf, type Sealing } from './sealing';
import type { Transaction, Transactions } from './transactions';
import { lastOf, type Page, walk } from './walk';

const pageSize = 200;

/** A column that holds what `Sealing` made; its table's key is one id. */
export interface SealedPlace {
  table: string;
  column: string;
}

/** What was found in one column. */
export interface ResealedColumn extends SealedPlace {
  /** Sealed anew under the newest key. */
  resealed: number;
  /** Cannot be opened: the key is not in the ring, or the bytes were damaged. */
  unreadable: number;
  /** How many values lie under each key now. */
  keys: Map<string, number>;
}

interface Row {
  id: Buffer;
  /** The beginning of the value, which names its key. */
  head: Buffer;
  /** The value, where its key is not the newest. */
  stale: Buffer | null;
}

type Counts = Pick<ResealedColumn, 'resealed' | 'unreadable' | 'keys'>;

/** Every sealed column of these entities: only what is sealed is kept in a blob or longblob (`@SealedColumn`). */
export function sealedPlaces({ entityMetadatas }: Pick<DataSource, 'entityMetadatas'>): SealedPlace[] {
  return entityMetadatas.flatMap(({ tableName, columns }) =>
    columns
      .filter(({ type }) => type === 'blob' || type === 'longblob')
      .map(({ databaseName }) => ({ table: tableName, column: databaseName })),
  );
}

/**
 * Seals anew what lies under another key than the newest, while the service runs. A value that somebody writes
 * meanwhile is left alone, and one that was sealed already costs a read of its first bytes: begun again after an
 * interruption it does what is left.
 */
export class Resealing {
  private readonly newest: Buffer;

  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
  ) {
    const [newest = ''] = sealing.keyIds;
    this.newest = Buffer.concat([Buffer.from([newest.length]), Buffer.from(newest, 'ascii')]);
  }

  /** One walk through a column. */
  async pass(place: SealedPlace): Promise<ResealedColumn> {
    const pages = await walk(this.transactions, (transaction, after) => this.page(transaction, place, after));
    const total: ResealedColumn = { ...place, resealed: 0, unreadable: 0, keys: new Map() };
    for (const { resealed, unreadable, keys } of pages) {
      total.resealed += resealed;
      total.unreadable += unreadable;
      for (const [id, count] of keys) total.keys.set(id, (total.keys.get(id) ?? 0) + count);
    }
    return total;
  }

  private async page(transaction: Transaction, place: SealedPlace, after: Buffer): Promise<Page<Counts>> {
    const { table, column } = place;
    const rows = await transaction.query<Row>(
      `select id, left(\`${column}\`, 9) as head,
         case when left(\`${column}\`, ?) = ? then null else \`${column}\` end as stale
       from \`${table}\` where id > ? and \`${column}\` is not null order by id limit ?`,
      [this.newest.length, this.newest, after, pageSize],
    );
    const count: Counts = { resealed: 0, unreadable: 0, keys: new Map() };
    for (const row of rows) {
      const fresh = row.stale && this.reseal(place, row.id, row.stale);
      if (row.stale && !fresh) count.unreadable += 1;
      if (fresh && (await write(transaction, place, row, fresh))) count.resealed += 1;
      const key = keyIdOf(fresh ?? row.head);
      count.keys.set(key, (count.keys.get(key) ?? 0) + 1);
    }
    return { count, last: lastOf(rows, pageSize) };
  }

  /** @returns null when it cannot be opened */
  private reseal({ table, column }: SealedPlace, id: Buffer, stale: Buffer): Buffer | null {
    const place = { table, column, rowId: fromBinary(id) };
    try {
      return this.sealing.seal(this.sealing.open(stale, place), place);
    } catch {
      return null;
    }
  }
}

async function write(
  transaction: Transaction,
  { table, column }: SealedPlace,
  { id, stale }: Row,
  fresh: Buffer,
): Promise<boolean> {
  const written = await transaction.execute(
    `update \`${table}\` set \`${column}\` = ? where id = ? and \`${column}\` = ?`,
    [fresh, id, stale],
  );
  return written > 0;
}
