import { CodeColumn, type Id, IdColumn, newId, PrimaryId, SealedColumn, TimeColumn } from '@sinkron/database';
import type { PersonChannel } from '@sinkron/messaging';
import { Entity, Index } from 'typeorm';

export const handoffStates = ['composed', 'sent', 'received', 'void'] as const;
export type HandoffState = (typeof handoffStates)[number];

/** By which an officer passes the message on: by hand, so of every channel to a person it must be said whether. */
const passesOn = {
  whatsapp: true,
  phone: true,
  email: true,
} as const satisfies Record<PersonChannel | 'phone', boolean>;

export type HandoffChannel = {
  [Channel in keyof typeof passesOn]: (typeof passesOn)[Channel] extends true ? Channel : never;
}[keyof typeof passesOn];

export const handoffChannels = (Object.keys(passesOn) as (keyof typeof passesOn)[]).filter(
  (channel): channel is HandoffChannel => passesOn[channel],
);

/** One message to a contact at the centre: that it was composed, sent and received are three facts by two people (R9). */
@Entity('handoff')
@Index('handoff_escalation', ['escalationId', 'id'])
@Index('handoff_bundle', ['bundleId'])
export class Handoff {
  @PrimaryId() id!: Id;
  @IdColumn('escalation_id') escalationId!: Id;
  /** One message about several escalations has a row for each of them, all with this id. */
  @IdColumn('bundle_id') bundleId!: Id;
  @IdColumn('contact_id') contactId!: Id;
  @CodeColumn('channel', 16) channel!: HandoffChannel;
  @CodeColumn('state', 16) state!: HandoffState;
  @TimeColumn('composed_at') composedAt!: Date;
  @IdColumn('composed_by') composedBy!: Id;
  @TimeColumn('sent_at', { nullable: true }) sentAt!: Date | null;
  @IdColumn('sent_by', { nullable: true }) sentBy!: Id | null;
  /** Until when the contact should have confirmed it. */
  @TimeColumn('confirmation_due_at', { nullable: true }) confirmationDueAt!: Date | null;
  @TimeColumn('received_at', { nullable: true }) receivedAt!: Date | null;
  /** The officer who recorded the confirmation; who confirmed it, and how, is sealed. */
  @IdColumn('received_by', { nullable: true }) receivedBy!: Id | null;
  @TimeColumn('voided_at', { nullable: true }) voidedAt!: Date | null;
  @IdColumn('voided_by', { nullable: true }) voidedBy!: Id | null;
  /** When, and by whom, the full numbers were looked at by the link of the message; once. */
  @TimeColumn('viewed_at', { nullable: true }) viewedAt!: Date | null;
  @IdColumn('viewed_by', { nullable: true }) viewedBy!: Id | null;
  /** `Confirmation` */
  @SealedColumn('sealed', { nullable: true }) sealed!: Buffer | null;

  static compose(now: Date, message: NewHandoff): Handoff {
    const handoff = new Handoff();
    const { bundleId, escalationId, contactId, channel, officerId } = message;
    handoff.id = message.id ?? newId();
    handoff.escalationId = escalationId;
    handoff.bundleId = bundleId;
    handoff.contactId = contactId;
    handoff.channel = channel;
    handoff.state = 'composed';
    handoff.composedAt = now;
    handoff.composedBy = officerId;
    handoff.sentAt = null;
    handoff.sentBy = null;
    handoff.confirmationDueAt = null;
    handoff.receivedAt = null;
    handoff.receivedBy = null;
    handoff.voidedAt = null;
    handoff.voidedBy = null;
    handoff.viewedAt = null;
    handoff.viewedBy = null;
    handoff.sealed = null;
    return handoff;
  }

  /** An officer has sent it; the contact should confirm it by then. */
  send(now: Date, officerId: Id, confirmationDueAt: Date): void {
    this.state = 'sent';
    this.sentAt = now;
    this.sentBy = officerId;
    this.confirmationDueAt = confirmationDueAt;
  }

  /** @param sealed who confirmed it, and how */
  confirm(now: Date, officerId: Id, sealed: Buffer): void {
    this.state = 'received';
    this.receivedAt = now;
    this.receivedBy = officerId;
    this.sealed = sealed;
  }

  void(now: Date, officerId: Id): void {
    this.state = 'void';
    this.voidedAt = now;
    this.voidedBy = officerId;
  }

  /** The full numbers are shown to this officer, and to nobody after. */
  view(now: Date, officerId: Id): void {
    this.viewedAt = now;
    this.viewedBy = officerId;
  }

  /** Whether its full numbers may still be shown. */
  get isViewable(): boolean {
    return this.viewedAt === null && this.state !== 'void';
  }
}

export interface NewHandoff {
  /** Another id than a new one: that of the message, when it is about one escalation alone. */
  id?: Id | undefined;
  bundleId: Id;
  escalationId: Id;
  contactId: Id;
  channel: HandoffChannel;
  officerId: Id;
}

/** What the contact said: who has it at the centre, and how they confirmed it. */
export interface Confirmation {
  who: string;
  how: string;
}
