import { Inject, Injectable } from '@nestjs/common';
import { ofRecipient, type Recipient, recipientParameters } from '../recipients/recipient';
import type { OfficerTemplate, StepTemplate } from '../templates/catalogue';
import type { Variables } from '../templates/template';
import type { PersonChannel } from '../channels';
import { Delivery } from '../deliveries/delivery';
import { DeliveryItem } from './delivery-item';
import { onceKey } from '../deliveries/once-key';
import { Outbox } from '../deliveries/outbox';
import { type Config, CONFIG } from '@sinkron/config';
import {
  fromBinary,
  type Id,
  insertRows,
  newId,
  selectRows,
  toBinary,
  type Transaction,
} from '@sinkron/database';
import { WorkTable } from '@sinkron/queue';

/** An officer who is to be asked about an escalation. */
export interface EscalationQuestion {
  escalationId: Id;
  officeId: Id | null;
  officerId: Id;
  /** The channels by which the officer can be reached, the preferred one first. */
  channels: readonly PersonChannel[];
  template: Exclude<StepTemplate, 'step_bundle'> | Extract<OfficerTemplate, 'no_longer_needed'>;
  /** All but `link` and `replyCode`, which are made when the message leaves. */
  variables: Variables;
  run: number;
  step: number;
}

/** What a message says, whether it asks or tells. */
type Message = Omit<EscalationQuestion, 'run' | 'step'>;

