import { Participant } from '../model/ticket';
import { Statement } from '../model/statement';
import { judgeUrgency } from '../moves/ticket-urgency';
import { applicantOf } from '../notices/notice-channels';
import { IdempotencyRecord, newRecord } from './idempotency';
import { wordAnswer } from './intake-answer';
import { outsider } from './outsider';
import { type BatchFacts, flagOf, type OpenTicket } from './open-tickets';
import type { Submission } from './submission';
import { type AuditRecord, actedBy } from '@sinkron/audit';
import { insertRows, type Transaction } from '@sinkron/database';
import { giveConsent, type GivenConsent } from '@sinkron/messaging';

/** Files the submissions of one batch under their tickets, and gathers the rows that they make. */
export class Filing {
  private readonly statements: Statement[] = [];
  private readonly participants: Participant[] = [];
  private readonly records: IdempotencyRecord[] = [];
  private readonly consents: GivenConsent[] = [];
  /** Repeats at an office that does not handle the ticket. */
  readonly elsewhere: AuditRecord[] = [];

  constructor(
    private readonly transaction: Transaction,
    private readonly tickets: ReadonlyMap<Submission, OpenTicket>,
    private readonly facts: BatchFacts,
    private readonly publicUrl: string,
  ) {}

  /** Makes the statement, and words the answer. */
  file(submission: Submission): void {
    const { complaint, statement, key, by } = submission;
    const { now } = this.transaction;
    const open = this.tickets.get(submission);
    if (!open) throw new Error('A submission has no ticket');
    const { id: ticketId } = open.ticket;
    const first = open.isNew && ticketId === submission.ticketId;
    this.statements.push({ ...statement, kind: first ? 'first' : 'repeat', ticketId, madeAt: now });
    open.statements += 1;
    if (complaint.notices)
      this.consents.push({
        recipient: applicantOf(ticketId),
        officerId: by.officerId,
        channels: complaint.notices,
      });
    if (!first) this.repeat(submission, open);
    submission.answer = wordAnswer(submission, open, { first, publicUrl: this.publicUrl });
    if (key) this.records.push(newRecord(key, submission.answer, now));
  }

  /** Writes what was gathered, but for the audit, which comes last in its transaction. */
  async write(): Promise<void> {
    const { transaction } = this;
    await insertRows(transaction, Statement, this.statements);
    await insertRows(transaction, Participant, this.participants, { keepExisting: 'ticket_id' });
    await insertRows(transaction, IdempotencyRecord, this.records);
    await giveConsent(transaction, this.consents);
  }

  /** A repeat's facts pass the urgency rules; its count never does. */
  private repeat({ by, statement, complaint }: Submission, open: OpenTicket): void {
    const { now } = this.transaction;
    const { ticket } = open;
    const stated = complaint.deadlineAt && ticket.stateDeadline(complaint.deadlineAt);
    if (stated === 'taken') open.deadlineNearer = true;
    const data = {
      ...(complaint.notices && { notices: complaint.notices }),
      ...(complaint.deadlineAt && { deadlineAt: complaint.deadlineAt.toISOString(), deadline: stated }),
      ...outsider(by),
    };
    open.news.push({
      kind: 'repeated',
      officerId: by.officerId,
      statementId: statement.id,
      data: Object.keys(data).length > 0 ? data : null,
    });
    const verdict = judgeUrgency(ticket, this.facts.judge, now, flagOf({ by, complaint }));
    if (verdict) {
      open.news.push(verdict.entry);
      open.verdicts.push(verdict);
    }
    // Whoever is no officer reads no tickets, whichever office the complaint was for.
    if (by.kind !== 'officer' || by.scope.includes(ticket.officeId)) return;
    this.participants.push({ ticketId: ticket.id, officeId: by.office.id, since: now });
    this.elsewhere.push({ ...actedBy(by), action: 'repeat_elsewhere', ticketId: ticket.id });
  }
}
