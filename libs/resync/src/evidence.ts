import { Injectable } from '@nestjs/common';
import {
  CodeColumn,
  CountColumn,
  FlagColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryId,
  selectRows,
  TimeColumn,
  toBinary,
  Transactions,
} from '@sinkron/database';
import type { AskedField } from '@sinkron/registry';
import type { Ticket } from '@sinkron/tickets';
import { Entity, Index } from 'typeorm';

export type Verdicts = Partial<Record<AskedField, boolean>>;

/** What the centre answered at one moment: the proof before and after (R8). No values, only match or mismatch. */
@Entity('reading')
@Index('reading_ticket', ['ticketId', 'id'])
export class Reading {
  @PrimaryId() id!: Id;
  @IdColumn('ticket_id') ticketId!: Id;
  @CountColumn('round') round!: number;
  /** The revision whose values were asked. */
  @IdColumn('statement_id') statementId!: Id;
  @CodeColumn('moment', 8) moment!: 'before' | 'check' | 'after' | 'contest';
  @CodeColumn('code', 4) code!: string;
  @JsonColumn('verdicts') verdicts!: Verdicts;
  @FlagColumn('matched') matched!: boolean;
  @TimeColumn('read_at') readAt!: Date;
}

/** One push. Its id is the Idempotency-Key at the centre, so it is applied once however often it is sent (R6). */
@Entity('push')
@Index('push_ticket', ['ticketId', 'round', 'pushNo'])
@Index('push_region', ['region', 'acceptedAt'])
@Index('push_accepted', ['acceptedAt'])
export class Push {
  @PrimaryId() id!: Id;
  @IdColumn('ticket_id') ticketId!: Id;
  @CountColumn('round') round!: number;
  @CountColumn('push_no') pushNo!: number;
  @IdColumn('statement_id') statementId!: Id;
  @CodeColumn('state', 16) state!: 'composed' | 'accepted' | 'applied' | 'refused' | 'not_taken';
  @CodeColumn('reason', 64, { nullable: true }) reason!: string | null;
  @CodeColumn('tracking_id', 64, { nullable: true }) trackingId!: string | null;
  @TimeColumn('composed_at') composedAt!: Date;
  @TimeColumn('accepted_at', { nullable: true }) acceptedAt!: Date | null;
  /** When we first saw that the centre calls it applied. */
  @TimeColumn('applied_at', { nullable: true }) appliedAt!: Date | null;
  /** The region of the office that handled the case then; null in rows older than the lag's estimate. */
  @CodeColumn('region', 16, { nullable: true }) region!: string | null;
  /** The last reading since its acceptance that still mismatched: until then the case is known to have waited. */
  @TimeColumn('mismatched_at', { nullable: true }) mismatchedAt!: Date | null;
  /** The first reading that matched, whichever push of the revision brought it about. */
  @TimeColumn('proved_at', { nullable: true }) provedAt!: Date | null;
  /** What was predicted at the acceptance: half of such cases between the two, nine of ten before the third. */
  @TimeColumn('predicted_from', { nullable: true }) predictedFrom!: Date | null;
  @TimeColumn('predicted_to', { nullable: true }) predictedTo!: Date | null;
  @TimeColumn('predicted_by90', { nullable: true }) predictedBy90!: Date | null;
}

export const resyncEntities = [Reading, Push];

/** What is known of a case at the centre. */
@Injectable()
export class Evidence {
  constructor(private readonly transactions: Transactions) {}

  /** Oldest first. */
  async ofTicket(ticketId: Id): Promise<{ readings: Reading[]; pushes: Push[] }> {
    return this.transactions.run(async (transaction) => ({
      readings: await selectRows(transaction, Reading, 'where ticket_id = ? order by read_at, id', [
        toBinary(ticketId),
      ]),
      pushes: await selectRows(transaction, Push, 'where ticket_id = ? order by composed_at, id', [
        toBinary(ticketId),
      ]),
    }));
  }

  /** When the centre last answered a reading at all; by the newest id, which is nearly the newest reading. */
  async lastReadAt(): Promise<Date | null> {
    const [row] = await this.transactions.query<{ read_at: Date }>(
      'select read_at from reading order by id desc limit 1',
    );
    return row?.read_at ?? null;
  }

  /** When a contested resolution was last found to stand; null when it was not, or not in this round. */
  async upheldAt({ id, round }: Ticket): Promise<Date | null> {
    const [row] = await this.transactions.query<{ at: Date | null }>(
      `select max(read_at) as at from reading where ticket_id = ? and round = ? and moment = 'contest' and matched = 1`,
      [toBinary(id), round],
    );
    return row?.at ?? null;
  }
}
