import { Inject, Injectable } from '@nestjs/common';
import { Escalation, Handoff, type HandoffState } from '../escalation';
import { addToStory } from '../escalation-story';
import { EscalationTransitions } from '../escalation-transitions';
import { Escalations } from '../escalations';
import { type OfficerActor, requirePermission } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import {
  type Id,
  insertRows,
  isId,
  newId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
  updateRow,
} from '@sinkron/database';
import { notFound, Problem } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';
import { type Claim, WorkTable } from '@sinkron/queue';

/** Which facts may follow which; received and void are the ends. */
const allowed: Record<'sent' | 'received' | 'void', readonly HandoffState[]> = {
  sent: ['composed'],
  received: ['sent'],
  void: ['composed', 'sent'],
};

/** Hand-offs to a contact at the centre. A wa.me link only opens a draft, so that it was sent is said by an officer. */
@Injectable()
export class Handoffs {
  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly life: EscalationTransitions,
    private readonly sealing: Sealing,
    private readonly work: WorkTable,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Records that one text for this contact was composed, about one escalation or several: a row for each, so that each
   * keeps its own receipt and outcome.
   * `bundleId` names the message, and is made by the caller, whose text holds it.
   * @returns in the order of the ids given
   * @throws Problem `not_found` outside the scope, `conflict` when one is resolved
   */
  async compose(
    by: OfficerActor,
    {
      bundleId,
      escalationIds,
      contactId,
      channel,
    }: { bundleId: Id; escalationIds: readonly string[]; contactId: Id; channel: string },
  ): Promise<Handoff[]> {
    return this.transactions.run(async (transaction) => {
      const handoffs: Handoff[] = [];
      for (const escalationId of escalationIds.toSorted()) {
        const escalation = await this.escalations.get(transaction, by.scope, escalationId, 'for update');
        if (escalation.state === 'resolved')
          throw conflict('Eskalasi ini sudah selesai.', 'This escalation is resolved already.');
        const id = escalationIds.length === 1 ? bundleId : newId();
        const now = transaction.now;
        handoffs.push(composed(now, { id, bundleId, escalationId, contactId, channel, by: by.officerId }));
        const data = { handoff: id, contact: contactId, channel };
        await addToStory(transaction, escalation, { kind: 'composed', officerId: by.officerId, data });
      }
      await insertRows(transaction, Handoff, handoffs);
      return handoffs.toSorted((one, other) => placeIn(escalationIds, one) - placeIn(escalationIds, other));
    });
  }

  /** An officer says that it was sent: from now on the receipt has a deadline. */
  sent(by: OfficerActor, id: string): Promise<Handoff[]> {
    return this.change(by, id, 'sent', async (handoff, escalation, transaction) => {
      const due = new Date(transaction.now.getTime() + this.config.durations.confirmation);
      Object.assign(handoff, { sentAt: transaction.now, sentBy: by.officerId, confirmationDueAt: due });
      await this.work.schedule(transaction, {
        kind: 'confirmation',
        subjectId: handoff.id,
        dueAt: due,
        lane: 'urgent',
        rankAt: due,
        officeId: by.office.id,
      });
      if (escalation.state !== 'resolved')
        await this.life.handOff(transaction, escalation, due, { ...handoff, officerId: by.officerId });
    });
  }

  /** The contact has it: who confirmed, and how. */
  confirmed(by: OfficerActor, id: string, receipt: { who: string; how: string }): Promise<Handoff[]> {
    return this.change(by, id, 'received', async (handoff, escalation, transaction) => {
      Object.assign(handoff, { receivedAt: transaction.now, receivedBy: by.officerId });
      handoff.sealed = this.sealing.seal(receipt, place(handoff.id));
      await this.work.drop(transaction, ['confirmation'], handoff.id);
      if (escalation.state !== 'resolved')
        await this.life.confirm(transaction, escalation, { id: handoff.id, officerId: by.officerId });
    });
  }

  /** It was not sent after all, or went to the wrong person. */
  voided(by: OfficerActor, id: string): Promise<Handoff[]> {
    return this.change(by, id, 'void', async (handoff, escalation, transaction) => {
      Object.assign(handoff, { voidedAt: transaction.now, voidedBy: by.officerId });
      await this.work.drop(transaction, ['confirmation'], handoff.id);
      const { officerId } = by;
      await addToStory(transaction, escalation, { kind: 'voided', officerId, data: { handoff: handoff.id } });
      // One that was only composed changed nothing about who has the escalation.
      const was = handoff.sentAt !== null && escalation.state === 'handed_off';
      if (was && !(await this.hasAnother(transaction, handoff, ['sent', 'received'])))
        await this.life.acknowledge(transaction, escalation, { officerId, via: 'void' });
    });
  }

