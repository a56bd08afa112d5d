import { Inject, Injectable } from '@nestjs/common';
import type { NoticeTemplate, ReplyTemplate, StepTemplate } from '../templates/catalogue';
import type { Variables } from '../templates/template';
import { Delivery, DeliveryItem, type NoticeContent, type PersonChannel } from './delivery';
import { deliveryPlace, leaving, newDelivery } from './new-delivery';
import { onceKey } from './once-key';
import { type Config, CONFIG } from '@sinkron/config';
import {
  fromBinary,
  type Id,
  insertRows,
  newId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
} from '@sinkron/database';
import { WorkTable } from '@sinkron/queue';

/** An officer who is to be asked about an escalation. */
export interface StepAsk {
  escalationId: Id;
  officeId: Id | null;
  officerId: Id;
  /** By which the officer can be reached, the preferred one first. */
  channels: readonly PersonChannel[];
  template: Exclude<StepTemplate, 'step_bundle'>;
  /** All but `link` and `replyCode`, which are made when the message leaves. */
  variables: Variables;
  run: number;
  step: number;
}

/** Something that somebody is told who has no account here: an applicant, or whoever wrote to us. */
export interface Notice {
  /** Of what it is the one notice; ids only. */
  once: (string | number)[];
  template: NoticeTemplate | ReplyTemplate;
  ticketId: Id | null;
  officeId: Id | null;
  to: Partial<Record<PersonChannel, string>>;
  /** To which the applicant has agreed, the preferred one first. */
  channels: readonly PersonChannel[];
  variables: Variables;
  /** Absent: at once. */
  dueAt?: Date;
}

