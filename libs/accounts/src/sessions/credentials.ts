import { Injectable } from '@nestjs/common';
import { emailKeys } from '../officers/officer-email';
import { Passwords } from '../passwords/passwords';
import { BlindIndex, fromBinary, type Id, toBinary, Transactions } from '@sinkron/database';

/** Whose address and password fit, and the hash that they fitted: it may be another one by the time it matters. */
export interface Recognised {
  officerId: Id;
  passwordHash: string;
}

/** Whose address and password these are. */
@Injectable()
export class Credentials {
  constructor(
    private readonly transactions: Transactions,
    private readonly index: BlindIndex,
    private readonly passwords: Passwords,
  ) {}

  /**
   * @returns null for an unknown address, a wrong password and a disabled officer alike, after the same work
   * @param party for whom it is checked, in turn with the other parties
   * @throws Problem `unavailable` when too many are checked at once
   */
  check(email: string, password: string, party?: string): Promise<Recognised | null> {
    return this.recognise('email_key', emailKeys(this.index, email), password, party);
  }

  /** The same for an officer who is known, and shows the password again. */
  checkAgain(officerId: Id, password: string): Promise<Recognised | null> {
    return this.recognise('id', [toBinary(officerId)], password);
  }

  private async recognise(
    column: 'email_key' | 'id',
    keys: Buffer[],
    password: string,
    party?: string,
  ): Promise<Recognised | null> {
    const [officer] = await this.transactions.query<{ id: Buffer; password_hash: string }>(
      `select id, password_hash from officer where ${column} in (?) and disabled_at is null`,
      [keys],
    );
    const fits = await this.passwords.fits(password, officer?.password_hash ?? null, party);
    return officer && fits
      ? { officerId: fromBinary(officer.id), passwordHash: officer.password_hash }
      : null;
  }
}
