import { Injectable } from '@nestjs/common';
import { Persons } from '../intake/persons';
import { HistoryEntry } from '../model/history';
import { Statement } from '../model/statement';
import { Participant, Ticket } from '../model/ticket';
import { type Id, selectRows, toBinary, type Transaction } from '@sinkron/database';
import type { Scope } from '@sinkron/offices';

/** The rows behind tickets, for whoever has a right to all that is held on a person. */
@Injectable()
export class TicketRecords {
  constructor(private readonly persons: Persons) {}

  /** The tickets of a person that the scope handles or takes part in, locked, newest first. */
  async lockOfPerson(
    transaction: Transaction,
    scope: Scope,
    { nik, limit }: { nik: string; limit: number },
  ): Promise<Ticket[]> {
    if (scope.ids.length === 0) return [];
    const person = this.persons.having(nik);
    const offices = scope.ids.map(toBinary);
    const found = await transaction.query<{ id: Buffer }>(
      `select id from ticket where person_id in (select id from person where ${person.sql})
       and (office_id in (?) or id in (select ticket_id from participant where office_id in (?)))
       order by id desc limit ?`,
      [...person.parameters, offices, offices, limit],
    );
    if (found.length === 0) return [];
    const ids = found.map(({ id }) => id);
    return selectRows(transaction, Ticket, 'where id in (?) order by id desc for update', [ids]);
  }

  /** Of a ticket that was read with a scope before, newest first. */
  history(transaction: Transaction, ticketId: Id, limit: number): Promise<HistoryEntry[]> {
    return selectRows(transaction, HistoryEntry, 'where ticket_id = ? order by seq desc limit ?', [
      toBinary(ticketId),
      limit,
    ]);
  }

  /** As `history`. */
  participants(transaction: Transaction, ticketId: Id, limit: number): Promise<Participant[]> {
    return selectRows(transaction, Participant, 'where ticket_id = ? order by since desc limit ?', [
      toBinary(ticketId),
      limit,
    ]);
  }

  /** As `history`. @param offices only what was stated there */
  statements(
    transaction: Transaction,
    ticketId: Id,
    { offices, limit }: { offices?: readonly Id[] | undefined; limit: number },
  ): Promise<Statement[]> {
    return selectRows(
      transaction,
      Statement,
      `where ticket_id = ? ${offices ? 'and office_id in (?)' : ''} order by id desc limit ?`,
      [toBinary(ticketId), ...(offices ? [offices.map(toBinary)] : []), limit],
    );
  }
}
