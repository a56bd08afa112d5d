import { Injectable } from '@nestjs/common';
import {
  Escalation,
  EscalationEntry,
  type EscalationOutcome,
  type EscalationReason,
  type EscalationState,
  type Incident,
  incidentName,
} from './escalation';
import { publishOpened, addToStory } from './escalation-story';
import { EscalationTransitions, save } from './escalation-transitions';
import { pressingReasons } from './urgency';
import {
  fromBinary,
  type Id,
  insertRows,
  isId,
  newId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { notFound } from '@sinkron/observability';
import type { Scope } from '@sinkron/offices';
import { WorkTable } from '@sinkron/queue';

export interface EscalatedTicket {
  ticketId: Id;
  code: string;
  officeId: Id;
  /** The applicant's own. */
  deadlineAt: Date | null;
  reason: EscalationReason;
  detail?: Record<string, string | number> | undefined;
}

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
    private readonly life: EscalationTransitions,
  ) {}

  /** One open escalation per case: a second reason does not make a second one. */
  async openForTickets(transaction: Transaction, cases: EscalatedTicket[]): Promise<void> {
    const rows = cases.map(({ ticketId, code, officeId, deadlineAt, reason, detail = null }) =>
      fresh(transaction.now, { ticketId, ticketCode: code, officeId, deadlineAt, reason, detail }),
    );
    await this.open(transaction, rows);
  }

  /** One open escalation per incident, whatever the number of cases it holds up. */
  async openIncident(
    transaction: Transaction,
    incident: Incident,
    detail: Record<string, string | number>,
    region: string | null = null,
  ): Promise<void> {
    const name = incidentName(incident, region);
    await this.open(transaction, [fresh(transaction.now, { incident: name, reason: incident, detail })]);
  }

  /** For those that are new the ladder begins; what stands already under the same subject may only be pressed. */
  private async open(transaction: Transaction, rows: Escalation[]): Promise<void> {
    if (rows.length === 0) return;
    await insertRows(transaction, Escalation, rows, { keepExisting: 'id' });
    const made = await transaction.query<{ id: Buffer }>('select id from escalation where id in (?)', [
      rows.map(({ id }) => toBinary(id)),
    ]);
    const ids = new Set(made.map(({ id }) => fromBinary(id)));
    const born = rows.filter(({ id }) => ids.has(id));
    await this.work.add(
      transaction,
      born.map(({ id, officeId }) => {
        const due = { dueAt: transaction.now, rankAt: transaction.now };
        return { kind: 'ladder' as const, subjectId: id, lane: 'urgent' as const, officeId, ...due };
      }),
    );
    await publishOpened(transaction, born);
    for (const row of rows) if (!ids.has(row.id) && row.ticketId) await this.press(transaction, row);
  }

  /**
   * A case that waits for somebody already is flagged, or a deadline has come near: what could wait until now cannot
   * any more, and whoever was asked in vain is asked again at once.
   */
  private async press(transaction: Transaction, { ticketId, reason, deadlineAt }: Escalation): Promise<void> {
    if (!pressingReasons.includes(reason)) return;
    const [standing] = await selectRows(
      transaction,
      Escalation,
      'where ticket_id = ? and open_marker = 1 for update',
      [toBinary(ticketId!)],
    );
    if (!standing) return;
    await addToStory(transaction, standing, { kind: 'pressed', data: { reason } });
    Object.assign(standing, { reason, deadlineAt: deadlineAt ?? standing.deadlineAt });
    if (standing.state === 'open') Object.assign(standing, { stepNo: 0, unansweredAt: null });
    await save(transaction, standing);
    if (standing.state === 'open') await this.life.scheduleLadder(transaction, standing, transaction.now);
  }

  /** Stays true until COMMIT: who relies on it and who closes the incident must not pass each other unseen. */
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

  /** What stands for all cases at once now, oldest first; everybody may know of it. */
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

  /** The centre works again: what stood for all cases ends, and each late case must speak for itself again. */
  async closeIncident(
    transaction: Transaction,
    incident: Incident,
    region: string | null = null,
  ): Promise<boolean> {
    return this.close(transaction, 'incident = ?', incidentName(incident, region), 'recovered');
  }

  /** The case itself ended: nobody need act on it any more. */
  async closeForTicket(transaction: Transaction, ticketId: Id, outcome: EscalationOutcome): Promise<void> {
    await this.close(transaction, 'ticket_id = ?', toBinary(ticketId), outcome);
  }

  private async close(
    transaction: Transaction,
    which: 'incident = ?' | 'ticket_id = ?',
    subject: string | Buffer,
    outcome: EscalationOutcome,
  ): Promise<boolean> {
    const open = await selectRows(transaction, Escalation, `where ${which} and open_marker = 1 for update`, [
      subject,
    ]);
    for (const escalation of open) await this.life.end(transaction, escalation, outcome);
    return open.length > 0;
  }

  async isTicketEscalated(transaction: Transaction, ticketId: Id): Promise<boolean> {
    const rows = await transaction.query('select 1 from escalation where ticket_id = ? and open_marker = 1', [
      toBinary(ticketId),
    ]);
    return rows.length > 0;
  }

  /** The case's escalations follow it to another office, whose people are asked by the rules there. */
  async changeOffice(transaction: Transaction, ticketId: Id, officeId: Id): Promise<void> {
    await transaction.execute('update escalation set office_id = ? where ticket_id = ?', [
      toBinary(officeId),
      toBinary(ticketId),
    ]);
    const open = await selectRows(
      transaction,
      Escalation,
      'where ticket_id = ? and open_marker = 1 for update',
      [toBinary(ticketId)],
    );
    for (const escalation of open) await this.life.changeOffice(transaction, escalation);
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

function fresh(now: Date, facts: Partial<Escalation> & Pick<Escalation, 'reason'>): Escalation {
  return Object.assign(new Escalation(), {
    id: newId(),
    ticketId: null,
    ticketCode: null,
    incident: null,
    officeId: null,
    openMarker: 1,
    state: 'open',
    detail: null,
    openedAt: now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    outcome: null,
    sealed: null,
    deadlineAt: null,
    policy: null,
    runNo: 0,
    stepNo: 0,
    notifiedAt: null,
    unansweredAt: null,
    heldUntil: null,
    receivedAt: null,
    ...facts,
  });
}

/** Where an escalation's note lies. */
export function notePlace(rowId: Id) {
  return { table: 'escalation', column: 'sealed', rowId };
}
