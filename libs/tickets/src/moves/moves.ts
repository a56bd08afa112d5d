import { centreKinds, ticketKinds } from '../model/ticket-work';
import { Inject, Injectable } from '@nestjs/common';
import { firstDueAt, nextDeadline, rankOf } from '../model/deadlines';
import type { NewHistory, HistoryKind } from '../model/history';
import { applyPush, applyMove, applyVerification, isAllowed, type Move } from '../model/lifecycle';
import { statedFields, type StatedValues } from '../model/statement';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import { saveTicket, TicketStore } from '../model/ticket-store';
import { centreWork, deadlineWork } from '../model/ticket-work';
import type { DocumentKind, Rejection, Suspension } from '../model/vocabulary';
import { endSnooze } from '../model/waiting';
import { assertNotWiped } from '../model/wiped';
import { TicketNotices } from '../notices/notices';
import { TicketEndings } from './ticket-endings';
import { TicketUrgency, escalationOf, type UrgencyJudge } from './ticket-urgency';
import { type OfficerActor, RevealLimit } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, isDuplicate, type Transaction, Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** What an officer may do to a case of the own scope; each move is one transaction, 409 where the table forbids it. */
@Injectable()
export class Moves {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly statements: Statements,
    private readonly escalations: Escalations,
    private readonly endings: TicketEndings,
    private readonly urgency: TicketUrgency,
    private readonly work: WorkTable,
    private readonly notices: TicketNotices,
    private readonly audit: Audit,
    private readonly reveals: RevealLimit,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The clock stops and the place in the queue is kept (R17). */
  suspend(
    by: OfficerActor,
    code: string,
    input: { reason: Suspension; documents?: DocumentKind[]; note?: string },
  ): Promise<Ticket> {
    const { reason, documents } = input;
    return this.move(by, code, 'suspend', async (ticket, transaction) => {
      applyMove(ticket, 'suspend');
      // A suspension is a wait of its own kind, with a deadline of its own.
      endSnooze(ticket);
      Object.assign(ticket, { suspendedAt: transaction.now, reason });
      await this.work.setLane(transaction, centreKinds, ticket.id, 'held', rankOf(ticket));
      await this.scheduleDeadline(transaction, ticket);
      if (reason === 'requirements_unmet')
        await this.notices.needsDocuments(transaction, ticket, documents ?? []);
      const data = { reason, ...(documents && { documents }) };
      return this.entry(transaction, ticket, by, 'suspended', data, input.note);
    });
  }

  /** Back to where it stood; `dueAt` moves by the time that the case was suspended. */
  async resume(by: OfficerActor, code: string, input: { note?: string }): Promise<Ticket> {
    const judge = await this.urgency.judge();
    return this.move(by, code, 'resume', async (ticket, transaction) => {
      const rested = transaction.now.getTime() - (ticket.suspendedAt ?? transaction.now).getTime();
      const dueAt = new Date(ticket.dueAt.getTime() + rested);
      applyMove(ticket, 'resume');
      Object.assign(ticket, { suspendedAt: null, reason: null, dueAt });
      // The applicant's own deadline does not rest: it may have come too near meanwhile.
      const urgent = ticket.urgent ? [] : await this.applyUrgency(transaction, ticket, judge);
      const lane = ticket.urgent ? 'urgent' : 'regular';
      const waiting = await this.work.setLane(transaction, centreKinds, ticket.id, lane, rankOf(ticket));
      if (!waiting) await this.pushAgain(transaction, ticket, transaction.now);
      await this.scheduleDeadline(transaction, ticket);
      await this.notices.overtake(transaction, ticket, 'notice_documents');
      const data = { restedSeconds: Math.round(rested / 1000) };
      return [...(await this.entry(transaction, ticket, by, 'resumed', data, input.note)), ...urgent];
    });
  }

  /** Came to the wrong desk, or is none of ours (R18). */
  reject(by: OfficerActor, code: string, input: { reason: Rejection; note?: string }): Promise<Ticket> {
    return this.move(by, code, 'reject', async (ticket, transaction) => {
      await this.endings.end(transaction, ticket, { move: 'reject', outcome: input.reason });
      return this.entry(transaction, ticket, by, 'rejected', { reason: input.reason }, input.note);
    });
  }

