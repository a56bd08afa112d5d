import { Injectable } from '@nestjs/common';
import { notConfirmed } from '../factors/factor-problems';
import { needsSecondFactor } from '../factors/second-factor';
import { SecondFactors } from '../factors/second-factors';
import { Passwords } from '../passwords/passwords';
import type { OfficerActor } from '../permissions/actor';
import type { Role } from '../permissions/roles';
import { Confirmation } from '../sessions/confirmation';
import { endSessions, revokeTokens } from '../sessions/revocation';
import { RightsChanges } from '../sessions/rights-changes';
import type { PasswordChange } from './account-schemas';
import type { Officer } from '../officers/officer';
import { lockRecognised } from '../officers/officer-lock';
import { OfficerRows } from '../officers/officer-rows';
import type { AccountChanges } from '../officers/officer-schemas';
import { Audit, actedBy, namesGiven } from '@sinkron/audit';
import { type Id, type Transaction, Transactions } from '@sinkron/database';
import type { Zone } from '@sinkron/identity';
import { notFound } from '@sinkron/observability';

/** An officer as they see themselves. */
export interface AccountView {
  id: Id;
  email: string;
  name: string;
  role: Role;
  office: { code: string; name: string };
  phone: string | null;
  zone: Zone | null;
  secondFactor: { required: boolean; setUp: boolean; recoveryCodesLeft: number };
}

/** Who one is here, by what one is reached, and the own password. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly transactions: Transactions,
    private readonly confirmation: Confirmation,
    private readonly rows: OfficerRows,
    private readonly passwords: Passwords,
    private readonly factors: SecondFactors,
    private readonly rights: RightsChanges,
    private readonly audit: Audit,
  ) {}

  view(actor: OfficerActor): Promise<AccountView> {
    return this.transactions.run(async (transaction) =>
      this.viewOf(transaction, actor, await this.rows.own(transaction, actor.officerId)),
    );
  }

  /** Phone and zone; null takes them away, what is not given stays. */
  change(actor: OfficerActor, changes: AccountChanges): Promise<AccountView> {
    return this.rights.run(async (transaction) => {
      const officer = await this.rows.take(transaction, actor.scope, actor.officerId);
      if (!officer) throw notFound();
      await this.rows.change(transaction, officer, changes);
      const view = await this.viewOf(transaction, actor, officer);
      await this.audit.record(transaction, {
        ...actedBy(actor),
        action: 'account_updated',
        detail: { fields: namesGiven(changes) },
      });
      return view;
    });
  }

  /**
   * Ends the officer's other sessions and revokes every personal access token, here at once and elsewhere within a
   * second: whoever held one of them learned it under the old password.
   * @throws Problem `not_confirmed` with the field `current`, `invalid` for a password that is easy to guess, `too_many`
   */
  async changePassword(
    actor: OfficerActor,
    { current, password }: PasswordChange,
    address: string,
  ): Promise<void> {
    const { officerId, sessionId } = actor;
    const recognised = await this.confirmation.byPassword(actor, current, address, 'current');
    const identity = await this.transactions.run((transaction) =>
      this.rows.identityOf(transaction, officerId),
    );
    const passwordHash = await this.passwords.hashChosen(password, identity);
    await this.rights.run(async (transaction) => {
      if (!(await lockRecognised(transaction, recognised))) throw notConfirmed('password_wrong', 'current');
      await this.rows.setPassword(transaction, officerId, passwordHash);
      await endSessions(transaction, officerId, sessionId);
      await revokeTokens(transaction, officerId);
      await this.audit.record(transaction, { ...actedBy(actor), action: 'password_changed' });
    });
  }

  private async viewOf(
    transaction: Transaction,
    { officerId, role, office }: OfficerActor,
    officer: Officer,
  ): Promise<AccountView> {
    const { email, name, phone } = this.rows.identity(officer);
    return {
      id: officerId,
      email,
      name,
      role,
      office: { code: office.code, name: office.name },
      phone: phone ?? null,
      zone: officer.zone,
      secondFactor: {
        required: needsSecondFactor(role),
        ...(await this.factors.state(transaction, officerId)),
      },
    };
  }
}
