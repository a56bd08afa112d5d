import { ChainWriter, type Unchained } from './audit-chain';
import type { AuditDetail } from './audit-entry';
import {
  fromBinary,
  GroupCommit,
  type Id,
  isConflict,
  isDatabaseAway,
  isId,
  newId,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { maskLine, Problem } from '@sinkron/observability';
import type { Office } from '@sinkron/offices';

export interface AuditRecord {
  /** Null for the operator at the command line, and for an applicant. */
  officerId: Id | null;
  officeId: Id | null;
  /** The session or personal access token by which the officer came. */
  sessionId?: Id | null;
  /** ASCII, at most 32 characters, e.g. `officer_updated`. */
  action: string;
  ticketId?: Id;
  detail?: AuditDetail;
}

interface Reading {
  id: Id;
  record: AuditRecord;
  /** A COMMIT of it was under way before, and nothing is known of its end. */
  attempted: boolean;
}

/**
 * The trail of who looked at or changed what (UU PDP 27/2022 art. 31 asks for it). Acts and reads of a process are two
 * chains: a read never waits for the transaction of an act.
 */
export class Audit {
  private readonly acts: ChainWriter;
  private readonly reads: ChainWriter;
  private readonly commits: GroupCommit<Reading, void>;

  /** @param process its name, e.g. `api` */
  constructor(
    private readonly transactions: Transactions,
    process: string,
  ) {
    this.acts = new ChainWriter(`${process} acts`);
    this.reads = new ChainWriter(`${process} reads`);
    this.commits = new GroupCommit((readings) => this.write(readings));
  }

  /**
   * Acts, written in their own transaction, so that neither exists without the other. Call it last: until COMMIT every
   * other act of this process waits.
   */
  async record(transaction: Transaction, ...acts: AuditRecord[]): Promise<void> {
    if (acts.length === 0) return;
    const rows = acts.map((act) => rowOf(newId(), act, transaction.now));
    await this.acts.append(transaction, await this.acts.lock(transaction), rows);
  }

  /**
   * That somebody is about to be shown something. Resolves when the row is committed: who is shown something before
   * was shown it unseen. Many at once share a transaction.
   * @throws Problem `unavailable` when it cannot be written now
   */
  async read(record: AuditRecord): Promise<void> {
    const bytes = 400 + JSON.stringify(record.detail ?? {}).length;
    try {
      await this.commits.submit({ id: newId(), record, attempted: false }, bytes);
    } catch (error) {
      throw isDatabaseAway(error) || isConflict(error) ? cannotBeAudited() : error;
    }
  }

  /** Resolves when every read that was told has been written or refused; for shutdown. */
  async drain(): Promise<void> {
    await this.commits.drain();
  }

  private async write(readings: Reading[]): Promise<void[]> {
    const again = readings.filter(({ attempted }) => attempted).map(({ id }) => id);
    for (const reading of readings) reading.attempted = true;
    await this.transactions.run(async (transaction) => {
      // Behind the lock an unanswered COMMIT has ended, one way or the other.
      const head = await this.reads.lock(transaction);
      const written = await writtenOf(transaction, again);
      const rows = readings
        .filter(({ id }) => !written.has(id))
        .map(({ id, record }) => rowOf(id, record, transaction.now));
      await this.reads.append(transaction, head, rows);
    });
    return readings.map(() => undefined);
  }
}

/** What an audit row needs of an actor. Every `Actor` of the lib accounts, which is above this one, has it. */
export interface AuditedActor {
  officerId: Id | null;
  office: Pick<Office, 'id'>;
  sessionId?: Id | null;
}

/** An actor as an audit row names it. */
export function actedBy({
  officerId,
  office,
  sessionId,
}: AuditedActor): Pick<AuditRecord, 'officerId' | 'officeId' | 'sessionId'> {
  return { officerId, officeId: office.id, sessionId: sessionId ?? null };
}

/** A filter as an audit row holds it: the names of what is given, and never a value, which may be a person's number. */
export function namesGiven(filter: object): string[] {
  return Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : name));
}

async function writtenOf(transaction: Transaction, ids: Id[]): Promise<Set<Id>> {
  if (ids.length === 0) return new Set();
  const rows = await transaction.query<{ id: Buffer }>('select id from audit where id in (?)', [
    ids.map(toBinary),
  ]);
  return new Set(rows.map(({ id }) => fromBinary(id)));
}

function rowOf(id: Id, record: AuditRecord, at: Date): Unchained {
  const { officerId, officeId, sessionId = null, action, ticketId = null, detail } = record;
  return { id, at, officerId, officeId, sessionId, action, ticketId, detail: detail ? masked(detail) : null };
}

/** The last guard, as in the logs; callers pass no personal data in the first place. An id may look like a NIK and is none. */
function masked(detail: AuditDetail): AuditDetail {
  const mask = (text: string) => (isId(text) ? text : maskLine(text));
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => {
      if (typeof value === 'string') return [name, mask(value)];
      return [name, Array.isArray(value) ? value.map(mask) : value];
    }),
  );
}

function cannotBeAudited(): Problem {
  return new Problem(
    'unavailable',
    {
      id: 'Pembacaan ini belum bisa dicatat, jadi belum bisa ditampilkan. Coba lagi sebentar lagi.',
      en: 'This reading cannot be recorded now, so it cannot be shown. Try again shortly.',
    },
    [],
    2,
  );
}
