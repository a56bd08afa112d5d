import { type StatedValues, statementPlace } from '../model/statement';
import type { Persons } from './persons';
import {
  fromBinary,
  isDuplicate,
  isSameDigest,
  lastOf,
  type ReindexCounts,
  type Reindexed,
  type Sealing,
  total,
  type Transaction,
  type Transactions,
  walk,
  type WalkedPage,
} from '@sinkron/database';

/** Few, because whoever files a complaint of one of them waits for the page. */
const pageSize = 50;

interface Row {
  id: Buffer;
  nik_a: Buffer | null;
  nik_b: Buffer | null;
}

/**
 * Gives every person a digest under each key of the ring, and none under any other. The NIK is that of the current
 * revision of one of their tickets; who has no ticket with data any more is forgotten.
 */
export class PersonReindexing {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly persons: Persons,
  ) {}

  /** One walk through all persons. */
  async pass(): Promise<Reindexed> {
    const pages = await walk(this.transactions, (transaction, after) => this.page(transaction, after));
    return { table: 'person', ...total(pages) };
  }

  private async page(transaction: Transaction, after: Buffer): Promise<WalkedPage<ReindexCounts>> {
    const rows = await transaction.query<Row>(
      `select id, nik_a, nik_b from person
       where id > ? and (nik_a is not null or nik_b is not null) order by id limit ?`,
      [after, pageSize],
    );
    const count: ReindexCounts = { rewritten: 0, unreadable: 0, doubled: 0 };
    const stated = await statedOf(transaction, rows);
    for (const row of rows) {
      const outcome = await this.person(transaction, row, stated.get(fromBinary(row.id)));
      if (outcome) count[outcome] += 1;
    }
    return { count, last: lastOf(rows, pageSize) };
  }

  private async person(
    transaction: Transaction,
    row: Row,
    statement: { id: Buffer; sealed: Buffer } | undefined,
  ): Promise<keyof ReindexCounts | null> {
    if (!statement) {
      await this.persons.forget(transaction, fromBinary(row.id));
      return null;
    }
    const nik = this.nikOf(statement);
    if (nik === null) return 'unreadable';
    const { a, b } = this.persons.slots(nik);
    if (isSameDigest(row.nik_a, a) && isSameDigest(row.nik_b, b)) return null;
    try {
      await transaction.execute(
        'update person set nik_a = ?, nik_b = ? where id = ? and nik_a <=> ? and nik_b <=> ?',
        [a, b, row.id, row.nik_a, row.nik_b],
      );
      return 'rewritten';
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return 'doubled';
    }
  }

  private nikOf({ id, sealed }: { id: Buffer; sealed: Buffer }): string | null {
    try {
      return this.sealing.open<StatedValues>(sealed, statementPlace(fromBinary(id))).applicant.nik;
    } catch {
      return null;
    }
  }
}

/** For each person a revision that states their NIK. */
async function statedOf(transaction: Transaction, persons: readonly Row[]) {
  if (persons.length === 0) return new Map<string, { id: Buffer; sealed: Buffer }>();
  const rows = await transaction.query<{ person_id: Buffer; id: Buffer; sealed: Buffer }>(
    `select ticket.person_id, statement.id, statement.sealed
     from ticket join statement on statement.id = ticket.statement_id
     where ticket.person_id in (?) and statement.sealed is not null`,
    [persons.map(({ id }) => id)],
  );
  return new Map(rows.map(({ person_id: person, id, sealed }) => [fromBinary(person), { id, sealed }]));
}
