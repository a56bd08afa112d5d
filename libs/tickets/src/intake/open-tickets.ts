import { Inject, Injectable } from '@nestjs/common';
import { newTicketCode } from '../model/code';
import { appendHistory, type HistoryEntry, type NewHistory } from '../model/history';
import type { Service } from '../model/services';
import type { StatedValues } from '../model/statement';
import { Statements } from '../model/statements';
import { Ticket } from '../model/ticket';
import { workflowOf } from '../model/workflows';
import { judgeUrgency, type UrgencyJudge, type UrgencyVerdict } from '../moves/ticket-urgency';
import { outsider } from './outsider';
import type { Submission } from './submission';
import { type Config, CONFIG } from '@sinkron/config';
import { fromBinary, type Id, insertRows, selectRows, toBinary, type Transaction } from '@sinkron/database';
import type { PersonChannel } from '@sinkron/messaging';
import type { Office, OfficeTree } from '@sinkron/offices';

/** An open ticket to which at least one submission of a batch belongs, and what the batch adds to it. */
export interface OpenTicket {
  ticket: Ticket;
  /** The office that handles it. */
  owner: Office;
  /** Made by this batch. */
  isNew: boolean;
  /** The values of the current revision, with which a repeat is compared. */
  values: StatedValues;
  /** Complaints so far, the first included. */
  statements: number;
  /** Of a new one: the entries that its row was inserted with. */
  firstHistory: HistoryEntry[];
  /** Entries that are still to be written. */
  news: NewHistory[];
  verdicts: UrgencyVerdict[];
  /** A repeat has brought its deadline nearer. */
  deadlineNearer: boolean;
  /** Of a new one: by which channels its applicant wants to be told. */
  notices: readonly PersonChannel[];
}

/** What is read before a batch begins to write. */
export interface BatchFacts {
  closings: ReadonlyMap<string, Date>;
  tree: OfficeTree;
  judge: UrgencyJudge;
}

/** One ticket of a person and service is open at a time: their name within a batch. */
export function ticketKey(personId: Id, service: Service): string {
  return `${personId} ${service}`;
}

/** Finds the open ticket of every person and service in a batch; the first submission makes it where there is none. */
@Injectable()
export class OpenTickets {
  constructor(
    private readonly statements: Statements,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns each by its `ticketKey` */
  async findOrCreate(
    transaction: Transaction,
    submissions: readonly Submission[],
    facts: BatchFacts,
  ): Promise<Map<string, OpenTicket>> {
    const found = new Map<string, OpenTicket>();
    let missing = leadersOf(submissions);
    for (let attempt = 1; missing.length > 0; attempt++) {
      if (attempt > 3) throw new Error('Ticket codes collided three times');
      // A second round means that a code collided with that of another ticket: it gets a new one.
      if (attempt > 1) for (const [, leader] of missing) leader.code = newTicketCode();
      await this.round(transaction, missing, facts, found);
      missing = missing.filter(([key]) => !found.has(key));
    }
    return found;
  }

  /** Inserts a ticket for each leader, unless the unique keys know a row already; then reads back whose rows they are. */
  private async round(
    transaction: Transaction,
    leaders: readonly [string, Submission][],
    facts: BatchFacts,
    found: Map<string, OpenTicket>,
  ): Promise<void> {
    const made = new Map(leaders.map(([key, leader]) => [key, this.create(transaction, leader, facts)]));
    const rows = [...made.values()].map(({ ticket }) => ticket);
    await insertRows(transaction, Ticket, rows, { keepExisting: 'id' });
    const open = await idsOfOpen(
      transaction,
      leaders.map(([, { personId }]) => personId),
    );
    const older: Id[] = [];
    for (const [key, fresh] of made) {
      const id = open.get(key);
      if (id === fresh.ticket.id) found.set(key, fresh);
      else if (id) older.push(id);
    }
    for (const existing of await this.lock(transaction, older, facts.tree)) {
      found.set(ticketKey(existing.ticket.personId, existing.ticket.service), existing);
    }
  }

  private create(
    transaction: Transaction,
    { by, complaint, values, personId, ticketId, code, statement }: Submission,
    { closings, judge }: BatchFacts,
  ): OpenTicket {
    const { now } = transaction;
    const { service, purpose, cause, channel, deadlineAt, notices } = complaint;
    const ticket = Ticket.create({
      id: ticketId,
      code,
      personId,
      service,
      purpose,
      cause,
      channel,
      officeId: by.office.id,
      statementId: statement.id,
      receivedAt: now,
      dueAt: workflowOf(service).dueAt(now, this.config.durations),
      deadlineAt: deadlineAt ?? closings.get(purpose) ?? null,
      deadlineStated: deadlineAt !== undefined,
    });
    const received: NewHistory = {
      kind: 'received',
      officerId: by.officerId,
      statementId: statement.id,
      data: { channel, cause, purpose, ...(notices && { notices }), ...outsider(by) },
    };
    const verdict = judgeUrgency(ticket, judge, now, flagOf({ by, complaint }));
    const entries = [received, ...(verdict ? [verdict.entry] : [])];
    return {
      ticket,
      owner: by.office,
      isNew: true,
      values,
      statements: 0,
      firstHistory: appendHistory(ticket, now, entries),
      news: [],
      verdicts: verdict ? [verdict] : [],
      deadlineNearer: false,
      notices: notices ?? [],
    };
  }

  private async lock(transaction: Transaction, ids: readonly Id[], tree: OfficeTree): Promise<OpenTicket[]> {
    if (ids.length === 0) return [];
    const tickets = await selectRows(transaction, Ticket, 'where id in (?) order by id for update', [
      ids.map(toBinary),
    ]);
    const values = await this.statements.readMany(
      transaction,
      tickets.map(({ statementId }) => statementId),
    );
    const counts = await this.statements.countComplaints(transaction, ids);
    return tickets.map((ticket) => ({
      ticket,
      owner: tree.find(ticket.officeId) as Office,
      isNew: false,
      values: values.get(ticket.statementId) as StatedValues,
      statements: counts.get(ticket.id) ?? 1,
      firstHistory: [],
      news: [],
      verdicts: [],
      deadlineNearer: false,
      notices: [],
    }));
  }
}

/** The officer who flags a complaint as urgent; whoever is no officer raises no flag. */
export function flagOf({ by, complaint }: Pick<Submission, 'by' | 'complaint'>): Id | null {
  return complaint.urgent ? by.officerId : null;
}

/** The first submission of each ticket, in one order for all batches, so that two never wait for each other. */
function leadersOf(submissions: readonly Submission[]): [string, Submission][] {
  const leaders = new Map<string, Submission>();
  for (const submission of submissions) {
    const key = ticketKey(submission.personId, submission.complaint.service);
    if (!leaders.has(key)) leaders.set(key, submission);
  }
  return [...leaders].sort(([one], [other]) => (one < other ? -1 : 1));
}

async function idsOfOpen(transaction: Transaction, personIds: readonly Id[]): Promise<Map<string, Id>> {
  const rows = await transaction.query<{ id: Buffer; person_id: Buffer; service: Service }>(
    'select id, person_id, service from ticket where person_id in (?) and open_marker = 1',
    [personIds.map(toBinary)],
  );
  return new Map(rows.map((row) => [ticketKey(fromBinary(row.person_id), row.service), fromBinary(row.id)]));
}
