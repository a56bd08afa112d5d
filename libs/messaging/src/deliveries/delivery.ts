import { type DeliveryChannel, type PersonChannel, reportsDelivery } from '../channels';
import type { TemplateName } from '../templates/catalogue';
import type { Recipient, RecipientKind } from '../recipients/recipient';
import {
  CodeColumn,
  CountColumn,
  HashColumn,
  type Id,
  IdColumn,
  JsonColumn,
  newId,
  PrimaryId,
  SealedColumn,
  TimeColumn,
} from '@sinkron/database';
import { Entity, Index } from 'typeorm';

/** `step`: asks an officer about escalations; `notice`: informs an applicant; `event`: calls a webhook. */
export const deliveryKinds = ['step', 'notice', 'event'] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

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

/** What a provider reports of a message that it has taken. */
export const reportedStates = ['sent', 'delivered', 'read', 'failed'] as const;
export type ReportedState = (typeof reportedStates)[number];

const day = 24 * 3_600_000;

/** The order in which a delivery moves; reports come in any order and move it forward only. */
const progress: readonly DeliveryState[] = ['waiting', 'sending', 'sent', 'delivered', 'read'];

/** What a delivery is made of; what is not given has its value at the beginning. */
export type NewDelivery = Pick<Delivery, 'onceKey' | 'kind' | 'channel'> &
  Partial<
    Pick<Delivery, 'id' | 'fallbacks' | 'officeId' | 'endpointId' | 'eventId' | 'template' | 'dueAt'>
  > & {
    recipient?: Recipient | null;
  };

/** One message to one destination: a row that is due, tried again until it has left, and sent once. */
@Entity('delivery')
@Index('delivery_once', ['onceKey'], { unique: true })
@Index('delivery_state', ['state', 'id'])
@Index('delivery_office', ['officeId', 'state', 'id'])
@Index('delivery_recipient', ['recipientKind', 'recipientId', 'id'])
@Index('delivery_bundle', ['recipientKind', 'recipientId', 'channel', 'state'])
@Index('delivery_endpoint', ['endpointId', 'state', 'id'])
@Index('delivery_provider', ['providerId'])
@Index('delivery_reply', ['replyCode'])
@Index('delivery_event', ['eventId'])
@Index('delivery_forget', ['forgetAt'])
export class Delivery {
  @PrimaryId() id!: Id;
  /** The hash of its name (`onceKey`): of each name there is one message. */
  @HashColumn('once_hash') onceKey!: Buffer;
  @CodeColumn('kind', 8) kind!: DeliveryKind;
  @CodeColumn('channel', 10) channel!: DeliveryChannel;
  /** The channels to try when this one fails, in order. */
  @JsonColumn('fallbacks') fallbacks!: PersonChannel[];
  @CodeColumn('state', 10) state!: DeliveryState;
  /** Why it waits, failed, or was not to be sent, as a code. */
  @CodeColumn('reason', 64, { nullable: true }) reason!: string | null;
  @IdColumn('office_id', { nullable: true }) officeId!: Id | null;
  /** Null for a webhook, and for an answer to a number that wrote to us. */
  @CodeColumn('recipient_kind', 16, { nullable: true }) recipientKind!: RecipientKind | null;
  @IdColumn('recipient_id', { nullable: true }) recipientId!: Id | null;
  @IdColumn('endpoint_id', { nullable: true }) endpointId!: Id | null;
  @IdColumn('event_id', { nullable: true }) eventId!: Id | null;
  @CodeColumn('template', 32, { nullable: true }) template!: TemplateName | null;
  @CountColumn('attempts') attempts!: number;
  /** The provider's id of the message, such as a wamid. */
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
  /** When its content is deleted, of an event the row; null while it is open, and once nothing is left to delete. */
  @TimeColumn('forget_at', { nullable: true }) forgetAt!: Date | null;
  /** Of a notice: `NoticeContent` (notice-contents.ts). Null once no channel can need it any more. */
  @SealedColumn('sealed', { nullable: true }) sealed!: Buffer | null;

  /** A delivery at its beginning: waiting, and due at once unless it is said. */
  static create(now: Date, given: NewDelivery): Delivery {
    const { recipient = null } = given;
    const delivery = new Delivery();
    delivery.id = given.id ?? newId();
    delivery.onceKey = given.onceKey;
    delivery.kind = given.kind;
    delivery.channel = given.channel;
    delivery.fallbacks = given.fallbacks ?? [];
    delivery.state = 'waiting';
    delivery.reason = null;
    delivery.officeId = given.officeId ?? null;
    delivery.recipientKind = recipient && recipient.kind;
    delivery.recipientId = recipient && recipient.id;
    delivery.endpointId = given.endpointId ?? null;
    delivery.eventId = given.eventId ?? null;
    delivery.template = given.template ?? null;
    delivery.attempts = 0;
    delivery.providerId = null;
    delivery.replyCode = null;
    delivery.nextId = null;
    delivery.createdAt = now;
    delivery.dueAt = given.dueAt ?? now;
    delivery.startedAt = null;
    delivery.sentAt = null;
    delivery.deliveredAt = null;
    delivery.readAt = null;
    delivery.endedAt = null;
    delivery.forgetAt = null;
    delivery.sealed = null;
    return delivery;
  }

