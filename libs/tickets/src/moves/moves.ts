import { Injectable } from '@nestjs/common';
import { rankOf } from '../model/deadlines';
import { centreMayMend } from '../model/mendable';
import { reasons } from '../model/reasons';
import { type StatedValues, statedFields } from '../model/statement';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import { TicketStore } from '../reading/ticket-store';
import { centreKinds, ticketKinds } from '../model/ticket-work';
import type { DocumentKind, Rejection, Suspension } from '../model/vocabulary';
import { TicketNotices } from '../notices/notices';
import { IdentityDisputes } from './identity-disputes';
import { TicketEndings } from './ticket-endings';
import { TicketUrgency } from './ticket-urgency';
import { TicketWriter } from './ticket-writer';
import { type OfficerActor, RevealLimit } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Id, isDuplicate, type Transaction, Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { fieldProblem, Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** What an officer may do to a ticket of the own scope; each move is one transaction, 409 where the table forbids it. */
@Injectable()
export class Moves {
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: TicketWriter,
    private readonly store: TicketStore,
    private readonly statements: Statements,
    private readonly escalations: Escalations,
    private readonly endings: TicketEndings,
    private readonly urgency: TicketUrgency,
    private readonly disputes: IdentityDisputes,
    private readonly work: WorkTable,
    private readonly notices: TicketNotices,
    private readonly audit: Audit,
    private readonly reveals: RevealLimit,
  ) {}

  /** The clock stops and the place in the queue is kept (R17). */
  async suspend(
    by: OfficerActor,
    code: string,
    input: { reason: Suspension; documents?: DocumentKind[]; note?: string },
  ): Promise<Ticket> {
    const { reason, documents, note } = input;
    const judge = await this.urgency.judge();
    return this.writer.move(by, code, 'suspend', async (ticket, transaction) => {
      // What is resumed begins with a push again, not with the next reading of a review.
      if (ticket.state === 'in_review' && centreMayMend(ticket.reason))
        await this.work.drop(transaction, centreKinds, ticket.id);
      ticket.suspend(transaction.now, reason, documents);
      await this.work.setLane(transaction, centreKinds, ticket.id, 'held', rankOf(ticket));
      await this.writer.scheduleDeadline(transaction, ticket);
      // Who is asked can do nothing while it waits for somebody else.
      await this.urgency.judgeAgain(transaction, ticket, judge, {
        by: by.officerId,
        because: 'suspended',
      });
      if (reason === 'requirements_unmet')
        await this.notices.needsDocuments(transaction, ticket, documents ?? []);
      const data = { reason, ...(documents && { documents }) };
      return [await this.writer.entry(transaction, ticket, by, { kind: 'suspended', data, text: note })];
    });
  }

  /** Back to where it stood; `dueAt` moves by the time that the ticket was suspended. */
  async resume(by: OfficerActor, code: string, { note }: { note?: string }): Promise<Ticket> {
    const judge = await this.urgency.judge();
    return this.writer.move(by, code, 'resume', async (ticket, transaction) => {
      const suspended = ticket.resume(transaction.now);
      // The applicant's own deadline does not rest: it may have come too near meanwhile.
      const urgent = await this.urgency.judgeAgain(transaction, ticket, judge, {
        by: by.officerId,
        because: 'resumed',
      });
      const lane = ticket.urgent ? 'urgent' : 'regular';
      const waiting = await this.work.setLane(transaction, centreKinds, ticket.id, lane, rankOf(ticket));
      if (!waiting) await this.writer.pushAgain(transaction, ticket, transaction.now);
      await this.writer.scheduleDeadline(transaction, ticket);
      await this.notices.overtake(transaction, ticket, 'notice_documents');
      const data = { restedSeconds: Math.round(suspended / 1000) };
      const entry = await this.writer.entry(transaction, ticket, by, { kind: 'resumed', data, text: note });
      return [entry, ...urgent];
    });
  }

  /** Came to the wrong desk, or is none of ours (R18). */
  reject(by: OfficerActor, code: string, input: { reason: Rejection; note?: string }): Promise<Ticket> {
    const { reason, note } = input;
    const act = async (ticket: Ticket, transaction: Transaction) => {
      await this.endings.end(transaction, ticket, { move: 'reject', outcome: reason }, by.officerId);
      const data = { reason };
      return [await this.writer.entry(transaction, ticket, by, { kind: 'rejected', data, text: note })];
    };
    return this.writer.move(by, code, 'reject', act, (transaction, ticket) =>
      this.disputes.settle(transaction, ticket),
    );
  }

  cancel(by: OfficerActor, code: string, { note }: { note?: string }): Promise<Ticket> {
    const act = async (ticket: Ticket, transaction: Transaction) => {
      await this.endings.end(transaction, ticket, { move: 'cancel', outcome: 'cancelled' }, by.officerId);
      return [await this.writer.entry(transaction, ticket, by, { kind: 'cancelled', text: note })];
    };
    return this.writer.move(by, code, 'cancel', act, (transaction, ticket) =>
      this.disputes.settle(transaction, ticket),
    );
  }

  /** An officer has it pushed again; `dueAt` stays. */
  repush(by: OfficerActor, code: string, { note }: { note?: string }): Promise<Ticket> {
    return this.writer.move(by, code, 'repush', async (ticket, transaction) => {
      if (ticket.identityDisputed) throw stillDisputed();
      ticket.repush();
      await this.work.drop(transaction, ['verify'], ticket.id);
      await this.writer.pushAgain(transaction, ticket, transaction.now);
      return [await this.writer.entry(transaction, ticket, by, { kind: 'repush_asked', text: note })];
    });
  }

  /** Puts the ticket before a person, with the officer's reason (R9). Its regular work goes on (R10). */
  escalate(by: OfficerActor, code: string, { reason }: { reason: string }): Promise<Ticket> {
    return this.writer.move(by, code, 'escalate', async (ticket, transaction) => {
      await this.urgency.flag(transaction, ticket);
      const data = { reason: 'officer_flag' };
      return [await this.writer.entry(transaction, ticket, by, { kind: 'escalated', data, text: reason })];
    });
  }

  /** Another office of the officer's choice handles it from now on; the old one may go on reading. */
  async transfer(by: OfficerActor, code: string, input: { officeId: Id; reason: string }): Promise<Ticket> {
    const judge = await this.urgency.judge();
    return this.writer.move(by, code, 'transfer', async (ticket, transaction) => {
      const { officeId: from } = ticket;
      const { officeId: to, reason } = input;
      if (from === to) throw atThatOffice();
      ticket.changeOffice(to);
      await this.store.addParticipant(transaction, ticket.id, from);
      await this.escalations.changeOffice(transaction, ticket.id, to, by.officerId);
      await this.work.changeOffice(transaction, ticketKinds, ticket.id, to);
      // Another region has another lag; a suspended ticket is judged when it is resumed.
      const urgent = await this.urgency.judgeAgain(transaction, ticket, judge, { by: by.officerId });
      const data = { from, to };
      const entry = await this.writer.entry(transaction, ticket, by, {
        kind: 'transferred',
        data,
        text: reason,
      });
      return [entry, ...urgent];
    });
  }

  /** A new round of the same ticket, by an officer's decision. */
  async reopen(by: OfficerActor, code: string, { reason }: { reason: string }): Promise<Ticket> {
    const judge = await this.urgency.judge();
    try {
      return await this.writer.move(by, code, 'reopen', async (ticket, transaction) => {
        const urgent = await this.writer.beginRound(transaction, ticket, judge);
        const data = { round: ticket.round };
        const entry = await this.writer.entry(transaction, ticket, by, {
          kind: 'reopened',
          data,
          text: reason,
        });
        return [entry, ...urgent];
      });
    } catch (error) {
      throw isDuplicate(error) ? hasAnotherOpen() : error;
    }
  }

  /** Free text; the only move of an office that takes part. */
  note(by: OfficerActor, code: string, { text }: { text: string }): Promise<Ticket> {
    return this.writer.move(by, code, 'note', async (ticket, transaction) => [
      await this.writer.entry(transaction, ticket, by, { kind: 'noted', text }),
    ]);
  }

  /** The full values, once, for a reason that stays on record. @throws Problem too_many after many in an hour */
  async reveal(
    by: OfficerActor,
    code: string,
    { reason }: { reason: string },
  ): Promise<StatedValues & { code: string }> {
    await this.reveals.enter(by);
    return this.transactions.run(async (transaction) => {
      const ticket = await this.writer.lock(transaction, by, code, 'reveal');
      const entry = await this.writer.entry(transaction, ticket, by, { kind: 'revealed', text: reason });
      await this.writer.save(transaction, ticket, [entry]);
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
}

function stillDisputed(): Problem {
  return fieldProblem('conflict', 'code', 'identity_disputed', reasons.identity_disputed.sentence);
}

function atThatOffice(): Problem {
  return new Problem('conflict', {
    id: 'Laporan sudah di kantor itu.',
    en: 'The ticket is at that office already.',
  });
}

function hasAnotherOpen(): Problem {
  return new Problem('conflict', {
    id: 'Pemohon ini sudah punya laporan lain yang masih terbuka.',
    en: 'This applicant has another ticket that is open.',
  });
}
