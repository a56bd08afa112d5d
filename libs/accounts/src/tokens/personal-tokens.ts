import { Injectable } from '@nestjs/common';
import type { PersonalTokenInput } from '../own-account/account-schemas';
import { lockOfficer } from '../officers/officer-lock';
import type { OfficerActor } from '../permissions/actor';
import { may } from '../permissions/permissions';
import { noteRightsChange, RightsChanges } from '../sessions/rights-changes';
import { PersonalToken, type TokenScope } from './personal-token';
import { newPersonalToken, personalTokenHash } from './token-format';
import { Audit, type AuditDetail, actedBy } from '@sinkron/audit';
import {
  type Id,
  insertRows,
  isId,
  newId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { fieldError, invalid, notFound, Problem } from '@sinkron/observability';

/** More than anybody can name the use of. */
const mostPerOfficer = 20;
const day = 24 * 3_600_000;

/** A token as its owner sees it. */
export interface PersonalTokenView {
  id: Id;
  name: string;
  scopes: TokenScope[];
  createdAt: Date;
  expiresAt: Date;
  /** To the hour; null when it was never used. */
  lastUsedAt: Date | null;
}

/** An officer's own personal access tokens, for REST clients. */
@Injectable()
export class PersonalTokens {
  constructor(
    private readonly transactions: Transactions,
    private readonly sealing: Sealing,
    private readonly rights: RightsChanges,
    private readonly audit: Audit,
  ) {}

  /**
   * @returns the token itself too, for the only time
   * @throws Problem `invalid` for scopes that the officer's role does not reach, `conflict` when there are too many
   */
  async create(
    actor: OfficerActor,
    { name, scopes, expiresInDays }: PersonalTokenInput,
  ): Promise<PersonalTokenView & { token: string }> {
    refuseBeyondRole(actor, scopes);
    const { officerId } = actor;
    const id = newId();
    const token = newPersonalToken(id);
    const row = await this.transactions.run(async (transaction) => {
      if (!(await lockOfficer(transaction, officerId))) throw notFound();
      if ((await validTokens(transaction, officerId)).length >= mostPerOfficer) throw tooMany();
      const created: PersonalToken = {
        id,
        officerId,
        secretHash: personalTokenHash(token),
        sealed: this.sealing.seal({ name }, placeOf(id)),
        scopes,
        createdAt: transaction.now,
        expiresAt: new Date(transaction.now.getTime() + expiresInDays * day),
        lastUsedAt: null,
        revokedAt: null,
      };
      await insertRows(transaction, PersonalToken, [created]);
      await this.note(transaction, actor, 'token_created', { token: id, scopes, days: expiresInDays });
      return created;
    });
    return { ...this.view(row), token };
  }

  /** Those that stand, oldest first. */
  async list({ officerId }: OfficerActor): Promise<PersonalTokenView[]> {
    const rows = await this.transactions.run((transaction) => validTokens(transaction, officerId));
    return rows.map((row) => this.view(row));
  }

  /**
   * At once here, within a second in other processes.
   * @throws Problem `not_found`, also for another officer's token
   */
  async revoke(actor: OfficerActor, id: Id): Promise<void> {
    if (!isId(id)) throw notFound();
    await this.rights.run(async (transaction) => {
      await noteRightsChange(transaction, actor.officerId);
      const revoked = await transaction.execute(
        'update personal_token set revoked_at = ? where id = ? and officer_id = ? and revoked_at is null',
        [transaction.now, toBinary(id), toBinary(actor.officerId)],
      );
      if (revoked === 0) throw notFound();
      await this.note(transaction, actor, 'token_revoked', { token: id });
    });
  }

  private view({ id, sealed, scopes, createdAt, expiresAt, lastUsedAt }: PersonalToken): PersonalTokenView {
    const { name } = this.sealing.open<{ name: string }>(sealed, placeOf(id));
    return { id, name, scopes, createdAt, expiresAt, lastUsedAt };
  }

  private note(
    transaction: Transaction,
    actor: OfficerActor,
    action: string,
    detail: AuditDetail,
  ): Promise<void> {
    return this.audit.record(transaction, { ...actedBy(actor), action, detail });
  }
}

function validTokens(transaction: Transaction, officerId: Id): Promise<PersonalToken[]> {
  return selectRows(
    transaction,
    PersonalToken,
    'where officer_id = ? and revoked_at is null and expires_at > ? order by id',
    [toBinary(officerId), transaction.now],
  );
}

/** @throws Problem `invalid` */
function refuseBeyondRole({ role }: OfficerActor, scopes: readonly TokenScope[]): void {
  const beyond = scopes.filter((scope) => !may({ role }, scope));
  if (beyond.length === 0) return;
  const named = beyond.join(', ');
  throw invalid([
    fieldError(
      'scopes',
      'scope_beyond_role',
      `Peran Anda (${role}) tidak punya izin ini: ${named}.`,
      `Your role (${role}) does not have: ${named}.`,
    ),
  ]);
}

function tooMany(): Problem {
  return new Problem('conflict', {
    id: `Paling banyak ${mostPerOfficer} token. Cabut yang tidak dipakai lagi.`,
    en: `There may be ${mostPerOfficer} tokens at most. Revoke those that are not used any more.`,
  });
}

function placeOf(rowId: Id) {
  return { table: 'personal_token', column: 'sealed', rowId };
}
