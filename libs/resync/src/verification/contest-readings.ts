import { Injectable } from '@nestjs/common';
import { Centre } from '../centre/centre';
import { type ResyncTicket, ResyncTickets } from '../resync-ticket';
import { isDuplicate, type Transaction } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { type Claim, WorkTable } from '@sinkron/queue';
import type { VerificationAnswer } from '@sinkron/registry';
import {
  type HistoryData,
  type Ticket,
  TicketUrgency,
  TicketWriter,
  type UrgencyJudge,
} from '@sinkron/tickets';

/** Judges a contested resolution by reading the centre once more: it stands, or the ticket is reopened. */
@Injectable()
export class ContestReadings {
  constructor(
    private readonly tickets: ResyncTickets,
    private readonly centre: Centre,
    private readonly writer: TicketWriter,
    private readonly urgency: TicketUrgency,
    private readonly escalations: Escalations,
    private readonly work: WorkTable,
  ) {}

  /** The handler of `contest`; its subject is a ticket. */
  async perform(claim: Claim): Promise<void> {
    const found = await this.tickets.open(claim);
    if (!found) return;
    try {
      const reading = await this.centre.ask(async (client) => {
        await this.work.confirm(claim);
        return client.verify(found.values);
      });
      await this.judge(claim, found, reading);
    } catch (error) {
      await this.tickets.waitForCentre(claim, found.ticket, error);
    }
  }

  private async judge(
    claim: Claim,
    { ticket: seen, values }: ResyncTicket,
    reading: VerificationAnswer,
  ): Promise<void> {
    const urgency = await this.urgency.judge();
    try {
      await this.writer.change(seen.id, async (ticket, transaction) => {
        await this.work.hold(transaction, claim);
        if (reading.kind === 'refusal') {
          return this.reopen(transaction, ticket, urgency, { refusal: reading.reason, code: reading.code });
        }
        const { id, verdicts, matched } = await this.tickets.keep(
          transaction,
          ticket,
          { reading, values },
          'contest',
        );
        const found = { readingId: id, verdicts };
        if (!matched) return this.reopen(transaction, ticket, urgency, found);
        return this.dismiss(transaction, ticket, { result: 'still_matching', ...found });
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // The person has complained anew since then: that ticket goes its way.
      await this.writer.change(seen.id, async (ticket, transaction) => {
        await this.work.hold(transaction, claim);
        await this.dismiss(transaction, ticket, { result: 'other_case_open' });
      });
    }
  }

  /** A new round, which begins with a reading of its own and goes the way of every other. */
  private async reopen(
    transaction: Transaction,
    ticket: Ticket,
    urgency: UrgencyJudge,
    found: HistoryData,
  ): Promise<void> {
    const urgent = await this.writer.beginRound(transaction, ticket, urgency);
    const data = { round: ticket.round, because: 'contest', ...found };
    await this.writer.save(transaction, ticket, [{ kind: 'reopened', data }, ...urgent]);
  }

  private async dismiss(transaction: Transaction, ticket: Ticket, data: HistoryData): Promise<void> {
    ticket.dismissContest();
    await this.work.drop(transaction, ['contest', 'deadline'], ticket.id);
    await this.escalations.closeForTicket(transaction, ticket.id, {
      outcome: 'false_alarm',
      cause: 'contest_judged',
    });
    await this.writer.save(transaction, ticket, [{ kind: 'contest_dismissed', data }]);
  }
}
