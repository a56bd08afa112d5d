import { Injectable } from '@nestjs/common';
import type { ConfirmedDocument } from '../model/risk';
import { Statements } from '../model/statements';
import type { Ticket } from '../model/ticket';
import { TicketWriter } from './ticket-writer';
import { may, type OfficerActor } from '@sinkron/accounts';
import type { Transaction } from '@sinkron/database';
import { fieldProblem, type Problem } from '@sinkron/observability';

/** Somebody says which paper was seen, where a push would change more at the centre than the desk's daily work does. */
@Injectable()
export class Confirmations {
  constructor(
    private readonly writer: TicketWriter,
    private readonly statements: Statements,
  ) {}

  /**
   * The push goes on. It holds for what is stated now: a correction or a new round is weighed anew.
   * @throws Problem conflict when nothing awaits it; forbidden where somebody else's record would be overwritten, for who
   *   may not decide that, and for whoever logged the complaint or corrected it last
   */
  confirm(
    by: OfficerActor,
    code: string,
    { document, note }: { document: ConfirmedDocument; note: string },
  ): Promise<Ticket> {
    return this.writer.move(by, code, 'confirm', async (ticket, transaction) => {
      if (!ticket.awaitsConfirmation()) throw nothingToConfirm();
      if (ticket.risk === 'somebody_else') await this.assertSecondPerson(transaction, ticket, by);
      const data = { document, risk: ticket.risk };
      ticket.confirm(transaction.now);
      await this.writer.pushAgain(transaction, ticket, transaction.now);
      return [await this.writer.entry(transaction, ticket, by, { kind: 'confirmed', data, text: note })];
    });
  }

  private async assertSecondPerson(
    transaction: Transaction,
    ticket: Ticket,
    by: OfficerActor,
  ): Promise<void> {
    if (!may(by, 'cases:overwrite')) throw supervisorNeeded();
    const authors = await this.statements.authors(transaction, ticket);
    if (authors.includes(by.officerId)) throw secondPersonNeeded();
  }
}

function nothingToConfirm(): Problem {
  return fieldProblem('conflict', 'document', 'nothing_to_confirm', {
    id: 'Laporan ini tidak sedang menunggu konfirmasi dokumen.',
    en: 'This ticket does not wait for a paper to be confirmed.',
  });
}

function supervisorNeeded(): Problem {
  return fieldProblem('forbidden', 'document', 'supervisor_needed', {
    id: 'NIK ini di pusat tercatat atas nama orang lain: hanya penyelia atau admin yang boleh mengonfirmasi.',
    en: "At the centre this NIK is another person's: only a supervisor or an administrator may confirm.",
  });
}

function secondPersonNeeded(): Problem {
  return fieldProblem('forbidden', 'document', 'second_person_needed', {
    id: 'Anda sendiri yang mencatat atau mengoreksi laporan ini: konfirmasinya harus oleh orang kedua.',
    en: 'You logged or corrected this ticket yourself: a second person has to confirm.',
  });
}
