import { Inject, Injectable } from '@nestjs/common';
import { type Claim, disputing, nearestClaim } from '../model/claims';
import { newTicketCode } from '../model/code';
import { appendHistory, type HistoryEntry, type NewHistory } from '../model/history';
import type { Service } from '../model/services';
import type { StatedValues } from '../model/statement';
import { Statements } from '../model/statements';
import { identityDisputed, type NewTicket, Ticket } from '../model/ticket';
import { workflowOf } from '../model/workflows';
import { IdentityDisputes } from '../moves/identity-disputes';
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

/** The tickets of a batch. */
export interface BatchTickets {
  /** Under which each submission belongs. */
  of: ReadonlyMap<Submission, OpenTicket>;
  /** Those, and the others that the batch brings into a dispute. */
  all: OpenTicket[];
}

/**
 * Finds the open ticket to which every submission of a batch belongs; where there is none, the submission makes it. One
 * that cannot be about the person of any open ticket on its NIK makes its own, and they dispute each other.
 */
@Injectable()
export class OpenTickets {
  constructor(
    private readonly statements: Statements,
    private readonly disputes: IdentityDisputes,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async findOrCreate(
    transaction: Transaction,
    submissions: readonly Submission[],
    facts: BatchFacts,
  ): Promise<BatchTickets> {
    const claims = await this.openClaims(transaction, submissions, facts);
    const of = new Map<Submission, OpenTicket>();
    const further: OpenTicket[] = [];
    for (const submission of submissions) {
      const { personId, complaint } = submission;
      const open = claims.get(ticketKey(personId, complaint.service)) ?? [];
      let ticket = nearestClaim(open, claimOf, complaint.applicant);
      if (!ticket) {
        const claimNo = Math.max(0, ...open.map((one) => one.ticket.claimNo)) + 1;
        ticket = this.create(transaction, submission, facts, claimNo);
        open.push(ticket);
        further.push(ticket);
      }
      of.set(submission, ticket);
    }
    await insertFurther(transaction, further);
    const disputed = [...claims.values()].flatMap((open) => disputing(open, claimOf));
    for (const open of disputed) await this.dispute(transaction, open);
    return { of, all: [...new Set([...of.values(), ...disputed])] };
  }

  /** Every open ticket of each person and service in the batch; a first one is made where there is none. */
  private async openClaims(
    transaction: Transaction,
    submissions: readonly Submission[],
    facts: BatchFacts,
  ): Promise<Map<string, OpenTicket[]>> {
    const found = new Map<string, OpenTicket[]>();
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
    found: Map<string, OpenTicket[]>,
  ): Promise<void> {
    const made = new Map(leaders.map(([key, leader]) => [key, this.create(transaction, leader, facts)]));
    const rows = [...made.values()].map(({ ticket }) => ticket);
    await insertRows(transaction, Ticket, rows, { keepExisting: 'id' });
    const open = await openIds(
      transaction,
      leaders.map(([, { personId }]) => personId),
    );
    const isInserted = (key: string) => open.get(key)?.includes(made.get(key)?.ticket.id ?? '') ?? false;
    const known = leaders.filter(([key]) => (open.get(key)?.length ?? 0) > Number(isInserted(key)));
    const older = await this.lock(
      transaction,
      known.map(([, { personId }]) => personId),
      rows,
      facts.tree,
    );
    for (const [key, fresh] of made) {
      const claims = older.get(key) ?? [];
      const repeats = nearestClaim(claims, claimOf, fresh.values.applicant) !== undefined;
      if (isInserted(key) && repeats) await removeInserted(transaction, fresh.ticket.id);
      if (isInserted(key) && !repeats) claims.push(fresh);
      if (claims.length > 0) found.set(key, claims);
    }
  }

  /** Nothing is pushed for it until the dispute is settled. */
  private async dispute(transaction: Transaction, open: OpenTicket): Promise<void> {
    const { ticket, isNew, news } = open;
    if (ticket.identityDisputed) return;
    ticket.dispute();
    ticket.deriveStatus(transaction.now);
    news.push({ kind: 'in_review', data: { reason: identityDisputed } });
    if (!isNew) await this.disputes.stop(transaction, ticket);
  }

  private create(
    transaction: Transaction,
    { by, complaint, values, personId, ticketId, code, statement }: Submission,
    { closings, judge }: BatchFacts,
    claimNo = 1,
  ): OpenTicket {
    const { now } = transaction;
    const { service, purpose, cause, channel, deadlineAt, notices } = complaint;
    const facts: NewTicket = {
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
    };
    const ticket = Ticket.create(facts, claimNo);
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

  /**
   * Locks what is open of these persons, but for what the batch has just inserted. Read again under the lock: another
   * batch may have added a claim until it committed.
   */
  private async lock(
    transaction: Transaction,
    personIds: readonly Id[],
    inserted: readonly Ticket[],
    tree: OfficeTree,
  ): Promise<Map<string, OpenTicket[]>> {
    const older = new Map<string, OpenTicket[]>();
    if (personIds.length === 0) return older;
    const locked = await selectRows(
      transaction,
      Ticket,
      'where person_id in (?) and open_marker = 1 order by person_id, service, claim_no for update',
      [personIds.map(toBinary)],
    );
    const tickets = locked.filter(({ id }) => inserted.every((one) => one.id !== id));
    const values = await this.statements.readMany(
      transaction,
      tickets.map(({ statementId }) => statementId),
    );
    const counts = await this.statements.countComplaints(
      transaction,
      tickets.map(({ id }) => id),
    );
    for (const ticket of tickets) {
      const key = ticketKey(ticket.personId, ticket.service);
      const open: OpenTicket = {
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
      };
      older.set(key, [...(older.get(key) ?? []), open]);
    }
    return older;
  }
}

const claimOf = ({ values }: OpenTicket): Claim => values.applicant;

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

async function openIds(transaction: Transaction, personIds: readonly Id[]): Promise<Map<string, Id[]>> {
  const rows = await transaction.query<{ id: Buffer; person_id: Buffer; service: Service }>(
    'select id, person_id, service from ticket where person_id in (?) and open_marker = 1',
    [personIds.map(toBinary)],
  );
  const open = new Map<string, Id[]>();
  for (const row of rows) {
    const key = ticketKey(fromBinary(row.person_id), row.service);
    open.set(key, [...(open.get(key) ?? []), fromBinary(row.id)]);
  }
  return open;
}

/** Inserted to learn whether the person's first claim is open; another of theirs is, and the submission repeats it. */
async function removeInserted(transaction: Transaction, id: Id): Promise<void> {
  await transaction.execute('delete from ticket where id = ?', [toBinary(id)]);
}

/** Further claims: their numbers are free, since the claims before them are locked or were made in this transaction. */
async function insertFurther(transaction: Transaction, further: readonly OpenTicket[]): Promise<void> {
  let missing = further.map(({ ticket }) => ticket);
  for (let attempt = 1; missing.length > 0; attempt++) {
    if (attempt > 3) throw new Error('Ticket codes collided three times');
    if (attempt > 1) for (const ticket of missing) ticket.code = newTicketCode();
    await insertRows(transaction, Ticket, missing, { keepExisting: 'id' });
    const rows = await transaction.query<{ id: Buffer }>('select id from ticket where id in (?)', [
      missing.map(({ id }) => toBinary(id)),
    ]);
    const inserted = new Set(rows.map(({ id }) => fromBinary(id)));
    missing = missing.filter(({ id }) => !inserted.has(id));
  }
}