/** Messages to persons begin here: as rows, in the transaction of what they tell. */
@Injectable()
export class Outbox {
  constructor(
    private readonly work: WorkTable,
    private readonly sealing: Sealing,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Asks an officer. Messages to one person follow each other after `bundle` at the earliest; what is asked meanwhile
   * goes with the one that waits.
   * @returns the channel; null when there is none by which the officer can be reached
   */
  async step(transaction: Transaction, ask: StepAsk): Promise<PersonChannel | null> {
    const [channel, ...fallbacks] = ask.channels.filter((channel) => this.isConfigured(channel));
    if (!channel) return null;
    const { escalationId, officerId, run, step } = ask;
    const lastTurn = await this.lockTurns(transaction, officerId, channel);
    const deliveryId =
      (await this.waitingFor(transaction, ask, channel, fallbacks)) ??
      (await this.open(transaction, ask, channel, fallbacks, lastTurn));
    const item: DeliveryItem = {
      id: newId(),
      onceKey: onceKey('step', escalationId, run, step, officerId),
      deliveryId,
      escalationId,
      officerId,
      variables: ask.variables,
      createdAt: transaction.now,
      usedAt: null,
      overAt: null,
    };
    await insertRows(transaction, DeliveryItem, [item]);
    return channel;
  }

  /** Tells an applicant, once; where no channel does, that is what is kept. */
  async notice(transaction: Transaction, notice: Notice): Promise<void> {
    const { once, to, channels, dueAt = transaction.now, ticketId, officeId, template } = notice;
    const addressed = channels.filter((channel) => to[channel]);
    const [channel, ...fallbacks] = addressed.filter((channel) => this.isConfigured(channel));
    if (!channel) {
      const reason = addressed.length > 0 ? 'channel_off' : 'no_address';
      return this.nothing(transaction, { once, template, ticketId, officeId, reason });
    }
    const given = { onceKey: onceKey(...once), kind: 'notice' as const, ticketId, officeId, template };
    const delivery = newDelivery(transaction.now, { ...given, channel, fallbacks, dueAt });
    const content: NoticeContent = { to, variables: notice.variables };
    delivery.sealed = this.sealing.seal(content, deliveryPlace(delivery.id));
    if (await this.insertOnce(transaction, delivery)) await this.schedule(transaction, delivery);
  }

  /** That an applicant was not told, and why. */
  async nothing(
    transaction: Transaction,
    {
      once,
      template,
      ticketId,
      officeId,
      reason,
    }: Omit<Notice, 'to' | 'channels' | 'variables'> & { reason: string },
  ): Promise<void> {
    const row = newDelivery(transaction.now, {
      onceKey: onceKey(...once),
      kind: 'notice',
      channel: 'email',
      state: 'none',
      reason,
      ticketId,
      officeId,
      template,
      endedAt: transaction.now,
    });
    await this.insertOnce(transaction, row);
  }

  /** Nobody need be asked about this escalation any more: no message that is still to leave speaks of it. */
  async forgetSteps(transaction: Transaction, escalationId: Id): Promise<void> {
    await transaction.execute(
      'update delivery_item set over_at = ? where escalation_id = ? and over_at is null',
      [transaction.now, toBinary(escalationId)],
    );
    const emptied = await transaction.query<{ id: Buffer }>(
      `select d.id from delivery d join delivery_item i on i.delivery_id = d.id
       where i.escalation_id = ? and d.state = 'waiting' and not exists (
         select 1 from delivery_item as other where other.delivery_id = d.id and other.over_at is null)`,
      [toBinary(escalationId)],
    );
    for (const { id } of emptied) {
      const dismissed = await transaction.execute(
        `update delivery set state = 'dismissed', reason = 'overtaken', ended_at = ? where id = ? and state = 'waiting'`,
        [transaction.now, id],
      );
      if (dismissed > 0) await this.work.drop(transaction, ['delivery'], fromBinary(id));
    }
  }

  /** Deliveries to webhooks, with the work by which they leave. */
  async events(transaction: Transaction, deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await insertRows(transaction, Delivery, deliveries);
    await this.work.add(transaction, deliveries.map(leaving));
  }

  /** Which of these events a webhook has still to be sent. */
  async waitingEvents(transaction: Transaction, eventIds: Buffer[]): Promise<Buffer[]> {
    const rows = await transaction.query<{ event_id: Buffer }>(
      `select distinct event_id from delivery where event_id in (?) and state in ('waiting', 'sending')`,
      [eventIds],
    );
    return rows.map(({ event_id: id }) => id);
  }

  /** How many deliveries wait for an endpoint, counted as far as `most`. */
  async countWaiting(transaction: Transaction, endpointId: Id, most: number): Promise<number> {
    const [waiting] = await transaction.query<{ n: string }>(
      `select count(*) as n from (
         select 1 from delivery where endpoint_id = ? and state in ('waiting', 'sending') limit ?) as some`,
      [toBinary(endpointId), most],
    );
    return Number(waiting?.n ?? 0);
  }

  /** What waits for an endpoint is not sent any more; its rows of work find nothing to do when they are due. */
  async dismissForEndpoint(transaction: Transaction, endpointId: Id, reason: string): Promise<void> {
    await transaction.execute(
      `update delivery set state = 'dismissed', reason = ?, ended_at = ?
       where endpoint_id = ? and state = 'waiting'`,
      [reason, transaction.now, toBinary(endpointId)],
    );
  }

  /** Makes the row of work by which a delivery leaves. */
  async schedule(transaction: Transaction, delivery: Delivery): Promise<void> {
    await this.work.add(transaction, [leaving(delivery)]);
  }

  /** Whether the one message of this name was made before. */
  async wasMade(transaction: Transaction, once: Notice['once']): Promise<boolean> {
    const made = await transaction.query('select 1 from delivery where once_hash = ?', [onceKey(...once)]);
    return made.length > 0;
  }

  isConfigured(channel: PersonChannel): boolean {
    return this.config.messaging[channel].driver !== 'off';
  }

  /**
   * Whoever asks the same person at the same moment waits here, and joins what we make.
   * @returns when the last message to them was due
   */
  private async lockTurns(transaction: Transaction, officerId: Id, channel: PersonChannel): Promise<Date> {
    const place = [toBinary(officerId), channel];
    await transaction.execute(
      `insert into destination (officer_id, channel, last_due_at) values (?, ?, '2000-01-01')
       on duplicate key update last_due_at = last_due_at`,
      place,
    );
    const [row] = await transaction.query<{ last_due_at: Date }>(
      'select last_due_at from destination where officer_id = ? and channel = ? for update',
      place,
    );
    return row!.last_due_at;
  }

  /**
   * The message to this person that has not left yet and will soon: one that has failed before would take the new ask
   * into its waits, and one with other ways would lose it those.
   */
  private async waitingFor(
    transaction: Transaction,
    { officerId, officeId, template }: StepAsk,
    channel: PersonChannel,
    fallbacks: readonly PersonChannel[],
  ): Promise<Id | null> {
    const soon = new Date(transaction.now.getTime() + this.config.durations.bundle);
    const [waiting] = await selectRows(
      transaction,
      Delivery,
      `where officer_id = ? and channel = ? and state = 'waiting' and template = ? and fallbacks = ?
         and office_id <=> ? and attempts = 0 and due_at <= ? limit 1 for update`,
      [
        toBinary(officerId),
        channel,
        template,
        JSON.stringify(fallbacks),
        officeId && toBinary(officeId),
        soon,
      ],
    );
    return waiting?.id ?? null;
  }

  private async open(
    transaction: Transaction,
    { officerId, officeId, template }: StepAsk,
    channel: PersonChannel,
    fallbacks: PersonChannel[],
    lastTurn: Date,
  ): Promise<Id> {
    const dueAt = this.nextTurn(transaction.now, lastTurn);
    await transaction.execute('update destination set last_due_at = ? where officer_id = ? and channel = ?', [
      dueAt,
      toBinary(officerId),
      channel,
    ]);
    const id = newId();
    const given = { id, onceKey: onceKey('step', id), kind: 'step' as const, channel, fallbacks };
    const delivery = newDelivery(transaction.now, { ...given, officeId, officerId, template, dueAt });
    await insertRows(transaction, Delivery, [delivery]);
    await this.schedule(transaction, delivery);
    return id;
  }

  private nextTurn(now: Date, lastTurn: Date): Date {
    const { bundle } = this.config.durations;
    // Never later than one turn from now, whatever a clock that jumped has left here.
    const earliest = Math.min(lastTurn.getTime(), now.getTime()) + bundle;
    return new Date(Math.max(now.getTime(), earliest));
  }

  /** @returns whether it is new; one that was made before stays as it is */
  private async insertOnce(transaction: Transaction, delivery: Delivery): Promise<boolean> {
    await insertRows(transaction, Delivery, [delivery], { keepExisting: 'id' });
    const mine = await transaction.query('select 1 from delivery where id = ?', [toBinary(delivery.id)]);
    return mine.length > 0;
  }
}
