import { Injectable } from '@nestjs/common';
import { readTicketCode } from './code';
import { appendHistory, type NewHistory, HistoryEntry } from './history';
import { publicStatus } from './lifecycle';
import { OutOfScope } from './out-of-scope';
import { Participant, Ticket } from './ticket';
import { waitsFor } from './waiting';
import { type Id, insertRows, selectRows, toBinary, type Transaction, updateRow } from '@sinkron/database';
import { notFound, Problem } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';

/** The row was written by another since it was read; carries MariaDB's own number, so that the work is repeated. */
class TicketChanged extends Error {
  readonly errno = 1020;
}

/** Writes a case with what happened to it; the public status and what it waits for follow its lines in the same statement. */
export async function saveTicket(
  transaction: Transaction,
  ticket: Ticket,
  happenings: NewHistory[],
): Promise<void> {
  const read = ticket.version;
  const before = `${ticket.status} ${ticket.waitsFor}`;
  ticket.status = publicStatus(ticket);
  ticket.waitsFor = waitsFor(ticket);
  if (ticket.waitsFor === null) ticket.waitingSince = null;
  else if (`${ticket.status} ${ticket.waitsFor}` !== before) ticket.waitingSince = transaction.now;
  ticket.version = read + 1;
  const entries = appendHistory(ticket, transaction.now, happenings);
  const written = await updateRow(transaction, Ticket, ticket, 'id = ? and version = ?', [
    toBinary(ticket.id),
    read,
  ]);
  if (!written) throw new TicketChanged();
  await insertRows(transaction, HistoryEntry, entries);
}

/** Cases as officers may see them: every reading needs a scope, and outside it there is nothing. */
@Injectable()
export class TicketStore {
  /** The handling office's case, locked for a move. @throws Problem not_found, forbidden for an office that takes part */
  async lock(transaction: Transaction, scope: Scope, code: string): Promise<Ticket> {
    const { ticket, owned } = await this.find(transaction, scope, code, 'for update');
    if (!owned) throw onlyReads();
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

  /** Of a case that was read with a scope before, oldest first. */
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
    en: 'Another office handles this case. Yours may read it and write notes; for anything else, contact that office.',
  });
}

/** Cases as the worker meets them: by id, without a scope, since nobody asks. */
@Injectable()
export class WorkerTickets {
  async lock(transaction: Transaction, id: Id): Promise<Ticket | null> {
    const [ticket] = await selectRows(transaction, Ticket, 'where id = ? for update', [toBinary(id)]);
    return ticket ?? null;
  }

  async find(transaction: Transaction, id: Id): Promise<Ticket | null> {
    const [ticket] = await selectRows(transaction, Ticket, 'where id = ?', [toBinary(id)]);
    return ticket ?? null;
  }
}
