import { Injectable } from '@nestjs/common';
import { readTicketCode } from '../model/code';
import { HistoryEntry } from '../model/history';
import { type Move, participantMoves } from '../model/lifecycle';
import { OutOfScope } from './out-of-scope';
import { Participant, Ticket } from '../model/ticket';
import { fromBinary, type Id, insertRows, selectRows, toBinary, type Transaction } from '@sinkron/database';
import { notFound, Problem } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';

/** Tickets as officers may see them: every reading needs a scope, and outside it there is nothing. */
@Injectable()
export class TicketStore {
  /** The handling office's ticket, locked for a move. @throws Problem not_found, forbidden for an office that takes part */
  async lock(transaction: Transaction, scope: Scope, code: string, move?: Move): Promise<Ticket> {
    const { ticket, owned } = await this.find(transaction, scope, code, 'for update');
    if (!owned && !(move && participantMoves.includes(move))) throw onlyReads();
    return ticket;
  }

  /**
   * For reading and notes: also for offices that take part.
   * @throws Problem not_found
   */
  async find(
    transaction: Transaction,
    scope: Scope,
    code: string,
    lock = '',
  ): Promise<{ ticket: Ticket; owned: boolean }> {
    const ticket = await this.byCode(transaction, code, lock);
    if (!ticket) throw notFound();
    if (scope.includes(ticket.officeId)) return { ticket, owned: true };
    const takesPart = await transaction.query(
      'select 1 from participant where ticket_id = ? and office_id in (?)',
      [toBinary(ticket.id), scope.ids.map(toBinary)],
    );
    if (takesPart.length === 0) throw new OutOfScope(ticket.id);
    return { ticket, owned: false };
  }

  async addParticipant(transaction: Transaction, ticketId: Id, officeId: Id): Promise<void> {
    const row: Participant = { ticketId, officeId, since: transaction.now };
    await insertRows(transaction, Participant, [row], { keepExisting: 'ticket_id' });
  }

  /** The offices that know of a ticket know of the one that goes on for it. */
  async passParticipants(transaction: Transaction, from: Ticket, to: Ticket): Promise<void> {
    const known = await transaction.query<{ office_id: Buffer }>(
      'select office_id from participant where ticket_id = ?',
      [toBinary(from.id)],
    );
    const offices = [from.officeId, ...known.map(({ office_id }) => fromBinary(office_id))];
    for (const officeId of offices.filter((id) => id !== to.officeId))
      await this.addParticipant(transaction, to.id, officeId);
  }

  /** Of a ticket that was read with a scope before, oldest first. */
  async history(transaction: Transaction, { id }: Ticket): Promise<HistoryEntry[]> {
    return selectRows(transaction, HistoryEntry, 'where ticket_id = ? order by seq', [toBinary(id)]);
  }

  private async byCode(transaction: Transaction, code: string, lock: string): Promise<Ticket | null> {
    const read = readTicketCode(code);
    if (!read) return null;
    const [ticket] = await selectRows(transaction, Ticket, `where code = ? ${lock}`, [read]);
    return ticket ?? null;
  }
}

function onlyReads(): Problem {
  return new Problem('forbidden', {
    id: 'Laporan ini ditangani kantor lain. Kantor Anda boleh membaca dan menulis catatan; untuk langkah lain, hubungi kantor itu.',
    en: 'Another office handles this ticket. Yours may read it and write notes; for anything else, contact that office.',
  });
}
