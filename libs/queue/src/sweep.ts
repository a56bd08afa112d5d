import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@sinkron/config';
import { type Transaction, Transactions, fromBinary } from '@sinkron/database';
import { oldestDue } from '@sinkron/observability';
import { CONFIG } from './config-token';
import { Doorbell, type Ring } from './doorbell';
import { Gates } from './gates';
import { type WorkKind, centreKinds, workKinds } from './work';

/** The gate before everything that is asked of the centre. */
export const registryGate = 'registry';

/** Of what is offered while regular work waits too, at most this share is urgent. */
const urgentShare = 0.2;

interface Row {
  id: Buffer;
  lease_no: number;
}

/** Offers due rows that nobody holds: take the lease, COMMIT, then ring. */
@Injectable()
export class Sweep {
  constructor(
    private readonly transactions: Transactions,
    private readonly doorbell: Doorbell,
    private readonly gates: Gates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** One pass over all kinds. @returns how many rows were put on offer */
  async pass(): Promise<number> {
    const gate = await this.gates.read(registryGate);
    const rings: Ring[] = [];
    for (const kind of workKinds) {
      await this.measureAge(kind);
      if (gate.closed && centreKinds.includes(kind)) continue;
      rings.push(...(await this.transactions.run((transaction) => this.lease(transaction, kind))));
    }
    await this.doorbell.ring(rings);
    return rings.length;
  }

  private async lease(transaction: Transaction, kind: WorkKind): Promise<Ring[]> {
    const [held] = await transaction.query<{ held: string; urgent: string }>(
      `select count(*) as held, count(case when lane = 'urgent' then 1 end) as urgent
       from work where kind = ? and leased_until > utc_timestamp(3)`,
      [kind],
    );
    const room = this.config.offer - Number(held?.held ?? 0);
    if (room <= 0) return [];
    const regular = await this.due(transaction, kind, 'regular', 'due_at', room);
    // A share of all places, not of those that became free: these are often one, and a fifth of one is none or all.
    const urgentPlaces = Math.ceil(this.config.offer * urgentShare) - Number(held?.urgent ?? 0);
    const urgentRoom = Math.min(room, Math.max(0, urgentPlaces, room - regular.length));
    const urgent = await this.due(transaction, kind, 'urgent', 'rank_at', urgentRoom);
    const rows = [...urgent, ...regular].slice(0, room);
    if (rows.length === 0) return [];
    await transaction.execute(
      `update work set lease_no = lease_no + 1, leased_until = utc_timestamp(3) + interval ? microsecond where id in (?)`,
      [this.config.durations.offer * 1000, rows.map(({ id }) => id)],
    );
    return rows.map((row) => ({ kind, id: fromBinary(row.id), leaseNo: row.lease_no + 1 }));
  }

  /** Rows that another worker's sweep is just taking are passed over. */
  private due(
    transaction: Transaction,
    kind: WorkKind,
    lane: string,
    order: string,
    room: number,
  ): Promise<Row[]> {
    return transaction.query<Row>(
      `select id, lease_no from work
       where kind = ? and lane = ? and due_at <= utc_timestamp(3)
         and (leased_until is null or leased_until <= utc_timestamp(3))
       order by ${order}, id limit ? for update skip locked`,
      [kind, lane, room],
    );
  }

  /** Read from the table, so that it tells the truth when Redis is silent, workers hang or the gate is closed. */
  private async measureAge(kind: WorkKind): Promise<void> {
    const [row] = await this.transactions.query<{ age: string | null }>(
      `select timestampdiff(second, min(due_at), utc_timestamp(3)) as age from work
       where kind = ? and lane in ('urgent', 'regular') and due_at <= utc_timestamp(3)`,
      [kind],
    );
    oldestDue.set({ kind }, Number(row?.age ?? 0));
  }
}
