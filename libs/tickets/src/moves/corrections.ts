import { Injectable } from '@nestjs/common';
import {
  applicantSchema,
  complaintWarnings,
  type CorrectedApplicant,
  type Warning,
} from '../intake/complaint';
import { keyOf, Persons } from '../intake/persons';
import type { Applicant } from '../model/applicant';
import { Statement } from '../model/statement';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import type { Channel } from '../model/vocabulary';
import { TicketWriter } from './ticket-writer';
import type { OfficerActor } from '@sinkron/accounts';
import { type Id, insertRows, isDuplicate, newId, type Transaction } from '@sinkron/database';
import { fieldErrors, invalid, Problem } from '@sinkron/observability';
import { WorkTable } from '@sinkron/queue';

/** Corrects what was stated: a new revision and a new push; the place in the queue and `dueAt` stay. */
@Injectable()
export class Corrections {
  constructor(
    private readonly writer: TicketWriter,
    private readonly statements: Statements,
    private readonly persons: Persons,
    private readonly work: WorkTable,
  ) {}

  /**
   * @param input.channel by which the correction came; that of the ticket if it is not said
   * @throws Problem invalid when the corrected whole cannot stand, conflict when its NIK has another open ticket
   */
  async correct(
    by: OfficerActor,
    code: string,
    input: { applicant: CorrectedApplicant; channel?: Channel; note?: string },
  ): Promise<{ ticket: Ticket; warnings: Warning[] }> {
    let warnings: Warning[] = [];
    try {
      const ticket = await this.writer.move(by, code, 'correct', async (ticket, transaction) => {
        const before = await this.statements.read(transaction, ticket.statementId);
        const applicant = judged(merged(before.applicant, input.applicant));
        warnings = complaintWarnings({ applicant }, transaction.now);
        const { channel = ticket.channel, note } = input;
        const author = { officerId: by.officerId, officeId: by.office.id, channel };
        const composed = this.statements.compose(newId(), 'correction', author, {
          ...before,
          applicant,
          note,
        });
        await insertRows(transaction, Statement, [
          { ...composed, ticketId: ticket.id, madeAt: transaction.now },
        ]);
        const { nik } = applicant;
        const personId = nik === before.applicant.nik ? ticket.personId : await this.person(transaction, nik);
        ticket.correct(composed.id, personId);
        await this.work.drop(transaction, ['verify'], ticket.id);
        await this.writer.pushAgain(transaction, ticket, ticket.roundAt);
        const fields = Object.keys(input.applicant);
        return [{ kind: 'corrected', officerId: by.officerId, statementId: composed.id, data: { fields } }];
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
