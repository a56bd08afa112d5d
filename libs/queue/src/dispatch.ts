import type { Job } from './job-queue';
import type { Lane } from './work';
import { fromBinary, type Id, type Transaction } from '@sinkron/database';

interface Candidate {
  id: Buffer;
  office_id: Buffer | null;
}

type Office = Buffer | null;

/**
 * Places that offices with little to do leave free go to the other offices in further rounds, at most so many. As
 * rounds in which nothing is found ask ever more offices, that is enough for a thousand with nothing free.
 */
const mostRounds = 10;

/**
 * Dispatches rows of one kind in one transaction: takes their leases. Only one transaction at a time can do that for a
 * kind, because each locks the kind's row in `dispatch_turn`; so the limit on dispatched rows holds for all workers.
 */
export class Dispatch {
  private constructor(
    private readonly transaction: Transaction,
    private readonly kind: string,
    /** Milliseconds that a dispatched row waits for a worker. */
    private readonly lease: number,
    private lastOffice: Office,
  ) {}

  static async begin(transaction: Transaction, kind: string, lease: number): Promise<Dispatch> {
    await transaction.execute(
      `insert into dispatch_turn (kind, last_office_id, dispatched_at) values (?, null, utc_timestamp(3))
       on duplicate key update dispatched_at = utc_timestamp(3)`,
      [kind],
    );
    const [turn] = await transaction.query<{ last_office_id: Office }>(
      'select last_office_id from dispatch_turn where kind = ?',
      [kind],
    );
    return new Dispatch(transaction, kind, lease, turn?.last_office_id ?? null);
  }

  /** How many rows are dispatched or in work, and how many of these are urgent. */
  async count(): Promise<{ all: number; urgent: number }> {
    const [row] = await this.transaction.query<{ leased: string; urgent: string }>(
      `select count(*) as leased, count(case when lane = 'urgent' then 1 end) as urgent
       from work where kind = ? and leased_until > utc_timestamp(3)`,
      [this.kind],
    );
    return { all: Number(row?.leased ?? 0), urgent: Number(row?.urgent ?? 0) };
  }

  /** Dispatches from the urgent lane: nearest deadline first, whatever the office. */
  async urgent(most: number): Promise<Job[]> {
    if (most <= 0) return [];
    const nearest = await this.transaction.query<Candidate>(
      `select id, office_id from work force index (work_rank)
       where kind = ? and lane = 'urgent' and ${dueAndFree} order by rank_at, due_at, id limit ?`,
      [this.kind, most],
    );
    return this.take('urgent', nearest);
  }

  /**
   * Dispatches from the regular lane: equal parts for the offices that have something due, inside an office by rank.
   * Where there are fewer free places than offices, the next dispatch goes on with the office after the last one.
   * @param ofOffice how many rows of one office may be dispatched or in work
   */
  async regular(most: number, ofOffice = Infinity): Promise<Job[]> {
    const leased =
      ofOffice === Infinity || most <= 0 ? new Map<string, number>() : await this.leasedByOffice();
    const leftOf = (office: Office) => ofOffice - (leased.get(nameOf(office)) ?? 0);
    let offices = most > 0 ? (await this.officesInTurn()).filter((office) => leftOf(office) > 0) : [];
    const jobs: Job[] = [];
    let atLeast = 1;
    for (let round = 0; round < mostRounds && jobs.length < most && offices.length > 0; round++) {
      const left = most - jobs.length;
      const served = offices.slice(0, Math.max(left, atLeast));
      const each = Math.max(1, Math.floor(left / offices.length));
      const found = await this.firstOf(
        served.map((office) => ({ office, most: Math.min(each, leftOf(office)) })),
      );
      const first = found.slice(0, left);
      jobs.push(...(await this.take('regular', first)));
      for (const { office_id: office } of first) {
        leased.set(nameOf(office), (leased.get(nameOf(office)) ?? 0) + 1);
      }
      // Kept also when nothing was found, or the next dispatch would ask the same offices again.
      this.lastOffice = found.length > left ? first.at(-1)!.office_id : served.at(-1)!;
      const full = served.filter(
        (office) =>
          leftOf(office) > 0 && first.filter((row) => isSame(row.office_id, office)).length === each,
      );
      offices = [...offices.slice(served.length), ...full];
      atLeast = found.length > 0 ? 1 : served.length * 2;
    }
    await this.keepTurn();
    return jobs;
  }

