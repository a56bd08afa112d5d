import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, type Transaction, Transactions } from '@sinkron/database';
import { wipeEscalations } from '@sinkron/escalation';
import { WaitingNotices } from '@sinkron/messaging';
import { applicantOf, Persons, Statements, type Ticket, TicketWriter, WorkerTickets } from '@sinkron/tickets';

/** Tickets at a time. */
const piece = 50;
const day = 24 * 3_600_000;

/**
 * Destroys the personal data of tickets that were closed long enough ago (UU PDP 27/2022 arts 42–44). Statistics and
 * evidence stay: status, times, office, cause, verdicts, history and audit, none of which name anybody. Whether a ticket
 * is due is read from its own row, so after a backup was restored the same tickets are wiped again.
 */
@Injectable()
export class Retention {
  constructor(
    private readonly transactions: Transactions,
    private readonly tickets: WorkerTickets,
    private readonly writer: TicketWriter,
    private readonly statements: Statements,
    private readonly persons: Persons,
    private readonly notices: WaitingNotices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Wipes the oldest tickets that are due, a transaction each. Another worker that has found the same ones takes those
   * between. @returns whether there may be more
   */
  async wipeDue(): Promise<boolean> {
    const due = await this.transactions.run((transaction) =>
      this.tickets.dueForWiping(transaction, this.config.retentionDays, piece),
    );
    for (const id of due) await this.transactions.run((transaction) => this.wipe(transaction, id));
    return due.length === piece;
  }

  private async wipe(transaction: Transaction, id: Id): Promise<void> {
    const ticket = await this.tickets.lockFree(transaction, id);
    if (!ticket || !this.isDue(ticket, transaction.now)) return;
    await this.statements.wipe(transaction, id);
    await wipeEscalations(transaction, id);
    await this.notices.wipe(transaction, applicantOf(id));
    ticket.wipe(transaction.now);
    await this.writer.save(transaction, ticket, [{ kind: 'wiped' }]);
    await this.persons.forget(transaction, ticket.personId);
  }

  /** Judged again under the lock: it may have been reopened since it was found. */
  private isDue({ wipedAt, closedAt, contestedAt }: Ticket, now: Date): boolean {
    const end = now.getTime() - this.config.retentionDays * day;
    return wipedAt === null && contestedAt === null && closedAt !== null && closedAt.getTime() <= end;
  }
}
