import { Injectable } from '@nestjs/common';
import { Persons } from '../intake/persons';
import { kkIndex, phoneIndex, type StatedValues, type Statement } from '../model/statement';
import { Statements } from '../model/statements';
import { Ticket } from '../model/ticket';
import { countQuery, type CountedFilter, pageQuery, type TicketFilter } from './ticket-pages';
import { TicketStore } from './ticket-store';
import {
  BlindIndex,
  fromBinary,
  type Id,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import type { Scope } from '@sinkron/offices';

/** A ticket with the values of its current revision, to be masked by whoever shows it. */
export interface ListedTicket {
  ticket: Ticket;
  /** Who knows of the wait, with the sealed note. */
  snooze: Statement | null;
  /** Null once the ticket is wiped. */
  values: StatedValues | null;
  repeatCount: number;
}

/** Reads tickets of a scope, newest first, in pages that walk a key. */
@Injectable()
export class TicketList {
  constructor(
    private readonly transactions: Transactions,
    private readonly store: TicketStore,
    private readonly statements: Statements,
    private readonly index: BlindIndex,
    private readonly persons: Persons,
  ) {}

  /** One more than `limit` is read: its presence tells that there is a next page. */
  async list(scope: Scope, filter: TicketFilter): Promise<ListedTicket[]> {
    if (scope.ids.length === 0) return [];
    return this.transactions.run(async (transaction) => {
      const { sql, parameters } = pageQuery(scope, filter, await counts(transaction, filter));
      const tickets = await selectRows(transaction, Ticket, sql, parameters);
      return this.withValues(transaction, tickets);
    });
  }

  /** Tickets of a person, family card or phone; the numbers come in a body and are looked up by digest. */
  async search(scope: Scope, wanted: { nik?: string; kk?: string; phone?: string }): Promise<ListedTicket[]> {
    const offices = scope.ids.map(toBinary);
    if (offices.length === 0) return [];
    const { sql, parameters } = this.searchCondition(wanted);
    return this.transactions.run(async (transaction) => {
      const tickets = await selectRows(
        transaction,
        Ticket,
        `where ${sql} and (office_id in (?) or id in (select ticket_id from participant where office_id in (?)))
         order by id desc limit 50`,
        [...parameters, offices, offices],
      );
      return this.withValues(transaction, tickets);
    });
  }

  /** One ticket, also for an office that takes part. @throws Problem not_found */
  async read(scope: Scope, code: string): Promise<ListedTicket & { owned: boolean }> {
    return this.transactions.run(async (transaction) => {
      const { ticket, owned } = await this.store.find(transaction, scope, code);
      const [found] = await this.withValues(transaction, [ticket]);
      return { ...(found as ListedTicket), owned };
    });
  }

  /** The id of a ticket that this scope may read. @throws Problem `not_found` */
  async idOf(scope: Scope, code: string): Promise<Id> {
    return this.transactions.run(
      async (transaction) => (await this.store.find(transaction, scope, code)).ticket.id,
    );
  }

  /** The codes of those of these tickets that the scope holds, for lists that name tickets by id. */
  async codesOf(scope: Scope, ids: Id[]): Promise<Map<Id, string>> {
    const named = await this.namesOf(scope, ids);
    return new Map([...named].map(([id, { code }]) => [id, code]));
  }

  /** The same, with the office that handles each. */
  async namesOf(scope: Scope, ids: Id[]): Promise<Map<Id, Pick<Ticket, 'code' | 'officeId'>>> {
    if (ids.length === 0) return new Map();
    const rows = await this.transactions.query<{ id: Buffer; code: string; office_id: Buffer }>(
      'select id, code, office_id from ticket where id in (?)',
      [ids.map(toBinary)],
    );
    const named = rows.map(
      ({ id, code, office_id: office }) => [fromBinary(id), { code, officeId: fromBinary(office) }] as const,
    );
    return new Map(named.filter(([, { officeId }]) => scope.includes(officeId)));
  }

  /** The open tickets of the scope whose deadline lies ahead, nearest first. */
  async nearestDeadlines(transaction: Transaction, scope: Scope, limit: number): Promise<Ticket[]> {
    if (scope.ids.length === 0) return [];
    const offices = scope.everything ? '' : 'and office_id in (?)';
    return selectRows(
      transaction,
      Ticket,
      `force index (ticket_deadline)
       where open_marker = 1 and urgent in (0, 1) and deadline_at > ? ${offices} order by deadline_at limit ?`,
      [transaction.now, ...(scope.everything ? [] : [scope.ids.map(toBinary)]), limit],
    );
  }

  private searchCondition({ nik, kk, phone }: { nik?: string; kk?: string; phone?: string }) {
    const conditions: string[] = [];
    const parameters: unknown[] = [];
    if (nik) {
      const person = this.persons.having(nik);
      conditions.push(`person_id in (select id from person where ${person.sql})`);
      parameters.push(...person.parameters);
    }
    if (kk) {
      conditions.push('id in (select ticket_id from statement where kk_key in (?))');
      parameters.push(this.index.digests(kkIndex, kk));
    }
    if (phone) {
      conditions.push('id in (select ticket_id from statement where phone_key in (?))');
      parameters.push(this.index.digests(phoneIndex, phone));
    }
    return { sql: conditions.join(' and '), parameters };
  }

  private async withValues(transaction: Transaction, tickets: Ticket[]): Promise<ListedTicket[]> {
    if (tickets.length === 0) return [];
    const values = await this.statements.readMany(
      transaction,
      tickets.map(({ statementId }) => statementId),
    );
    const counts = await this.statements.countComplaints(
      transaction,
      tickets.map(({ id }) => id),
    );
    const notes = await this.statements.notes(
      transaction,
      tickets.flatMap(({ snoozeNoteId }) => snoozeNoteId ?? []),
    );
    return tickets.map((ticket) => ({
      ticket,
      snooze: notes.find(({ id }) => id === ticket.snoozeNoteId) ?? null,
      values: values.get(ticket.statementId) ?? null,
      repeatCount: (counts.get(ticket.id) ?? 1) - 1,
    }));
  }
}

async function counts(transaction: Transaction, filter: TicketFilter): Promise<CountedFilter[]> {
  const counting = countQuery(filter);
  if (!counting) return [];
  const rows = await transaction.query<Omit<CountedFilter, 'count'> & { count: string }>(
    counting.sql,
    counting.parameters,
  );
  return rows.map(({ column, count }) => ({ column, count: Number(count) }));
}
