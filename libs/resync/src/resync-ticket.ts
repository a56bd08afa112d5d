import { Injectable } from '@nestjs/common';
import { CentreWaits } from './centre/centre';
import type { Push } from './push/push';
import { latestPush, markPushes } from './push/push-records';
import { Reading, type Scores, type Verdicts } from './verification/reading';
import { insertRows, newId, type Transaction, Transactions } from '@sinkron/database';
import { regionOf } from '@sinkron/lag';
import { OfficeDirectory } from '@sinkron/offices';
import { type Claim, WorkTable } from '@sinkron/queue';
import type { AskedField, AskedValues, PushedValues, VerificationAnswer } from '@sinkron/registry';
import { isClosed, Statements, type Ticket, TicketWriter, WorkerTickets } from '@sinkron/tickets';

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

/** What every complaint states, and what it may state besides. */
const always: readonly AskedField[] = ['nik', 'kk', 'name', 'birthDate'];
const perhaps: readonly AskedField[] = ['birthPlace', 'sex'];

/** What the centre answered of these values. */
export interface Read {
  reading: Exclude<VerificationAnswer, { kind: 'refusal' }>;
  values: AskedValues;
}

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
    { reading, values }: Read,
    asked: 'before' | 'check' | 'contest',
  ): Promise<Reading> {
    const { verdicts, scores } = reading.kind === 'compared' ? reading : nothingThere(values);
    const disputed = asked === 'before' ? null : ticket.disputed;
    const matched = disputed
      ? disputed.every((field) => verdicts[field] === true)
      : disputedFields(verdicts).length === 0;
    const row: Reading = {
      id: newId(),
      ticketId: ticket.id,
      round: ticket.round,
      statementId: ticket.statementId,
      moment: matched && asked === 'check' ? 'after' : asked,
      code: reading.code,
      verdicts,
      scores,
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

/** The fields of a first reading that are in dispute from now on. One that the centre did not compare may be so too. */
export function disputedFields(verdicts: Verdicts): AskedField[] {
  return [
    ...always.filter((field) => verdicts[field] !== true),
    ...perhaps.filter((field) => verdicts[field] === false),
  ];
}

/** After code 13 nothing that is stated is at the centre. */
function nothingThere({ birthPlace, sex }: AskedValues): { verdicts: Verdicts; scores: Scores } {
  const verdicts: Verdicts = { nik: false, kk: false, name: false, birthDate: false };
  if (birthPlace !== undefined) verdicts.birthPlace = false;
  if (sex !== undefined) verdicts.sex = false;
  return { verdicts, scores: {} };
}

/**
 * What a push writes at the centre: what is in dispute, and what is exact and therefore the same there. A name or place
 * that the centre calls alike enough stays as the centre has it.
 */
export function pushedValues(values: AskedValues, disputed: readonly AskedField[] | null): PushedValues {
  const { name, birthPlace, ...exact } = values;
  const isPushed = (field: AskedField) => disputed === null || disputed.includes(field);
  return {
    ...exact,
    ...(isPushed('name') && { name }),
    ...(birthPlace !== undefined && isPushed('birthPlace') && { birthPlace }),
  };
}
