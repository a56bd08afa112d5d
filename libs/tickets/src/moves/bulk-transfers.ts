import { Injectable } from '@nestjs/common';
import { readTicketCode } from '../model/code';
import { OutOfScope } from '../reading/out-of-scope';
import { TicketStore } from '../reading/ticket-store';
import { Moves } from './moves';
import { type OfficerActor, requirePermission } from '@sinkron/accounts';
import { Audit, actedBy } from '@sinkron/audit';
import { type Id, Transactions } from '@sinkron/database';
import { Problem } from '@sinkron/observability';

/** What became of one ticket of a list; `not_now`: the lifecycle does not allow it, because the ticket is closed. */
export const transferOutcomes = [
  'transferred',
  'already_there',
  'not_found',
  'not_yours',
  'not_now',
] as const;

export interface TransferOutcome {
  /** As it was given. */
  ticket: string;
  outcome: (typeof transferOutcomes)[number];
}

/** Gives many tickets to another office; each is a move of its own, so that one that cannot go holds up no other. */
@Injectable()
export class BulkTransfers {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly moves: Moves,
    private readonly audit: Audit,
  ) {}

  /**
   * Safe to repeat, also after it was broken off: what has gone is `already_there`.
   * @returns what became of each, in the order of the list
   */
  async transfer(
    by: OfficerActor,
    codes: readonly string[],
    to: { officeId: Id; reason: string },
  ): Promise<TransferOutcome[]> {
    requirePermission(by, 'cases:write');
    const outcomes: TransferOutcome[] = [];
    const moved: Id[] = [];
    try {
      for (const ticket of codes) outcomes.push({ ticket, outcome: await this.one(by, ticket, to, moved) });
    } finally {
      // Also of a list that broke off: what has gone by then has gone.
      if (moved.length > 0) await this.record(by, to.officeId, moved);
    }
    return outcomes;
  }

  private async one(
    by: OfficerActor,
    written: string,
    to: { officeId: Id; reason: string },
    moved: Id[],
  ): Promise<TransferOutcome['outcome']> {
    const code = readTicketCode(written);
    if (code === null) return 'not_found';
    try {
      const { ticket } = await this.transactions.run((transaction) =>
        this.store.find(transaction, by.scope, code),
      );
      if (ticket.officeId === to.officeId) return 'already_there';
      moved.push((await this.moves.transfer(by, code, to)).id);
      return 'transferred';
    } catch (error) {
      if (error instanceof OutOfScope) {
        await this.audit.read({ ...actedBy(by), action: 'refused', ticketId: error.ticketId });
      }
      if (!(error instanceof Problem)) throw error;
      if (error.kind === 'not_found') return 'not_found';
      if (error.kind === 'forbidden') return 'not_yours';
      if (error.kind === 'conflict') return 'not_now';
      throw error;
    }
  }

  private record(by: OfficerActor, officeId: Id, tickets: readonly Id[]): Promise<void> {
    return this.transactions.run((transaction) =>
      this.audit.record(transaction, {
        ...actedBy(by),
        action: 'tickets_transferred',
        detail: { to: officeId, tickets },
      }),
    );
  }
}
