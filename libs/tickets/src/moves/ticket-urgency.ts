import { Inject, Injectable } from '@nestjs/common';
import { HistoryEntry, type NewHistory } from '../model/history';
import type { Ticket } from '../model/ticket';
import { centreKinds } from '../model/ticket-work';
import { rankOf } from '../model/deadlines';
import { basisKinds, lostBasis, restsOnDeadline, type UrgencyBasis, urgencyBasis } from './alarm-basis';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';
import {
  type EscalatedTicket,
  type Escalation,
  Escalations,
  urgencyOf,
  type UrgencyReason,
} from '@sinkron/escalation';
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

/** What brings about that a ticket is judged again. */
interface Occasion {
  /** The officer who changes a fact, and need not be told what follows. */
  by?: Id | null;
  /**
   * `time`: no fact has changed; `suspended`: nobody can act on it while it waits for its applicant; `resumed`: that is
   * over, and what it took back may hold again.
   */
  because?: 'fact' | 'time' | 'suspended' | 'resumed';
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
  // It waits for its applicant: what has become urgent by then is found when it is resumed.
  if (ticket.state === 'suspended' && !flagged) return null;
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

  /**
   * The one function for every transaction that changes what urgency and alarms rest on, in either direction: makes the
   * ticket urgent or regular, has the alarm opened, follow the facts or withdrawn, and its work go into the lane and to
   * the place that follow. Called when the ticket has been changed; the caller saves it.
   * @returns what to write into the history
   */
  async judgeAgain(
    transaction: Transaction,
    ticket: Ticket,
    judge: UrgencyJudge,
    { by = null, because = 'fact' }: Occasion = {},
  ): Promise<NewHistory[]> {
    const { now } = transaction;
    const alarm = await this.escalations.openForTicket(transaction, ticket.id);
    const basis = ticket.urgent ? await basisOf(transaction, ticket) : null;
    const urgency = ticket.state === 'suspended' ? null : judge(ticket, now, basis?.flagged);
    // Time alone takes nothing back: a chance that wavers about the threshold would open an alarm again and again.
    const mayEnd = because !== 'time' || basis?.deadlineChanged === true;
    const cause =
      alarm && (because === 'suspended' ? because : lostBasis(alarm, ticket, urgency?.reason ?? null, now));
    const stands = cause === null || (!mayEnd && cause === 'time_enough');
    if (alarm && !stands) await this.escalations.withdraw(transaction, alarm, cause, by);
    if (ticket.state === 'suspended') return [];
    await this.endSnoozeBeforeDeadline(transaction, ticket);
    if (!ticket.urgent) return this.apply(transaction, ticket, judge);
    if (!urgency) {
      const kept = !mayEnd || (alarm !== null && stands && restsOnDeadline(alarm));
      return kept ? [] : this.endUrgency(transaction, ticket);
    }
    await this.useUrgentLane(transaction, ticket);
    if (alarm && stands) await this.follow(transaction, alarm, ticket, urgency);
    else if (because === 'resumed') await this.raiseWithdrawn(transaction, ticket, urgency);
    return [];
  }

  /** A snooze never outlives the applicant's own deadline: the check that ends it is due now. */
  async endSnoozeBeforeDeadline(
    transaction: Transaction,
    { id, snoozedUntil, deadlineAt }: Ticket,
  ): Promise<void> {
    if (!snoozedUntil || !deadlineAt) return;
    if (deadlineAt > transaction.now && deadlineAt < snoozedUntil)
      await this.work.makeDue(transaction, 'deadline', [id]);
  }

  /** Judges a ticket that is new, or begins anew: it has no alarm. @returns what to write into the history */
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

  /** Its work at the centre goes before the regular work, by the nearest deadline. */
  useUrgentLane(transaction: Transaction, ticket: Ticket): Promise<void> {
    return this.work.promote(transaction, centreKinds, ticket.id, rankOf(ticket));
  }

  private async endUrgency(transaction: Transaction, ticket: Ticket): Promise<NewHistory[]> {
    if (!ticket.becomeRegular()) return [];
    await this.work.demote(transaction, centreKinds, ticket.id, rankOf(ticket));
    return [{ kind: 'urgency_ended' }];
  }

  /** An alarm that stands tells the reason and the deadline as they are now. */
  private async follow(
    transaction: Transaction,
    alarm: Escalation,
    ticket: Ticket,
    urgency: Urgency,
  ): Promise<void> {
    const { deadlineAt } = ticket;
    const { reason, detail } = restsOnDeadline(alarm)
      ? urgency
      : { reason: alarm.reason, detail: alarm.detail ?? undefined };
    if (reason === alarm.reason && deadlineAt?.getTime() === alarm.deadlineAt?.getTime()) return;
    await this.escalations.restOn(transaction, alarm, { reason, detail, deadlineAt });
  }

  /** The alarm that the suspension took back, if a reason holds still or again. */
  private async raiseWithdrawn(
    transaction: Transaction,
    ticket: Ticket,
    { reason, detail }: Urgency,
  ): Promise<void> {
    if (await this.escalations.wasWithdrawn(transaction, ticket.id))
      await this.escalations.openForTickets(transaction, [escalationOf(ticket, reason, detail)]);
  }
}

async function basisOf(transaction: Transaction, { id }: Ticket): Promise<UrgencyBasis> {
  const entries = await selectRows(
    transaction,
    HistoryEntry,
    'where ticket_id = ? and kind in (?) order by seq',
    [toBinary(id), basisKinds],
  );
  return urgencyBasis(entries);
}

/** A ticket as it is put before a person. */
export function escalationOf(
  { id, code, officeId, deadlineAt }: Ticket,
  reason: EscalatedTicket['reason'],
  detail?: EscalatedTicket['detail'],
): EscalatedTicket {
  return { ticketId: id, code, officeId, deadlineAt, reason, detail };
}