  get recipient(): Recipient | null {
    const { recipientKind: kind, recipientId: id } = this;
    return kind && id ? { kind, id } : null;
  }

  /** Null when the recipient is of another kind. */
  recipientOf(kind: RecipientKind): Id | null {
    return this.recipientKind === kind ? this.recipientId : null;
  }

  /** Whether it may still be sent, or sent again. */
  get isOpen(): boolean {
    return this.state === 'waiting' || this.state === 'sending';
  }

  /** An attempt begins. */
  begin(now: Date): void {
    this.state = 'sending';
    this.startedAt = now;
    this.attempts += 1;
  }

  /** The provider has taken it. */
  sent(now: Date, providerId: string | null): void {
    this.state = 'sent';
    this.reason = null;
    this.providerId = providerId;
    this.sentAt = now;
    this.endedAt = now;
    // Where a failure may still be reported, the next channel needs the content.
    if (!reportsDelivery(this.channel)) this.sealed = null;
    this.planForgetting();
  }

  /** The next attempt is due then. @param mayHaveArrived the provider did not say whether it took this one */
  postpone(dueAt: Date, reason: string, mayHaveArrived: boolean): void {
    this.state = mayHaveArrived ? 'sending' : 'waiting';
    this.reason = reason;
    this.dueAt = dueAt;
  }

  /** It was not sent by this channel: `failed` when another takes over, `dead` when there is none. */
  fail(now: Date, reason: string, state: 'failed' | 'dead'): void {
    this.end(now, reason, state);
  }

  /** It need not be sent any more. */
  cancel(now: Date, reason: string): void {
    this.end(now, reason, 'dismissed');
  }

  /** That nothing was to be sent, and why. */
  withhold(now: Date, reason: string): void {
    this.end(now, reason, 'none');
  }

  /** Another delivery takes over. */
  passOnTo(nextId: Id): void {
    this.nextId = nextId;
    this.sealed = null;
    this.planForgetting();
  }

  /** Applies a report of the provider. @returns false when it says nothing new */
  report(status: Exclude<ReportedState, 'failed'>, at: Date): boolean {
    if (progress.indexOf(status) <= progress.indexOf(this.state)) return false;
    this.state = status;
    this.reason = null;
    this.sentAt ??= at;
    this.endedAt ??= at;
    if (status !== 'sent') {
      this.deliveredAt ??= at;
      this.sealed = null;
      if (status === 'read') this.readAt = at;
    }
    this.planForgetting();
    return true;
  }

  /** Whether reports can still change it: one that failed, or that a person saw to, stays as it is. */
  get takesReports(): boolean {
    return progress.includes(this.state);
  }

  get hasArrived(): boolean {
    return this.state === 'delivered' || this.state === 'read';
  }

  /** An officer has it tried again, from the beginning. */
  retry(now: Date): void {
    this.state = 'waiting';
    this.reason = null;
    this.attempts = 0;
    this.endedAt = null;
    this.forgetAt = null;
    this.dueAt = now;
  }

  /** An officer has seen to it in another way. */
  dismiss(): void {
    this.state = 'dismissed';
    this.sealed = null;
    this.planForgetting();
  }

  private end(now: Date, reason: string, state: DeliveryState): void {
    this.state = state;
    this.reason = reason;
    this.endedAt = now;
    this.planForgetting();
  }

  /** Whenever it ends, and whenever its content goes. */
  private planForgetting(): void {
    const { kind, state, sealed, endedAt } = this;
    const hasLeftovers = kind === 'event' || sealed !== null;
    this.forgetAt = endedAt && hasLeftovers ? forgetAt(kind, state, endedAt) : null;
  }
}

/**
 * The content of a message is kept as long as a channel can need it: two days after it left, when WhatsApp would long
 * have said that it could not be delivered, and a month after nobody could be reached. What was posted to programs goes
 * after a month.
 */
export function forgetAt(kind: DeliveryKind, state: DeliveryState, endedAt: Date): Date {
  const days = kind === 'event' || state === 'dead' ? 30 : 2;
  return new Date(endedAt.getTime() + days * day);
}
