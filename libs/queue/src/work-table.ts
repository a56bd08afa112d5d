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

/** A row that a worker has taken; its lease number is the right to write the outcome. */
export interface Claim {
  id: Id;
  kind: string;
  subjectId: Id;
  leaseNo: number;
  attempts: number;
}

/** Somebody else holds the row by now; what was done under the old number must not be written. */
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
  /** Whose turn it takes when it is offered; null for what is no office's. */
  officeId: Id | null;
}

/** A row as whoever asks what comes next sees it. */
export interface WaitingWork {
  subjectId: Id;
  kind: string;
  dueAt: Date;
  attempts: number;
  reason: string | null;
}

/** So many rows are moved by one statement at most. */
const pieceSize = 1_000;

/** The table `work`: what must happen, when, and who holds it. */
@Injectable()
export class WorkTable {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Inserts rows. Those in `offered` are born leased, so that their doorbell may ring right after COMMIT without
   * the sweep ringing too; the returned rings are for exactly these.
   */
  async add(
    transaction: Transaction,
    rows: NewWork[],
    offered: (row: NewWork) => boolean = () => false,
  ): Promise<Job[]> {
    const leasedUntil = new Date(transaction.now.getTime() + this.config.durations.dispatchLease);
    const rings: Job[] = [];
    const values = rows.map((row) => {
      const id = newId();
      const leased = offered(row);
      if (leased) rings.push({ kind: row.kind, id, leaseNo: 1 });
      return {
        id,
        ...row,
        rankAt: placeOf(row),
        leaseNo: leased ? 1 : 0,
        leasedUntil: leased ? leasedUntil : null,
        attempts: 0,
        reason: null,
      };
    });
    await insertRows(transaction, Work, values);
    return rings;
  }

  /** How many rows of a kind may still be put on offer; the rest wait in the table, in their order. */
  async room(transaction: Transaction, kind: string): Promise<number> {
    const [row] = await transaction.query<{ due: string }>(
      `select count(*) as due from (
         select 1 from work where kind = ? and lane in ('urgent', 'regular') and due_at <= utc_timestamp(3) limit ?) as some`,
      [kind, this.config.dispatchLimit],
    );
    return this.config.dispatchLimit - Number(row?.due ?? 0);
  }

  /**
   * Takes the row for one worker: only the first of several deliveries of one ring finds its number. The kind is
   * compared too, so that a handler that heard another's bell cannot do its work.
   * @returns null when the number is stale
   */
  async claim(ring: Job): Promise<Claim | null> {
    const lease = this.config.durations.lease;
    const taken = await this.transactions.execute(
      `update work set lease_no = lease_no + 1, leased_until = utc_timestamp(3) + interval ? microsecond
       where id = ? and kind = ? and lease_no = ? and lane <> 'held'`,
      [lease * 1000, toBinary(ring.id), ring.kind, ring.leaseNo],
    );
    if (taken === 0) return null;
    const [row] = await this.transactions.query<{ subject_id: Buffer; attempts: number; lease_no: number }>(
      'select subject_id, attempts, lease_no from work where id = ?',
      [toBinary(ring.id)],
    );
    if (!row || row.lease_no !== ring.leaseNo + 1) return null;
    return {
      id: ring.id,
      kind: ring.kind,
      subjectId: fromBinary(row.subject_id),
      leaseNo: row.lease_no,
      attempts: row.attempts,
    };
  }

  /**
   * Before an outcome that does not touch the row itself: makes sure that it is still this worker's, until COMMIT.
   * @throws StaleLease
   */
  async hold(transaction: Transaction, claim: Claim): Promise<void> {
    const held = await transaction.query('select 1 from work where id = ? and lease_no = ? for update', [
      toBinary(claim.id),
      claim.leaseNo,
    ]);
    if (held.length === 0) throw new StaleLease();
  }

  /**
   * Before something is sent to the outside: makes sure that the row is still this worker's. What passes to another, or
   * is suspended, from then on can no longer be called back.
   * @throws StaleLease
   */
  async confirm({ id, leaseNo }: Claim): Promise<void> {
    const held = await this.transactions.query('select 1 from work where id = ? and lease_no = ?', [
      toBinary(id),
      leaseNo,
    ]);
    if (held.length === 0) throw new StaleLease();
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
   * The work waits until `dueAt`, for a reason that an officer can read. A wait for a reason keeps the place in line,
   * so that who was held up goes before who came later; one without a reason was planned, and is a new place.
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

  /** Makes the subject's work of this kind due at another time, whoever holds it now; makes the row if there is none. */
  async schedule(transaction: Transaction, work: NewWork): Promise<void> {
    const moved = await transaction.execute(
      `update work set due_at = ?, lane = ?, rank_at = ?, office_id = ?, lease_no = lease_no + 1, leased_until = null,
         reason = null
       where kind = ? and subject_id = ?`,
      [
        work.dueAt,
        work.lane,
        placeOf(work),
        work.officeId && toBinary(work.officeId),
        work.kind,
        toBinary(work.subjectId),
      ],
    );
    if (moved === 0) await this.add(transaction, [work]);
  }

  /**
   * Makes the subjects' work of this kind due now, and ranks it as of now; a worker that holds it finds its number
   * stale, so that what it saw before is judged again.
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

  /** Takes the subject's work of these kinds off the table; a worker that holds it finds its number stale. */
  async drop(transaction: Transaction, kinds: readonly string[], subjectId: Id): Promise<void> {
    await transaction.execute('delete from work where kind in (?) and subject_id = ?', [
      kinds,
      toBinary(subjectId),
    ]);
  }

  /** The subject's work follows it to another office, and keeps its place there. */
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

  /** Moves waiting work to the urgent lane; a worker that holds it goes on undisturbed. */
  async promote(
    transaction: Transaction,
    kinds: readonly string[],
    subjectId: Id,
    rankAt: Date,
  ): Promise<void> {
    await transaction.execute(
      `update work set lane = 'urgent', rank_at = ? where kind in (?) and subject_id = ? and lane = 'regular'`,
      [rankAt, kinds, toBinary(subjectId)],
    );
  }

  /** Moves urgent work back to the regular lane, at the place that it would have there. */
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
   * Parks the subject's work, or puts it back where it stood. A worker that holds it finds its number stale.
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

/** In line no later than due: what is due must be found by its place. */
function placeOf({ lane, rankAt, dueAt }: NewWork): Date {
  return lane === 'regular' && rankAt > dueAt ? dueAt : rankAt;
}

function piecesOf<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / pieceSize);
  return Array.from({ length: count }, (_, piece) => all.slice(piece * pieceSize, (piece + 1) * pieceSize));
}
