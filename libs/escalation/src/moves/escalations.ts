import { Injectable } from '@nestjs/common';
import { type EscalatedTicket, Escalation, type EscalationState } from '../model/escalation';
import { EscalationEntry } from '../model/escalation-entry';
import { type Incident, incidentName } from '../model/incident';
import { immediateReasons } from '../model/urgency';
import type { WithdrawalCause } from '../model/end-causes';
import { type EscalationEnd, EscalationTransitions, save } from './escalation-transitions';
import { addToStory, publishOpened } from './story';
import {
  fromBinary,
  type Id,
  insertRows,
  isId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { notFound } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';
import { WorkTable } from '@sinkron/queue';

export interface EscalationFilter {
  state?: EscalationState;
  ticketId?: Id;
  cursor?: Id;
  limit: number;
}

/** Opens and closes escalations for those who have the facts, and reads them for a scope. */
@Injectable()
export class Escalations {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly work: WorkTable,
    private readonly transitions: EscalationTransitions,
  ) {}

  /** One open escalation per ticket: a second reason does not make a second one. */
  async openForTickets(transaction: Transaction, tickets: EscalatedTicket[]): Promise<void> {
    await this.open(
      transaction,
      tickets.map((ticket) => Escalation.ofTicket(transaction.now, ticket)),
    );
  }

  /** One open escalation per incident, whatever the number of tickets that it delays. */
  async openIncident(
    transaction: Transaction,
    incident: Incident,
    detail: Record<string, string | number>,
    region: string | null = null,
  ): Promise<void> {
    await this.open(transaction, [Escalation.ofIncident(transaction.now, incident, region, detail)]);
  }

  /** The ladder begins for those that are new; an open one of the same ticket may become more urgent. */
  private async open(transaction: Transaction, rows: Escalation[]): Promise<void> {
    if (rows.length === 0) return;
    await insertRows(transaction, Escalation, rows, { keepExisting: 'id' });
    const inserted = await transaction.query<{ id: Buffer }>('select id from escalation where id in (?)', [
      rows.map(({ id }) => toBinary(id)),
    ]);
    const ids = new Set(inserted.map(({ id }) => fromBinary(id)));
    const opened = rows.filter(({ id }) => ids.has(id));
    const due = { dueAt: transaction.now, rankAt: transaction.now, lane: 'urgent' as const };
    await this.work.add(
      transaction,
      opened.map(({ id, officeId }) => ({ kind: 'ladder', subjectId: id, officeId, ...due })),
    );
    await publishOpened(transaction, opened);
    for (const row of rows)
      if (!ids.has(row.id) && row.ticketId) await this.makeMoreUrgent(transaction, row.ticketId, row);
  }

  /**
   * The ticket has an open escalation already, and now an officer flagged it or its deadline has come near: quiet hours
   * no longer count, and those who were asked in vain are asked again at once.
   */
  private async makeMoreUrgent(
    transaction: Transaction,
    ticketId: Id,
    { reason, deadlineAt }: Pick<Escalation, 'reason' | 'deadlineAt'>,
  ): Promise<void> {
    if (!immediateReasons.includes(reason)) return;
    for (const escalation of await openOf(transaction, 'ticket_id = ?', toBinary(ticketId))) {
      await addToStory(transaction, escalation, { kind: 'pressed', data: { reason } });
      escalation.makeMoreUrgent(reason, deadlineAt);
      await save(transaction, escalation);
      if (escalation.state === 'open')
        await this.transitions.scheduleLadder(transaction, escalation, transaction.now);
    }
  }

  /** Stays true until COMMIT, so that the incident is not closed while the caller relies on it. */
  async isIncidentOpen(
    transaction: Transaction,
    incident: Incident,
    region: string | null = null,
  ): Promise<boolean> {
    const rows = await transaction.query(
      'select 1 from escalation where incident = ? and open_marker = 1 lock in share mode',
      [incidentName(incident, region)],
    );
    return rows.length > 0;
  }

  /** The incidents that are open now, oldest first; everybody may know of them. */
  openIncidents(): Promise<Escalation[]> {
    return this.transactions.run((transaction) =>
      selectRows(
        transaction,
        Escalation,
        'where incident is not null and open_marker = 1 order by opened_at',
        [],
      ),
    );
  }

  /** The centre works again: from now on each late ticket is escalated by itself. @returns whether there was one */
  async closeIncident(
    transaction: Transaction,
    incident: Incident,
    region: string | null = null,
  ): Promise<boolean> {
    const ending = { outcome: 'recovered', cause: 'recovered' } as const;
    return this.close(transaction, 'incident = ?', incidentName(incident, region), ending);
  }

  /** The ticket itself ended: nobody need act on it any more. */
  async closeForTicket(transaction: Transaction, ticketId: Id, ending: EscalationEnd): Promise<void> {
    await this.close(transaction, 'ticket_id = ?', toBinary(ticketId), ending);
  }

  /** The open escalation of a ticket, locked, for whoever judges what it rests on; null when there is none. */
  async openForTicket(transaction: Transaction, ticketId: Id): Promise<Escalation | null> {
    const [escalation] = await openOf(transaction, 'ticket_id = ?', toBinary(ticketId));
    return escalation ?? null;
  }

  /** What it rests on is gone: nobody is asked any more. */
  withdraw(
    transaction: Transaction,
    escalation: Escalation,
    cause: WithdrawalCause,
    by: Id | null,
  ): Promise<void> {
    return this.transitions.end(transaction, escalation, { outcome: 'withdrawn', cause, told: by });
  }

  /** It stands, by another reason or deadline. One that presses more is told at once, as any that comes up is. */
  async restOn(
    transaction: Transaction,
    escalation: Escalation,
    facts: Pick<EscalatedTicket, 'reason' | 'detail' | 'deadlineAt'>,
  ): Promise<void> {
    const { reason, deadlineAt } = facts;
    const nearer = deadlineAt !== null && (!escalation.deadlineAt || deadlineAt < escalation.deadlineAt);
    escalation.restOn(facts);
    await save(transaction, escalation);
    const data = { reason, deadlineAt: deadlineAt?.toISOString() ?? null };
    await addToStory(transaction, escalation, { kind: 'reason_changed', data });
    const { ticketId } = escalation;
    if (nearer && ticketId) await this.makeMoreUrgent(transaction, ticketId, { reason, deadlineAt });
  }

  /** The tickets about which an alarm is open for being overdue. */
  async ticketsOverdue(): Promise<Id[]> {
    const rows = await this.transactions.query<{ ticket_id: Buffer }>(
      `select ticket_id from escalation
       where state in ('open', 'acknowledged') and reason = 'overdue' and ticket_id is not null`,
    );
    return rows.map(({ ticket_id: id }) => fromBinary(id));
  }

  /** Whether the last alarm about a ticket was withdrawn, and no person has ended it. */
  async wasWithdrawn(transaction: Transaction, ticketId: Id): Promise<boolean> {
    const [last] = await transaction.query<{ outcome: string | null }>(
      'select outcome from escalation where ticket_id = ? order by id desc limit 1',
      [toBinary(ticketId)],
    );
    return last?.outcome === 'withdrawn';
  }

  private async close(
    transaction: Transaction,
    which: OpenSubject,
    subject: string | Buffer,
    ending: EscalationEnd,
  ): Promise<boolean> {
    const open = await openOf(transaction, which, subject);
    for (const escalation of open) await this.transitions.end(transaction, escalation, ending);
    return open.length > 0;
  }

  async isTicketEscalated(transaction: Transaction, ticketId: Id): Promise<boolean> {
    const rows = await transaction.query('select 1 from escalation where ticket_id = ? and open_marker = 1', [
      toBinary(ticketId),
    ]);
    return rows.length > 0;
  }

  /** The ticket's escalations go with it to another office; of an open one the people there are asked. */
  async changeOffice(transaction: Transaction, ticketId: Id, officeId: Id, by: Id | null): Promise<void> {
    // Before the others: whoever has it is told from where it went.
    for (const escalation of await openOf(transaction, 'ticket_id = ?', toBinary(ticketId)))
      await this.transitions.changeOffice(transaction, escalation, officeId, by);
    await transaction.execute('update escalation set office_id = ? where ticket_id = ?', [
      toBinary(officeId),
      toBinary(ticketId),
    ]);
  }

  /** Newest first; incidents are everybody's. */
  async list(scope: Scope, filter: EscalationFilter): Promise<Escalation[]> {
    return this.transactions.run((transaction) => {
      const { sql, parameters } = visible(scope);
      const conditions = [sql];
      if (filter.state) add('state = ?', filter.state);
      if (filter.ticketId) add('ticket_id = ?', toBinary(filter.ticketId));
      if (filter.cursor) add('id < ?', toBinary(filter.cursor));
      return selectRows(
        transaction,
        Escalation,
        `where ${conditions.join(' and ')} order by id desc limit ?`,
        [...parameters, filter.limit + 1],
      );

      function add(condition: string, value: unknown) {
        conditions.push(condition);
        parameters.push(value);
      }
    });
  }

  /** @throws Problem not_found outside the scope */
  async find(scope: Scope, id: string): Promise<Escalation> {
    return this.transactions.run((transaction) => this.get(transaction, scope, id));
  }

  /** Everything that happened to it, oldest first; the caller has read it with a scope. */
  storyOf({ id }: Escalation): Promise<EscalationEntry[]> {
    return this.transactions.run((transaction) =>
      selectRows(transaction, EscalationEntry, 'where escalation_id = ? order by at, id', [toBinary(id)]),
    );
  }

  noteOf(escalation: Escalation): string | null {
    return escalation.sealed
      ? this.sealing.open<{ note: string }>(escalation.sealed, notePlace(escalation.id)).note
      : null;
  }

  /** @throws Problem not_found outside the scope */
  async get(transaction: Transaction, scope: Scope, id: string, lock = ''): Promise<Escalation> {
    if (!isId(id)) throw notFound();
    const { sql, parameters } = visible(scope);
    const [escalation] = await selectRows(transaction, Escalation, `where id = ? and ${sql} ${lock}`, [
      toBinary(id),
      ...parameters,
    ]);
    if (!escalation) throw notFound();
    return escalation;
  }
}

function visible(scope: Scope): { sql: string; parameters: unknown[] } {
  if (scope.everything) return { sql: 'true', parameters: [] };
  return { sql: '(office_id in (?) or office_id is null)', parameters: [scope.ids.map(toBinary)] };
}

type OpenSubject = 'incident = ?' | 'ticket_id = ?';

/** The open escalation of a subject, if there is one, locked. */
function openOf(
  transaction: Transaction,
  which: OpenSubject,
  subject: string | Buffer,
): Promise<Escalation[]> {
  return selectRows(transaction, Escalation, `where ${which} and open_marker = 1 for update`, [subject]);
}

/** Under what an escalation's note is sealed. */
export function notePlace(rowId: Id) {
  return { table: 'escalation', column: 'sealed', rowId };
}
