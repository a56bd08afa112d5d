import { Injectable } from '@nestjs/common';
import type { Officer } from '../officers/officer';
import { OfficerRows, type OfficerView } from '../officers/officer-rows';
import type { OfficerChanges, OfficerInput } from '../officers/officer-schemas';
import { Passwords } from '../passwords/passwords';
import type { Actor } from '../permissions/actor';
import { requirePermission } from '../permissions/permissions';
import type { Role } from '../permissions/roles';
import { endSessions, revokeTokens } from '../sessions/revocation';
import { RightsChanges } from '../sessions/rights-changes';
import { lastAdministrator, lockAdministration, officesWithoutAdministrator } from './administrators';
import { Audit, actedBy } from '@sinkron/audit';
import {
  type Id,
  isDuplicate,
  isId,
  newId,
  type Page,
  pageOf,
  type PageQuery,
  type Transaction,
  Transactions,
} from '@sinkron/database';
import { fieldError, invalid, notFound, Problem } from '@sinkron/observability';
import { OfficeDirectory, placeErrors } from '@sinkron/offices';

/** Keeps the officers. Who administers sees and changes those of the own scope alone. */
@Injectable()
export class Officers {
  constructor(
    private readonly transactions: Transactions,
    private readonly directory: OfficeDirectory,
    private readonly rows: OfficerRows,
    private readonly passwords: Passwords,
    private readonly rights: RightsChanges,
    private readonly audit: Audit,
  ) {}

  /** @throws Problem `forbidden` for whoever neither administers nor supervises */
  async list(actor: Actor, { cursor, limit }: PageQuery): Promise<Page<OfficerView>> {
    requirePermission(actor, 'officers:read');
    const tree = await this.directory.tree();
    const known = await this.transactions.run((transaction) =>
      this.rows.page(transaction, actor.scope, cursor, limit + 1),
    );
    const page = pageOf(
      known.map((officer) => this.rows.view(officer, tree)),
      limit,
    );
    const officers = page.items.map(({ id }) => id);
    await this.audit.read({
      ...actedBy(actor),
      action: 'officers_listed',
      detail: { officers, fields: ['officer.name', 'officer.email', 'officer.phone'] },
    });
    return page;
  }

  /** The officer with this address inside the actor's scope. @throws Problem `forbidden`, `not_found` */
  async findByEmail(actor: Actor, email: string): Promise<OfficerView> {
    requirePermission(actor, 'officers:write');
    const found = await this.transactions.run((transaction) =>
      this.rows.findByEmail(transaction, actor.scope, email),
    );
    if (found === null || found === 'outside') throw notFound();
    return this.rows.view(found, await this.directory.tree());
  }

  /** @throws Problem `forbidden`, `invalid`, or `conflict` when the address is taken */
  async create(actor: Actor, input: OfficerInput): Promise<OfficerView> {
    requirePermission(actor, 'officers:write');
    const { email, name, phone, role, office, zone = null, password } = input;
    const officeId = await this.officeId(actor, office);
    const passwordHash = await this.passwords.hashChosen(password, { email, name });
    const officer = { id: newId(), passwordHash, role, officeId, zone };
    try {
      const created = await this.transactions.run(async (transaction) => {
        if (await this.rows.isTaken(transaction, email)) throw emailTaken();
        const row = await this.rows.insert(transaction, { email, name, phone }, officer);
        await this.note(transaction, actor, 'officer_created', officer, ['role']);
        return row;
      });
      return this.rows.view(created, await this.directory.tree());
    } catch (error) {
      throw isDuplicate(error) ? emailTaken() : error;
    }
  }

