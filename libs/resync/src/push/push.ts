import { CodeColumn, CountColumn, type Id, IdColumn, newId, PrimaryId, TimeColumn } from '@sinkron/database';
import type { Prediction } from '@sinkron/lag';
import type { Ticket } from '@sinkron/tickets';
import { Entity, Index } from 'typeorm';

/**
 * One push. Its id is the Idempotency-Key at the centre, so it is applied once however often it is sent (R6). How far
 * it has come is not stored again beside its instants and its reason: `pushStateOf` tells.
 */
@Entity('push')
@Index('push_ticket', ['ticketId', 'round', 'pushNo'])
@Index('push_region', ['region', 'acceptedAt'])
@Index('push_accepted', ['acceptedAt'])
export class Push {
  @PrimaryId() id!: Id;
  @IdColumn('ticket_id') ticketId!: Id;
  @CountColumn('round') round!: number;
  @CountColumn('push_no') pushNo!: number;
  /** The statement whose values were sent. */
  @IdColumn('statement_id') statementId!: Id;
  /** Why it came to nothing; null while it may still succeed. */
  @CodeColumn('reason', 64, { nullable: true }) reason!: string | null;
  @CodeColumn('tracking_id', 64, { nullable: true }) trackingId!: string | null;
  @TimeColumn('composed_at') composedAt!: Date;
  @TimeColumn('accepted_at', { nullable: true }) acceptedAt!: Date | null;
  /** When we first saw that the centre calls it applied. */
  @TimeColumn('applied_at', { nullable: true }) appliedAt!: Date | null;
  /** The region of the office that handled the ticket then. */
  @CodeColumn('region', 16, { nullable: true }) region!: string | null;
  /** The last reading since its acceptance that still mismatched: until then the ticket is known to have waited. */
  @TimeColumn('mismatched_at', { nullable: true }) mismatchedAt!: Date | null;
  /** The first reading that matched, whichever push of the statement brought it about. */
  @TimeColumn('proved_at', { nullable: true }) provedAt!: Date | null;
  /** What was predicted at the acceptance: half of such tickets between the two, nine of ten before the third. */
  @TimeColumn('predicted_from', { nullable: true }) predictedFrom!: Date | null;
  @TimeColumn('predicted_to', { nullable: true }) predictedTo!: Date | null;
  @TimeColumn('predicted_by90', { nullable: true }) predictedBy90!: Date | null;

  /** The next push of a ticket, not yet sent. */
  static compose(ticket: Ticket, region: string, now: Date): Push {
    const push = new Push();
    push.id = newId();
    push.ticketId = ticket.id;
    push.round = ticket.round;
    push.pushNo = ticket.pushes + 1;
    push.statementId = ticket.statementId;
    push.reason = null;
    push.trackingId = null;
    push.composedAt = now;
    push.acceptedAt = null;
    push.appliedAt = null;
    push.region = region;
    push.mismatchedAt = null;
    push.provedAt = null;
    push.predictedFrom = null;
    push.predictedTo = null;
    push.predictedBy90 = null;
    return push;
  }

  /** The centre took it and gave it a number. */
  accept(now: Date, trackingId: string, prediction: Prediction | null): void {
    this.acceptedAt = now;
    this.trackingId = trackingId;
    this.predictedFrom = prediction?.from ?? null;
    this.predictedTo = prediction?.to ?? null;
    this.predictedBy90 = prediction?.by90 ?? null;
  }

  /** The centre calls it applied, also where it had called it refused before. */
  apply(now: Date): void {
    this.appliedAt = now;
    this.reason = null;
  }

  /** It came to nothing; the next push needs a key of its own. */
  fail(reason: string): void {
    this.reason = reason;
  }
}
