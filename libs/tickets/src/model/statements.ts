import { Injectable } from '@nestjs/common';
import {
  kkIndex,
  phoneIndex,
  type StatedNote,
  type StatedValues,
  Statement,
  type StatementKind,
  statementPlace,
} from './statement';
import type { Ticket } from './ticket';
import type { Channel } from './vocabulary';
import { wiped } from './wiped';
import {
  BlindIndex,
  fromBinary,
  type Id,
  insertRows,
  newId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
} from '@sinkron/database';
import { notFound } from '@sinkron/observability';

interface Author {
  /** Null for whoever is no officer. */
  officerId: Id | null;
  officeId: Id;
}

/** A statement that is sealed and not yet filed under a ticket. */
export type Composed = Omit<Statement, 'ticketId' | 'madeAt' | 'sealed'> & { sealed: Buffer };

/** Seals and opens what was stated. */
@Injectable()
export class Statements {
  constructor(
    private readonly sealing: Sealing,
    private readonly index: BlindIndex,
  ) {}

  /** A statement of values, sealed, ready to be inserted; `madeAt` is set in the transaction. */
  compose(id: Id, kind: StatementKind, by: Author & { channel: Channel }, values: StatedValues): Composed {
    const { kk, phone } = values.applicant;
    return {
      id,
      kind,
      officeId: by.officeId,
      officerId: by.officerId,
      channel: by.channel,
      sealed: this.sealing.seal(values, statementPlace(id)),
      phoneKey: phone ? this.index.digest(phoneIndex, phone) : null,
      kkKey: this.index.digest(kkIndex, kk),
    };
  }

  /** Free text of an officer, kept with the ticket and under its channel. @returns the id that the history names */
  async note(transaction: Transaction, ticket: Ticket, by: Author, text: string): Promise<Id> {
    const id = newId();
    const statement: Statement = {
      id,
      ticketId: ticket.id,
      kind: 'note',
      officeId: by.officeId,
      officerId: by.officerId,
      channel: ticket.channel,
      sealed: this.sealing.seal({ text } satisfies StatedNote, statementPlace(id)),
      phoneKey: null,
      kkKey: null,
      madeAt: transaction.now,
    };
    await insertRows(transaction, Statement, [statement]);
    return id;
  }

  /** What a complaint or a correction said; null once its ticket is wiped. */
  values({ id, sealed }: Pick<Statement, 'id' | 'sealed'>): StatedValues | null {
    return sealed && this.sealing.open<StatedValues>(sealed, statementPlace(id));
  }

  /** What a note said; null once its ticket is wiped. */
  noteText({ id, sealed }: Pick<Statement, 'id' | 'sealed'>): string | null {
    return sealed && this.sealing.open<StatedNote>(sealed, statementPlace(id)).text;
  }

  /** The values of a revision. @throws Problem not_found, conflict when the ticket is wiped */
  async read(transaction: Transaction, id: Id): Promise<StatedValues> {
    const [statement] = await selectRows(transaction, Statement, 'where id = ?', [toBinary(id)]);
    if (!statement) throw notFound();
    const values = this.values(statement);
    if (!values) throw wiped();
    return values;
  }

  /** The values of revisions; without those of wiped tickets. */
  async readMany(transaction: Transaction, ids: Id[]): Promise<Map<Id, StatedValues>> {
    if (ids.length === 0) return new Map();
    const found = await selectRows(transaction, Statement, 'where id in (?)', [ids.map(toBinary)]);
    return new Map(
      found.flatMap((statement) => {
        const values = this.values(statement);
        return values ? [[statement.id, values] as const] : [];
      }),
    );
  }

  /** The free texts of these ids. */
  async notes(transaction: Transaction, ids: Id[]): Promise<Statement[]> {
    if (ids.length === 0) return [];
    return selectRows(transaction, Statement, 'where id in (?)', [ids.map(toBinary)]);
  }

  /** How often each ticket was complained about, the first time included: counted, never kept (R14). */
  async countComplaints(transaction: Transaction, ticketIds: readonly Id[]): Promise<Map<Id, number>> {
    const rows = await transaction.query<{ ticket_id: Buffer; n: string }>(
      `select ticket_id, count(*) as n from statement where ticket_id in (?) and kind in ('first', 'repeat') group by ticket_id`,
      [ticketIds.map(toBinary)],
    );
    return new Map(rows.map(({ ticket_id: id, n }) => [fromBinary(id), Number(n)]));
  }

  /** Destroys what was stated of a ticket; that something was stated, when and by whom stays. */
  async wipe(transaction: Transaction, ticketId: Id): Promise<void> {
    await transaction.execute(
      'update statement set sealed = null, phone_key = null, kk_key = null where ticket_id = ?',
      [toBinary(ticketId)],
    );
  }

  /** Who logged the ticket, and who stated what holds now. */
  async authors(transaction: Transaction, { id, statementId }: Ticket): Promise<Id[]> {
    const rows = await transaction.query<{ officer_id: Buffer }>(
      `select officer_id from statement
       where ticket_id = ? and (kind = 'first' or id = ?) and officer_id is not null`,
      [toBinary(id), toBinary(statementId)],
    );
    return rows.map(({ officer_id }) => fromBinary(officer_id));
  }

  /** Everything that was stated of a ticket that was read with a scope before, oldest first. */
  async ofTicket(transaction: Transaction, { id }: Ticket): Promise<Statement[]> {
    return selectRows(transaction, Statement, 'where ticket_id = ? order by id', [toBinary(id)]);
  }
}
