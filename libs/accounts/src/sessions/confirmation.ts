import { Injectable } from '@nestjs/common';
import { notConfirmed } from '../factors/factor-problems';
import { isRefusal, SecondFactors } from '../factors/second-factors';
import type { ShownAgain } from '../own-account/account-schemas';
import { type LockedOfficer, lockRecognised } from '../officers/officer-lock';
import type { OfficerActor } from '../permissions/actor';
import { Credentials, type Recognised } from './credentials';
import { SignInLimit } from './sign-in-limit';
import { type Transaction, Transactions } from '@sinkron/database';

/** An officer who is signed in shows once more that it is them: a session left open does not give the account away. */
@Injectable()
export class Confirmation {
  constructor(
    private readonly transactions: Transactions,
    private readonly limit: SignInLimit,
    private readonly credentials: Credentials,
    private readonly factors: SecondFactors,
  ) {}

  /**
   * @param address the caller's IP address: guessing is slowed as at the sign-in
   * @param field the field of the body that holds the password
   * @throws Problem `not_confirmed` with this field, `too_many`
   */
  async byPassword(
    { officerId }: OfficerActor,
    password: string,
    address: string,
    field = 'password',
  ): Promise<Recognised> {
    await this.limit.enter(officerId, address);
    const recognised = await this.credentials.checkAgain(officerId, password);
    if (!recognised) throw notConfirmed('password_wrong', field);
    await this.limit.succeeded(officerId, address);
    return recognised;
  }

  /**
   * Does the work for an officer whose password fits and, where a second factor is set up, whose code does. The code
   * is used up in the transaction of the work.
   * @throws Problem `not_confirmed` with the field `password` or `otp`, `too_many`, or what the work throws
   */
  async byBoth<T>(
    actor: OfficerActor,
    { password, otp }: ShownAgain,
    address: string,
    work: (transaction: Transaction, officer: LockedOfficer) => Promise<T>,
  ): Promise<T> {
    const recognised = await this.byPassword(actor, password, address);
    if (otp) await this.limit.enterCode(actor.officerId);
    const done = await this.transactions.run(async (transaction) => {
      const officer = await lockRecognised(transaction, recognised);
      if (!officer) throw notConfirmed('password_wrong');
      const proof = await this.factors.prove(transaction, officer.officerId, otp);
      if (isRefusal(proof)) throw notConfirmed(proof);
      return work(transaction, officer);
    });
    if (otp) await this.limit.provedByCode(actor.officerId);
    return done;
  }
}
