import { Inject, Injectable } from '@nestjs/common';
import { isAtStandstill, isContestLate, isUntaken, nextCheck, snoozeEndsBy } from './deadline-rules';
import { type Config, CONFIG } from '@sinkron/config';
import type { Transaction } from '@sinkron/database';
import { type EscalationReason, Escalations } from '@sinkron/escalation';
import { recordEvents } from '@sinkron/events';
import { type Claim, Gates, registryGate, WorkTable } from '@sinkron/queue';
import {
  escalationOf,
  isClosed,
  type NewHistory,
  type Ticket,
  TicketClocks,
  TicketUrgency,
  TicketWriter,
  type UrgencyJudge,
} from '@sinkron/tickets';

/** Nothing waits for ever: judges a ticket when one of its limits passes, and alarms a person where that is needed. */
@Injectable()
export class DeadlineChecks {
  constructor(
    private readonly writer: TicketWriter,
    private readonly urgency: TicketUrgency,
    private readonly escalations: Escalations,
    private readonly work: WorkTable,
    private readonly gates: Gates,
    private readonly clocks: TicketClocks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The handler of `deadline`; its subject is a ticket. */
  async perform(claim: Claim): Promise<void> {
    const judge = await this.urgency.judge();
    // Needs no value of the ticket: a person is alarmed also when they cannot be opened.
    await this.writer.change(claim.subjectId, async (ticket, transaction) => {
      if (isClosed(ticket.state) && !ticket.contestedAt) return this.work.finish(transaction, claim);
      const { heldBy } = ticket;
      const history = await this.judge(transaction, ticket, judge);
      const dueAt = nextCheck(ticket, transaction.now, this.config.durations);
      await this.work.postpone(transaction, claim, { dueAt, reason: null });
      if (history.length > 0 || heldBy !== ticket.heldBy)
        await this.writer.save(transaction, ticket, history);
    });
  }

  private async judge(transaction: Transaction, ticket: Ticket, judge: UrgencyJudge): Promise<NewHistory[]> {
    if (ticket.contestedAt) return this.contested(transaction, ticket);
    if (ticket.state === 'suspended') {
      const still = isAtStandstill(ticket, transaction.now, this.config.durations);
      if (still) await this.alarm(transaction, ticket, 'standstill');
      return [];
    }
    return ticket.snoozedUntil
      ? this.snoozed(transaction, ticket, judge)
      : this.waiting(transaction, ticket, judge);
  }

  private async waiting(
    transaction: Transaction,
    ticket: Ticket,
    judge: UrgencyJudge,
  ): Promise<NewHistory[]> {
    const { now } = transaction;
    if (ticket.overdue) return this.overdue(transaction, ticket);
    if (ticket.dueAt <= now) return this.timeUp(transaction, ticket, judge);
    if (isUntaken(ticket, now, this.config.durations) && !(await this.tookOneLately(transaction))) {
      await this.escalations.openIncident(transaction, 'centre_not_taking', {
        reason: ticket.reason ?? 'no_answer',
      });
    }
    return this.urgency.judgeAgain(transaction, ticket, judge, { because: 'time' });
  }

  /**
   * A centre that takes others' pushes works off what waits: were each ticket that still waits to say that it takes
   * nothing, an incident would begin and end with every push.
   */
  private async tookOneLately(transaction: Transaction): Promise<boolean> {
    const since = new Date(transaction.now.getTime() - this.config.durations.outageLimit);
    const taken = await transaction.query('select 1 from push where accepted_at > ? limit 1', [since]);
    return taken.length > 0;
  }

  /**
   * Nobody is alarmed while somebody knows of the wait; when the snooze is over, or the applicant's own deadline comes
   * before its end, somebody is.
   */
  private async snoozed(
    transaction: Transaction,
    ticket: Ticket,
    judge: UrgencyJudge,
  ): Promise<NewHistory[]> {
    const { now } = transaction;
    const by = snoozeEndsBy(ticket, now);
    if (by === null) {
      if (ticket.overdue) return [];
      if (ticket.dueAt > now) return this.urgency.judgeAgain(transaction, ticket, judge, { because: 'time' });
      const clock = await this.runClock(transaction, ticket, judge);
      return clock === 'up' ? this.becomeOverdue(transaction, ticket, { known: true }) : clock;
    }
    ticket.endSnooze();
    const history = await this.waiting(transaction, ticket, judge);
    // A reason that presses is told as such: whoever is on call is asked by it.
    if (!ticket.overdue) await this.urgency.raiseDeferred(transaction, ticket, judge);
    await this.alarm(transaction, ticket, 'wait_over');
    return [{ kind: 'wait_ended', data: { by } }, ...history];
  }

  /** The centre has not been read again for so long that a person must know; by the incident if it answers nobody. */
  private async contested(transaction: Transaction, ticket: Ticket): Promise<NewHistory[]> {
    if (!isContestLate(ticket, transaction.now, this.config.durations)) return [];
    const gate = await this.gates.read(registryGate, transaction);
    if (gate.failures === 0) await this.alarm(transaction, ticket, 'standstill');
    else {
      const reason = gate.reason ?? 'no_answer';
      await this.escalations.openIncident(transaction, 'centre_not_answering', { reason });
    }
    return [];
  }

  /** Its time is up, unless the clock stood still meanwhile, or stands still now, because of the centre. */
  private async timeUp(transaction: Transaction, ticket: Ticket, judge: UrgencyJudge): Promise<NewHistory[]> {
    const clock = await this.runClock(transaction, ticket, judge);
    return clock === 'up' ? this.overdue(transaction, ticket) : clock;
  }

  /** Reads the clock of a ticket whose `dueAt` has come. @returns `up`, or what became of it instead */
  private async runClock(
    transaction: Transaction,
    ticket: Ticket,
    judge: UrgencyJudge,
  ): Promise<'up' | NewHistory[]> {
    await this.openIncidentIfCentreIsAway(transaction, ticket);
    const { dueAt, heldBy, heldUp } = await this.clocks.of(transaction, ticket);
    const before = ticket.heldBy;
    ticket.holdClock(heldBy);
    if (dueAt === null) return before === heldBy ? [] : [{ kind: 'clock_held', data: { incident: heldBy } }];
    ticket.moveDueAt(dueAt);
    if (dueAt <= transaction.now) return 'up';
    const data = { dueAt: dueAt.toISOString(), heldUpSeconds: Math.round(heldUp / 1000) };
    // The later `dueAt` may be past the applicant's deadline.
    return [{ kind: 'clock_moved', data }, ...(await this.urgency.judgeAgain(transaction, ticket, judge))];
  }

  /** 24 hours without a match (R7): overdue, urgent, and a person knows; by the incident if that is what holds it up. */
  private async overdue(transaction: Transaction, ticket: Ticket): Promise<NewHistory[]> {
    const covered = await this.isCovered(transaction, ticket);
    if (covered) await this.leaveToIncident(transaction, ticket);
    else await this.alarm(transaction, ticket, 'overdue');
    if (ticket.overdue) return [];
    return this.becomeOverdue(transaction, ticket, { byIncident: covered });
  }

  /** An alarm from before the incident: what is late is the centre now. Whom it was handed off to goes on. */
  private async leaveToIncident(transaction: Transaction, { id }: Ticket): Promise<void> {
    const alarm = await this.escalations.openForTicket(transaction, id);
    if (alarm?.reason === 'overdue' && alarm.state !== 'handed_off')
      await this.escalations.withdraw(transaction, alarm, 'centre_incident', null);
  }

  private async becomeOverdue(
    transaction: Transaction,
    ticket: Ticket,
    how: { byIncident: boolean } | { known: true },
  ): Promise<NewHistory[]> {
    ticket.becomeOverdue();
    await this.urgency.useUrgentLane(transaction, ticket);
    const { code, officeId } = ticket;
    const dueAt = ticket.dueAt.toISOString();
    const data = { ticket: code, dueAt };
    await recordEvents(transaction, { type: 'ticket.overdue', subject: code, officeId, data });
    return [{ kind: 'overdue', data: { dueAt, ...how } }];
  }

  /** Whether the centre, and not the ticket, is what is overdue, and a person knows that by an incident. */
  private async isCovered(transaction: Transaction, ticket: Ticket): Promise<boolean> {
    if (ticket.state !== 'open') return false;
    await this.openIncidentIfCentreIsAway(transaction, ticket);
    if (!ticket.acceptedAt) return this.escalations.isIncidentOpen(transaction, 'centre_not_taking');
    const incidents = await this.clocks.incidents(transaction, ticket);
    return incidents.some(({ openMarker }) => openMarker === 1);
  }

  /** What holds this ticket up is a centre that answers nobody: one incident says so for all. */
  private async openIncidentIfCentreIsAway(transaction: Transaction, ticket: Ticket): Promise<void> {
    if (ticket.state !== 'open' || !ticket.acceptedAt || ticket.reason === null) return;
    const { failures, since } = await this.gates.read(registryGate, transaction);
    if (failures === 0 || !since) return;
    if (await this.escalations.isIncidentOpen(transaction, 'centre_not_taking')) return;
    const evidence = { reason: ticket.reason, failures, since: since.toISOString() };
    await this.escalations.openIncident(transaction, 'centre_not_answering', evidence);
  }

  private async alarm(transaction: Transaction, ticket: Ticket, reason: EscalationReason): Promise<void> {
    await this.escalations.openForTickets(transaction, [escalationOf(ticket, reason)]);
  }
}
