import { Injectable } from '@nestjs/common';
import { Officer, type OfficerIdentity } from './officer';
import type { Role } from '../permissions/roles';
import { emailKey, emailKeys } from './officer-email';
import type { RightsTransaction } from '../sessions/rights-changes';
import {
  BlindIndex,
  type Id,
  insertRows,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  updateRow,
} from '@sinkron/database';
import type { Zone } from '@sinkron/identity';
import { notFound } from '@sinkron/observability';
import type { OfficeTree, Scope } from '@sinkron/offices';

/** An officer as administrators see them. */
export interface OfficerView {
  id: Id;
  email: string;
  name: string;
  role: Role;
  office: { code: string; name: string };
  phone: string | null;
  zone: Zone | null;
  disabled: boolean;
  createdAt: Date;
}

export interface OfficerRowChanges {
  name?: string | undefined;
  role?: Role | undefined;
  officeId?: Id | undefined;
  /** Null takes it away, as with the zone. */
  phone?: string | null | undefined;
  zone?: Zone | null | undefined;
  passwordHash?: string | undefined;
  disabled?: boolean | undefined;
}

/** The table `officer`: sealed on the way in, opened on the way out, and never read without a scope. */
@Injectable()
export class OfficerRows {
  constructor(
    private readonly sealing: Sealing,
    private readonly index: BlindIndex,
  ) {}

  async page(
    transaction: Transaction,
    scope: Scope,
    cursor: Id | undefined,
    limit: number,
  ): Promise<Officer[]> {
    if (scope.ids.length === 0) return [];
    const after = cursor ? toBinary(cursor) : Buffer.alloc(16);
    return scope.everything
      ? selectRows(transaction, Officer, 'where id > ? order by id limit ?', [after, limit])
      : selectRows(transaction, Officer, 'where office_id in (?) and id > ? order by id limit ?', [
          scope.ids.map(toBinary),
          after,
          limit,
        ]);
  }

  /** The officer, locked for a change; null also when outside the scope. */
  async take(transaction: Transaction, scope: Scope, id: Id): Promise<Officer | null> {
    const [officer] = await selectRows(transaction, Officer, 'where id = ? for update', [toBinary(id)]);
    return officer && scope.includes(officer.officeId) ? officer : null;
  }

  /** @returns `outside` for an address that somebody outside the scope has */
  async findByEmail(
    transaction: Transaction,
    scope: Scope,
    email: string,
  ): Promise<Officer | 'outside' | null> {
    const officer = await this.byEmail(transaction, email);
    if (!officer) return null;
    return scope.includes(officer.officeId) ? officer : 'outside';
  }

  /** The same, locked for a change: a row is written back whole, so nobody else may change it meanwhile. */
  async takeByEmail(transaction: Transaction, scope: Scope, email: string): Promise<Officer | null> {
    const officer = await this.byEmail(transaction, email, 'for update');
    return officer && scope.includes(officer.officeId) ? officer : null;
  }

  /** Also under the other key of the ring, which the unique key of the table cannot see. */
  async isTaken(transaction: Transaction, email: string): Promise<boolean> {
    return (await this.byEmail(transaction, email)) !== null;
  }

  /** @throws the driver's duplicate-key error when the address is taken */
  async insert(
    transaction: Transaction,
    identity: OfficerIdentity,
    officer: Pick<Officer, 'id' | 'passwordHash' | 'role' | 'officeId' | 'zone'>,
  ): Promise<Officer> {
    const row = Officer.create(transaction.now, {
      ...officer,
      emailKey: emailKey(this.index, identity.email),
      sealed: this.seal(officer.id, identity),
    });
    await insertRows(transaction, Officer, [row]);
    return row;
  }

  /** Changes what is given; the address is what an officer is known by and stays. */
  async change(
    transaction: RightsTransaction,
    officer: Officer,
    { name, role, officeId, phone, zone, passwordHash, disabled }: OfficerRowChanges,
  ): Promise<Officer> {
    const { now } = transaction;
    if (name !== undefined || phone !== undefined) {
      const before = this.identity(officer);
      officer.changeIdentity(
        this.seal(officer.id, {
          email: before.email,
          name: name ?? before.name,
          phone: phone === undefined ? before.phone : (phone ?? undefined),
        }),
      );
    }
    if (zone !== undefined) officer.changeZone(zone);
    if (role !== undefined) officer.changeRole(now, role);
    if (officeId !== undefined) officer.moveTo(now, officeId);
    if (passwordHash !== undefined) officer.changePassword(now, passwordHash);
    if (disabled === true) officer.disable(now);
    if (disabled === false) officer.enable(now);
    await updateRow(transaction, Officer, officer, 'id = ?', [toBinary(officer.id)]);
    return officer;
  }

  /** Who an officer is, for the officer: whoever is signed in may know the own name. */
  async identityOf(transaction: Transaction, id: Id): Promise<OfficerIdentity> {
    return this.identity(await this.own(transaction, id));
  }

  /** An officer, for the officer. */
  async own(transaction: Transaction, id: Id): Promise<Officer> {
    const [officer] = await selectRows(transaction, Officer, 'where id = ?', [toBinary(id)]);
    if (!officer) throw notFound();
    return officer;
  }

  /** A new password for an officer whom this transaction has locked. */
  async setPassword(transaction: RightsTransaction, id: Id, passwordHash: string): Promise<void> {
    await this.change(transaction, await this.own(transaction, id), { passwordHash });
  }

  identity({ id, sealed }: Officer): OfficerIdentity {
    return this.sealing.open<OfficerIdentity>(sealed, placeOf(id));
  }

  view(officer: Officer, tree: OfficeTree): OfficerView {
    const { id, role, officeId, zone, disabledAt, createdAt } = officer;
    const { email, name, phone } = this.identity(officer);
    const office = tree.find(officeId);
    return {
      id,
      email,
      name,
      role,
      office: { code: office?.code ?? '', name: office?.name ?? '' },
      phone: phone ?? null,
      zone,
      disabled: disabledAt !== null,
      createdAt,
    };
  }

  private async byEmail(transaction: Transaction, email: string, lock = ''): Promise<Officer | null> {
    const keys = emailKeys(this.index, email);
    const [officer] = await selectRows(transaction, Officer, `where email_key in (?) ${lock}`, [keys]);
    return officer ?? null;
  }

  private seal(id: Id, { email, name, phone }: OfficerIdentity): Buffer {
    return this.sealing.seal({ email, name, phone }, placeOf(id));
  }
}

function placeOf(rowId: Id) {
  return { table: 'officer', column: 'sealed', rowId };
}
