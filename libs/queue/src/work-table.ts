import { Inject, Injectable } from '@nestjs/common';
import type { Job } from './job-queue';
import { type Lane, Work } from './work';
import { type Config, CONFIG } from '@sinkron/config';
import {
  fromBinary,
  type Id,
  insertRows,
  newId,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';

/** A row that a worker has taken. Under its lease number, and no other, the outcome may be written. */
export interface Claim {
  id: Id;
  kind: string;
  subjectId: Id;
  leaseNo: number;
  attempts: number;
}

/** Another worker has the row by now, or it was moved: what was done under the old number must not be written. */
export class StaleLease extends Error {
  constructor() {
    super('The lease on this work has passed to another');
    this.name = 'StaleLease';
  }
}

export interface NewWork {
  kind: string;
  subjectId: Id;
  dueAt: Date;
  lane: Lane;
  rankAt: Date;
  /** In whose turn it is dispatched; null where there is no office. */
  officeId: Id | null;
}

/** What comes next for a subject. */
export interface WaitingWork {
  subjectId: Id;
  kind: string;
  dueAt: Date;
  attempts: number;
  reason: string | null;
}

/** So many rows are moved by one statement at most. */
const pieceSize = 1_000;

/**
 * The table `work`: everything that must happen later, one row each. A row says what (`kind`, `subject_id`), when
 * (`due_at`) and in which order (`lane`, `rank_at`); the lease says that it is dispatched to a worker or in its hands.
 *
 * - A row is added in the transaction that makes it necessary, so neither can exist without the other.
 * - The dispatcher takes the lease of due rows, commits, and only then adds BullMQ jobs. A job carries the row's lease
 *   number; when it is lost, the lease runs out and the row is dispatched again.
 * - A worker claims the row under the job's number, commits, acts, and writes the outcome under the number of its claim.
 *   Every dispatch, claim and move raises the number, so that an outdated job or worker changes nothing (`StaleLease`).
 * - Retries are in the row alone (`attempts`, `due_at`, `reason`); BullMQ never repeats a job.
 *
 * The kinds of work are declared by the libs above, beside their handlers (`WorkKinds`).
 */
@Injectable()
export class WorkTable {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Inserts rows. Those that `atOnce` picks are inserted leased, so that their jobs can be added right after COMMIT and
   * the dispatcher leaves them alone.
   * @returns the jobs of these rows
   */
  async add(
    transaction: Transaction,
    rows: NewWork[],
    atOnce: (row: NewWork) => boolean = () => false,
  ): Promise<Job[]> {
    const leasedUntil = new Date(transaction.now.getTime() + this.config.durations.dispatchLease);
    const jobs: Job[] = [];
    const values = rows.map((row) => {
      const id = newId();
      const leased = atOnce(row);
      if (leased) jobs.push({ kind: row.kind, id, leaseNo: 1 });
      return {
        id,
        ...row,
        rankAt: effectiveRank(row),
        leaseNo: leased ? 1 : 0,
        leasedUntil: leased ? leasedUntil : null,
        attempts: 0,
        reason: null,
      };
    });
    await insertRows(transaction, Work, values);
    return jobs;
  }

  /** How many rows of a kind may be dispatched at once; the rest wait in the table, in their order. */
  async freePlaces(transaction: Transaction, kind: string): Promise<number> {
    const [row] = await transaction.query<{ due: string }>(
      `select count(*) as due from (
         select 1 from work where kind = ? and lane in ('urgent', 'regular') and due_at <= utc_timestamp(3) limit ?) as some`,
      [kind, this.config.dispatchLimit],
    );
    return this.config.dispatchLimit - Number(row?.due ?? 0);
  }

  /**
   * Takes the row for one worker: of several deliveries of one job only the first finds its number. The kind is compared
   * too, so that no handler gets the work of another kind.
   * @returns null when the number is stale
   */
  async claim(job: Job): Promise<Claim | null> {
    const lease = this.config.durations.lease;
    const taken = await this.transactions.execute(
      `update work set lease_no = lease_no + 1, leased_until = utc_timestamp(3) + interval ? microsecond
       where id = ? and kind = ? and lease_no = ? and lane <> 'held'`,
      [lease * 1000, toBinary(job.id), job.kind, job.leaseNo],
    );
    if (taken === 0) return null;
    const [row] = await this.transactions.query<{ subject_id: Buffer; attempts: number; lease_no: number }>(
      'select subject_id, attempts, lease_no from work where id = ?',
      [toBinary(job.id)],
    );
    if (!row || row.lease_no !== job.leaseNo + 1) return null;
    return {
      id: job.id,
      kind: job.kind,
      subjectId: fromBinary(row.subject_id),
      leaseNo: row.lease_no,
      attempts: row.attempts,
    };
  }

  /**
   * Before an outcome that does not write the row itself: locks it, so that it stays this worker's until COMMIT.
   * @throws StaleLease
   */
  async hold(transaction: Transaction, claim: Claim): Promise<void> {
    const rows = await transaction.query('select 1 from work where id = ? and lease_no = ? for update', [
      toBinary(claim.id),
      claim.leaseNo,
    ]);
    if (rows.length === 0) throw new StaleLease();
  }

  /**
   * Before something is sent to another system: makes sure that the row is still this worker's. Whatever happens to the
   * row after that cannot call the message back.
   * @throws StaleLease
   */
  async confirm({ id, leaseNo }: Claim): Promise<void> {
    const rows = await this.transactions.query('select 1 from work where id = ? and lease_no = ?', [
      toBinary(id),
      leaseNo,
    ]);
    if (rows.length === 0) throw new StaleLease();
  }

  /** The work is done: its row goes. @throws StaleLease */
  async finish(transaction: Transaction, claim: Claim): Promise<void> {
    const gone = await transaction.execute('delete from work where id = ? and lease_no = ?', [
      toBinary(claim.id),
      claim.leaseNo,
    ]);
    if (gone === 0) throw new StaleLease();
  }

  /**
   * The work waits until `dueAt`, for a reason that an officer can read. A wait for a reason keeps the rank, so that
   * what was held up goes before what came later; a wait without one was planned and gets a new rank.
   * @throws StaleLease
   */
  async postpone(
    transaction: Transaction,
    claim: Claim,
    next: { dueAt: Date; reason: string | null; attempts?: number },
  ): Promise<void> {
    const kept = await transaction.execute(
      `update work set due_at = ?, reason = ?, attempts = ?, leased_until = null,
         rank_at = case when lane = 'regular' and ? is null then ? else rank_at end
       where id = ? and lease_no = ?`,
      [
        next.dueAt,
        next.reason,
        next.attempts ?? claim.attempts,
        next.reason,
        next.dueAt,
        toBinary(claim.id),
        claim.leaseNo,
      ],
    );
    if (kept === 0) throw new StaleLease();
  }

  /** Makes the subject's work of this kind due at another time, also when a worker has it; adds the row if there is none. */
  async schedule(transaction: Transaction, work: NewWork): Promise<void> {
    const moved = await transaction.execute(
      `update work set due_at = ?, lane = ?, rank_at = ?, office_id = ?, lease_no = lease_no + 1, leased_until = null,
         reason = null
       where kind = ? and subject_id = ?`,
      [
        work.dueAt,
        work.lane,
        effectiveRank(work),
        work.officeId && toBinary(work.officeId),
        work.kind,
        toBinary(work.subjectId),
      ],
    );
    if (moved === 0) await this.add(transaction, [work]);
  }

  /**
   * Makes the subjects' work of this kind due now, and ranks it as of now; a worker that holds it finds its number
   * stale, so that what it read before is judged again.
   * @param except `due`: leaves alone what is due already
   * @returns how many rows were moved
   */
  async makeDue(
    transaction: Transaction,
    kind: string,
    subjectIds: readonly Id[],
    except?: 'due',
  ): Promise<number> {
    let moved = 0;
    for (const piece of piecesOf(subjectIds)) {
      moved += await transaction.execute(
        `update work set due_at = utc_timestamp(3), rank_at = utc_timestamp(3), lease_no = lease_no + 1,
           leased_until = null
         where kind = ? and subject_id in (?) ${except ? 'and due_at > utc_timestamp(3)' : ''}`,
        [kind, piece.map(toBinary)],
      );
    }
    return moved;
  }

  /**
   * As `makeDue`, for subjects that may be hundreds of thousands: each piece is a transaction of its own, so that no
   * statement is larger than the database takes and none holds rows that other jobs need.
   */
  async makeManyDue(kind: string, subjectIds: readonly Id[]): Promise<number> {
    let moved = 0;
    for (const piece of piecesOf(subjectIds)) {
      moved += await this.transactions.run((transaction) => this.makeDue(transaction, kind, piece));
    }
    return moved;
  }

  /** What is to be done for these subjects, the next first. */
  async ofSubjects(
    transaction: Transaction,
    kinds: readonly string[],
    subjectIds: readonly Id[],
  ): Promise<WaitingWork[]> {
    if (subjectIds.length === 0) return [];
    const rows = await transaction.query<{
      subject_id: Buffer;
      kind: string;
      due_at: Date;
      attempts: number;
      reason: string | null;
    }>(
      `select subject_id, kind, due_at, attempts, reason from work where kind in (?) and subject_id in (?)
       order by due_at`,
      [kinds, subjectIds.map(toBinary)],
    );
    return rows.map(({ subject_id: subjectId, kind, due_at: dueAt, attempts, reason }) => ({
      subjectId: fromBinary(subjectId),
      kind,
      dueAt,
      attempts,
      reason,
    }));
  }

  /** Whether any work of these kinds waits in a lane, that is, is not parked. */
  async isAnyWaiting(kinds: readonly string[]): Promise<boolean> {
    const rows = await this.transactions.query(
      `select 1 from work where kind in (?) and lane in ('urgent', 'regular') limit 1`,
      [kinds],
    );
    return rows.length > 0;
  }

  /** Deletes the subject's work of these kinds; a worker that holds it finds its number stale. */
  async drop(transaction: Transaction, kinds: readonly string[], subjectId: Id): Promise<void> {
    await transaction.execute('delete from work where kind in (?) and subject_id = ?', [
      kinds,
      toBinary(subjectId),
    ]);
  }

  /** The subject's work follows it to another office, and keeps its rank. */
  async changeOffice(
    transaction: Transaction,
    kinds: readonly string[],
    subjectId: Id,
    officeId: Id,
  ): Promise<void> {
    await transaction.execute('update work set office_id = ? where kind in (?) and subject_id = ?', [
      toBinary(officeId),
      kinds,
      toBinary(subjectId),
    ]);
  }

  /** Moves waiting work to the urgent lane, or to another place in it; a worker that holds it goes on undisturbed. */
  async promote(
    transaction: Transaction,
    kinds: readonly string[],
    subjectId: Id,
    rankAt: Date,
  ): Promise<void> {
    await transaction.execute(
      `update work set lane = 'urgent', rank_at = ? where kind in (?) and subject_id = ? and lane <> 'held'`,
      [rankAt, kinds, toBinary(subjectId)],
    );
  }

  /** Moves urgent work back to the regular lane, with the rank that it would have there. */
  async demote(
    transaction: Transaction,
    kinds: readonly string[],
    subjectId: Id,
    rankAt: Date,
  ): Promise<void> {
    await transaction.execute(
      `update work set lane = 'regular', rank_at = least(due_at, ?)
       where kind in (?) and subject_id = ? and lane = 'urgent'`,
      [rankAt, kinds, toBinary(subjectId)],
    );
  }

  /**
   * Parks the subject's work, or puts it back into a lane. A worker that holds it finds its number stale.
   * @returns whether there was any
   */
  async setLane(
    transaction: Transaction,
    kinds: readonly string[],
    subjectId: Id,
    lane: Lane,
    rankAt: Date,
  ): Promise<boolean> {
    const moved = await transaction.execute(
      `update work set lane = ?, rank_at = ?, lease_no = lease_no + 1, leased_until = null
       where kind in (?) and subject_id = ?`,
      [lane, rankAt, kinds, toBinary(subjectId)],
    );
    return moved > 0;
  }
}

/** Never later than due: the dispatcher finds due rows of the regular lane by their rank. */
function effectiveRank({ lane, rankAt, dueAt }: NewWork): Date {
  return lane === 'regular' && rankAt > dueAt ? dueAt : rankAt;
}

function piecesOf<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / pieceSize);
  return Array.from({ length: count }, (_, piece) => all.slice(piece * pieceSize, (piece + 1) * pieceSize));
}
