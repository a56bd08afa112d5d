import type { TemplateName } from '../templates/catalogue';
import type { Variables } from '../templates/template';
import {
  CodeColumn,
  CountColumn,
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  PrimaryCode,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** `step`: an officer is asked about escalations; `notice`: an applicant is told; `event`: a webhook. */
export type DeliveryKind = 'step' | 'notice' | 'event';

/** By which a person is reached. */
export const personChannels = ['whatsapp', 'email'] as const;
export type PersonChannel = (typeof personChannels)[number];
export type DeliveryChannel = PersonChannel | 'webhook';

/**
 * `waiting` → `sending` → `sent` → `delivered` → `read`. `failed`: not by this channel, another delivery took over
 * (`nextId`); `dead`: by no way, a person must see to it; `dismissed`: a person has; `none`: nothing was to be sent,
 * and why.
 */
export const deliveryStates = [
  'waiting',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'dead',
  'dismissed',
  'none',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One message to one destination: a row that is due, tried again until it is gone, and done once. */
@Entity('delivery')
@Index('delivery_once', ['onceKey'], { unique: true })
@Index('delivery_state', ['state', 'id'])
@Index('delivery_office', ['officeId', 'state', 'id'])
@Index('delivery_officer', ['officerId', 'channel', 'state'])
@Index('delivery_ticket', ['ticketId', 'id'])
@Index('delivery_endpoint', ['endpointId', 'state', 'id'])
@Index('delivery_provider', ['providerId'])
@Index('delivery_reply', ['replyCode'])
export class Delivery {
  @PrimaryId() id!: Id;
  /** Of what it is the one message: made of a name by `onceKey`. */
  @HashColumn('once_hash') onceKey!: Buffer;
  @CodeColumn('kind', 8) kind!: DeliveryKind;
  @CodeColumn('channel', 10) channel!: DeliveryChannel;
  /** The channels that are left when this one does not do, in order. */
  @JsonColumn('fallbacks') fallbacks!: PersonChannel[];
  @CodeColumn('state', 10) state!: DeliveryState;
  /** Why it waits, failed, or was not to be sent, as a code. */
  @CodeColumn('reason', 64, { nullable: true }) reason!: string | null;
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
  /** Of a step: who is asked. */
  @IdColumn('officer_id', { nullable: true }) officerId!: Id | null;
  /** Of a notice: whose case. */
  @IdColumn('ticket_id', { nullable: true }) ticketId!: Id | null;
  @IdColumn('endpoint_id', { nullable: true }) endpointId!: Id | null;
  @IdColumn('event_id', { nullable: true }) eventId!: Id | null;
  @CodeColumn('template', 32, { nullable: true }) template!: TemplateName | null;
  @CountColumn('attempts') attempts!: number;
  /** What the provider calls it, such as a wamid. */
  @CodeColumn('provider_id', 128, { nullable: true }) providerId!: string | null;
  /** What an officer answers to take what it is about. */
  @CodeColumn('reply_code', 8, { nullable: true }) replyCode!: string | null;
  /** The delivery by the next channel, when this one failed. */
  @IdColumn('next_id', { nullable: true }) nextId!: Id | null;
  @TimeColumn('created_at') createdAt!: Date;
  /** Not before then. */
  @TimeColumn('due_at') dueAt!: Date;
  /** When the last attempt began. */
  @TimeColumn('started_at', { nullable: true }) startedAt!: Date | null;
  @TimeColumn('sent_at', { nullable: true }) sentAt!: Date | null;
  @TimeColumn('delivered_at', { nullable: true }) deliveredAt!: Date | null;
  @TimeColumn('read_at', { nullable: true }) readAt!: Date | null;
  @TimeColumn('ended_at', { nullable: true }) endedAt!: Date | null;
  /** Of a notice: `NoticeContent`. Gone once no channel can need it any more. */
  @SealedColumn('sealed', { nullable: true }) sealed!: Buffer | null;
}

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
  /** Of the template; codes and words, no personal data. */
  @JsonColumn('variables') variables!: Variables;
  @TimeColumn('created_at') createdAt!: Date;
  /** When its link or reply code acknowledged; it never does again. */
  @TimeColumn('used_at', { nullable: true }) usedAt!: Date | null;
  /** When the escalation was taken or ended: whoever was not told yet need not be. */
  @TimeColumn('over_at', { nullable: true }) overAt!: Date | null;
}

/** A person's channel, and when the last message there became due: messages are bundled behind it. */
@Entity('destination')
export class Destination {
  @PrimaryId('officer_id') officerId!: Id;
  @PrimaryCode('channel', 10) channel!: PersonChannel;
  @TimeColumn('last_due_at') lastDueAt!: Date;
}

/** What is sealed of a notice to an applicant. */
export interface NoticeContent {
  to: Partial<Record<PersonChannel, string>>;
  variables: Variables;
}
