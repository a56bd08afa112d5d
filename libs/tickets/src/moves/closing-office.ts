import { Injectable } from '@nestjs/common';
import { publicStatuses } from '../model/lifecycle';
import { Ticket } from '../model/ticket';
import { ticketKinds } from '../model/ticket-work';
import { TicketStore } from '../reading/ticket-store';
import { TicketUrgency, type UrgencyJudge } from './ticket-urgency';
import { TicketWriter } from './ticket-writer';
import { type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';
import type { ClosingOffice, MovedPiece } from '@sinkron/offices';
import { WorkTable } from '@sinkron/queue';

/** So many tickets go in one transaction at most: each is locked until it ends. */
const most = 50;

const closed = ['resolved', 'rejected', 'cancelled'];
const openStatuses = publicStatuses.filter((status) => !closed.includes(status));

/** Tickets that are open when their office closes. */
@Injectable()
export class ClosingOfficeTickets {
  constructor(
    private readonly writer: TicketWriter,
    private readonly store: TicketStore,
    private readonly urgency: TicketUrgency,
    private readonly work: WorkTable,
  ) {}

  /**
   * Open tickets go to the successor with their work, each with its history; whoever saw them at the old office still
   * does. Escalations go by themselves: nobody who has one loses it. Closed tickets stay, and a reopened one follows
   * (`TicketWriter.beginRound`).
   * @param judge asked for before the transaction
   */
  async toSuccessor(
    transaction: Transaction,
    closing: ClosingOffice,
    judge: UrgencyJudge,
  ): Promise<MovedPiece> {
    // Found without a lock, which would hold every open ticket of the office, and judged again under it.
    const found = await transaction.query<{ id: Buffer }>(
      `select id from ticket force index (ticket_office_status) where office_id = ? and status in (?) limit ?`,
      [toBinary(closing.from), openStatuses, most],
    );
    if (found.length === 0) return { moved: [] };
    const tickets = await selectRows(transaction, Ticket, 'where id in (?) order by id for update', [
      found.map(({ id }) => id),
    ]);
    const still = tickets.filter(({ officeId, openMarker }) => officeId === closing.from && openMarker === 1);
    for (const ticket of still) await this.move(transaction, ticket, closing, judge);
    return { moved: still.map(({ id }) => id) };
  }

  private async move(
    transaction: Transaction,
    ticket: Ticket,
    { from, to, by }: ClosingOffice,
    judge: UrgencyJudge,
  ): Promise<void> {
    ticket.changeOffice(to);
    await this.store.addParticipant(transaction, ticket.id, from);
    await this.work.changeOffice(transaction, ticketKinds, ticket.id, to);
    // Another region has another lag.
    const urgent = await this.urgency.judgeAgain(transaction, ticket, judge, { by });
    const data = { from, to, by: 'office_closed' };
    await this.writer.save(transaction, ticket, [{ kind: 'transferred', officerId: by, data }, ...urgent]);
  }
}

/** How many tickets of an office are open. */
export async function countOpenTicketsAt(transaction: Transaction, officeId: Id): Promise<number> {
  const [row] = await transaction.query<{ n: string }>(
    `select count(*) as n from ticket force index (ticket_office_status) where office_id = ? and status in (?)`,
    [toBinary(officeId), openStatuses],
  );
  return Number(row?.n ?? 0);
}