/** Messages that ask officers about escalations; several questions to one officer share a message. */
@Injectable()
export class OfficerMessages {
  constructor(
    private readonly work: WorkTable,
    private readonly outbox: Outbox,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Messages to one officer follow each other after `bundle` at the earliest; a question that comes meanwhile joins
   * the message that waits.
   * @returns the channel; null when there is none by which the officer can be reached
   */
  ask(transaction: Transaction, question: EscalationQuestion): Promise<PersonChannel | null> {
    const { escalationId, officerId, run, step } = question;
    return this.send(transaction, question, onceKey('step', escalationId, run, step, officerId), null);
  }

  /**
   * Tells an officer that an escalation waits for them no longer; several of these share a message, as questions do.
   * @returns as `ask` does
   */
  tellOver(
    transaction: Transaction,
    news: Omit<EscalationQuestion, 'template' | 'run' | 'step'>,
  ): Promise<PersonChannel | null> {
    const message = { ...news, template: 'no_longer_needed' as const };
    // It asks nothing, so it is as good as answered, and no later end of the escalation takes it back.
    return this.send(transaction, message, onceKey('over', newId()), transaction.now);
  }

  /** The officers whom a message has asked, or asks at this moment, about this escalation, which nobody has taken since. */
  async askedNow(transaction: Transaction, escalationId: Id): Promise<Id[]> {
    const rows = await transaction.query<{ officer_id: Buffer }>(
      `select distinct i.officer_id from delivery_item i join delivery d on d.id = i.delivery_id
       where i.escalation_id = ? and i.over_at is null and i.used_at is null
         and (d.state in ('sent', 'delivered', 'read') or d.state = 'sending' and d.reason is null)`,
      [toBinary(escalationId)],
    );
    return rows.map(({ officer_id: id }) => fromBinary(id));
  }

  private async send(
    transaction: Transaction,
    message: Message,
    once: Buffer,
    usedAt: Date | null,
  ): Promise<PersonChannel | null> {
    const [channel, ...fallbacks] = message.channels.filter((way) => this.outbox.isConfigured(way));
    if (!channel) return null;
    const { escalationId, officerId, variables } = message;
    const lastDueAt = await this.lockDestination(transaction, officerId, channel);
    const deliveryId =
      (await this.messageToJoin(transaction, message, channel, fallbacks)) ??
      (await this.newMessage(transaction, message, channel, fallbacks, lastDueAt));
    const item: DeliveryItem = {
      id: newId(),
      onceKey: once,
      deliveryId,
      escalationId,
      officerId,
      variables,
      createdAt: transaction.now,
      usedAt,
      overAt: null,
    };
    await insertRows(transaction, DeliveryItem, [item]);
    return channel;
  }

  /** Nobody need be asked about this escalation any more: messages that are still to leave leave it out. */
  async cancelQuestions(transaction: Transaction, escalationId: Id): Promise<void> {
    await transaction.execute(
      'update delivery_item set over_at = ? where escalation_id = ? and over_at is null and used_at is null',
      [transaction.now, toBinary(escalationId)],
    );
    const emptied = await transaction.query<{ id: Buffer }>(
      `select d.id from delivery d join delivery_item i on i.delivery_id = d.id
       where i.escalation_id = ? and d.state = 'waiting' and not exists (
         select 1 from delivery_item as other where other.delivery_id = d.id and other.over_at is null)`,
      [toBinary(escalationId)],
    );
    for (const { id } of emptied) {
      const cancelled = await transaction.execute(
        `update delivery set state = 'dismissed', reason = 'overtaken', ended_at = ? where id = ? and state = 'waiting'`,
        [transaction.now, id],
      );
      if (cancelled > 0) await this.work.drop(transaction, ['delivery'], fromBinary(id));
    }
  }

  /**
   * Whoever asks the same officer at the same moment waits here, and joins the message that is made.
   * @returns when the last message to them was due
   */
  private async lockDestination(
    transaction: Transaction,
    officerId: Id,
    channel: PersonChannel,
  ): Promise<Date> {
    const key = [toBinary(officerId), channel];
    await transaction.execute(
      `insert into destination (officer_id, channel, last_due_at) values (?, ?, '2000-01-01')
       on duplicate key update last_due_at = last_due_at`,
      key,
    );
    const [row] = await transaction.query<{ last_due_at: Date }>(
      'select last_due_at from destination where officer_id = ? and channel = ? for update',
      key,
    );
    return row!.last_due_at;
  }

  /**
   * The message to this officer that has not left yet and will soon: one that has failed before would hold the new
   * question up, and one with other fallbacks would take them from it.
   */
  private async messageToJoin(
    transaction: Transaction,
    { officerId, officeId, template }: Message,
    channel: PersonChannel,
    fallbacks: readonly PersonChannel[],
  ): Promise<Id | null> {
    const soon = new Date(transaction.now.getTime() + this.config.durations.bundle);
    const [waiting] = await selectRows(
      transaction,
      Delivery,
      `where ${ofRecipient} and channel = ? and state = 'waiting' and template = ? and fallbacks = ?
         and office_id <=> ? and attempts = 0 and due_at <= ? limit 1 for update`,
      [
        ...recipientParameters(officer(officerId)),
        channel,
        template,
        JSON.stringify(fallbacks),
        officeId && toBinary(officeId),
        soon,
      ],
    );
    return waiting?.id ?? null;
  }

  private async newMessage(
    transaction: Transaction,
    { officerId, officeId, template }: Message,
    channel: PersonChannel,
    fallbacks: PersonChannel[],
    lastDueAt: Date,
  ): Promise<Id> {
    const dueAt = this.nextDueAt(transaction.now, lastDueAt);
    await transaction.execute('update destination set last_due_at = ? where officer_id = ? and channel = ?', [
      dueAt,
      toBinary(officerId),
      channel,
    ]);
    const id = newId();
    const delivery = Delivery.create(transaction.now, {
      id,
      onceKey: onceKey('step', id),
      kind: 'step',
      channel,
      fallbacks,
      officeId,
      recipient: officer(officerId),
      template,
      dueAt,
    });
    await this.outbox.add(transaction, [delivery]);
    return id;
  }

  private nextDueAt(now: Date, lastDueAt: Date): Date {
    const { bundle } = this.config.durations;
    // Never later than one `bundle` from now, whatever a clock that jumped has left here.
    const earliest = Math.min(lastDueAt.getTime(), now.getTime()) + bundle;
    return new Date(Math.max(now.getTime(), earliest));
  }
}

function officer(id: Id): Recipient {
  return { kind: 'officer', id };
}
