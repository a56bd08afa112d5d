import { Inject, Injectable } from '@nestjs/common';
import type { Recipient } from '../recipients/recipient';
import type { NoticeTemplate, OfficerTemplate, ReplyTemplate } from '../templates/catalogue';
import type { Variables } from '../templates/template';
import type { PersonChannel } from '../channels';
import { Delivery, type NewDelivery } from './delivery';
import { NoticeContents } from './notice-contents';
import { onceKey } from './once-key';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, insertRows, toBinary, type Transaction } from '@sinkron/database';
import { type NewWork, WorkTable } from '@sinkron/queue';

/** A message that asks nothing: to an applicant, to whoever wrote to us, or to an officer who must know. */
export interface Notice {
  /** Its name, of which there is one message ever; ids only. */
  once: (string | number)[];
  template: NoticeTemplate | OfficerTemplate | ReplyTemplate;
  /** Whose consent it needs; null for an officer, and for an answer to whoever wrote to us. */
  recipient: Recipient | null;
  officeId: Id | null;
  to: Partial<Record<PersonChannel, string>>;
  /** The channels that the recipient agreed to, the preferred one first. */
  channels: readonly PersonChannel[];
  variables: Variables;
  /** Absent: at once. */
  dueAt?: Date;
}

/** Where messages begin: as rows, in the transaction of what they are about. */
@Injectable()
export class Outbox {
  constructor(
    private readonly work: WorkTable,
    private readonly contents: NoticeContents,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Sends a notice once; where no channel reaches the recipient, that is recorded. */
  async sendNotice(transaction: Transaction, notice: Notice): Promise<void> {
    const { to, channels, dueAt = transaction.now, variables } = notice;
    const addressed = channels.filter((channel) => to[channel]);
    const [channel, ...fallbacks] = addressed.filter((channel) => this.isConfigured(channel));
    if (!channel) {
      const reason = addressed.length > 0 ? 'channel_off' : 'no_address';
      return this.recordUnsent(transaction, notice, reason);
    }
    const delivery = Delivery.create(transaction.now, { ...given(notice), channel, fallbacks, dueAt });
    this.contents.seal(delivery, { to, variables });
    if (await this.insertOnce(transaction, delivery)) await this.schedule(transaction, delivery);
  }

  /** Records that a notice was not sent, and why. */
  async recordUnsent(
    transaction: Transaction,
    notice: Pick<Notice, 'once' | 'template' | 'recipient' | 'officeId'>,
    reason: string,
  ): Promise<void> {
    const delivery = Delivery.create(transaction.now, { ...given(notice), channel: 'email' });
    delivery.withhold(transaction.now, reason);
    await this.insertOnce(transaction, delivery);
  }

  /** Whether the one message of this name was made before. */
  async wasMade(transaction: Transaction, once: Notice['once']): Promise<boolean> {
    const made = await transaction.query('select 1 from delivery where once_hash = ?', [onceKey(...once)]);
    return made.length > 0;
  }

  /** Inserts deliveries, with the work by which they leave. */
  async add(transaction: Transaction, deliveries: readonly Delivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await insertRows(transaction, Delivery, deliveries);
    await this.work.add(transaction, deliveries.map(workOf));
  }

  /** Makes the row of work by which a delivery leaves. */
  async schedule(transaction: Transaction, delivery: Delivery): Promise<void> {
    await this.work.add(transaction, [workOf(delivery)]);
  }

  isConfigured(channel: PersonChannel): boolean {
    return this.config.messaging[channel].driver !== 'off';
  }

  /** @returns whether it is new; one that was made before stays as it is */
  private async insertOnce(transaction: Transaction, delivery: Delivery): Promise<boolean> {
    await insertRows(transaction, Delivery, [delivery], { keepExisting: 'id' });
    const mine = await transaction.query('select 1 from delivery where id = ?', [toBinary(delivery.id)]);
    return mine.length > 0;
  }
}

function given({
  once,
  template,
  recipient,
  officeId,
}: Pick<Notice, 'once' | 'template' | 'recipient' | 'officeId'>): Omit<NewDelivery, 'channel'> {
  return { onceKey: onceKey(...once), kind: 'notice', recipient, officeId, template };
}

function workOf({ id, kind, dueAt, officeId }: Delivery): NewWork {
  return {
    // Programs that hang must not hold up the messages to people.
    kind: kind === 'event' ? 'webhook' : 'delivery',
    subjectId: id,
    dueAt,
    lane: kind === 'step' ? 'urgent' : 'regular',
    rankAt: dueAt,
    officeId,
  };
}