  cancel(by: OfficerActor, code: string, input: { note?: string }): Promise<Ticket> {
    return this.move(by, code, 'cancel', async (ticket, transaction) => {
      await this.endings.end(transaction, ticket, { move: 'cancel', outcome: 'cancelled' });
      return this.entry(transaction, ticket, by, 'cancelled', null, input.note);
    });
  }

  /** An officer has it pushed again, as a new hand-over; `dueAt` stays. */
  repush(by: OfficerActor, code: string, input: { note?: string }): Promise<Ticket> {
    return this.move(by, code, 'repush', async (ticket, transaction) => {
      applyMove(ticket, 'repush');
      ticket.reason = null;
      await this.work.drop(transaction, ['verify'], ticket.id);
      await this.pushAgain(transaction, ticket, transaction.now);
      return this.entry(transaction, ticket, by, 'repush_asked', null, input.note);
    });
  }

  /** Puts the case before a person, with the officer's reason (R9). Its regular work goes on (R10). */
  escalate(by: OfficerActor, code: string, input: { reason: string }): Promise<Ticket> {
    return this.move(by, code, 'escalate', async (ticket, transaction) => {
      ticket.urgent = true;
      await this.escalations.openForTickets(transaction, [escalationOf(ticket, 'officer_flag')]);
      await this.work.promote(transaction, centreKinds, ticket.id, rankOf(ticket));
      return this.entry(transaction, ticket, by, 'escalated', { reason: 'officer_flag' }, input.reason);
    });
  }

  /** Another office of the officer's choice handles it from now on; the old one may go on reading. */
  transfer(by: OfficerActor, code: string, input: { officeId: Id; reason: string }): Promise<Ticket> {
    return this.move(by, code, 'transfer', async (ticket, transaction) => {
      const { officeId: from } = ticket;
      if (from === input.officeId) {
        throw new Problem('conflict', {
          id: 'Laporan sudah di kantor itu.',
          en: 'The case is at that office already.',
        });
      }
      ticket.officeId = input.officeId;
      await this.store.addParticipant(transaction, ticket.id, from);
      await this.escalations.changeOffice(transaction, ticket.id, input.officeId);
      await this.work.changeOffice(transaction, ticketKinds, ticket.id, input.officeId);
      return this.entry(transaction, ticket, by, 'transferred', { from, to: input.officeId }, input.reason);
    });
  }

