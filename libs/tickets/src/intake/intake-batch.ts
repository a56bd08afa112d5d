import { centreKinds } from '../model/ticket-work';
import { Inject, Injectable } from '@nestjs/common';
import { newTicketCode } from '../model/code';
import { firstDueAt, nextDeadline, rankOf } from '../model/deadlines';
import { appendHistory, type NewHistory, HistoryEntry } from '../model/history';
import { type StatedValues, Statement, type StatementKind } from '../model/statement';
import { Statements } from '../model/statements';
import { Participant, Ticket } from '../model/ticket';
import { saveTicket } from '../model/ticket-store';
import { centreWork, deadlineWork } from '../model/ticket-work';
import { TicketUrgency, escalationOf, type UrgencyJudge } from '../moves/ticket-urgency';
import { applicantOf } from '../notices/notice-channels';
import { TicketNotices } from '../notices/notices';
import { findRecords, IdempotencyRecord, isSameBody, isSameKey, keyReused, newRecord } from './idempotency';
import { wordAnswer } from './intake-answer';
import { newTicket } from './new-ticket';
import { keyOf, Persons } from './persons';
import type { IntakeAnswer, Submission } from './submission';
import type { OfficerActor } from '@sinkron/accounts';
import { Audit, type AuditRecord, actedBy } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import {
  fromBinary,
  type Id,
  insertRows,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { type EscalatedTicket, Escalations } from '@sinkron/escalation';
import { giveConsent, type GivenConsent, type PersonChannel } from '@sinkron/messaging';
import { intakeBatch } from '@sinkron/observability';
import { OfficeDirectory, type OfficeTree } from '@sinkron/offices';
import { JobQueue, type NewWork, type Job, WorkTable } from '@sinkron/queue';

/** An open case that at least one submission of the batch belongs to. */
interface OpenTicket {
  ticket: Ticket;
  /** The office that handles it. */
  owner: OfficerActor['office'];
  /** Made by this batch. */
  born: boolean;
  /** The values of the current revision, against which a repeat is compared. */
  values: StatedValues;
  /** Complaints so far, the first included. */
  statements: number;
  /** Of a case that is born here: the beginning of its history. */
  birth: HistoryEntry[];
  /** What the batch adds to a case that stands already. */
  happenings: NewHistory[];
  urgency: EscalatedTicket | null;
  /** Of a case that is born here: by which channels its applicant wants to be told. */
  notices: readonly PersonChannel[];
}

/** Read before the batch begins to write. */
interface Known {
  closings: Map<string, Date>;
  tree: OfficeTree;
  judge: UrgencyJudge;
}

/** What a batch writes besides persons and tickets. */
interface Writes {
  statements: Statement[];
  participants: Participant[];
  records: IdempotencyRecord[];
  consents: GivenConsent[];
  /** Repeats at an office that does not handle the case. */
  elsewhere: AuditRecord[];
}

/** One transaction for all complaints that arrived together (design.md, "Group commit"). */
@Injectable()
export class IntakeBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly statements: Statements,
    private readonly persons: Persons,
    private readonly offices: OfficeDirectory,
    private readonly escalations: Escalations,
    private readonly urgency: TicketUrgency,
    private readonly work: WorkTable,
    private readonly doorbell: JobQueue,
    private readonly audit: Audit,
    private readonly notices: TicketNotices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Commits all or none; afterwards each submission holds its answer or its problem. Safe to repeat. */
  async commit(submissions: Submission[]): Promise<Submission[]> {
    intakeBatch.observe(submissions.length);
    const [tree, judge] = [await this.offices.tree(), await this.urgency.judge()];
    const rings = await this.transactions.run((transaction) =>
      this.write(transaction, submissions, { tree, judge }),
    );
    // Nobody waits for the bell: what it does not reach, the sweep finds.
    void this.doorbell.add(rings);
    return submissions;
  }

  private async write(
    transaction: Transaction,
    submissions: Submission[],
    read: Omit<Known, 'closings'>,
  ): Promise<Job[]> {
    const fresh = await this.answerKnown(transaction, submissions);
    if (fresh.length === 0) return [];
    const known = { ...read, closings: await closingTimes(transaction) };
    await this.findPersons(transaction, fresh);
    const cases = await this.findCases(transaction, fresh, known);
    const writes: Writes = { statements: [], participants: [], records: [], consents: [], elsewhere: [] };
    for (const submission of fresh) this.settle(transaction, submission, { cases, known, writes });
    await insertRows(transaction, Statement, writes.statements);
    await insertRows(transaction, Participant, writes.participants, { keepExisting: 'ticket_id' });
    await insertRows(transaction, IdempotencyRecord, writes.records);
    await giveConsent(transaction, writes.consents);
    const rings = await this.writeCases(transaction, new Set(cases.values()));
    await this.audit.record(transaction, ...writes.elsewhere);
    return rings;
  }

  /** Leaves what is still to be done: not the replays of a known key, and not what an unanswered COMMIT had done. */
  private async answerKnown(transaction: Transaction, submissions: Submission[]): Promise<Submission[]> {
    const records = await findRecords(
      transaction,
      submissions.flatMap(({ key }) => key ?? []),
    );
    const attempted = submissions.filter(({ answer }) => answer !== null);
    const done = new Set<Id>();
    if (attempted.length > 0) {
      const ids = attempted.map(({ statement }) => toBinary(statement.id));
      const rows = await transaction.query<{ id: Buffer }>('select id from statement where id in (?)', [ids]);
      for (const { id } of rows) done.add(fromBinary(id));
    }
    return submissions.filter((submission) => {
      const { key } = submission;
      if (submission.answer && done.has(submission.statement.id)) return false;
      submission.answer = null;
      submission.problem = null;
      const record = key && records.find((found) => isSameKey(found, key));
      if (!record) return true;
      if (isSameBody(key, record.bodyDigest)) submission.answer = record.answer as IntakeAnswer;
      else submission.problem = keyReused();
      return false;
    });
  }

  /** Gives every submission the id of its person, old or new. */
  private async findPersons(transaction: Transaction, submissions: Submission[]): Promise<void> {
    const ids = await this.persons.findOrMake(
      transaction,
      submissions.map(({ personId, nik }) => ({ id: personId, nik })),
    );
    for (const submission of submissions) {
      submission.personId = ids.get(keyOf(submission.nik)) ?? submission.personId;
    }
  }

  /** The open case of every person and service in the batch; made by its first submission where there was none. */
  private async findCases(
    transaction: Transaction,
    submissions: Submission[],
    known: Known,
  ): Promise<Map<string, OpenTicket>> {
    const leaders = new Map<string, Submission>();
    for (const submission of submissions) {
      const name = caseName(submission.personId, submission.complaint.service);
      if (!leaders.has(name)) leaders.set(name, submission);
    }
    const cases = new Map<string, OpenTicket>();
    let missing = [...leaders.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
    for (let attempt = 1; missing.length > 0; attempt++) {
      if (attempt > 3) throw new Error('Ticket codes collided three times');
      // A second round means that a code collided with another person's: it gets a new one.
      if (attempt > 1) for (const [, leader] of missing) leader.code = newTicketCode();
      const born = new Map(missing.map(([name, leader]) => [name, this.bear(transaction, leader, known)]));
      await insertRows(
        transaction,
        Ticket,
        [...born.values()].map(({ ticket }) => ticket),
        { keepExisting: 'id' },
      );
      const open = await this.openCases(
        transaction,
        missing.map(([, leader]) => leader),
      );
      await this.collect(transaction, { open, born, tree: known.tree }, cases);
      missing = missing.filter(([name]) => !cases.has(name));
    }
    return cases;
  }

  private async openCases(transaction: Transaction, leaders: Submission[]): Promise<Map<string, Id>> {
    const rows = await transaction.query<{ id: Buffer; person_id: Buffer; service: string }>(
      'select id, person_id, service from ticket where person_id in (?) and open_marker = 1',
      [leaders.map(({ personId }) => toBinary(personId))],
    );
    return new Map(rows.map((row) => [caseName(fromBinary(row.person_id), row.service), fromBinary(row.id)]));
  }

  /** My id → born here; another's → it was open before, and is locked and read. */
  private async collect(
    transaction: Transaction,
    { open, born, tree }: { open: Map<string, Id>; born: Map<string, OpenTicket>; tree: OfficeTree },
    cases: Map<string, OpenTicket>,
  ): Promise<void> {
    const older: Id[] = [];
    for (const [name, fresh] of born) {
      const id = open.get(name);
      if (id === fresh.ticket.id) cases.set(name, fresh);
      else if (id) older.push(id);
    }
    if (older.length === 0) return;
    const ids = older.map(toBinary);
    const tickets = await selectRows(transaction, Ticket, 'where id in (?) order by id for update', [ids]);
    const values = await this.statements.readMany(
      transaction,
      tickets.map(({ statementId }) => statementId),
    );
    const counts = await this.statements.countComplaints(transaction, older);
    for (const ticket of tickets) {
      cases.set(caseName(ticket.personId, ticket.service), {
        ticket,
        owner: tree.find(ticket.officeId) as OfficerActor['office'],
        born: false,
        values: values.get(ticket.statementId) as StatedValues,
        statements: counts.get(ticket.id) ?? 1,
        birth: [],
        happenings: [],
        urgency: null,
        notices: [],
      });
    }
  }

  private bear(transaction: Transaction, submission: Submission, { closings, judge }: Known): OpenTicket {
    const { complaint, by, statement, values } = submission;
    const { now } = transaction;
    const deadline = complaint.deadlineAt ?? closings.get(complaint.purpose) ?? null;
    const ticket = newTicket(submission, now, { deadline, dueAt: firstDueAt(now, this.config.durations) });
    const fresh: OpenTicket = {
      ticket,
      owner: by.office,
      born: true,
      values,
      statements: 0,
      birth: [],
      happenings: [],
      urgency: null,
      notices: complaint.notices ?? [],
    };
    fresh.happenings.push({
      kind: 'received',
      officerId: by.officerId,
      statementId: statement.id,
      data: {
        channel: complaint.channel,
        cause: complaint.cause,
        purpose: complaint.purpose,
        ...(complaint.notices && { notices: complaint.notices }),
      },
    });
    this.applyFacts(transaction, fresh, submission, judge);
    fresh.birth = appendHistory(ticket, now, fresh.happenings.splice(0));
    return fresh;
  }

  /** A statement's facts pass the urgency rules, the first as well as a repeat's; its count never does. */
  private applyFacts(
    transaction: Transaction,
    open: OpenTicket,
    { complaint, by }: Submission,
    judge: UrgencyJudge,
  ): void {
    const { ticket } = open;
    const { deadlineAt } = complaint;
    if (deadlineAt && (!ticket.deadlineAt || deadlineAt < ticket.deadlineAt)) {
      Object.assign(ticket, { deadlineAt, deadlineStated: true });
    }
    if (ticket.urgent) return;
    const flagged = complaint.urgent !== undefined;
    const urgency = judge(ticket, transaction.now, flagged);
    if (!urgency) return;
    const { reason, detail } = urgency;
    ticket.urgent = true;
    const data = { reason, ...detail };
    open.happenings.push({ kind: 'urgent', officerId: flagged ? by.officerId : null, data });
    open.urgency = escalationOf(ticket, reason, detail);
  }

  /** Files one submission under its case and words its answer. */
  private settle(
    transaction: Transaction,
    submission: Submission,
    { cases, known, writes }: { cases: Map<string, OpenTicket>; known: Known; writes: Writes },
  ): void {
    const { complaint, statement, key } = submission;
    const open = cases.get(caseName(submission.personId, complaint.service));
    if (!open) throw new Error('A submission has no case');
    const first = open.born && open.ticket.id === submission.ticketId;
    const kind: StatementKind = first ? 'first' : 'repeat';
    writes.statements.push({ ...statement, kind, ticketId: open.ticket.id, madeAt: transaction.now });
    open.statements += 1;
    if (complaint.notices) {
      const { officerId } = submission.by;
      const recipient = applicantOf(open.ticket.id);
      writes.consents.push({ recipient, officerId, channels: complaint.notices });
    }
    if (!first) this.repeat(transaction, submission, open, { judge: known.judge, writes });
    submission.answer = wordAnswer(submission, open, { first, publicUrl: this.config.publicUrl });
    if (key) {
      writes.records.push(newRecord(key, submission.answer, transaction.now));
    }
  }

  private repeat(
    transaction: Transaction,
    submission: Submission,
    open: OpenTicket,
    { judge, writes }: { judge: UrgencyJudge; writes: Writes },
  ): void {
    const { by, statement, complaint } = submission;
    const data = complaint.notices ? { notices: complaint.notices } : null;
    open.happenings.push({ kind: 'repeated', officerId: by.officerId, statementId: statement.id, data });
    this.applyFacts(transaction, open, submission, judge);
    if (by.scope.includes(open.ticket.officeId)) return;
    writes.participants.push({ ticketId: open.ticket.id, officeId: by.office.id, since: transaction.now });
    writes.elsewhere.push({ ...actedBy(by), action: 'repeat_elsewhere', ticketId: open.ticket.id });
  }

  /** History, changed cases, escalations, and the work that now must happen. */
  private async writeCases(transaction: Transaction, cases: Set<OpenTicket>): Promise<Job[]> {
    const work: NewWork[] = [];
    await insertRows(
      transaction,
      HistoryEntry,
      [...cases].flatMap(({ birth }) => birth),
    );
    for (const open of cases) {
      const { ticket, born, happenings, urgency } = open;
      if (happenings.length > 0) await saveTicket(transaction, ticket, happenings);
      if (born && open.notices.length > 0) await this.tellReceived(transaction, open);
      if (born) work.push(...this.firstWork(transaction, ticket));
      else if (urgency) await this.work.promote(transaction, centreKinds, ticket.id, rankOf(ticket));
    }
    await this.escalations.openForTickets(
      transaction,
      [...cases].flatMap(({ urgency }) => urgency ?? []),
    );
    let free = await this.work.freePlaces(transaction, 'push');
    return this.work.add(transaction, work, ({ kind }) => kind === 'push' && free-- > 0);
  }

  private tellReceived(
    transaction: Transaction,
    { ticket, owner, values, notices }: OpenTicket,
  ): Promise<void> {
    const reach = { channels: notices, applicant: values.applicant, office: owner };
    return this.notices.received(transaction, ticket, reach);
  }

  private firstWork(transaction: Transaction, ticket: Ticket): NewWork[] {
    const deadline = nextDeadline(ticket, transaction.now, this.config.durations);
    return [centreWork('push', ticket, ticket.receivedAt), deadlineWork(ticket, deadline)];
  }
}

function caseName(personId: Id, service: string): string {
  return `${personId} ${service}`;
}

/** When registration closes for everybody with a purpose; a closing that has passed presses nobody. */
async function closingTimes(transaction: Transaction): Promise<Map<string, Date>> {
  const rows = await transaction.query<{ code: string; closes_at: Date }>(
    'select code, closes_at from purpose where closes_at > utc_timestamp(3)',
  );
  return new Map(rows.map(({ code, closes_at: closesAt }) => [code, closesAt]));
}
