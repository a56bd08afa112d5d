import { Inject, Injectable } from '@nestjs/common';
import { nextDeadline } from '../model/deadlines';
import { HistoryEntry } from '../model/history';
import { closingTimes } from '../model/purpose-closing';
import type { Ticket } from '../model/ticket';
import { deadlineWork } from '../model/ticket-work';
import { workflowOf } from '../model/workflows';
import { TicketUrgency, type UrgencyJudge } from '../moves/ticket-urgency';
import { TicketWriter } from '../moves/ticket-writer';
import { TicketNotices } from '../notices/notices';
import { refuseAtClosedOffices } from './closed-offices';
import { answerEarlier } from './earlier-answers';
import { Filing } from './filing';
import { type BatchFacts, type OpenTicket, OpenTickets } from './open-tickets';
import { keyOf, Persons } from './persons';
import type { Submission } from './submission';
import { Audit } from '@sinkron/audit';
import { type Config, CONFIG } from '@sinkron/config';
import { insertRows, newId, type Transaction, Transactions } from '@sinkron/database';
import { Escalations } from '@sinkron/escalation';
import { intakeBatch } from '@sinkron/observability';
import { OfficeDirectory } from '@sinkron/offices';
import { type Job, JobQueue, type NewWork, WorkTable } from '@sinkron/queue';

/** One transaction for all complaints that arrived together (docs/adr/0009-group-commit.md). */
@Injectable()
export class IntakeBatch {
  constructor(
    private readonly transactions: Transactions,
    private readonly tickets: OpenTickets,
    private readonly writer: TicketWriter,
    private readonly persons: Persons,
    private readonly offices: OfficeDirectory,
    private readonly escalations: Escalations,
    private readonly urgency: TicketUrgency,
    private readonly work: WorkTable,
    private readonly jobs: JobQueue,
    private readonly audit: Audit,
    private readonly notices: TicketNotices,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Commits all or none; afterwards each submission holds its answer or its problem. Safe to repeat. */
  async commit(submissions: Submission[]): Promise<Submission[]> {
    intakeBatch.observe(submissions.length);
    const tree = await this.offices.tree();
    const judge = await this.urgency.judge();
    const jobs = await this.transactions.run((transaction) =>
      this.write(transaction, submissions, { tree, judge }),
    );
    // The answer does not wait for Redis: what is not added here is found by the dispatcher.
    void this.jobs.add(jobs);
    return submissions;
  }

  private async write(
    transaction: Transaction,
    submissions: Submission[],
    read: Omit<BatchFacts, 'closings'>,
  ): Promise<Job[]> {
    const unanswered = await answerEarlier(transaction, submissions);
    if (unanswered.length === 0) return [];
    const facts: BatchFacts = { ...read, closings: await closingTimes(transaction) };
    await this.findPersons(transaction, unanswered);
    const open = await refuseAtClosedOffices(transaction, unanswered, read.tree);
    const tickets = await this.tickets.findOrCreate(transaction, open, facts);
    const filing = new Filing(transaction, tickets.of, facts, this.config.publicUrl);
    for (const submission of open) filing.file(submission);
    await filing.write();
    const jobs = await this.writeTickets(transaction, tickets.all, read.judge);
    await this.audit.record(transaction, ...filing.elsewhere);
    return jobs;
  }

  /**
   * Gives every submission the id of its person, old or new. A new one in each attempt: under the id that an earlier
   * attempt found, a person that was forgotten meanwhile would be taken for the one that was wanted.
   */
  private async findPersons(transaction: Transaction, submissions: Submission[]): Promise<void> {
    const ids = await this.persons.findOrMake(
      transaction,
      submissions.map(({ nik }) => ({ id: newId(), nik })),
    );
    for (const submission of submissions) {
      submission.personId = ids.get(keyOf(submission.nik)) ?? submission.personId;
    }
  }

  /** History, changed tickets, escalations, and the work that now must happen. */
  private async writeTickets(
    transaction: Transaction,
    tickets: readonly OpenTicket[],
    judge: UrgencyJudge,
  ): Promise<Job[]> {
    const first = tickets.flatMap(({ firstHistory }) => firstHistory);
    await insertRows(transaction, HistoryEntry, first);
    for (const open of tickets) {
      const { ticket, isNew, news, verdicts } = open;
      if (open.deadlineNearer) await this.judgeNearer(transaction, open, judge);
      if (news.length > 0) await this.writer.save(transaction, ticket, news);
      if (isNew && open.notices.length > 0) await this.tellReceived(transaction, open);
      if (!isNew && verdicts.length > 0) await this.urgency.useUrgentLane(transaction, ticket);
    }
    const escalations = tickets.flatMap(({ verdicts }) =>
      verdicts.flatMap(({ escalation }) => escalation ?? []),
    );
    await this.escalations.openForTickets(transaction, escalations);
    const created = tickets.filter(({ isNew }) => isNew).map(({ ticket }) => ticket);
    return this.addFirstWork(transaction, created);
  }

  /** What was urgent before a repeat brought the deadline nearer: its place and its alarm follow. */
  private async judgeNearer(
    transaction: Transaction,
    { ticket, verdicts, news }: OpenTicket,
    judge: UrgencyJudge,
  ): Promise<void> {
    if (verdicts.length > 0) return this.urgency.endSnoozeBeforeDeadline(transaction, ticket);
    news.push(...(await this.urgency.judgeAgain(transaction, ticket, judge)));
  }

  private tellReceived(
    transaction: Transaction,
    { ticket, owner, values, notices }: OpenTicket,
  ): Promise<void> {
    const reach = { channels: notices, applicant: values.applicant, office: owner };
    return this.notices.received(transaction, ticket, reach);
  }

  /** As many of the workflows' first jobs are dispatched at once as there are free places; the rest wait in the table. */
  private async addFirstWork(transaction: Transaction, tickets: readonly Ticket[]): Promise<Job[]> {
    const first = tickets
      .filter(({ identityDisputed }) => !identityDisputed)
      .flatMap((ticket) => workflowOf(ticket.service).firstWork(ticket));
    const deadlines: NewWork[] = tickets.map((ticket) =>
      deadlineWork(ticket, nextDeadline(ticket, transaction.now, this.config.durations)),
    );
    const free = new Map<string, number>();
    for (const { kind } of first) {
      if (!free.has(kind)) free.set(kind, await this.work.freePlaces(transaction, kind));
    }
    return this.work.add(transaction, [...first, ...deadlines], ({ kind }) => {
      const left = free.get(kind) ?? 0;
      free.set(kind, left - 1);
      return left > 0;
    });
  }
}
