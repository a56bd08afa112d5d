import { Inject, Injectable } from '@nestjs/common';
import { nextDeadline } from '../model/deadlines';
import { appendHistory, HistoryEntry, type HistoryKind, type NewHistory } from '../model/history';
import { isAllowed, type OfficerMove } from '../model/lifecycle';
import { Statements } from '../model/statements';
import { Ticket } from '../model/ticket';
import { TicketStore } from '../reading/ticket-store';
import { centreWork, deadlineWork } from '../model/ticket-work';
import { assertNotWiped } from '../model/wiped';
import { WorkerTickets } from '../reading/worker-tickets';
import { workflowOf } from '../model/workflows';
import { TicketNotices } from '../notices/notices';
import { TicketUrgency, type UrgencyJudge } from './ticket-urgency';
import type { OfficerActor } from '@sinkron/accounts';
import { type Config, CONFIG } from '@sinkron/config';
import { type Id, insertRows, toBinary, type Transaction, Transactions, updateRow } from '@sinkron/database';
import { fieldProblem, type Problem } from '@sinkron/observability';
import { handlingOffice } from '@sinkron/offices';
import { WorkTable } from '@sinkron/queue';

/** What an officer did, and in which words; the words are sealed. */
interface OfficersEntry {
  kind: HistoryKind;
  data?: Record<string, unknown> | null;
  text?: string | undefined;
}

/** The only writer of tickets that are there already: each change in one transaction with its history and its work. */
@Injectable()
export class TicketWriter {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly tickets: WorkerTickets,
    private readonly statements: Statements,
    private readonly urgency: TicketUrgency,
    private readonly work: WorkTable,
    private readonly notices: TicketNotices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * One move of the lifecycle by an officer: locks the ticket, has it changed, and saves it with what `act` returns;
   * null: nothing has changed, and nothing is saved.
   * @param then what follows for other tickets, once this one is written
   * @throws Problem not_found outside the scope, forbidden for an office that only takes part, conflict when the
   *   lifecycle forbids the move now or the ticket is wiped
   */
  move(
    by: OfficerActor,
    code: string,
    move: OfficerMove,
    act: (ticket: Ticket, transaction: Transaction) => Promise<NewHistory[] | null>,
    then: (transaction: Transaction, ticket: Ticket) => Promise<void> = () => Promise.resolve(),
  ): Promise<Ticket> {
    return this.transactions.run(async (transaction) => {
      const ticket = await this.lock(transaction, by, code, move);
      const history = await act(ticket, transaction);
      if (!history) return ticket;
      await this.save(transaction, ticket, history);
      await then(transaction, ticket);
      return ticket;
    });
  }

  /** As `move`, for a caller that saves by itself. */
  async lock(transaction: Transaction, by: OfficerActor, code: string, move: OfficerMove): Promise<Ticket> {
    const ticket = await this.store.lock(transaction, by.scope, code, move);
    assertNotWiped(ticket);
    if (!isAllowed(move, ticket.state)) throw notNow(ticket);
    return ticket;
  }

  /**
   * The worker's way: locks a ticket by its id; `act` saves what it changes.
   * @returns what `act` returns, or null when there is no such ticket and nothing happened
   */
  change<T>(id: Id, act: (ticket: Ticket, transaction: Transaction) => Promise<T>): Promise<T | null> {
    return this.transactions.run(async (transaction) => {
      const ticket = await this.tickets.lock(transaction, id);
      return ticket && act(ticket, transaction);
    });
  }

  /**
   * Writes a locked ticket with what happened to it; the public status and what it waits for follow in the same
   * statement.
   */
  async save(transaction: Transaction, ticket: Ticket, history: readonly NewHistory[]): Promise<void> {
    const read = ticket.version;
    ticket.deriveStatus(transaction.now);
    ticket.version = read + 1;
    const entries = appendHistory(ticket, transaction.now, history);
    const written = await updateRow(transaction, Ticket, ticket, 'id = ? and version = ?', [
      toBinary(ticket.id),
      read,
    ]);
    if (!written) throw new TicketChanged();
    await insertRows(transaction, HistoryEntry, entries);
  }

