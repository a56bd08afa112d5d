import { Inject, Injectable } from '@nestjs/common';
import { Escalation, type EscalationOutcome } from '../model/escalation';
import type { EndCause } from '../model/end-causes';
import { EndNotices } from './end-notices';
import { addToStory, publish, publishIncidentClosed } from './story';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, toBinary, type Transaction, updateRow } from '@sinkron/database';
import { OfficerMessages } from '@sinkron/messaging';
import { WorkTable } from '@sinkron/queue';

/** Why nobody acts on an escalation any more. */
export type ReleaseCause =
  'lapsed' | 'given_back' | 'receipt_late' | 'outcome_late' | 'transferred' | 'rights_withdrawn';

/** How an escalation ends, and why. */
export interface EscalationEnd {
  outcome: EscalationOutcome;
  cause: EndCause;
  /** Absent: the service itself. */
  officerId?: Id;
  /** Who knows already, without having ended the escalation as such: whoever ended its ticket. */
  told?: Id | null;
}

/**
 * The transitions of an escalation, each complete: the row, its story, the event, and when the ladder is due next.
 * The caller has locked the row.
 */
@Injectable()
export class EscalationTransitions {
  constructor(
    private readonly work: WorkTable,
    private readonly messages: OfficerMessages,
    private readonly endNotices: EndNotices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** An officer acts on it: nobody else is asked until then. */
  async acknowledge(
    transaction: Transaction,
    escalation: Escalation,
    { officerId, via, until }: { officerId: Id; via: string; until?: Date | undefined },
  ): Promise<void> {
    const heldUntil = until ?? this.acknowledgedUntil(escalation, transaction.now);
    escalation.acknowledge(transaction.now, officerId, heldUntil);
    await save(transaction, escalation);
    await this.scheduleLadder(transaction, escalation, heldUntil);
    await this.messages.cancelQuestions(transaction, escalation.id);
    const data = { via, until: heldUntil.toISOString() };
    await addToStory(transaction, escalation, { kind: 'acknowledged', officerId, data });
    await publish(transaction, escalation, 'escalation.acknowledged', { officer: officerId, ...data });
  }

  /** Nobody acts on it any more: the ladder begins at once, from its first step. */
  async release(
    transaction: Transaction,
    escalation: Escalation,
    cause: ReleaseCause,
    officerId: Id | null = null,
  ): Promise<void> {
    await this.reopen(transaction, escalation, cause, officerId);
    await this.scheduleLadder(transaction, escalation, transaction.now);
  }

  /** As `release`, for the ladder itself, which takes the first step in the same transaction. */
  async reopen(
    transaction: Transaction,
    escalation: Escalation,
    cause: ReleaseCause,
    officerId: Id | null = null,
  ): Promise<void> {
    escalation.reopen();
    await save(transaction, escalation);
    await addToStory(transaction, escalation, { kind: 'unacknowledged', officerId, data: { cause } });
    await publish(transaction, escalation, 'escalation.unacknowledged', { cause });
  }

  /** Its ticket belongs to another office now: the people there are asked, by their rules, from the first step. */
  async changeOffice(
    transaction: Transaction,
    escalation: Escalation,
    officeId: Id,
    by: Id | null,
  ): Promise<void> {
    await this.endNotices.tell(transaction, escalation, 'transferred', by);
    escalation.changeOffice(officeId);
    await this.release(transaction, escalation, 'transferred');
  }

  /** A message about it was sent to somebody at the centre, who must confirm it by then. */
  async handOff(
    transaction: Transaction,
    escalation: Escalation,
    confirmationDueAt: Date,
    { id, contactId, officerId }: { id: Id; contactId: Id; officerId: Id },
  ): Promise<void> {
    const data = { handoff: id, contact: contactId };
    await addToStory(transaction, escalation, { kind: 'sent', officerId, data });
    await publish(transaction, escalation, 'escalation.handed_off', data);
    // Another contact has confirmed it already: the time for the outcome goes on.
    if (escalation.state === 'handed_off' && escalation.receivedAt) return;
    // The work of the confirmation releases it first; the ladder does when that work was lost.
    const heldUntil = new Date(confirmationDueAt.getTime() + this.config.durations.lateStep);
    escalation.handOff(heldUntil);
    await save(transaction, escalation);
    await this.scheduleLadder(transaction, escalation, heldUntil);
    await this.messages.cancelQuestions(transaction, escalation.id);
  }

  /** Somebody at the centre has it: the outcome is due next. */
  async confirm(
    transaction: Transaction,
    escalation: Escalation,
    handoff: { id: Id; officerId: Id },
  ): Promise<void> {
    const heldUntil = new Date(transaction.now.getTime() + this.config.durations.followUp);
    escalation.confirm(transaction.now, heldUntil);
    await save(transaction, escalation);
    await this.scheduleLadder(transaction, escalation, heldUntil);
    const { officerId } = handoff;
    const data = { handoff: handoff.id };
    await addToStory(transaction, escalation, { kind: 'receipt_confirmed', officerId, data });
    await publish(transaction, escalation, 'escalation.receipt_confirmed', data);
  }

  /** It is over: nobody is asked any more, and whoever has it or was asked is told. */
  async end(transaction: Transaction, escalation: Escalation, ending: EscalationEnd): Promise<void> {
    const { outcome, cause, officerId = null, told = officerId } = ending;
    await this.work.drop(transaction, ['ladder'], escalation.id);
    await this.endNotices.tell(transaction, escalation, cause, told);
    escalation.end(transaction.now, outcome, officerId);
    await save(transaction, escalation);
    await addToStory(transaction, escalation, { kind: 'resolved', officerId, data: { outcome, cause } });
    await publish(transaction, escalation, 'escalation.resolved', { outcome, cause });
    await publishIncidentClosed(transaction, escalation);
  }

  /** Sets when its ladder is due next, whoever has leased the work now. */
  async scheduleLadder(transaction: Transaction, { id, officeId }: Escalation, dueAt: Date): Promise<void> {
    await this.work.schedule(transaction, {
      kind: 'ladder',
      subjectId: id,
      dueAt,
      lane: 'urgent',
      rankAt: dueAt,
      officeId,
    });
  }

  /** Until when an acknowledgement made now holds, by the policy. */
  private acknowledgedUntil({ policy }: Escalation, now: Date): Date {
    const milliseconds = policy ? policy.acknowledgeSeconds * 1000 : this.config.durations.acknowledged;
    return new Date(now.getTime() + milliseconds);
  }
}

/** Writes an escalation back. */
export async function save(transaction: Transaction, escalation: Escalation): Promise<void> {
  await updateRow(transaction, Escalation, escalation, 'id = ?', [toBinary(escalation.id)]);
}