  private async keepTurn(): Promise<void> {
    await this.transaction.execute('update dispatch_turn set last_office_id = ? where kind = ?', [
      this.lastOffice,
      this.kind,
    ]);
  }

  /** Every office with a row whose rank has come, beginning with the one after the office that was served last. */
  private async officesInTurn(): Promise<Office[]> {
    // Grouped from the index's first column on, or MariaDB walks the whole lane instead of seeking from office to office.
    const rows = await this.transaction.query<{ office_id: Office }>(
      `select office_id, min(rank_at) as first_at from work force index (work_turn)
       where kind = ? and lane = 'regular' group by kind, lane, office_id having first_at <= utc_timestamp(3)`,
      [this.kind],
    );
    const offices = rows.map(({ office_id: office }) => office).sort(compare);
    const next = offices.findIndex((office) => compare(office, this.lastOffice) > 0);
    return next <= 0 ? offices : [...offices.slice(next), ...offices.slice(0, next)];
  }

  private async leasedByOffice(): Promise<Map<string, number>> {
    const rows = await this.transaction.query<{ office_id: Office; leased: string }>(
      `select office_id, count(*) as leased from work
       where kind = ? and leased_until > utc_timestamp(3) group by office_id`,
      [this.kind],
    );
    return new Map(rows.map(({ office_id: office, leased }) => [nameOf(office), Number(leased)]));
  }

  /** The first free rows of each office, read in one statement. */
  private firstOf(offices: { office: Office; most: number }[]): Promise<Candidate[]> {
    const ofOffice = `(select id, office_id from work force index (work_turn)
      where kind = ? and lane = 'regular' and office_id <=> ? and rank_at <= utc_timestamp(3) and ${dueAndFree}
      order by rank_at, due_at, id limit ?)`;
    return this.transaction.query<Candidate>(
      offices.map(() => ofOffice).join(' union all '),
      offices.flatMap(({ office, most }) => [this.kind, office, most]),
    );
  }

  /** Takes the lease of those that nobody has taken or moved meanwhile. */
  private async take(lane: Lane, candidates: Candidate[]): Promise<Job[]> {
    if (candidates.length === 0) return [];
    const rows = await this.transaction.query<{ id: Buffer; lease_no: number }>(
      `select id, lease_no from work where id in (?) and lane = ? and ${dueAndFree} for update skip locked`,
      [candidates.map(({ id }) => id), lane],
    );
    if (rows.length === 0) return [];
    await this.transaction.execute(
      `update work set lease_no = lease_no + 1, leased_until = utc_timestamp(3) + interval ? microsecond where id in (?)`,
      [this.lease * 1000, rows.map(({ id }) => id)],
    );
    const numbers = new Map<Id, number>(rows.map((row) => [fromBinary(row.id), row.lease_no + 1]));
    // In the order of the lane: BullMQ gives out first what was added first.
    return candidates
      .map(({ id }) => fromBinary(id))
      .filter((id) => numbers.has(id))
      .map((id) => ({ kind: this.kind, id, leaseNo: numbers.get(id) ?? 0 }));
  }
}

const dueAndFree = `due_at <= utc_timestamp(3) and (leased_until is null or leased_until <= utc_timestamp(3))`;

/** As the database orders them, null first. */
function compare(one: Office, other: Office): number {
  if (!one || !other) return Number(Boolean(one)) - Number(Boolean(other));
  return one.compare(other);
}

function nameOf(office: Office): string {
  return office?.toString('hex') ?? '';
}

function isSame(one: Office, other: Office): boolean {
  return compare(one, other) === 0;
}