  /**
   * The worker's handler: no receipt in time, so the escalation is nobody's again and stands on the open list; unless
   * another contact has confirmed it.
   */
  async confirmationLate(claim: Claim): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const [handoff] = await selectRows(transaction, Handoff, 'where id = ? for update', [
        toBinary(claim.subjectId),
      ]);
      if (handoff?.state === 'sent') {
        const escalation = await this.lockedEscalation(transaction, handoff);
        // A receipt of another contact may have been confirmed while we waited for the lock.
        if (escalation.state === 'handed_off' && !escalation.receivedAt)
          await this.life.release(transaction, escalation, 'receipt_late');
      }
      await this.work.finish(transaction, claim);
    });
  }

  /** Oldest first. @throws Problem `not_found` for an escalation outside the scope */
  async ofEscalation(scope: Scope, escalationId: Id): Promise<Handoff[]> {
    return this.transactions.run(async (transaction) => {
      const { id } = await this.escalations.get(transaction, scope, escalationId);
      return selectRows(transaction, Handoff, 'where escalation_id = ? order by id', [toBinary(id)]);
    });
  }

  confirmationOf(handoff: Handoff): { who: string; how: string } | null {
    return handoff.sealed ? this.sealing.open(handoff.sealed, place(handoff.id)) : null;
  }

  /** @param id of one hand-off, or of the message that several went in */
  private async change(
    by: OfficerActor,
    id: string,
    to: keyof typeof allowed,
    act: (handoff: Handoff, escalation: Escalation, transaction: Transaction) => Promise<void>,
  ): Promise<Handoff[]> {
    if (!isId(id)) throw notFound();
    return this.transactions.run(async (transaction) => {
      const handoffs = await selectRows(
        transaction,
        Handoff,
        'where id = ? or bundle_id = ? order by id for update',
        [toBinary(id), toBinary(id)],
      );
      if (handoffs.length === 0) throw notFound();
      // Of a message that has come so far in part the rest follows.
      const behind = handoffs.filter(({ state }) => state !== to);
      if (behind.length === 0) throw alreadyThere(handoffs[0]!);
      for (const handoff of behind) {
        const { incident } = await this.escalations.get(transaction, by.scope, handoff.escalationId);
        // An incident is everybody's, but a message about it is of whoever composed it.
        if (incident && handoff.composedBy !== by.officerId) requirePermission(by, 'incidents');
        if (!allowed[to].includes(handoff.state)) throw alreadyThere(handoff);
        handoff.state = to;
        await act(handoff, await this.lockedEscalation(transaction, handoff), transaction);
        await updateRow(transaction, Handoff, handoff, 'id = ?', [toBinary(handoff.id)]);
      }
      await this.note(transaction, by, `handoff_${to}`, behind);
      return handoffs;
    });
  }

  /**
   * The full numbers of a message's cases are about to be shown to whoever came by its link: once, whoever it is.
   * @throws Problem `not_found` when nothing of it is open in the scope, `conflict` when they were shown before
   */
  async view(transaction: Transaction, by: OfficerActor, bundleId: Id): Promise<Escalation[]> {
    const handoffs = await selectRows(transaction, Handoff, 'where bundle_id = ? order by id for update', [
      toBinary(bundleId),
    ]);
    const seen: Escalation[] = [];
    for (const handoff of handoffs) {
      const escalation = await this.viewable(transaction, by, handoff);
      if (!escalation) continue;
      Object.assign(handoff, { viewedAt: transaction.now, viewedBy: by.officerId });
      await updateRow(transaction, Handoff, handoff, 'id = ?', [toBinary(handoff.id)]);
      const { officerId } = by;
      const data = { handoff: handoff.id };
      await addToStory(transaction, escalation, { kind: 'numbers_viewed', officerId, data });
      seen.push(escalation);
    }
    if (seen.length > 0) return seen;
    throw handoffs.some(({ viewedAt }) => viewedAt)
      ? conflict('Tautan ini sudah pernah dibuka.', 'This link was opened before.')
      : notFound();
  }

  /** Null for what is over, was viewed before, or is out of the scope: the others of the message stay open. */
  private async viewable(
    transaction: Transaction,
    { scope }: OfficerActor,
    handoff: Handoff,
  ): Promise<Escalation | null> {
    if (handoff.viewedAt || handoff.state === 'void') return null;
    const escalation = await this.lockedEscalation(transaction, handoff);
    const isSeen = escalation.officeId !== null && scope.includes(escalation.officeId);
    return isSeen && escalation.state !== 'resolved' ? escalation : null;
  }

  private note(
    transaction: Transaction,
    by: OfficerActor,
    action: string,
    handoffs: Handoff[],
  ): Promise<void> {
    const acts = handoffs.map(({ id, escalationId }) => ({
      ...actedBy(by),
      action,
      detail: { escalation: escalationId, handoff: id },
    }));
    return this.audit.record(transaction, ...acts);
  }

  /** After the hand-off was read with a scope. */
  private async lockedEscalation(transaction: Transaction, { escalationId }: Handoff): Promise<Escalation> {
    const [escalation] = await selectRows(transaction, Escalation, 'where id = ? for update', [
      toBinary(escalationId),
    ]);
    if (!escalation) throw notFound();
    return escalation;
  }

  private async hasAnother(
    transaction: Transaction,
    { id, escalationId }: Handoff,
    states: readonly HandoffState[],
  ): Promise<boolean> {
    const others = await transaction.query(
      'select 1 from handoff where escalation_id = ? and id <> ? and state in (?)',
      [toBinary(escalationId), toBinary(id), states],
    );
    return others.length > 0;
  }
}

function composed(
  now: Date,
  { by, ...given }: Pick<Handoff, 'id' | 'bundleId' | 'escalationId' | 'contactId' | 'channel'> & { by: Id },
): Handoff {
  return Object.assign(new Handoff(), {
    ...given,
    state: 'composed',
    composedAt: now,
    composedBy: by,
    sentAt: null,
    sentBy: null,
    confirmationDueAt: null,
    receivedAt: null,
    receivedBy: null,
    voidedAt: null,
    voidedBy: null,
    viewedAt: null,
    viewedBy: null,
    sealed: null,
  });
}

function placeIn(ids: readonly string[], { escalationId }: Handoff): number {
  return ids.indexOf(escalationId);
}

function alreadyThere({ id, state }: Handoff): Problem {
  return conflict(
    `Serah terima ${id} berstatus "${state}", jadi langkah ini belum atau tidak lagi bisa.`,
    `The hand-off ${id} is "${state}", so this cannot be said of it now.`,
  );
}

function place(rowId: Id) {
  return { table: 'handoff', column: 'sealed', rowId };
}

function conflict(id: string, en: string): Problem {
  return new Problem('conflict', { id, en });
}