  /** A new round of the same case, by an officer's decision. */
  async reopen(by: OfficerActor, code: string, input: { reason: string }): Promise<Ticket> {
    const judge = await this.urgency.judge();
    try {
      return await this.move(by, code, 'reopen', async (ticket, transaction) => {
        const urgent = await this.beginRound(transaction, ticket, judge);
        const data = { round: ticket.round };
        return [...(await this.entry(transaction, ticket, by, 'reopened', data, input.reason)), ...urgent];
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new Problem('conflict', {
        id: 'Pemohon ini sudah punya laporan lain yang masih terbuka.',
        en: 'This applicant has another case that is open.',
      });
    }
  }

  /**
   * Reopens a closed case: read again, hand over again, a new `dueAt`. Saving it fails as a duplicate while the person
   * has another open case.
   */
  async beginRound(transaction: Transaction, ticket: Ticket, judge: UrgencyJudge): Promise<NewHistory[]> {
    const { now } = transaction;
    applyMove(ticket, 'reopen');
    forgetCentre(ticket);
    Object.assign(ticket, {
      openMarker: 1,
      round: ticket.round + 1,
      roundAt: now,
      dueAt: firstDueAt(now, this.config.durations),
      acceptedAt: null,
      overdue: false,
      heldBy: null,
      closedAt: null,
      contestedAt: null,
      outcome: null,
    });
    const urgent = await this.applyUrgency(transaction, ticket, judge);
    await this.work.drop(transaction, ['contest'], ticket.id);
    await this.notices.overtake(transaction, ticket, 'notice_resolved', 'notice_contest');
    await this.pushAgain(transaction, ticket, now);
    await this.scheduleDeadline(transaction, ticket);
    return urgent;
  }

  /** Free text; the participants' only move. */
  async note(by: OfficerActor, code: string, input: { text: string }): Promise<Ticket> {
    return this.transactions.run(async (transaction) => {
      const { ticket } = await this.store.find(transaction, by.scope, code, 'for update');
      assertNotWiped(ticket);
      await saveTicket(
        transaction,
        ticket,
        await this.entry(transaction, ticket, by, 'noted', null, input.text),
      );
      return ticket;
    });
  }

  /** The full values, once, for a reason that stays on record. @throws Problem too_many after many in an hour */
  async reveal(
    by: OfficerActor,
    code: string,
    input: { reason: string },
  ): Promise<StatedValues & { code: string }> {
    await this.reveals.enter(by);
    return this.transactions.run(async (transaction) => {
      const ticket = await this.store.lock(transaction, by.scope, code);
      assertNotWiped(ticket);
      await saveTicket(
        transaction,
        ticket,
        await this.entry(transaction, ticket, by, 'revealed', null, input.reason),
      );
      const values = await this.statements.read(transaction, ticket.statementId);
      await this.audit.record(transaction, {
        ...actedBy(by),
        action: 'reveal',
        ticketId: ticket.id,
        detail: { tickets: [ticket.id], fields: statedFields(values) },
      });
      return { code: ticket.code, ...values };
    });
  }

  /** Runs one move of the table and saves the case with what happened. */
  async move(
    by: OfficerActor,
    code: string,
    move: Move,
    act: (ticket: Ticket, transaction: Transaction) => Promise<NewHistory[]>,
  ): Promise<Ticket> {
    return this.transactions.run(async (transaction) => {
      const ticket = await this.store.lock(transaction, by.scope, code);
      assertNotWiped(ticket);
      if (!isAllowed(move, ticket.state)) throw notNow(ticket);
      await saveTicket(transaction, ticket, await act(ticket, transaction));
      return ticket;
    });
  }

  /** The hand-over becomes due; the resync reads the centre first if this revision was not read yet. */
  async pushAgain(transaction: Transaction, ticket: Ticket, dueAt: Date): Promise<void> {
    applyPush(ticket, 'push_again');
    await this.work.schedule(transaction, centreWork('push', ticket, dueAt));
  }

  /** Urgent or not by the case's facts as they are now, and if so a person is told. */
  private async applyUrgency(
    transaction: Transaction,
    ticket: Ticket,
    judge: UrgencyJudge,
  ): Promise<NewHistory[]> {
    const urgency = judge(ticket, transaction.now);
    ticket.urgent = urgency !== null;
    if (!urgency) return [];
    const { reason, detail } = urgency;
    await this.escalations.openForTickets(transaction, [escalationOf(ticket, reason, detail)]);
    return [{ kind: 'urgent', data: { reason, ...detail } }];
  }

  /** Sets the instant at which somebody is told if nothing else happens. */
  async scheduleDeadline(transaction: Transaction, ticket: Ticket): Promise<void> {
    const dueAt = nextDeadline(ticket, transaction.now, this.config.durations);
    await this.work.schedule(transaction, deadlineWork(ticket, dueAt));
  }

  /** The entry of an officer's move, with what the officer wrote sealed as a note. */
  async entry(
    transaction: Transaction,
    ticket: Ticket,
    by: OfficerActor,
    kind: HistoryKind,
    data: Record<string, unknown> | null,
    text?: string,
  ): Promise<NewHistory[]> {
    const author = { officerId: by.officerId, officeId: by.office.id };
    const statementId = text ? await this.statements.note(transaction, ticket.id, author, text) : null;
    return [{ kind, officerId: by.officerId, statementId, data }];
  }
}

/** Nothing is known of the centre for this revision and round yet. */
export function forgetCentre(ticket: Ticket): void {
  applyPush(ticket, 'push_again');
  applyVerification(ticket, 'forget');
  Object.assign(ticket, { disputed: null, pushes: 0, pushedAt: null, reason: null });
}

function notNow(ticket: Ticket): Problem {
  return new Problem('conflict', {
    id: `Laporan berstatus "${ticket.status}", jadi langkah ini tidak bisa dilakukan sekarang.`,
    en: `The case is "${ticket.status}", so this cannot be done now.`,
  });
}
