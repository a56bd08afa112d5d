import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readTicketCode } from '../model/code';
import type { StatedValues } from '../model/statement';
import { type Composed, Statements } from '../model/statements';
import { Ticket } from '../model/ticket';
import { fromBinary, newId, selectRows, toBinary, Transactions } from '@sinkron/database';

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
   * Does the same work, two readings of a column and one opening, whether the code exists or not; the whole ticket is
   * read only for who knows both.
   * @param birthDate ISO date
   * @returns null for an unknown or malformed code, a wrong birth date and a wiped ticket alike
   */
  async check(code: string, birthDate: string): Promise<Ticket | null> {
    const read = readTicketCode(code) ?? '';
    return this.transactions.run(async (transaction) => {
      const [found] = await transaction.query<{ statement_id: Buffer }>(
        'select statement_id from ticket where code = ?',
        [read],
      );
      const statementId = found?.statement_id ?? toBinary(this.decoy.id);
      const [kept] = await transaction.query<{ sealed: Buffer | null }>(
        'select sealed from statement where id = ?',
        [statementId],
      );
      const opened = kept?.sealed ? { id: fromBinary(statementId), sealed: kept.sealed } : this.decoy;
      const stated = this.statements.values(opened)?.applicant.birthDate ?? '';
      if (!isSameText(stated, birthDate) || opened === this.decoy) return null;
      const [ticket] = await selectRows(transaction, Ticket, 'where code = ?', [read]);
      return ticket ?? null;
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
