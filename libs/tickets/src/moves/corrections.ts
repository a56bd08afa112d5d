import { Injectable } from '@nestjs/common';
import {
  applicantSchema,
  complaintWarnings,
  type CorrectedApplicant,
  type Warning,
} from '../intake/complaint';
import { keyOf, Persons } from '../intake/persons';
import type { Applicant } from '../model/applicant';
import type { NewHistory } from '../model/history';
import { closingTimes } from '../model/purpose-closing';
import { type StatedValues, Statement } from '../model/statement';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import type { Channel } from '../model/vocabulary';
import { TicketUrgency, type UrgencyJudge } from './ticket-urgency';
import { IdentityDisputes } from './identity-disputes';
import { TicketWriter } from './ticket-writer';
import { type GivenValues, nothingChanged, whatChanges } from './what-changes';
import type { OfficerActor } from '@sinkron/accounts';
import { type Id, insertRows, isDuplicate, newId, type Transaction } from '@sinkron/database';
import { fieldErrors, invalid, Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** What is corrected, and how; at least one value. */
export interface Correction extends GivenValues {
  /** By which the correction came; that of the ticket if it is not said. */
  channel?: Channel | undefined;
  note?: string | undefined;
}

/**
 * Corrects what was stated; the place in the queue and `dueAt` stay. Values of the paper are a new revision and a new push;
 * the purpose and the deadline concern the centre not, but whatever rests on them is judged again. What is on record
 * already changes nothing.
 */
@Injectable()
export class Corrections {
  constructor(
    private readonly writer: TicketWriter,
    private readonly statements: Statements,
    private readonly persons: Persons,
    private readonly disputes: IdentityDisputes,
    private readonly work: WorkTable,
    private readonly urgency: TicketUrgency,
  ) {}

  /** @throws Problem invalid when the corrected whole cannot stand, conflict when its NIK has another open ticket */
  async correct(
    by: OfficerActor,
    code: string,
    input: Correction,
  ): Promise<{ ticket: Ticket; warnings: Warning[] }> {
    let warnings: Warning[] = [];
    const judge = await this.urgency.judge();
    let formerPerson: Id;
    try {
      const act = async (ticket: Ticket, transaction: Transaction): Promise<NewHistory[] | null> => {
        const before = await this.statements.read(transaction, ticket.statementId);
        const applicant = judged(merged(before.applicant, input.applicant ?? {}));
        const { deadlineAt } = input;
        formerPerson = ticket.personId;
        warnings = complaintWarnings({ applicant, ...(deadlineAt && { deadlineAt }) }, transaction.now);
        const changes = whatChanges(input, { before: before.applicant, after: applicant, ticket });
        if (!changes) {
          warnings.push(nothingChanged);
          return null;
        }
        const statementId = changes.applicant
          ? await this.revise(transaction, ticket, by, { before, applicant, input })
          : null;
        const corrected = await this.entry(transaction, ticket, by, { statementId, input: changes });
        return [
          corrected,
          ...(await this.correctDeadline(transaction, ticket, by, { input: changes, judge })),
        ];
      };
      const ticket = await this.writer.move(by, code, 'correct', act, async (transaction, ticket) => {
        const { personId, service } = ticket;
        if (formerPerson !== personId)
          await this.disputes.settle(transaction, { personId: formerPerson, service });
        await this.disputes.settle(transaction, ticket);
      });
      return { ticket, warnings };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new Problem('conflict', {
        id: 'NIK ini sudah punya laporan lain yang masih terbuka.',
        en: 'This NIK has another ticket that is open.',
      });
    }
  }

  /** A new revision, of which nothing is known at the centre. @returns the id of its statement */
  private async revise(
    transaction: Transaction,
    ticket: Ticket,
    by: OfficerActor,
    { before, applicant, input }: { before: StatedValues; applicant: Applicant; input: Correction },
  ): Promise<Id> {
    const { channel = ticket.channel, note } = input;
    const author = { officerId: by.officerId, officeId: by.office.id, channel };
    const values = { ...before, applicant, note };
    const composed = this.statements.compose(newId(), 'correction', author, values);
    await insertRows(transaction, Statement, [{ ...composed, ticketId: ticket.id, madeAt: transaction.now }]);
    const { nik } = applicant;
    const personId = nik === before.applicant.nik ? ticket.personId : await this.person(transaction, nik);
    const formerId = ticket.personId;
    if (personId !== formerId) await this.writer.assertOnlyOne(transaction, { ...ticket, personId });
    ticket.correct(composed.id, personId);
    if (personId !== formerId) await this.persons.forget(transaction, formerId, ticket.id);
    await this.work.drop(transaction, ['verify'], ticket.id);
    if (!ticket.identityDisputed) await this.writer.pushAgain(transaction, ticket, ticket.roundAt);
    return composed.id;
  }

  /** Which fields were corrected; of those that say nothing of a person, also how. */
  private async entry(
    transaction: Transaction,
    ticket: Ticket,
    by: OfficerActor,
    { statementId, input }: { statementId: Id | null; input: Correction },
  ): Promise<NewHistory> {
    const { applicant = {}, purpose, deadlineAt, note } = input;
    const fields = [
      ...Object.keys(applicant),
      ...(purpose === undefined ? [] : ['purpose']),
      ...(deadlineAt === undefined ? [] : ['deadlineAt']),
    ];
    const data = { fields, ...(purpose && { purpose: { from: ticket.purpose, to: purpose } }) };
    if (statementId) return { kind: 'corrected', officerId: by.officerId, statementId, data };
    return this.writer.entry(transaction, ticket, by, { kind: 'corrected', data, text: note });
  }

  /** The purpose and the deadline, and what rests on them, in either direction. @returns what it adds to the history */
  private async correctDeadline(
    transaction: Transaction,
    ticket: Ticket,
    by: OfficerActor,
    { input, judge }: { input: Correction; judge: UrgencyJudge },
  ): Promise<NewHistory[]> {
    const { purpose = ticket.purpose, deadlineAt } = input;
    if (input.purpose === undefined && deadlineAt === undefined) return [];
    const closings = await closingTimes(transaction);
    const isChanged = ticket.correctDeadline({
      purpose,
      deadlineAt,
      closesAt: closings.get(purpose) ?? null,
    });
    if (!isChanged) return [];
    const judged = await this.urgency.judgeAgain(transaction, ticket, judge, { by: by.officerId });
    const data = { deadlineAt: ticket.deadlineAt?.toISOString() ?? null, by: 'correction' };
    return [{ kind: 'deadline_changed', officerId: by.officerId, data }, ...judged];
  }

  private async person(transaction: Transaction, nik: string): Promise<Id> {
    const wanted = { id: newId(), nik: this.persons.slots(nik) };
    const ids = await this.persons.findOrMake(transaction, [wanted]);
    return ids.get(keyOf(wanted.nik)) ?? wanted.id;
  }
}

/** A field that is given replaces the one before; null takes it away. */
function merged(before: Applicant, given: CorrectedApplicant): Record<string, unknown> {
  const fields = Object.entries({ ...before, ...given });
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

function judged(applicant: Record<string, unknown>): Applicant {
  const result = applicantSchema.safeParse(applicant);
  if (!result.success) throw invalid(fieldErrors(result.error.issues, 'applicant'));
  return result.data;
}
