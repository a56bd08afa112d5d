import { Injectable } from '@nestjs/common';
import { Audit, type Principal, type Scope, authorOf, requirePermission } from '@sinkron/access';
import {
  type Id,
  Sealing,
  type Transaction,
  Transactions,
  insertRows,
  isId,
  newId,
  selectRows,
  toBinary,
  updateRow,
} from '@sinkron/database';
import { Problem, type Text, notFound } from '@sinkron/observability';
import {
  Escalation,
  type EscalationOutcome,
  type EscalationReason,
  type EscalationState,
  type Incident,
  incidentName,
} from './escalation';

export interface EscalatedCase {
  ticketId: Id;
  officeId: Id;
  reason: EscalationReason;
  detail?: Record<string, string | number>;
}

export interface EscalationFilter {
  state?: EscalationState;
  ticketId?: Id;
  cursor?: Id;
  limit: number;
}

/** Opens escalations for those who have the facts, and lets the desk's people take and end them. */
@Injectable()
export class Escalations {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly audit: Audit,
  ) {}

  /** One open escalation per case: a second reason does not make a second one. */
  async openForCases(transaction: Transaction, cases: EscalatedCase[]): Promise<void> {
    const rows = cases.map((subject) =>
      fresh(transaction.now, {
        ticketId: subject.ticketId,
        officeId: subject.officeId,
        reason: subject.reason,
        detail: subject.detail ?? null,
      }),
    );
    await insertRows(transaction, Escalation, rows, { keepExisting: 'id' });
  }

  /** One open escalation per incident, whatever the number of cases it holds up. */
  async openIncident(
    transaction: Transaction,
    incident: Incident,
    detail: Record<string, string | number>,
    region: string | null = null,
  ): Promise<void> {
    const name = incidentName(incident, region);
    const row = fresh(transaction.now, { incident: name, reason: incident, detail });
    await insertRows(transaction, Escalation, [row], { keepExisting: 'id' });
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
    const closed = await transaction.execute(
      `update escalation set state = 'resolved', open_marker = null, outcome = 'recovered', resolved_at = ?
       where incident = ? and open_marker = 1`,
      [transaction.now, incidentName(incident, region)],
    );
    return closed > 0;
  }

  /** The case itself ended: nobody need act on it any more. */
  async closeForCase(transaction: Transaction, ticketId: Id, outcome: EscalationOutcome): Promise<void> {
    await transaction.execute(
      `update escalation set state = 'resolved', open_marker = null, outcome = ?, resolved_at = ?
       where ticket_id = ? and open_marker = 1`,
      [outcome, transaction.now, toBinary(ticketId)],
    );
  }

  async isCaseEscalated(transaction: Transaction, ticketId: Id): Promise<boolean> {
    const rows = await transaction.query('select 1 from escalation where ticket_id = ? and open_marker = 1', [
      toBinary(ticketId),
    ]);
    return rows.length > 0;
  }

  /** The case's escalations follow it to another office. */
  async moveToOffice(transaction: Transaction, ticketId: Id, officeId: Id): Promise<void> {
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

  /**
   * "I take it." A second acknowledgement by anybody is a conflict, so that nobody believes it is theirs.
   * @throws Problem `not_found` outside the scope, `forbidden` for an incident without that permission, `conflict`
   */
  async acknowledge(by: Principal, id: string): Promise<Escalation> {
    return this.transactions.run(async (transaction) => {
      const escalation = await this.take(transaction, by, id);
      if (escalation.state !== 'open') throw notNow(escalation.state);
      escalation.state = 'acknowledged';
      escalation.acknowledgedAt = transaction.now;
      escalation.acknowledgedBy = by.officerId;
      await this.save(transaction, escalation);
      await this.note(transaction, by, 'escalation_acknowledged', escalation);
      return escalation;
    });
  }

  /** It is over, and how. @throws Problem as `acknowledge` does */
  async resolve(
    by: Principal,
    id: string,
    outcome: EscalationOutcome,
    note: string | null,
  ): Promise<Escalation> {
    return this.transactions.run(async (transaction) => {
      const escalation = await this.take(transaction, by, id);
      if (escalation.state === 'resolved') throw notNow(escalation.state);
      escalation.state = 'resolved';
      escalation.openMarker = null;
      escalation.outcome = outcome;
      escalation.resolvedAt = transaction.now;
      escalation.resolvedBy = by.officerId;
      if (note) escalation.sealed = this.sealing.seal({ note }, place(escalation.id));
      await this.save(transaction, escalation);
      await this.note(transaction, by, 'escalation_resolved', escalation);
      return escalation;
    });
  }

  /**
   * What applicants read while this incident lasts, instead of the usual words.
   * @throws Problem as `acknowledge` does, and `conflict` for the escalation of a single case
   */
  async broadcast(by: Principal, id: string, words: Text): Promise<Escalation> {
    return this.transactions.run(async (transaction) => {
      const escalation = await this.take(transaction, by, id);
      if (escalation.state === 'resolved') throw notNow(escalation.state);
      if (escalation.incident === null) throw noIncident();
      escalation.detail = { ...escalation.detail, broadcastId: words.id, broadcastEn: words.en };
      await this.save(transaction, escalation);
      await this.note(transaction, by, 'incident_broadcast', escalation);
      return escalation;
    });
  }

  noteOf(escalation: Escalation): string | null {
    return escalation.sealed
      ? this.sealing.open<{ note: string }>(escalation.sealed, place(escalation.id)).note
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

  /** Locked for a change; what concerns every office is not for everybody to end. */
  private async take(transaction: Transaction, by: Principal, id: string): Promise<Escalation> {
    const escalation = await this.get(transaction, by.scope, id, 'for update');
    if (escalation.incident) requirePermission(by, 'incidents');
    return escalation;
  }

  private async save(transaction: Transaction, escalation: Escalation): Promise<void> {
    await updateRow(transaction, Escalation, escalation, 'id = ?', [toBinary(escalation.id)]);
  }

  private note(transaction: Transaction, by: Principal, action: string, escalation: Escalation) {
    const { id, incident, ticketId, outcome } = escalation;
    return this.audit.record(transaction, {
      ...authorOf(by),
      action,
      ...(ticketId && { ticketId }),
      detail: { escalation: id, incident, outcome },
    });
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

function place(rowId: Id) {
  return { table: 'escalation', column: 'sealed', rowId };
}

function noIncident(): Problem {
  return new Problem('conflict', {
    id: 'Pengumuman hanya untuk gangguan umum; untuk satu laporan, hubungi pemohonnya.',
    en: 'A broadcast is for incidents only; for a single case, contact the applicant.',
  });
}

function notNow(state: EscalationState): Problem {
  const detail =
    state === 'resolved'
      ? { id: 'Eskalasi ini sudah selesai.', en: 'This escalation is resolved already.' }
      : { id: 'Eskalasi ini sudah ada yang menangani.', en: 'Somebody has taken this escalation already.' };
  return new Problem('conflict', detail);
}
