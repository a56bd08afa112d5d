import { Injectable } from '@nestjs/common';
import { Audit, OfficerReach, SignedLinks } from '@sinkron/access';
import { type Id, type Transaction, Transactions, selectRows, toBinary } from '@sinkron/database';
import { Delivery, DeliveryItem } from '@sinkron/messaging';
import { Escalation } from './escalation';
import { EscalationLife } from './escalation-life';

/** An escalation as the link of a message shows it: codes and states, nobody's data. */
export interface Asked {
  escalation: Escalation;
  /** `open`: can be taken by this link; `yours`: this link took it; `gone`: somebody else has it, or it is over. */
  standing: 'open' | 'yours' | 'gone';
}

/**
 * Acknowledgement by the message itself: its link or its reply code, in the name of the officer it went to. Each works
 * once for each escalation, and looking at it changes nothing: previews and mail scanners follow links.
 */
@Injectable()
export class Acknowledgements {
  constructor(
    private readonly transactions: Transactions,
    private readonly links: SignedLinks,
    private readonly officers: OfficerReach,
    private readonly life: EscalationLife,
    private readonly audit: Audit,
  ) {}

  /** @returns null for a link that is forged, over, or of an officer who is gone */
  async look(token: string): Promise<Asked[] | null> {
    const id = await this.links.read('acknowledge', token);
    if (!id) return null;
    return this.transactions.run(async (transaction) => {
      const delivery = await this.find(transaction, id);
      return delivery && this.standings(transaction, delivery, '');
    });
  }

  /** @param which of the message's escalations is taken; null: all that are open. @returns as `look`, afterwards */
  async byLink(token: string, which: Id | null): Promise<Asked[] | null> {
    const id = await this.links.read('acknowledge', token);
    if (!id) return null;
    return this.transactions.run(async (transaction) => {
      const delivery = await this.find(transaction, id);
      return delivery && this.take(transaction, delivery, which, 'link');
    });
  }

  /**
   * Takes what the message with this code asked, if it went to this number.
   * @param phone E.164, as WhatsApp says who wrote
   * @returns null when no message of the last day has this code for this number
   */
  async byReply(phone: string, code: string): Promise<Asked[] | null> {
    return this.transactions.run(async (transaction) => {
      const candidates = await selectRows(
        transaction,
        Delivery,
        `where reply_code = ? and channel = 'whatsapp' and state in ('sending', 'sent', 'delivered', 'read')
           and created_at > utc_timestamp(3) - interval 1 day order by id desc limit 50`,
        [code],
      );
      for (const delivery of candidates) {
        const reach = delivery.officerId && (await this.officers.of(transaction, delivery.officerId));
        if (reach && reach.whatsapp === phone) return this.take(transaction, delivery, null, 'reply');
      }
      return null;
    });
  }

  private async take(
    transaction: Transaction,
    delivery: Delivery,
    which: Id | null,
    via: 'link' | 'reply',
  ): Promise<Asked[]> {
    const asked = await this.standings(transaction, delivery, 'for update');
    const taken = asked.filter(
      ({ standing, escalation }) => standing === 'open' && (which === null || escalation.id === which),
    );
    for (const one of taken) {
      const officerId = delivery.officerId!;
      await this.life.take(transaction, one.escalation, { officerId, via });
      await transaction.execute(
        'update delivery_item set used_at = ? where delivery_id = ? and escalation_id = ?',
        [transaction.now, toBinary(delivery.id), toBinary(one.escalation.id)],
      );
      one.standing = 'yours';
    }
    await this.note(transaction, delivery, taken, via);
    return asked;
  }

  private async standings(transaction: Transaction, delivery: Delivery, lock: string): Promise<Asked[]> {
    const items = await selectRows(transaction, DeliveryItem, 'where delivery_id = ? order by id', [
      toBinary(delivery.id),
    ]);
    if (items.length === 0) return [];
    const escalations = await selectRows(transaction, Escalation, `where id in (?) order by id ${lock}`, [
      items.map(({ escalationId }) => toBinary(escalationId)),
    ]);
    return escalations.map((escalation) => {
      const item = items.find(({ escalationId }) => escalationId === escalation.id)!;
      return { escalation, standing: standingOf(escalation, item) };
    });
  }

  private async find(transaction: Transaction, id: Id): Promise<Delivery | null> {
    const [delivery] = await selectRows(transaction, Delivery, 'where id = ?', [toBinary(id)]);
    const officer = delivery?.officerId && (await this.officers.of(transaction, delivery.officerId));
    return officer ? (delivery ?? null) : null;
  }

  private note(
    transaction: Transaction,
    { officerId, id }: Delivery,
    taken: Asked[],
    via: string,
  ): Promise<void> {
    const acts = taken.map(({ escalation }) => ({
      officerId,
      officeId: escalation.officeId,
      action: 'escalation_acknowledged',
      ...(escalation.ticketId && { ticketId: escalation.ticketId }),
      detail: { escalation: escalation.id, via, delivery: id },
    }));
    return this.audit.record(transaction, ...acts);
  }
}

/** A link that was used acknowledges nothing again, not even when the escalation is open anew. */
function standingOf(escalation: Escalation, { usedAt, officerId }: DeliveryItem): Asked['standing'] {
  if (usedAt) return escalation.acknowledgedBy === officerId ? 'yours' : 'gone';
  return escalation.state === 'open' ? 'open' : 'gone';
}
