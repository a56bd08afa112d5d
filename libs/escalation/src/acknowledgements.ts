import { Injectable } from '@nestjs/common';
import { Escalation } from './escalation';
import { EscalationTransitions } from './escalation-transitions';
import { type ActorRights, may, OfficerReach, SignedLinks } from '@sinkron/accounts';
import { Audit } from '@sinkron/audit';
import { type Id, selectRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import type { Zone } from '@sinkron/identity';
import {
  askedEscalations,
  type Delivery,
  type DeliveryItem,
  findDelivery,
  itemsOfMessages,
  markItemsUsed,
  messagesWithReplyCode,
  withSuccessors,
} from '@sinkron/messaging';
import { OfficeDirectory, type OfficeTree, type Scope } from '@sinkron/offices';

/** An escalation as the link of a message shows it: codes and states, nobody's data. */
export interface Asked {
  escalation: Escalation;
  /** `open`: can be taken by this link; `yours`: it is the officer's; `gone`: another has it, it is over, or used. */
  state: 'open' | 'yours' | 'gone';
}

/** A message and the officer whom it asked, as they are now. */
interface Message {
  delivery: Delivery;
  officerId: Id;
  asker: ActorRights;
  scope: Scope;
}

/**
 * Acknowledgement by the message itself: its link or its reply code, in the name of the officer it went to, as far as
 * that officer's role and offices go. Each works once for each escalation, and looking at it changes nothing: previews
 * and mail scanners follow links.
 */
@Injectable()
export class Acknowledgements {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly links: SignedLinks,
    private readonly officers: OfficerReach,
    private readonly life: EscalationTransitions,
    private readonly audit: Audit,
  ) {}

  /** @returns null for a link that is forged, over, or of an officer who is gone */
  look(token: string): Promise<Asked[] | null> {
    return this.behind(token, (transaction, message) => this.standings(transaction, message, ''));
  }

  /** @param which of the message's escalations is taken; null: all that are open. @returns as `look`, afterwards */
  byLink(token: string, which: Id | null): Promise<Asked[] | null> {
    return this.behind(token, (transaction, message) => this.take(transaction, message, which, 'link'));
  }

  /**
   * Takes what the message with this code asked, if it went to this number.
   * @param tree read before the transaction
   * @param phone E.164, as WhatsApp says who wrote
   * @returns as `look`, with the officer's clock; null when no message of the last day has this code for this number
   */
  async byReply(
    transaction: Transaction,
    tree: OfficeTree,
    phone: string,
    code: string,
  ): Promise<{ asked: Asked[]; zone: Zone } | null> {
    for (const delivery of await messagesWithReplyCode(transaction, code)) {
      const officerId = delivery.recipientOf('officer');
      const reach = officerId && (await this.officers.of(transaction, officerId));
      if (!reach || reach.whatsapp !== phone) continue;
      const message = await this.message(transaction, tree, delivery);
      if (!message) return null;
      const zone = reach.zone ?? tree.find(reach.officeId)?.zone ?? 'Asia/Jakarta';
      return { asked: await this.take(transaction, message, null, 'reply'), zone };
    }
    return null;
  }

  private async behind(
    token: string,
    act: (transaction: Transaction, message: Message) => Promise<Asked[]>,
  ): Promise<Asked[] | null> {
    const id = await this.links.read('acknowledge', token);
    if (!id) return null;
    const tree = await this.directory.tree();
    return this.transactions.run(async (transaction) => {
      const delivery = await findDelivery(transaction, id);
      const message = delivery && (await this.message(transaction, tree, delivery));
      return message ? act(transaction, message) : null;
    });
  }

  private async take(
    transaction: Transaction,
    message: Message,
    which: Id | null,
    via: 'link' | 'reply',
  ): Promise<Asked[]> {
    const { officerId } = message;
    const asked = await this.standings(transaction, message, 'for update');
    const taken = asked.filter(
      ({ state, escalation }) => state === 'open' && (which === null || escalation.id === which),
    );
    for (const one of taken) {
      await this.life.acknowledge(transaction, one.escalation, { officerId, via });
      await markItemsUsed(transaction, one.escalation.id, officerId);
      one.state = 'yours';
    }
    await this.note(transaction, message, taken, via);
    return asked;
  }

  /** The escalations are locked before the items are read: of two presses the second sees what the first has done. */
  private async standings(transaction: Transaction, message: Message, lock: string): Promise<Asked[]> {
    const ids = await withSuccessors(transaction, message.delivery);
    const named = await askedEscalations(transaction, ids);
    if (named.length === 0) return [];
    const escalations = await selectRows(transaction, Escalation, `where id in (?) order by id ${lock}`, [
      named.map(toBinary),
    ]);
    const items = await itemsOfMessages(transaction, ids);
    return escalations.map((escalation) => {
      const item = items.find(({ escalationId }) => escalationId === escalation.id)!;
      return { escalation, state: standingOf(escalation, item, message) };
    });
  }

  private async message(
    transaction: Transaction,
    tree: OfficeTree,
    delivery: Delivery,
  ): Promise<Message | null> {
    const officerId = delivery.recipientOf('officer');
    const reach = officerId && (await this.officers.of(transaction, officerId));
    if (!officerId || !reach) return null;
    const asker = { role: reach.role };
    return may(asker, 'escalations')
      ? { delivery, officerId, asker, scope: tree.scopeAt(reach.officeId) }
      : null;
  }

  private note(
    transaction: Transaction,
    { delivery, officerId }: Message,
    taken: Asked[],
    via: string,
  ): Promise<void> {
    const acts = taken.map(({ escalation }) => ({
      officerId,
      officeId: escalation.officeId,
      action: 'escalation_acknowledged',
      ...(escalation.ticketId && { ticketId: escalation.ticketId }),
      detail: { escalation: escalation.id, via, delivery: delivery.id },
    }));
    return this.audit.record(transaction, ...acts);
  }
}

/** A link that was used acknowledges nothing again, not even when the escalation is open anew. */
function standingOf(
  escalation: Escalation,
  { usedAt }: DeliveryItem,
  { officerId, asker, scope }: Message,
): Asked['state'] {
  const { state, acknowledgedBy, officeId, incident } = escalation;
  if (state === 'acknowledged' && acknowledgedBy === officerId) return 'yours';
  const isReached = incident ? may(asker, 'incidents') : officeId !== null && scope.includes(officeId);
  return state === 'open' && !usedAt && isReached ? 'open' : 'gone';
}
