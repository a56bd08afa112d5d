import { Inject, Injectable } from '@nestjs/common';
import { Escalation } from '../model/escalation';
import { EscalationTransitions } from '../moves/escalation-transitions';
import { Escalations } from '../moves/escalations';
import { addToStory } from '../moves/story';
import { type Confirmation, Handoff, type HandoffChannel, type HandoffState } from './handoff';
import { type OfficerActor, requirePermission } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import {
  type Id,
  insertRows,
  isId,
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

/** From which states each of these is reached; `received` and `void` are final. */
const allowed: Record<'sent' | 'received' | 'void', readonly HandoffState[]> = {
  sent: ['composed'],
  received: ['sent'],
  void: ['composed', 'sent'],
};

/**
 * Hand-offs to a contact at the centre. The service sends none of them: a wa.me link only opens a draft, so an officer
 * records that it was sent.
 */
@Injectable()
export class Handoffs {
  constructor(
    private readonly transactions: Transactions,
    private readonly escalations: Escalations,
    private readonly transitions: EscalationTransitions,
    private readonly sealing: Sealing,
    private readonly work: WorkTable,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Records that one text for this contact was composed, about one escalation or several: a row for each, so that each
   * has its own confirmation and outcome.
   * @param message its id is made by the caller, whose text holds it
   * @returns in the order of the ids given
   * @throws Problem `not_found` outside the scope, `conflict` when one is resolved
   */
  async compose(
    by: OfficerActor,
    message: {
      bundleId: Id;
      escalationIds: readonly string[];
      contactId: Id;
      channel: HandoffChannel;
    },
  ): Promise<Handoff[]> {
    const { bundleId, escalationIds, contactId, channel } = message;
    const { officerId } = by;
    const id = escalationIds.length === 1 ? bundleId : undefined;
    return this.transactions.run(async (transaction) => {
      const handoffs: Handoff[] = [];
      for (const escalationId of escalationIds.toSorted()) {
        const escalation = await this.escalations.get(transaction, by.scope, escalationId, 'for update');
        if (escalation.state === 'resolved')
          throw conflict('Eskalasi ini sudah selesai.', 'This escalation is resolved already.');
        const given = { id, bundleId, escalationId, contactId, channel, officerId };
        const handoff = Handoff.compose(transaction.now, given);
        handoffs.push(handoff);
        const data = { handoff: handoff.id, contact: contactId, channel };
        await addToStory(transaction, escalation, { kind: 'composed', officerId, data });
      }
      await insertRows(transaction, Handoff, handoffs);
      return handoffs.toSorted((one, other) => placeIn(escalationIds, one) - placeIn(escalationIds, other));
    });
  }

  /** The officer has sent it: from now on the contact's confirmation has a deadline. */
  sent(by: OfficerActor, id: string): Promise<Handoff[]> {
    return this.change(by, id, 'sent', async (handoff, escalation, transaction) => {
      const due = new Date(transaction.now.getTime() + this.config.durations.confirmation);
      handoff.send(transaction.now, by.officerId, due);
      await this.work.schedule(transaction, {
        kind: 'confirmation',
        subjectId: handoff.id,
        dueAt: due,
        lane: 'urgent',
        rankAt: due,
        officeId: by.office.id,
      });
      if (escalation.state !== 'resolved')
        await this.transitions.handOff(transaction, escalation, due, { ...handoff, officerId: by.officerId });
    });
  }

  /** The contact has it: who confirmed, and how. */
  confirmed(by: OfficerActor, id: string, confirmation: Confirmation): Promise<Handoff[]> {
    return this.change(by, id, 'received', async (handoff, escalation, transaction) => {
      const sealed = this.sealing.seal(confirmation, place(handoff.id));
      handoff.confirm(transaction.now, by.officerId, sealed);
      await this.work.drop(transaction, ['confirmation'], handoff.id);
      if (escalation.state !== 'resolved')
        await this.transitions.confirm(transaction, escalation, { id: handoff.id, officerId: by.officerId });
    });
  }

  /** It was not sent after all, or went to the wrong person. */
  voided(by: OfficerActor, id: string): Promise<Handoff[]> {
    return this.change(by, id, 'void', async (handoff, escalation, transaction) => {
      handoff.void(transaction.now, by.officerId);
      await this.work.drop(transaction, ['confirmation'], handoff.id);
      const { officerId } = by;
      await addToStory(transaction, escalation, { kind: 'voided', officerId, data: { handoff: handoff.id } });
      // One that was only composed did not change who has the escalation.
      const wasSent = handoff.sentAt !== null && escalation.state === 'handed_off';
      if (wasSent && !(await this.hasAnother(transaction, handoff, ['sent', 'received'])))
        await this.transitions.acknowledge(transaction, escalation, { officerId, via: 'void' });
    });
  }

  /**
   * The handler of `confirmation`: the contact has not confirmed in time, so the escalation is open again, unless
   * another contact has confirmed it.
   */
  async confirmationLate(claim: Claim): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const [handoff] = await selectRows(transaction, Handoff, 'where id = ? for update', [
        toBinary(claim.subjectId),
      ]);
      if (handoff?.state === 'sent') {
        const escalation = await this.lockedEscalation(transaction, handoff);
        // Another contact may have confirmed while this transaction waited for the lock.
        if (escalation.state === 'handed_off' && !escalation.receivedAt)
          await this.transitions.release(transaction, escalation, 'receipt_late');
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

  confirmationOf(handoff: Handoff): Confirmation | null {
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
      // Those of the message that are in this state already stay as they are.
      const changed = handoffs.filter(({ state }) => state !== to);
      if (changed.length === 0) throw notAllowed(handoffs[0]!);
      for (const handoff of changed) {
        const { incident } = await this.escalations.get(transaction, by.scope, handoff.escalationId);
        // An incident is everybody's, but a message about it belongs to whoever composed it.
        if (incident && handoff.composedBy !== by.officerId) requirePermission(by, 'incidents');
        if (!allowed[to].includes(handoff.state)) throw notAllowed(handoff);
        await act(handoff, await this.lockedEscalation(transaction, handoff), transaction);
        await updateRow(transaction, Handoff, handoff, 'id = ?', [toBinary(handoff.id)]);
      }
      await this.record(transaction, by, `handoff_${to}`, changed);
      return handoffs;
    });
  }

  /**
   * The full numbers of the message's tickets are about to be shown to whoever opened its link: once, whoever it is.
   * @throws Problem `not_found` when nothing of it is open in the scope, `conflict` when they were shown before
   */
  async view(transaction: Transaction, by: OfficerActor, bundleId: Id): Promise<Escalation[]> {
    const handoffs = await selectRows(transaction, Handoff, 'where bundle_id = ? order by id for update', [
      toBinary(bundleId),
    ]);
    const viewed: Escalation[] = [];
    for (const handoff of handoffs) {
      const escalation = await this.viewable(transaction, by, handoff);
      if (!escalation) continue;
      handoff.view(transaction.now, by.officerId);
      await updateRow(transaction, Handoff, handoff, 'id = ?', [toBinary(handoff.id)]);
      const { officerId } = by;
      const data = { handoff: handoff.id };
      await addToStory(transaction, escalation, { kind: 'numbers_viewed', officerId, data });
      viewed.push(escalation);
    }
    if (viewed.length > 0) return viewed;
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
    if (!handoff.isViewable) return null;
    const escalation = await this.lockedEscalation(transaction, handoff);
    const isInScope = escalation.officeId !== null && scope.includes(escalation.officeId);
    return isInScope && escalation.state !== 'resolved' ? escalation : null;
  }

  private record(
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

function placeIn(ids: readonly string[], { escalationId }: Handoff): number {
  return ids.indexOf(escalationId);
}

function notAllowed({ id, state }: Handoff): Problem {
  return conflict(
    `Serah terima ${id} berstatus "${state}", jadi langkah ini belum atau tidak lagi bisa.`,
    `The hand-off ${id} is "${state}", so this step is not possible now.`,
  );
}

function place(rowId: Id) {
  return { table: 'handoff', column: 'sealed', rowId };
}

function conflict(id: string, en: string): Problem {
  return new Problem('conflict', { id, en });
}