  /**
   * Changes what is given, here at once and in other processes within a second. A new password or `disabled: true` ends
   * the officer's sessions; `disabled: true` revokes the personal access tokens too.
   * @throws Problem `forbidden`, `invalid`, `not_found`, also for an officer outside the actor's scope, or `conflict`
   *   for the own account's role, office, password or end, and for the last administrator of an office
   */
  async update(actor: Actor, id: Id, changes: OfficerChanges): Promise<OfficerView> {
    requirePermission(actor, 'officers:write');
    if (!isId(id)) throw notFound();
    const { name, role, office, phone, zone, password, disabled } = changes;
    const officeId = office === undefined ? undefined : await this.officeId(actor, office);
    const passwordHash =
      password === undefined ? undefined : await this.chosenHash(actor, id, password, name);
    const tree = await this.directory.tree();
    const updated = await this.rights.run(async (transaction) => {
      await lockAdministration(transaction, tree);
      const officer = await this.rows.take(transaction, actor.scope, id);
      if (!officer) throw notFound();
      if (officer.id === actor.officerId) keepsOwnRights(officer, { role, officeId, disabled, password });
      const administered = officer.administers ? officer.officeId : null;
      await this.rows.change(transaction, officer, {
        name,
        role,
        officeId,
        phone,
        zone,
        passwordHash,
        disabled,
      });
      if (administered !== null) {
        const alone = await officesWithoutAdministrator(transaction, tree, [administered]);
        if (alone.length > 0) throw lastAdministrator(changes);
      }
      if (passwordHash !== undefined || officer.disabledAt !== null) await endSessions(transaction, id);
      // Else they would come back with the account, and nobody would remember them.
      if (officer.disabledAt !== null) await revokeTokens(transaction, id);
      const action = disabled ? 'officer_disabled' : 'officer_updated';
      await this.note(transaction, actor, action, officer, Object.keys(changes));
      return officer;
    });
    return this.rows.view(updated, tree);
  }

  /** Judged by who the officer is, and hashed, before the transaction that changes them: a hash takes a while. */
  private async chosenHash(actor: Actor, id: Id, password: string, newName?: string): Promise<string> {
    const identity = await this.transactions.run(async (transaction) => {
      const officer = await this.rows.take(transaction, actor.scope, id);
      if (!officer) throw notFound();
      return this.rows.identity(officer);
    });
    return this.passwords.hashChosen(password, { ...identity, ...(newName && { name: newName }) });
  }

  /** The id of an office inside the actor's scope. @throws Problem `invalid` */
  private async officeId(actor: Actor, code: string): Promise<Id> {
    const tree = await this.directory.tree();
    const errors = placeErrors('office', code, actor.scope, tree);
    if (errors.length > 0) throw invalid(errors);
    return tree.findByCode(code)!.id;
  }

  private note(
    transaction: Transaction,
    actor: Actor,
    action: string,
    officer: Pick<Officer, 'id' | 'officeId'>,
    fields: string[],
  ) {
    return this.audit.record(transaction, {
      ...actedBy(actor),
      officeId: officer.officeId,
      action,
      detail: { officer: officer.id, fields },
    });
  }
}

/**
 * An administrator who takes away the own rights leaves an office without one, and whoever took over their session
 * could lock them out: another administrator does this. The own password is changed by whoever knows it.
 */
function keepsOwnRights(
  own: Officer,
  {
    role,
    officeId,
    disabled,
    password,
  }: {
    role?: Role | undefined;
    officeId?: Id | undefined;
    disabled?: boolean | undefined;
    password?: string | undefined;
  },
): void {
  const lost = [
    ...(disabled ? ['disabled'] : []),
    ...(role !== undefined && role !== own.role ? ['role'] : []),
    ...(officeId !== undefined && officeId !== own.officeId ? ['office'] : []),
    ...(password === undefined ? [] : ['password']),
  ];
  if (lost.length === 0) return;
  const detail = {
    id: 'Akun sendiri tidak dapat dinonaktifkan, diubah perannya, atau dipindahkan: mintalah kepada admin lain. Kata sandi sendiri diganti lewat POST /v1/account/password.',
    en: 'Your own account can be neither disabled, nor given another role or office: ask another administrator. Change your own password by POST /v1/account/password.',
  };
  throw new Problem(
    'conflict',
    detail,
    lost.map((field) => ({ field, code: 'own_account', message: detail })),
  );
}

function emailTaken(): Problem {
  return new Problem(
    'conflict',
    { id: 'Alamat surel sudah dipakai petugas lain.', en: 'Another officer has this e-mail address.' },
    [
      fieldError(
        'email',
        'email_taken',
        'Alamat ini sudah dipakai petugas lain.',
        'Another officer has this address.',
      ),
    ],
  );
}
