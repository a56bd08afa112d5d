import { Injectable } from '@nestjs/common';
import type { ShownAgain } from '../own-account/account-schemas';
import { lockOfficer } from '../officers/officer-lock';
import { OfficerRows } from '../officers/officer-rows';
import type { OfficerActor } from '../permissions/actor';
import { Confirmation } from '../sessions/confirmation';
import { endSessions } from '../sessions/revocation';
import { SignInLimit } from '../sessions/sign-in-limit';
import { RightsChanges } from '../sessions/rights-changes';
import { notConfirmed } from './factor-problems';
import { needsSecondFactor } from './second-factor';
import { SecondFactors } from './second-factors';
import { newTotpSecret, otpauthUri } from './totp';
import { Audit, actedBy } from '@sinkron/audit';
import { type Transaction } from '@sinkron/database';
import { notFound, Problem } from '@sinkron/observability';

/** What an authenticator app needs to know; shown once. */
export interface NewFactor {
  /** Base32, to be typed. */
  secret: string;
  /** `otpauth://…`, to be shown as a QR code. */
  uri: string;
}

/** What replaces the authenticator app when it is lost; shown once, each good once. */
export interface RecoveryCodes {
  recoveryCodes: string[];
}

/** An officer's own second factor. */
@Injectable()
export class OwnSecondFactor {
  constructor(
    private readonly confirmation: Confirmation,
    private readonly limit: SignInLimit,
    private readonly rows: OfficerRows,
    private readonly factors: SecondFactors,
    private readonly rights: RightsChanges,
    private readonly audit: Audit,
  ) {}

  /**
   * Makes a secret that waits for `confirm`; a factor that is set up stays valid until then.
   * @param shown a factor that is set up has to be shown too
   * @throws Problem as `Confirmation.byBoth`
   */
  begin(actor: OfficerActor, shown: ShownAgain, address: string): Promise<NewFactor> {
    const secret = newTotpSecret();
    return this.confirmation.byBoth(actor, shown, address, async (transaction, officer) => {
      const { email } = await this.rows.identityOf(transaction, officer.officerId);
      await this.factors.begin(transaction, officer.officerId, secret);
      await this.note(transaction, actor, 'second_factor_begun');
      return { secret, uri: otpauthUri(secret, email) };
    });
  }

  /**
   * The secret is valid from now on. Ends the officer's other sessions: they were opened without it.
   * @throws Problem `not_confirmed` with the field `otp`, `conflict` when no secret waits, `too_many`
   */
  async confirm(actor: OfficerActor, otp: string): Promise<RecoveryCodes> {
    const { officerId, sessionId } = actor;
    await this.limit.enterCode(officerId);
    const recoveryCodes = await this.rights.run(async (transaction) => {
      if (!(await lockOfficer(transaction, officerId))) throw notFound();
      const outcome = await this.factors.confirm(transaction, officerId, otp);
      if (outcome === 'nothing_waits') throw nothingWaits();
      if (outcome !== 'confirmed') throw notConfirmed(outcome);
      const recoveryCodes = await this.factors.renewCodes(transaction, officerId);
      await endSessions(transaction, officerId, sessionId);
      await this.note(transaction, actor, 'second_factor_set_up');
      return recoveryCodes;
    });
    await this.limit.provedByCode(officerId);
    return { recoveryCodes };
  }

  /** @throws Problem as `Confirmation.byBoth`, or `forbidden` for a role that needs the factor */
  remove(actor: OfficerActor, shown: ShownAgain, address: string): Promise<void> {
    return this.confirmation.byBoth(actor, shown, address, async (transaction, officer) => {
      if (needsSecondFactor(officer.role)) throw roleNeedsIt();
      const stood = await this.factors.remove(transaction, officer.officerId);
      if (stood) await this.note(transaction, actor, 'second_factor_removed');
    });
  }

  /** Ten new codes instead of all before. @throws Problem as `Confirmation.byBoth`, `conflict` without a factor */
  renewCodes(actor: OfficerActor, shown: ShownAgain, address: string): Promise<RecoveryCodes> {
    return this.confirmation.byBoth(actor, shown, address, async (transaction, officer) => {
      if (!(await this.factors.isSetUp(transaction, officer.officerId))) throw nothingWaits();
      const recoveryCodes = await this.factors.renewCodes(transaction, officer.officerId);
      await this.note(transaction, actor, 'recovery_codes_renewed');
      return { recoveryCodes };
    });
  }

  private note(transaction: Transaction, actor: OfficerActor, action: string): Promise<void> {
    return this.audit.record(transaction, { ...actedBy(actor), action });
  }
}

function nothingWaits(): Problem {
  return new Problem('conflict', {
    id: 'Belum ada aplikasi autentikator yang disiapkan. Mulai dengan POST /v1/account/totp.',
    en: 'No authenticator app has been set up yet. Begin with POST /v1/account/totp.',
  });
}

function roleNeedsIt(): Problem {
  return new Problem('forbidden', {
    id: 'Peran Anda wajib memakai kode sekali pakai. Untuk berganti ponsel: POST /v1/account/totp.',
    en: 'Your role needs a second factor. To move it to another phone: POST /v1/account/totp.',
  });
}
