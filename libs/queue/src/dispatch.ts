import type { Job } from './job-queue';
import type { Lane } from './work';
import { fromBinary, type Id, type Transaction } from '@sinkron/database';

interface Candidate {
  id: Buffer;
  office_id: Buffer | null;
}

type Office = Buffer | null;

/** What offices with little to do leave over is given to the others in further rounds, at most so many in one pass. */
const mostRounds = 10;

/**
 * Offers rows of one kind in one transaction, which nobody else can do at the same time: the bound on what is on offer
 * is counted and kept under the kind's row in `turn`.
 */
export class Dispatch {
  private constructor(
    private readonly transaction: Transaction,
    private readonly kind: string,
    /** Milliseconds that a row stays on offer. */
    private readonly lasts: number,
    private servedLast: Office,
  ) {}

  static async begin(transaction: Transaction, kind: string, lasts: number): Promise<Dispatch> {
    await transaction.execute(
      `insert into turn (kind, office_id, dispatched_at) values (?, null, utc_timestamp(3))
       on duplicate key update dispatched_at = utc_timestamp(3)`,
      [kind],
    );
    const [turn] = await transaction.query<{ office_id: Office }>(
      'select office_id from turn where kind = ?',
      [kind],
    );
    return new Dispatch(transaction, kind, lasts, turn?.office_id ?? null);
  }

  /** How many rows are on offer or in work, and how many of these are urgent. */
  async held(): Promise<{ all: number; urgent: number }> {
    const [held] = await this.transaction.query<{ held: string; urgent: string }>(
      `select count(*) as held, count(case when lane = 'urgent' then 1 end) as urgent
       from work where kind = ? and leased_until > utc_timestamp(3)`,
      [this.kind],
    );
    return { all: Number(held?.held ?? 0), urgent: Number(held?.urgent ?? 0) };
  }

  /** The urgent lane, nearest deadline first, whatever the office. */
  async urgent(room: number): Promise<Job[]> {
    if (room <= 0) return [];
    const nearest = await this.transaction.query<Candidate>(
      `select id, office_id from work force index (work_rank)
       where kind = ? and lane = 'urgent' and ${free} order by rank_at, due_at, id limit ?`,
      [this.kind, room],
    );
    return this.take('urgent', nearest);
  }

  /**
   * The regular lane: equal parts for the offices that have something due, inside an office by place. Where there are
   * fewer places than offices, the turn goes on next time where it ended.
   */
  async regular(room: number): Promise<Job[]> {
    let offices = room > 0 ? await this.officesInTurn() : [];
    const rings: Job[] = [];
    for (let round = 0; round < mostRounds && rings.length < room && offices.length > 0; round++) {
      const left = room - rings.length;
      const asked = offices.slice(0, left);
      const each = Math.max(1, Math.floor(left / offices.length));
      const heads = await this.heads(asked, each);
      rings.push(...(await this.take('regular', heads)));
      this.servedLast = asked.at(-1) ?? this.servedLast;
      const full = asked.filter(
        (office) => heads.filter((row) => same(row.office_id, office)).length === each,
      );
      offices = [...offices.slice(left), ...full];
    }
    if (rings.length > 0) {
      await this.transaction.execute('update turn set office_id = ? where kind = ?', [
        this.servedLast,
        this.kind,
      ]);
    }
    return rings;
  }

  /** Every office with a row whose place has come, the one after the last served first. */
  private async officesInTurn(): Promise<Office[]> {
    // Grouped from the index's first column on, or MariaDB walks the whole lane instead of seeking from office to office.
    const rows = await this.transaction.query<{ office_id: Office }>(
      `select office_id, min(rank_at) as first_at from work force index (work_turn)
       where kind = ? and lane = 'regular' group by kind, lane, office_id having first_at <= utc_timestamp(3)`,
      [this.kind],
    );
    const offices = rows.map(({ office_id: office }) => office).sort(order);
    const next = offices.findIndex((office) => order(office, this.servedLast) > 0);
    return next <= 0 ? offices : [...offices.slice(next), ...offices.slice(0, next)];
  }

  /** The first free rows of each office, read in one statement. */
  private heads(offices: Office[], each: number): Promise<Candidate[]> {
    const head = `(select id, office_id from work force index (work_turn)
      where kind = ? and lane = 'regular' and office_id <=> ? and rank_at <= utc_timestamp(3) and ${free}
      order by rank_at, due_at, id limit ?)`;
    return this.transaction.query<Candidate>(
      offices.map(() => head).join(' union all '),
      offices.flatMap((office) => [this.kind, office, each]),
    );
  }

  /** Takes the lease of those that nobody has taken or moved meanwhile. */
  private async take(lane: Lane, candidates: Candidate[]): Promise<Job[]> {
    if (candidates.length === 0) return [];
    const rows = await this.transaction.query<{ id: Buffer; lease_no: number }>(
      `select id, lease_no from work where id in (?) and lane = ? and ${free} for update skip locked`,
      [candidates.map(({ id }) => id), lane],
    );
    if (rows.length === 0) return [];
    await this.transaction.execute(
      `update work set lease_no = lease_no + 1, leased_until = utc_timestamp(3) + interval ? microsecond where id in (?)`,
      [this.lasts * 1000, rows.map(({ id }) => id)],
    );
    const numbers = new Map<Id, number>(rows.map((row) => [fromBinary(row.id), row.lease_no + 1]));
    // In the order of the lane: BullMQ gives out what was rung first.
    return candidates
      .map(({ id }) => fromBinary(id))
      .filter((id) => numbers.has(id))
      .map((id) => ({ kind: this.kind, id, leaseNo: numbers.get(id) ?? 0 }));
  }
}

const free = `due_at <= utc_timestamp(3) and (leased_until is null or leased_until <= utc_timestamp(3))`;

/** As the database orders them, null first. */
function order(one: Office, other: Office): number {
  if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
  return one.compare(other);
}

function same(one: Office, other: Office): boolean {
  return order(one, other) === 0;
}
