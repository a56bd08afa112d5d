import { Injectable } from '@nestjs/common';
import { type ClosurePart, closureParts, leftAt } from './closure-parts';
import { officersToSuccessor, RightsChanges, type RightsTransaction } from '@sinkron/accounts';
import { Audit } from '@sinkron/audit';
import { Transactions } from '@sinkron/database';
import { Contacts, escalationsToSuccessor, policyToSuccessor, rotasToSuccessor } from '@sinkron/escalation';
import {
  type ClosingOffice,
  endClosing,
  findOffice,
  handlingOffice,
  type MovedPiece,
  OfficeDirectory,
  officesToSuccessor,
} from '@sinkron/offices';
import { type Claim, WorkTable } from '@sinkron/queue';
import { ClosingOfficeTickets, TicketUrgency, type UrgencyJudge } from '@sinkron/tickets';
import { WebhookEndpoints } from '@sinkron/webhooks';

type Mover = (transaction: RightsTransaction, closing: ClosingOffice) => Promise<MovedPiece>;

/** So many pieces are moved under one claim, which they must not outlive. */
const piecesAtOnce = 10;

/**
 * After so many milliseconds an office that has closed is looked at once more: a transaction that began before, with the
 * tree as it was, may have given it something.
 */
const untilLastLook = 90_000;

/**
 * Moves what a closing office has to its successor: part by part, each piece a transaction with its entry in the audit.
 * A piece finds what is there still, so it may be broken off anywhere and run by anybody again.
 */
@Injectable()
export class ClosureWalk {
  constructor(
    private readonly transactions: Transactions,
    private readonly rights: RightsChanges,
    private readonly work: WorkTable,
    private readonly directory: OfficeDirectory,
    private readonly audit: Audit,
    private readonly contacts: Contacts,
    private readonly webhooks: WebhookEndpoints,
    private readonly tickets: ClosingOfficeTickets,
    private readonly urgency: TicketUrgency,
  ) {}

  /** @throws StaleLease */
  async perform(claim: Claim): Promise<void> {
    const movers = this.movers(await this.urgency.judge());
    let pieces = 0;
    for (const part of closureParts) {
      while (await this.movePiece(claim, part, movers[part])) {
        if (++pieces === piecesAtOnce) return this.goOnLater(claim, 0);
      }
    }
    await this.end(claim);
  }

  private movers(judge: UrgencyJudge): Record<ClosurePart, Mover> {
    return {
      officers: officersToSuccessor,
      rotas: rotasToSuccessor,
      policies: policyToSuccessor,
      contacts: (transaction, closing) => this.contacts.toSuccessor(transaction, closing),
      webhooks: (transaction, closing) => this.webhooks.toSuccessor(transaction, closing),
      offices: officesToSuccessor,
      tickets: (transaction, closing) => this.tickets.toSuccessor(transaction, closing, judge),
      escalations: (transaction, closing) => escalationsToSuccessor(transaction, this.work, closing),
    };
  }

  /** @returns whether there may be more of this part */
  private async movePiece(claim: Claim, part: ClosurePart, move: Mover): Promise<boolean> {
    return this.rights.run(async (transaction) => {
      // Nobody else moves anything of this office until COMMIT.
      await this.work.hold(transaction, claim);
      const from = claim.subjectId;
      const office = await findOffice(transaction, from);
      if (!office?.successorId) return false;
      const { closingBy: by } = office;
      const to = await handlingOffice(transaction, from);
      const { moved, besides = {} } = await move(transaction, { from, to, by });
      if (moved.length + Object.keys(besides).length === 0) return false;
      const detail = { part, to, moved, ...besides };
      await this.audit.record(transaction, { officerId: by, officeId: from, action: 'office_moved', detail });
      return moved.length > 0;
    });
  }

  /** When nothing is left: it is closed, and looked at once more. */
  private async end(claim: Claim): Promise<void> {
    const { subjectId: officeId } = claim;
    const left = await this.transactions.run((transaction) => leftAt(transaction, officeId));
    if (Object.values(left).some((count) => count > 0)) return this.goOnLater(claim, 1_000);
    await this.transactions.run(async (transaction) => {
      await this.work.hold(transaction, claim);
      const office = await findOffice(transaction, officeId);
      if (!office?.successorId || !(await endClosing(transaction, officeId)))
        return this.work.finish(transaction, claim);
      const dueAt = new Date(transaction.now.getTime() + untilLastLook);
      await this.work.postpone(transaction, claim, { dueAt, reason: null, attempts: 0 });
      const { closingBy: officerId } = office;
      const detail = { code: office.code, to: office.successorId };
      await this.audit.record(transaction, { officerId, officeId, action: 'office_closed', detail });
    });
    this.directory.forget();
  }

  private goOnLater(claim: Claim, wait: number): Promise<void> {
    return this.transactions.run((transaction) => {
      const dueAt = new Date(transaction.now.getTime() + wait);
      return this.work.postpone(transaction, claim, { dueAt, reason: null, attempts: 0 });
    });
  }
}
