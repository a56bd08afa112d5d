import { Inject, Injectable } from '@nestjs/common';
import { type WorkKind, WorkKinds } from './work-kinds';
import { type Config, CONFIG } from '@sinkron/config';
import { Transactions } from '@sinkron/database';

/** At most so many late rows of a kind are counted. */
const mostCounted = 1_000;

/** Due work of one kind that no worker has taken for too long. */
export interface LateWork {
  kind: string;
  asksCentre: boolean;
  rows: number;
  /** There are more rows than were counted. */
  orMore: boolean;
  oldestDueAt: Date;
}

/** Finds rows that are due and not taken, whatever the queue, the workers and the gate show. */
@Injectable()
export class LateWorkCount {
  constructor(
    private readonly transactions: Transactions,
    private readonly kinds: WorkKinds,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Only the kinds that have some. Rows of a suspended ticket are not due. */
  async read(): Promise<LateWork[]> {
    const counted = await Promise.all(this.kinds.all.map((kind) => this.ofKind(kind)));
    return counted.flatMap((late) => late ?? []);
  }

  private async ofKind({ name: kind, asksCentre }: WorkKind): Promise<LateWork | null> {
    const [row] = await this.transactions.query<{ n: string; oldest: Date | null }>(
      `select count(*) as n, min(due_at) as oldest from (
         select due_at from work
         where kind = ? and lane in ('urgent', 'regular') and due_at <= utc_timestamp(3) - interval ? microsecond
           and (leased_until is null or leased_until <= utc_timestamp(3))
         limit ?) as late`,
      [kind, this.config.durations.lateWork * 1000, mostCounted],
    );
    const rows = Number(row?.n ?? 0);
    if (!row?.oldest) return null;
    return { kind, asksCentre, rows, orMore: rows === mostCounted, oldestDueAt: row.oldest };
  }
}
