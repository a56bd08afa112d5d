import { Injectable } from '@nestjs/common';
import { Escalation } from '../model/escalation';
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

/** An escalation that a message asks its officer about: codes and states, nobody's personal data. */
export interface AskedEscalation {
  escalation: Escalation;
  /**
   * `open`: the message can acknowledge it; `yours`: the officer has it; `gone`: another has it, it is over, or the
   * message was used.
   */
  state: 'open' | 'yours' | 'gone';
}

/** A message and the officer whom it asked, as they are now. */
interface Message {
  delivery: Delivery;
  officerId: Id;
  officer: ActorRights;
  scope: Scope;
}

/**
 * Acknowledgement by the message itself: its link or its reply code, in the name of the officer it went to, as far as
 * that officer's role and offices allow. Each works once for each escalation. Reading the link changes nothing, because
 * previews and mail scanners follow links.
 */
@Injectable()
export class Acknowledgements {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly links: SignedLinks,
    private readonly officers: OfficerReach,
    private readonly transitions: EscalationTransitions,
    private readonly audit: Audit,
  ) {}

  /**
   * What the message asks about.
   * @returns null for a link that is forged or expired, of an officer who is gone, or from before they were shut out
   */
  escalationsOf(token: string): Promise<AskedEscalation[] | null> {
    return this.withMessageOf(token, (transaction, message) => this.escalationsIn(transaction, message, ''));
  }

  /**
   * @param escalationId the one of the message that is acknowledged; null: all that are open
   * @returns as `escalationsOf`, afterwards
   */
  byLink(token: string, escalationId: Id | null): Promise<AskedEscalation[] | null> {
    return this.withMessageOf(token, (transaction, message) =>
      this.acknowledge(transaction, message, escalationId, 'link'),
    );
  }

  /**
   * Acknowledges what the message with this code asks about, if it went to this number.
   * @param tree read before the transaction
   * @param phone E.164, as WhatsApp says who wrote
   * @returns as `escalationsOf`, with the officer's zone; null when no message of the last day has this code for this number
   */
  async byReply(
    transaction: Transaction,
    tree: OfficeTree,
    phone: string,
    code: string,
  ): Promise<{ escalations: AskedEscalation[]; zone: Zone } | null> {
    for (const delivery of await messagesWithReplyCode(transaction, code)) {
      const officerId = delivery.recipientOf('officer');
      const reach = officerId && (await this.officers.of(transaction, officerId));
      if (!reach || reach.whatsapp !== phone) continue;
      const message = await this.message(transaction, tree, delivery);
      if (!message) return null;
      const zone = reach.zone ?? tree.find(reach.officeId)?.zone ?? 'Asia/Jakarta';
      return { escalations: await this.acknowledge(transaction, message, null, 'reply'), zone };
    }
    return null;
  }

  private async withMessageOf(
    token: string,
    act: (transaction: Transaction, message: Message) => Promise<AskedEscalation[]>,
  ): Promise<AskedEscalation[] | null> {
    const id = await this.links.read('acknowledge', token);
    if (!id) return null;
    const tree = await this.directory.tree();
    return this.transactions.run(async (transaction) => {
      const delivery = await findDelivery(transaction, id);
      const message = delivery && (await this.message(transaction, tree, delivery));
      return message ? act(transaction, message) : null;
    });
  }

  private async acknowledge(
    transaction: Transaction,
    message: Message,
    escalationId: Id | null,
    via: 'link' | 'reply',
  ): Promise<AskedEscalation[]> {
    const { officerId } = message;
    const asked = await this.escalationsIn(transaction, message, 'for update');
    const acknowledged = asked.filter(
      ({ state, escalation }) =>
        state === 'open' && (escalationId === null || escalation.id === escalationId),
    );
    for (const one of acknowledged) {
      await this.transitions.acknowledge(transaction, one.escalation, { officerId, via });
      await markItemsUsed(transaction, one.escalation.id, officerId);
      one.state = 'yours';
    }
    await this.record(transaction, message, acknowledged, via);
    return asked;
  }

  /** The escalations are locked before the items are read: of two clicks the second sees what the first has done. */
  private async escalationsIn(
    transaction: Transaction,
    message: Message,
    lock: '' | 'for update',
  ): Promise<AskedEscalation[]> {
    const ids = await withSuccessors(transaction, message.delivery);
    const named = await askedEscalations(transaction, ids);
    if (named.length === 0) return [];
    const escalations = await selectRows(transaction, Escalation, `where id in (?) order by id ${lock}`, [
      named.map(toBinary),
    ]);
    const items = await itemsOfMessages(transaction, ids);
    return escalations.map((escalation) => {
      const item = items.find(({ escalationId }) => escalationId === escalation.id)!;
      return { escalation, state: stateOf(escalation, item, message) };
    });
  }

  private async message(
    transaction: Transaction,
    tree: OfficeTree,
    delivery: Delivery,
  ): Promise<Message | null> {
    const officerId = delivery.recipientOf('officer');
    const reach = officerId && (await this.officers.of(transaction, officerId));
    if (!officerId || !reach || isFromBefore(delivery, reach.shutOutAt)) return null;
    const officer = { role: reach.role };
    return may(officer, 'escalations')
      ? { delivery, officerId, officer, scope: tree.scopeAt(reach.officeId) }
      : null;
  }

  private record(
    transaction: Transaction,
    { delivery, officerId }: Message,
    acknowledged: AskedEscalation[],
    via: string,
  ): Promise<void> {
    const acts = acknowledged.map(({ escalation }) => ({
      officerId,
      officeId: escalation.officeId,
      action: 'escalation_acknowledged',
      ...(escalation.ticketId && { ticketId: escalation.ticketId }),
      detail: { escalation: escalation.id, via, delivery: delivery.id },
    }));
    return this.audit.record(transaction, ...acts);
  }
}

/** Whoever read the message under the old password, or on a lost phone, must not act by it. */
function isFromBefore({ startedAt, createdAt }: Delivery, shutOutAt: Date | null): boolean {
  return shutOutAt !== null && (startedAt ?? createdAt) <= shutOutAt;
}

/** A message that was used acknowledges nothing again, not even when the escalation was reopened. */
function stateOf(
  escalation: Escalation,
  { usedAt }: DeliveryItem,
  { officerId, officer, scope }: Message,
): AskedEscalation['state'] {
  const { state, acknowledgedBy, officeId, incident } = escalation;
  if (state === 'acknowledged' && acknowledgedBy === officerId) return 'yours';
  const isAllowed = incident ? may(officer, 'incidents') : officeId !== null && scope.includes(officeId);
  return state === 'open' && !usedAt && isAllowed ? 'open' : 'gone';
}
