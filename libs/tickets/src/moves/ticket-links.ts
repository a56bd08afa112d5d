import { Injectable } from '@nestjs/common';
import { type LinkKind, type Ticket, TicketLink } from '../model/ticket';
import { OutOfScope } from '../reading/out-of-scope';
import { TicketStore } from '../reading/ticket-store';
import { TicketWriter } from './ticket-writer';
import type { OfficerActor } from '@sinkron/accounts';
import { fromBinary, type Id, insertRows, toBinary, type Transaction, Transactions } from '@sinkron/database';
import { type FieldError, fieldError, invalid, Problem } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';

/** What a ticket has to do with another one; the code only where the reader may see that one. */
export interface LinkedTicket {
  kind: LinkKind | 'identity_disputed';
  code: string | null;
  officeId: Id;
}

/** Tickets that have to do with each other. */
@Injectable()
export class TicketLinks {
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: TicketWriter,
    private readonly store: TicketStore,
  ) {}

  /** Two NIKs of one person: nothing of either ticket changes. @throws Problem invalid for the same ticket */
  link(
    by: OfficerActor,
    code: string,
    { ticket: to, note }: { ticket: string; note?: string },
  ): Promise<Ticket> {
    return this.transactions.run(async (transaction) => {
      const ticket = await this.writer.lock(transaction, by, code, 'link');
      const other = await this.lockOther(transaction, by, 'ticket', to);
      if (other.id === ticket.id) throw invalid([unknown('ticket')]);
      await this.add(transaction, [
        { ticketId: ticket.id, otherId: other.id, kind: 'same_person' },
        { ticketId: other.id, otherId: ticket.id, kind: 'same_person' },
      ]);
      for (const [one, its] of [
        [ticket, other],
        [other, ticket],
      ] as const) {
        const entry = { kind: 'linked', data: { to: its.code, as: 'same_person' } } as const;
        const text = one === ticket ? note : undefined;
        await this.writer.save(transaction, one, [
          await this.writer.entry(transaction, one, by, { ...entry, text }),
        ]);
      }
      return ticket;
    });
  }

  /** The other ticket of a move on two, locked. @throws Problem not_found that names the field */
  async lockOther(transaction: Transaction, by: OfficerActor, field: string, code: string): Promise<Ticket> {
    try {
      return await this.store.lock(transaction, by.scope, code, 'link');
    } catch (error) {
      if (error instanceof OutOfScope) throw new OutOfScope(error.ticketId, [unknown(field)]);
      const isNone = error instanceof Problem && error.kind === 'not_found';
      throw isNone ? new Problem('not_found', error.detail, [unknown(field)]) : error;
    }
  }

  async add(transaction: Transaction, links: readonly Omit<TicketLink, 'since'>[]): Promise<void> {
    const since = transaction.now;
    await insertRows(
      transaction,
      TicketLink,
      links.map((link) => ({ ...link, since })),
      { keepExisting: 'ticket_id' },
    );
  }

  /** Of a ticket that was read with this scope before; those that dispute its NIK now come first. */
  of(scope: Scope, { id, personId, service, identityDisputed }: Ticket): Promise<LinkedTicket[]> {
    return this.transactions.run(async (transaction) => {
      const rows = await transaction.query<{ kind: LinkKind; code: string; office_id: Buffer }>(
        `select link.kind, other.code, other.office_id from ticket_link link
         join ticket other on other.id = link.other_id where link.ticket_id = ? order by link.since, link.other_id`,
        [toBinary(id)],
      );
      const disputing = identityDisputed
        ? await transaction.query<{ code: string; office_id: Buffer }>(
            `select code, office_id from ticket
             where person_id = ? and service = ? and open_marker = 1 and identity_disputed = 1 and id <> ?`,
            [toBinary(personId), service, toBinary(id)],
          )
        : [];
      return [...disputing.map((row) => ({ ...row, kind: 'identity_disputed' as const })), ...rows].map(
        ({ kind, code, office_id }) => {
          const officeId = fromBinary(office_id);
          return { kind, officeId, code: scope.includes(officeId) ? code : null };
        },
      );
    });
  }
}

function unknown(field: string): FieldError {
  const id = 'Tidak ada laporan lain dengan kode itu di kantor Anda.';
  return fieldError(field, 'ticket_unknown', id, 'There is no other ticket with this code at your offices.');
}
