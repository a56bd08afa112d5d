import { Injectable } from '@nestjs/common';
import { disputing } from '../model/claims';
import { Statements } from '../model/statements';
import { identityDisputed, Ticket } from '../model/ticket';
import { centreKinds } from '../model/ticket-work';
import { TicketWriter } from './ticket-writer';
import { selectRows, toBinary, type Transaction } from '@sinkron/database';
import { WorkTable } from '@sinkron/queue';

/** Whose matter is disputed: tickets on one NIK in one service. */
type Claimed = Pick<Ticket, 'personId' | 'service'>;

/**
 * Open tickets on one NIK that cannot be about the same person stop each other: nothing is pushed for any of them until
 * one is corrected, merged or rejected.
 */
@Injectable()
export class IdentityDisputes {
  constructor(
    private readonly writer: TicketWriter,
    private readonly statements: Statements,
    private readonly work: WorkTable,
  ) {}

  /**
   * Judges the open tickets on a NIK anew, after one of them was written: who is in no dispute any more goes on, who has
   * come into one stops.
   */
  async settle(transaction: Transaction, { personId, service }: Claimed): Promise<void> {
    const tickets = await selectRows(
      transaction,
      Ticket,
      'where person_id = ? and service = ? and open_marker = 1 order by id for update',
      [toBinary(personId), service],
    );
    if (tickets.length === 0) return;
    const values = await this.statements.readMany(
      transaction,
      tickets.map(({ statementId }) => statementId),
    );
    const claims = tickets.flatMap((ticket) => {
      const stated = values.get(ticket.statementId);
      return stated ? [{ ticket, claim: stated.applicant }] : [];
    });
    const disputed = disputing(claims, ({ claim }) => claim).map(({ ticket }) => ticket);
    for (const ticket of tickets) {
      if (disputed.includes(ticket) && !ticket.identityDisputed) await this.begin(transaction, ticket);
      if (!disputed.includes(ticket) && ticket.identityDisputed) await this.end(transaction, ticket);
    }
  }

  /** What the centre was to be asked or sent for a ticket that has come into a dispute is not done. */
  async stop(transaction: Transaction, ticket: Ticket): Promise<void> {
    await this.work.drop(transaction, [...centreKinds], ticket.id);
  }

  private async begin(transaction: Transaction, ticket: Ticket): Promise<void> {
    ticket.dispute();
    await this.stop(transaction, ticket);
    const data = { reason: identityDisputed };
    await this.writer.save(transaction, ticket, [{ kind: 'in_review', data }]);
  }

  private async end(transaction: Transaction, ticket: Ticket): Promise<void> {
    ticket.endDispute();
    if (ticket.state !== 'suspended') await this.writer.pushAgain(transaction, ticket, transaction.now);
    await this.writer.save(transaction, ticket, [{ kind: 'dispute_ended' }]);
  }
}
