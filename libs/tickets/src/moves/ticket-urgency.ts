import { Inject, Injectable } from '@nestjs/common';
import type { NewHistory } from '../model/history';
import type { Ticket } from '../model/ticket';
import { centreKinds } from '../model/ticket-work';
import { rankOf } from '../model/deadlines';
import { type Config, CONFIG } from '@sinkron/config';
import type { Id, Transaction } from '@sinkron/database';
import { type EscalatedTicket, Escalations, urgencyOf, type UrgencyReason } from '@sinkron/escalation';
import { chanceOf, LagEstimates } from '@sinkron/lag';
import { WorkTable } from '@sinkron/queue';

/** Why a ticket is urgent, and the figures that say so, for the escalation, the history and the officer. */
export interface Urgency {
  reason: UrgencyReason;
  /** Of `unlikely_before_deadline`: the probability, of how many tickets of whom. */
  detail: { probability: number; sampleSize: number; basis: string } | undefined;
}

/** Judges a ticket by its facts and by what was known of the lag when this judge was asked for. */
export type UrgencyJudge = (ticket: Ticket, now: Date, flagged?: boolean) => Urgency | null;

/** What follows when a ticket has become urgent. */
export interface UrgencyVerdict {
  entry: NewHistory;
  /** Null while somebody knows of the wait and wants no alarm about it. */
  escalation: EscalatedTicket | null;
}

/**
 * The one judgement of urgency, for every transaction that changes a fact: makes the ticket urgent if a fact says so,
 * and says what follows. A snooze defers the alarm and nothing else; an officer's flag is heard in spite of it.
 * @param flaggedBy the officer who flags it now
 * @returns null when nothing changes
 */
export function judgeUrgency(
  ticket: Ticket,
  judge: UrgencyJudge,
  now: Date,
  flaggedBy: Id | null = null,
): UrgencyVerdict | null {
  const flagged = flaggedBy !== null;
  const snoozed = ticket.snoozedUntil !== null;
  const flagInSnooze = ticket.urgent && flagged && snoozed;
  if (ticket.urgent && !flagInSnooze) return null;
  const urgency: Urgency | null = flagInSnooze
    ? { reason: 'officer_flag', detail: undefined }
    : judge(ticket, now, flagged);
  if (!urgency) return null;
  ticket.becomeUrgent();
  const { reason, detail } = urgency;
  return {
    entry: { kind: 'urgent', officerId: flaggedBy, data: { reason, ...detail } },
    escalation: snoozed && !flagged ? null : escalationOf(ticket, reason, detail),
  };
}

/** The urgency rules, with the probability of each ticket as one of their facts, and what follows from them. */
@Injectable()
export class TicketUrgency {
  constructor(
    private readonly estimates: LagEstimates,
    private readonly escalations: Escalations,
    private readonly work: WorkTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Called before a transaction; its judge then needs no reading. */
  async judge(): Promise<UrgencyJudge> {
    const lags = await this.estimates.current();
    const threshold = this.config.urgencyThreshold;
    return (ticket, now, flagged = false) => {
      const lag = lags.of(ticket.officeId);
      const chance = ticket.deadlineAt && chanceOf(lag, ticket, now, ticket.deadlineAt);
      const reason = urgencyOf({ ...ticket, now, flagged, chance, threshold });
      if (!reason) return null;
      if (reason !== 'unlikely_before_deadline' || chance === null || !lag) {
        return { reason, detail: undefined };
      }
      const { sampleSize, basis } = lag;
      return { reason, detail: { probability: Math.round(chance * 100) / 100, sampleSize, basis } };
    };
  }

  /** Judges, and has what follows happen: the alarm and the urgent lane. @returns what to write into the history */
  async apply(transaction: Transaction, ticket: Ticket, judge: UrgencyJudge): Promise<NewHistory[]> {
    const verdict = judgeUrgency(ticket, judge, transaction.now);
    if (!verdict) return [];
    if (verdict.escalation) await this.escalations.openForTickets(transaction, [verdict.escalation]);
    await this.useUrgentLane(transaction, ticket);
    return [verdict.entry];
  }

  /** An officer puts it before a person, whatever the facts say. */
  async flag(transaction: Transaction, ticket: Ticket): Promise<void> {
    ticket.becomeUrgent();
    await this.escalations.openForTickets(transaction, [escalationOf(ticket, 'officer_flag')]);
    await this.useUrgentLane(transaction, ticket);
  }

  /** The alarm that a snooze deferred, when the snooze is ended early and the reason still holds. */
  async raiseDeferred(transaction: Transaction, ticket: Ticket, judge: UrgencyJudge): Promise<void> {
    const urgency = ticket.urgent ? judge(ticket, transaction.now) : null;
    if (!urgency || (await this.escalations.isTicketEscalated(transaction, ticket.id))) return;
    const { reason, detail } = urgency;
    await this.escalations.openForTickets(transaction, [escalationOf(ticket, reason, detail)]);
  }

  /** Its work at the centre goes before the regular work. */
  useUrgentLane(transaction: Transaction, ticket: Ticket): Promise<void> {
    return this.work.promote(transaction, centreKinds, ticket.id, rankOf(ticket));
  }
}

/** A ticket as it is put before a person. */
export function escalationOf(
  { id, code, officeId, deadlineAt }: Ticket,
  reason: EscalatedTicket['reason'],
  detail?: EscalatedTicket['detail'],
): EscalatedTicket {
  return { ticketId: id, code, officeId, deadlineAt, reason, detail };
}
