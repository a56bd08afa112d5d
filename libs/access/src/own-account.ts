import { Injectable } from '@nestjs/common';
import { type Id, Transactions } from '@sinkron/database';
import type { PasswordChange } from './account-schemas';
import { Audit, authorOf } from './audit';
import { Confirmation } from './confirmation';
import { notConfirmed } from './factor-problems';
import type { Role } from './officer';
import { lockRecognised } from './officer-lock';
import { OfficerRows } from './officer-rows';
import { Passwords } from './passwords';
import type { Principal } from './principal';
import { Principals } from './principals';
import { needsSecondFactor } from './second-factor';
import { SecondFactors } from './second-factors';
import { endSessions, revokeTokens } from './session-endings';

/** An officer as they see themselves. */
export interface AccountView {
  id: Id;
  email: string;
  name: string;
  role: Role;
  office: { code: string; name: string };
  secondFactor: { required: boolean; setUp: boolean; recoveryCodesLeft: number };
}

/** Who one is here, and the own password. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly transactions: Transactions,
    private readonly confirmation: Confirmation,
    private readonly rows: OfficerRows,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly principals: Principals,
    private readonly audit: Audit,
  ) {}

  view({ officerId, role, office }: Principal): Promise<AccountView> {
    return this.transactions.run(async (transaction) => ({
      id: officerId,
      ...(await this.rows.identityOf(transaction, officerId)),
      role,
      office: { code: office.code, name: office.name },
      secondFactor: {
        required: needsSecondFactor(role),
        ...(await this.factors.state(transaction, officerId)),
      },
    }));
  }

  /**
   * Ends the officer's other sessions and revokes every personal access token, here at once and elsewhere within ten
   * seconds: whoever held one of them learned it under the old password.
   * @throws Problem `not_confirmed` with the field `current`, `invalid` for a password that is easy to guess, `too_many`
   */
  async changePassword(
    principal: Principal,
    { current, password }: PasswordChange,
    address: string,
  ): Promise<void> {
    const { officerId, sessionId } = principal;
    const recognised = await this.confirmation.byPassword(principal, current, address, 'current');
    const identity = await this.transactions.run((transaction) =>
      this.rows.identityOf(transaction, officerId),
    );
    const passwordHash = await this.passwords.hashChosen(password, identity);
    const ended = await this.transactions.run(async (transaction) => {
      if (!(await lockRecognised(transaction, recognised))) throw notConfirmed('password_wrong', 'current');
      await this.rows.setPassword(transaction, officerId, passwordHash);
      const ended = [
        ...(await endSessions(transaction, officerId, sessionId)),
        ...(await revokeTokens(transaction, officerId)),
      ];
      await this.audit.record(transaction, { ...authorOf(principal), action: 'password_changed' });
      return ended;
    });
    for (const id of ended) this.principals.forget(id);
  }
}