  /**
   * As `save`, for many tickets of which only the deadline has changed, on which no status rests: two statements,
   * whatever their number.
   * @param entry what is written into the history of each
   */
  async saveDeadlines(
    transaction: Transaction,
    tickets: readonly Ticket[],
    entry: NewHistory,
  ): Promise<void> {
    const [first] = tickets;
    if (!first) return;
    const entries = tickets.flatMap((ticket) => appendHistory(ticket, transaction.now, [entry]));
    const heads = tickets.flatMap(({ id, headHash }) => [toBinary(id), headHash]);
    const written = await transaction.execute(
      `update ticket set deadline_at = ?, seq = seq + 1, version = version + 1,
         head_hash = case id ${'when ? then ? '.repeat(tickets.length)} else head_hash end
       where id in (?)`,
      [first.deadlineAt, ...heads, tickets.map(({ id }) => toBinary(id))],
    );
    if (written !== tickets.length) throw new TicketChanged();
    for (const ticket of tickets) ticket.version += 1;
    await insertRows(transaction, HistoryEntry, entries);
  }

  /** The entry of an officer's move, with what the officer wrote sealed as a note. */
  async entry(
    transaction: Transaction,
    ticket: Ticket,
    by: OfficerActor,
    { kind, data = null, text }: OfficersEntry,
  ): Promise<NewHistory> {
    const author = { officerId: by.officerId, officeId: by.office.id };
    const statementId = text ? await this.statements.note(transaction, ticket, author, text) : null;
    return { kind, officerId: by.officerId, statementId, data };
  }

  /** Sets the instant at which the ticket is looked at if nothing else happens. */
  async scheduleDeadline(transaction: Transaction, ticket: Ticket, dueAt?: Date): Promise<void> {
    const next = dueAt ?? nextDeadline(ticket, transaction.now, this.config.durations);
    await this.work.schedule(transaction, deadlineWork(ticket, next));
  }

  /** A push becomes due; the resync reads the centre first if this revision was not read yet. */
  async pushAgain(transaction: Transaction, ticket: Ticket, dueAt: Date): Promise<void> {
    ticket.pushAgain();
    await this.work.schedule(transaction, centreWork('push', ticket, dueAt));
  }

  /**
   * Opens a closed ticket again: its workflow begins anew, with a new `dueAt`.
   * @returns what its urgency, and a successor of its office, add to the history
   * @throws AnotherIsOpen
   */
  async beginRound(transaction: Transaction, ticket: Ticket, judge: UrgencyJudge): Promise<NewHistory[]> {
    const { now } = transaction;
    const workflow = workflowOf(ticket.service);
    await this.assertOnlyOne(transaction, ticket);
    ticket.beginRound(now, workflow.dueAt(now, this.config.durations));
    const moved = await this.goToSuccessor(transaction, ticket);
    const urgent = await this.urgency.apply(transaction, ticket, judge);
    await this.work.drop(transaction, ['contest'], ticket.id);
    await this.notices.overtake(transaction, ticket, 'notice_resolved', 'notice_contest');
    for (const work of workflow.firstWork(ticket)) await this.work.schedule(transaction, work);
    await this.scheduleDeadline(transaction, ticket);
    return [...moved, ...urgent];
  }

  /** A ticket that stayed at an office which closed since is handled by the office that works in its place. */
  private async goToSuccessor(transaction: Transaction, ticket: Ticket): Promise<NewHistory[]> {
    const { officeId: from } = ticket;
    const to = await handlingOffice(transaction, from);
    if (to === from) return [];
    ticket.changeOffice(to);
    await this.store.addParticipant(transaction, ticket.id, from);
    return [{ kind: 'transferred', data: { from, to, by: 'office_closed' } }];
  }

  /** For a ticket that is about to become one of the person's open ones. @throws AnotherIsOpen */
  async assertOnlyOne(
    transaction: Transaction,
    { id, personId, service }: Pick<Ticket, 'id' | 'personId' | 'service'>,
  ): Promise<void> {
    const others = await transaction.query(
      'select 1 from ticket where person_id = ? and service = ? and open_marker = 1 and id <> ? limit 1',
      [toBinary(personId), service, toBinary(id)],
    );
    if (others.length > 0) throw new AnotherIsOpen();
  }
}

/** The person has another open ticket of this service; carries MariaDB's number of the key that says so mostly. */
class AnotherIsOpen extends Error {
  readonly errno = 1062;
}

/** The row was written by another since it was read; carries MariaDB's own number, so that the work is repeated. */
class TicketChanged extends Error {
  readonly errno = 1020;
}

function notNow({ status }: Ticket): Problem {
  return fieldProblem('conflict', 'code', 'not_now', {
    id: `Laporan berstatus "${status}", jadi langkah ini tidak bisa dilakukan sekarang.`,
    en: `The ticket is "${status}", so this cannot be done now.`,
  });
}
