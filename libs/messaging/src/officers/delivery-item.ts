import type { Variables } from '../templates/template';
import { HashColumn, type Id, IdColumn, JsonColumn, PrimaryId, TimeColumn } from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** One escalation in a message to an officer; a message may carry several. */
@Entity('delivery_item')
@Index('delivery_item_once', ['onceKey'], { unique: true })
@Index('delivery_item_delivery', ['deliveryId'])
@Index('delivery_item_escalation', ['escalationId', 'id'])
export class DeliveryItem {
  @PrimaryId() id!: Id;
  /** Of escalation, run, step and officer: nobody is asked twice in one step. */
  @HashColumn('once_hash') onceKey!: Buffer;
  @IdColumn('delivery_id') deliveryId!: Id;
  @IdColumn('escalation_id') escalationId!: Id;
  @IdColumn('officer_id') officerId!: Id;
  /** Of the template; codes and fixed texts, no personal data. */
  @JsonColumn('variables') variables!: Variables;
  @TimeColumn('created_at') createdAt!: Date;
  /** When its link or reply code acknowledged; it never does again. */
  @TimeColumn('used_at', { nullable: true }) usedAt!: Date | null;
  /** When the escalation was taken or ended: a message that has not left yet leaves it out. */
  @TimeColumn('over_at', { nullable: true }) overAt!: Date | null;
}
