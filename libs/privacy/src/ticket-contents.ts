import { Inject, Injectable } from '@nestjs/common';
import { type Config, CONFIG } from '@sinkron/config';
import type { Id, Transaction } from '@sinkron/database';
import {
  type Escalation,
  Escalations,
  escalationsOfTicket,
  type Handoff,
  Handoffs,
} from '@sinkron/escalation';
import { type Consent, consentsOf, deliveriesTo, type Delivery } from '@sinkron/messaging';
import { newestEvidence, type Push, type Reading } from '@sinkron/resync';
import {
  applicantOf,
  type HistoryEntry,
  type Participant,
  type RememberedAnswer,
  rememberedAnswers,
  type StatedValues,
  type Statement,
  Statements,
  type Ticket,
  TicketRecords,
} from '@sinkron/tickets';

/** The most rows of each kind; only a ticket that a machine wrote to has more. */
const mostRows = 1_000;
const day = 24 * 3_600_000;

/** A statement, opened: the values of a complaint or correction, or the words of a note; neither once it is wiped. */
export interface OpenedStatement {
  statement: Statement;
  values: StatedValues | null;
  text: string | null;
}

export interface OpenedEscalation {
  escalation: Escalation;
  note: string | null;
  handoffs: { handoff: Handoff; receipt: { who: string; how: string } | null }[];
}

/** Everything that is held on a ticket, each list oldest first. */
export interface TicketContents {
  ticket: Ticket;
  statements: OpenedStatement[];
  history: HistoryEntry[];
  readings: Reading[];
  pushes: Push[];
  escalations: OpenedEscalation[];
  participants: Participant[];
  consents: Consent[];
  notices: Delivery[];
  remembered: RememberedAnswer[];
  /** When its personal data are due to be destroyed, as things are now; null while it is open. */
  wipeDueAt: Date | null;
  /** The lists of which only the newest 1,000 rows are here. */
  cut: string[];
}

/** Reads and opens everything that is held on a ticket, for a caller who may see all of it. */
@Injectable()
export class TicketContentsReader {
  constructor(
    private readonly records: TicketRecords,
    private readonly statements: Statements,
    private readonly escalations: Escalations,
    private readonly handoffs: Handoffs,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param ticket read with a scope before, that includes its office */
  async read(transaction: Transaction, ticket: Ticket): Promise<TicketContents> {
    const applicant = applicantOf(ticket.id);
    const cut: string[] = [];
    const newest = <T>(name: string, rows: T[]): T[] => {
      if (rows.length > mostRows) cut.push(name);
      return rows.slice(0, mostRows).toReversed();
    };
    const statements = await this.stated(transaction, ticket);
    const { readings, pushes } = await newestEvidence(transaction, ticket.id, mostRows + 1);
    return {
      ticket,
      statements: newest('statements', statements),
      history: newest('history', await this.records.history(transaction, ticket.id, mostRows + 1)),
      readings: newest('readings', readings),
      pushes: newest('pushes', pushes),
      escalations: newest('escalations', await this.escalated(transaction, ticket.id)),
      participants: newest(
        'participants',
        await this.records.participants(transaction, ticket.id, mostRows + 1),
      ),
      consents: (await consentsOf(transaction, applicant)).toSorted(byTimeGiven),
      notices: newest('notices', await deliveriesTo(transaction, applicant, 'newest', mostRows + 1)),
      remembered: await rememberedAnswers(transaction, officersOf(statements), ticket.code),
      wipeDueAt: ticket.closedAt && new Date(ticket.closedAt.getTime() + this.config.retentionDays * day),
      cut,
    };
  }

  /** Newest first. @param offices only what was stated there */
  async stated(
    transaction: Transaction,
    { id }: Ticket,
    offices?: readonly Id[],
  ): Promise<OpenedStatement[]> {
    const rows = await this.records.statements(transaction, id, { offices, limit: mostRows + 1 });
    return rows.map((statement) => ({
      statement,
      values: statement.kind === 'note' ? null : this.statements.values(statement),
      text: statement.kind === 'note' ? this.statements.noteText(statement) : null,
    }));
  }

  private async escalated(transaction: Transaction, ticketId: Id): Promise<OpenedEscalation[]> {
    const limits = { escalations: mostRows + 1, handoffs: mostRows };
    const found = await escalationsOfTicket(transaction, ticketId, limits);
    return found.map(({ escalation, handoffs }) => ({
      escalation,
      note: this.escalations.noteOf(escalation),
      handoffs: handoffs.map((handoff) => ({ handoff, receipt: this.handoffs.confirmationOf(handoff) })),
    }));
  }
}

function byTimeGiven(one: Consent, other: Consent): number {
  return one.givenAt.getTime() - other.givenAt.getTime() || one.place - other.place;
}

function officersOf(statements: OpenedStatement[]): Id[] {
  return [...new Set(statements.flatMap(({ statement }) => statement.officerId ?? []))];
}
