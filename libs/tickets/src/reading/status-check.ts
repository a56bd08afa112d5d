import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readTicketCode } from '../model/code';
import { type StatedValues, Statement } from '../model/statement';
import { type Composed, Statements } from '../model/statements';
import { Ticket } from '../model/ticket';
import { newId, selectRows, toBinary, Transactions } from '@sinkron/database';

/** Answers the applicant (R12): the code and the birth date together open a status, and neither alone tells anything. */
@Injectable()
export class StatusCheck {
  private readonly decoy: Composed;

  constructor(
    private readonly transactions: Transactions,
    private readonly statements: Statements,
  ) {
    this.decoy = statements.compose(
      newId(),
      'first',
      { officerId: newId(), officeId: newId(), channel: 'web' },
      decoyValues,
    );
  }

  /**
   * Does the same work, two readings and one opening, whether the code exists or not.
   * @param birthDate ISO date
   * @returns null for an unknown or malformed code, a wrong birth date and a wiped ticket alike
   */
  async check(code: string, birthDate: string): Promise<Ticket | null> {
    const read = readTicketCode(code) ?? '';
    return this.transactions.run(async (transaction) => {
      const [ticket] = await selectRows(transaction, Ticket, 'where code = ?', [read]);
      const [statement] = await selectRows(transaction, Statement, 'where id = ?', [
        toBinary(ticket?.statementId ?? this.decoy.id),
      ]);
      const kept = statement?.sealed ? statement : null;
      const stated = this.statements.values(kept ?? this.decoy)?.applicant.birthDate ?? '';
      const matches = isSameText(stated, birthDate);
      return ticket && kept && matches ? ticket : null;
    });
  }
}

const decoyValues: StatedValues = {
  applicant: { name: 'Tidak Ada', nik: '3319990101010001', kk: '3319990101010002', birthDate: '1900-01-01' },
};

/** Digests are of one length, whatever was sent. */
function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
