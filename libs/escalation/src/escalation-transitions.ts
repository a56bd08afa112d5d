import { Inject, Injectable } from '@nestjs/common';
import { Escalation, type EscalationOutcome } from './escalation';
import { publishIncidentClosed, publish, addToStory } from './escalation-story';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, toBinary, type Transaction, updateRow } from '@sinkron/database';
import { OfficerMessages } from '@sinkron/messaging';
import { WorkTable } from '@sinkron/queue';

/** Why an escalation is nobody's again. */
export type Release = 'lapsed' | 'given_back' | 'receipt_late' | 'outcome_late' | 'transferred';

/**
 * The turns in an escalation's life, each whole: the row, its story, what is told outside, and whose work it is next.
 * The caller has locked the row.
 */
@Injectable()
export class EscalationTransitions {
  constructor(
    private readonly work: WorkTable,
    private readonly messages: OfficerMessages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Somebody has it until then; nobody else need be asked. */
  async acknowledge(
    transaction: Transaction,
    escalation: Escalation,
    { officerId, via, until }: { officerId: Id; via: string; until?: Date | undefined },
  ): Promise<void> {
    const heldUntil = until ?? this.heldUntil(escalation, transaction.now);
    Object.assign(escalation, { state: 'acknowledged', heldUntil, receivedAt: null });
    Object.assign(escalation, { acknowledgedAt: transaction.now, acknowledgedBy: officerId });
    await save(transaction, escalation);
    await this.scheduleLadder(transaction, escalation, heldUntil);
    await this.messages.cancelQuestions(transaction, escalation.id);
    const held = heldUntil.toISOString();
    await addToStory(transaction, escalation, {
      kind: 'acknowledged',
      officerId,
      data: { via, until: held },
    });
    const told = { officer: officerId, via, until: held };
    await publish(transaction, escalation, 'escalation.acknowledged', told);
  }

  /** It is nobody's again: the ladder begins anew, from its first step. */
  async release(
    transaction: Transaction,
    escalation: Escalation,
    cause: Release,
    officerId: Id | null = null,
  ): Promise<void> {
    await this.reopen(transaction, escalation, cause, officerId);
    await this.scheduleLadder(transaction, escalation, transaction.now);
  }

  /** As `release`, for the ladder itself, which goes on at once. */
  async reopen(
    transaction: Transaction,
    escalation: Escalation,
    cause: Release,
    officerId: Id | null = null,
  ): Promise<void> {
    Object.assign(escalation, { state: 'open', stepNo: 0, heldUntil: null, receivedAt: null });
    Object.assign(escalation, { acknowledgedAt: null, acknowledgedBy: null, unansweredAt: null });
    await save(transaction, escalation);
    await addToStory(transaction, escalation, { kind: 'unacknowledged', officerId, data: { cause } });
    await publish(transaction, escalation, 'escalation.unacknowledged', { cause });
  }

  /** Its case is another office's now: by the policy there, from the first step, whoever had it before. */
  async changeOffice(transaction: Transaction, escalation: Escalation): Promise<void> {
    escalation.policy = null;
    await this.messages.cancelQuestions(transaction, escalation.id);
    await this.release(transaction, escalation, 'transferred');
  }

  /** A message about it is on its way to somebody at the centre, who must confirm it by then. */
  async handOff(
    transaction: Transaction,
    escalation: Escalation,
    confirmationDueAt: Date,
    handoff: { id: Id; contactId: Id; officerId: Id },
  ): Promise<void> {
    const told = { handoff: handoff.id, contact: handoff.contactId };
    await addToStory(transaction, escalation, { kind: 'sent', officerId: handoff.officerId, data: told });
    await publish(transaction, escalation, 'escalation.handed_off', told);
    // Somebody else at the centre has confirmed it already: that one's time goes on.
    if (escalation.state === 'handed_off' && escalation.receivedAt) return;
    // The receipt has work of its own; this is for the day on which that was lost.
    const heldUntil = new Date(confirmationDueAt.getTime() + this.config.durations.lateStep);
    Object.assign(escalation, { state: 'handed_off', heldUntil, receivedAt: null });
    await save(transaction, escalation);
    await this.scheduleLadder(transaction, escalation, heldUntil);
    await this.messages.cancelQuestions(transaction, escalation.id);
  }

  /** Somebody at the centre has it; until then it must have an outcome. */
  async confirm(
    transaction: Transaction,
    escalation: Escalation,
    handoff: { id: Id; officerId: Id },
  ): Promise<void> {
    const heldUntil = new Date(transaction.now.getTime() + this.config.durations.followUp);
    Object.assign(escalation, { state: 'handed_off', heldUntil, receivedAt: transaction.now });
    await save(transaction, escalation);
    await this.scheduleLadder(transaction, escalation, heldUntil);
    const told = { handoff: handoff.id };
    await addToStory(transaction, escalation, {
      kind: 'receipt_confirmed',
      officerId: handoff.officerId,
      data: told,
    });
    await publish(transaction, escalation, 'escalation.receipt_confirmed', told);
  }

  /** It is over. */
  async end(
    transaction: Transaction,
    escalation: Escalation,
    outcome: EscalationOutcome,
    officerId: Id | null = null,
  ): Promise<void> {
    Object.assign(escalation, { state: 'resolved', openMarker: null, outcome, heldUntil: null });
    Object.assign(escalation, { resolvedAt: transaction.now, resolvedBy: officerId });
    await save(transaction, escalation);
    await this.work.drop(transaction, ['ladder'], escalation.id);
    await this.messages.cancelQuestions(transaction, escalation.id);
    await addToStory(transaction, escalation, { kind: 'resolved', officerId, data: { outcome } });
    await publish(transaction, escalation, 'escalation.resolved', { outcome });
    await publishIncidentClosed(transaction, escalation);
  }

  /** When the ladder looks at it next, whoever holds its work now. */
  async scheduleLadder(transaction: Transaction, { id, officeId }: Escalation, dueAt: Date): Promise<void> {
    const work = { kind: 'ladder' as const, subjectId: id, dueAt, lane: 'urgent' as const };
    await this.work.schedule(transaction, { ...work, rankAt: dueAt, officeId });
  }

  /** Until when an acknowledgement of now holds. */
  heldUntil({ policy }: Escalation, now: Date): Date {
    const holds = policy ? policy.acknowledgeSeconds * 1000 : this.config.durations.acknowledged;
    return new Date(now.getTime() + holds);
  }
}

/** Writes an escalation back. */
export async function save(transaction: Transaction, escalation: Escalation): Promise<void> {
  await updateRow(transaction, Escalation, escalation, 'id = ?', [toBinary(escalation.id)]);
}
