import { Injectable } from '@nestjs/common';
import { BlindIndex, type Id, Transactions, fromBinary } from '@sinkron/database';
import { emailKeys } from './officer-email';
import { Passwords } from './passwords';

/** Whose address and password these are. */
@Injectable()
export class Credentials {
  constructor(
    private readonly transactions: Transactions,
    private readonly index: BlindIndex,
    private readonly passwords: Passwords,
  ) {}

  /**
   * @returns the officer's id, or null for an unknown address, a wrong password and a disabled officer alike, after
   *   the same work
   * @throws Problem `unavailable` when too many are checked at once
   */
  async check(email: string, password: string): Promise<Id | null> {
    const [officer] = await this.transactions.query<{ id: Buffer; password_hash: string }>(
      'select id, password_hash from officer where email_key in (?) and disabled_at is null',
      [emailKeys(this.index, email)],
    );
    const fits = await this.passwords.fits(password, officer?.password_hash ?? null);
    return officer && fits ? fromBinary(officer.id) : null;
  }
}
