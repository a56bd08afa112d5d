import { Injectable } from '@nestjs/common';
import { CentreWaits } from './centre/centre';
import type { Push } from './push/push';
import { latestPush, markPushes } from './push/push-records';
import { Reading, type Verdicts } from './verification/reading';
import { insertRows, newId, type Transaction, Transactions } from '@sinkron/database';
import { regionOf } from '@sinkron/lag';
import { OfficeDirectory } from '@sinkron/offices';
import { type Claim, WorkTable } from '@sinkron/queue';
import type { AskedValues, VerificationAnswer } from '@sinkron/registry';
import {
  type DisputedField,
  isClosed,
  Statements,
  type Ticket,
  TicketWriter,
  WorkerTickets,
} from '@sinkron/tickets';

/** A ticket as a job finds it, with the values it asks the centre about. */
export interface ResyncTicket {
  ticket: Ticket;
  values: AskedValues;
  officeCode: string;
  /** Whose lag it shares. */
  region: string;
  /** The latest push of this revision in this round. */
  push: Push | null;
}

const carried: readonly DisputedField[] = ['nik', 'kk', 'name', 'birthDate'];

/** What the resync's handlers share: finding the ticket, keeping readings, and waiting for the centre. */
@Injectable()
export class ResyncTickets {
  constructor(
    private readonly transactions: Transactions,
    private readonly tickets: WorkerTickets,
    private readonly writer: TicketWriter,
    private readonly statements: Statements,
    private readonly offices: OfficeDirectory,
    private readonly work: WorkTable,
  ) {}

  /** @returns null when there is nothing left to do: the ticket is past that, and its row of work goes */
  async open(claim: Claim): Promise<ResyncTicket | null> {
    const tree = await this.offices.tree();
    return this.transactions.run(async (transaction) => {
      const ticket = await this.tickets.find(transaction, claim.subjectId);
      if (!ticket || !isFor(claim.kind, ticket)) {
        await this.work.finish(transaction, claim);
        return null;
      }
      const { applicant } = await this.statements.read(transaction, ticket.statementId);
      const { nik, kk, name, birthDate, birthPlace, sex } = applicant;
      return {
        ticket,
        values: { nik, kk, name, birthDate, birthPlace, sex },
        officeCode: tree.find(ticket.officeId)?.code ?? '',
        region: regionOf(tree, ticket.officeId),
        push: await latestPush(transaction, ticket),
      };
    });
  }

  /**
   * Keeps the evidence.
   * @param asked `before` the first push everything is judged, else what is in dispute
   * @returns the reading, and whether what was judged matches in it
   */
  async keep(
    transaction: Transaction,
    ticket: Ticket,
    reading: Exclude<VerificationAnswer, { kind: 'refusal' }>,
    asked: 'before' | 'check' | 'contest',
  ): Promise<Reading> {
    const verdicts: Verdicts =
      reading.kind === 'compared'
        ? reading.verdicts
        : { nik: false, kk: false, name: false, birthDate: false };
    const judged = asked === 'before' ? carried : (ticket.disputed ?? carried);
    const matched = judged.every((field) => verdicts[field] === true);
    const row: Reading = {
      id: newId(),
      ticketId: ticket.id,
      round: ticket.round,
      statementId: ticket.statementId,
      moment: matched && asked === 'check' ? 'after' : asked,
      code: reading.code,
      verdicts,
      matched,
      readAt: transaction.now,
    };
    await insertRows(transaction, Reading, [row]);
    if (asked === 'check') await markPushes(transaction, ticket, matched);
    return row;
  }

  /** The row waits for the centre, and the ticket says why. @throws Error anything else that went wrong */
  async waitForCentre(claim: Claim, seen: Ticket, error: unknown): Promise<void> {
    if (!(error instanceof CentreWaits)) throw error;
    await this.writer.change(seen.id, async (ticket, transaction) => {
      const dueAt = new Date(transaction.now.getTime() + error.wait);
      await this.work.postpone(transaction, claim, { dueAt, reason: error.reason });
      if (ticket.waitForCentre(error.reason)) await this.writer.save(transaction, ticket, []);
    });
  }
}

/** A contest is about a closed ticket, everything else about one that is not. */
function isFor(kind: string, ticket: Ticket): boolean {
  return kind === 'contest' ? ticket.contestedAt !== null : !isClosed(ticket.state);
}

/** The fields of a first reading that are in dispute from now on. */
export function disputedFields(verdicts: Verdicts): DisputedField[] {
  return carried.filter((field) => verdicts[field] !== true);
}
