import { Injectable } from '@nestjs/common';
import { SecondFactors } from '../factors/second-factors';
import { newTotpSecret } from '../factors/totp';
import type { Officer } from '../officers/officer';
import { OfficerRows } from '../officers/officer-rows';
import type { Actor } from '../permissions/actor';
import { requirePermission } from '../permissions/permissions';
import { endSessions, revokeTokens } from '../sessions/revocation';
import { RightsChanges, type RightsTransaction } from '../sessions/rights-changes';
import { Audit, actedBy } from '@sinkron/audit';
import { type Id, isId, type Transaction } from '@sinkron/database';
import { notFound, Problem } from '@sinkron/observability';

/** What an administrator does about how another officer gets in. Only inside the own scope. */
@Injectable()
export class OfficerAccess {
  constructor(
    private readonly rows: OfficerRows,
    private readonly factors: SecondFactors,
    private readonly rights: RightsChanges,
    private readonly audit: Audit,
  ) {}

  /**
   * Out everywhere: ends every session and revokes every personal access token, in other processes within a second.
   * @throws Problem `forbidden`, `not_found`
   */
  endSessions(actor: Actor, id: Id): Promise<void> {
    return this.shutOut(actor, id, 'sessions_ended', async (transaction) => {
      await endSessions(transaction, id);
      await revokeTokens(transaction, id);
    });
  }

  /**
   * For an officer who lost phone and recovery codes: the second factor goes, and every session with it. A role that
   * needs one sets it up anew at the next sign-in.
   * @throws Problem `forbidden`, also for the own one, or `not_found`
   */
  async resetFactor(actor: Actor, id: Id): Promise<void> {
    requirePermission(actor, 'officers:write');
    if (actor.officerId === id) throw notTheOwn();
    await this.shutOut(actor, id, 'second_factor_reset', async (transaction) => {
      await this.factors.remove(transaction, id);
      await endSessions(transaction, id);
    });
  }

  /**
   * Gives an officer a second factor that is valid from the first sign-in on; one with the same secret stays as it is.
   * @returns the secret, in base32
   * @throws Problem `forbidden`, `not_found`
   */
  async installFactor(actor: Actor, id: Id, secret = newTotpSecret()): Promise<string> {
    requirePermission(actor, 'officers:write');
    await this.rights.run(async (transaction) => {
      const officer = await this.take(transaction, actor, id);
      if (!(await this.factors.install(transaction, id, secret))) return;
      await endSessions(transaction, id);
      await this.note(transaction, actor, officer, 'second_factor_installed');
    });
    return secret;
  }

  private async shutOut(
    actor: Actor,
    id: Id,
    action: string,
    work: (transaction: RightsTransaction) => Promise<void>,
  ): Promise<void> {
    requirePermission(actor, 'officers:write');
    await this.rights.run(async (transaction) => {
      const officer = await this.take(transaction, actor, id);
      await work(transaction);
      await this.note(transaction, actor, officer, action);
    });
  }

  /** Locks the officer, as `lockOfficer` does. */
  private async take(transaction: Transaction, { scope }: Actor, id: Id): Promise<Officer> {
    const officer = isId(id) ? await this.rows.take(transaction, scope, id) : null;
    if (!officer) throw notFound();
    return officer;
  }

  private note(
    transaction: Transaction,
    actor: Actor,
    { id, officeId }: Officer,
    action: string,
  ): Promise<void> {
    return this.audit.record(transaction, { ...actedBy(actor), officeId, action, detail: { officer: id } });
  }
}

function notTheOwn(): Problem {
  return new Problem('forbidden', {
    id: 'Faktor kedua Anda sendiri tidak dapat dihapus di sini. Untuk berganti ponsel: POST /v1/account/totp.',
    en: 'Your own second factor cannot be reset here. To move it to another phone: POST /v1/account/totp.',
  });
}
