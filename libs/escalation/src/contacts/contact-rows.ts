import { Contact, type ContactIdentity, phoneIndex } from './contact';
import {
  BlindIndex,
  type Id,
  insertRows,
  newId,
  Sealing,
  selectRows,
  toBinary,
  type Transaction,
  updateRow,
} from '@sinkron/database';
import type { OfficeTree } from '@sinkron/offices';

/** A contact as those see them who may send there. */
export interface ContactView extends ContactIdentity {
  id: Id;
  office: { code: string; name: string };
  disabled: boolean;
}

/** The table `contact`: sealed on the way in, opened on the way out, read for a set of offices. */
export class ContactRows {
  constructor(
    private readonly sealing: Sealing,
    private readonly index: BlindIndex,
  ) {}

  async page(
    transaction: Transaction,
    officeIds: readonly Id[],
    cursor: Id | undefined,
    limit: number,
  ): Promise<Contact[]> {
    if (officeIds.length === 0) return [];
    const after = cursor ? toBinary(cursor) : Buffer.alloc(16);
    return selectRows(transaction, Contact, 'where office_id in (?) and id > ? order by id limit ?', [
      officeIds.map(toBinary),
      after,
      limit,
    ]);
  }

  /**
   * Null also when the contact is at none of these offices.
   * @param lock for a change: a row is written back whole, so nobody else may change it meanwhile
   */
  async find(
    transaction: Transaction,
    officeIds: readonly Id[],
    id: Id,
    lock: 'for update' | '' = '',
  ): Promise<Contact | null> {
    const [contact] = await selectRows(transaction, Contact, `where id = ? ${lock}`, [toBinary(id)]);
    return contact && officeIds.includes(contact.officeId) ? contact : null;
  }

  /** All of one office: a handful. @param lock as with `find` */
  at(transaction: Transaction, officeId: Id, lock: 'for update' | '' = ''): Promise<Contact[]> {
    return selectRows(transaction, Contact, `where office_id = ? order by id ${lock}`, [toBinary(officeId)]);
  }

  /** @throws the driver's duplicate-key error when the office has one of their phones */
  async moveTo(transaction: Transaction, ids: readonly Id[], officeId: Id): Promise<void> {
    if (ids.length === 0) return;
    await transaction.execute('update contact set office_id = ? where id in (?)', [
      toBinary(officeId),
      ids.map(toBinary),
    ]);
  }

  async disable(transaction: Transaction, ids: readonly Id[]): Promise<void> {
    if (ids.length === 0) return;
    await transaction.execute('update contact set disabled_at = ? where id in (?)', [
      transaction.now,
      ids.map(toBinary),
    ]);
  }

  /** @param lock as with `find` */
  async findByPhone(
    transaction: Transaction,
    officeId: Id,
    phone: string,
    lock: 'for update' | '' = '',
  ): Promise<Contact | null> {
    const [contact] = await selectRows(
      transaction,
      Contact,
      `where office_id = ? and phone_key in (?) ${lock}`,
      [toBinary(officeId), this.index.digests(phoneIndex, phone)],
    );
    return contact ?? null;
  }

  /** @throws the driver's duplicate-key error when the office has a contact with this phone */
  async insert(transaction: Transaction, officeId: Id, identity: ContactIdentity): Promise<Contact> {
    const id = newId();
    const contact: Contact = {
      id,
      officeId,
      phoneKey: this.phoneKey(identity.phone),
      sealed: this.seal(id, identity),
      disabledAt: null,
      createdAt: transaction.now,
    };
    await insertRows(transaction, Contact, [contact]);
    return contact;
  }

  /** @throws the driver's duplicate-key error when another contact of the office has this phone */
  async change(
    transaction: Transaction,
    contact: Contact,
    changes: Partial<ContactIdentity> & { disabledAt?: Date | null | undefined },
  ): Promise<Contact> {
    const { disabledAt, ...identity } = changes;
    const merged = { ...this.identity(contact), ...identity };
    contact.phoneKey = this.phoneKey(merged.phone);
    contact.sealed = this.seal(contact.id, merged);
    if (disabledAt !== undefined) contact.disabledAt = disabledAt;
    await updateRow(transaction, Contact, contact, 'id = ?', [toBinary(contact.id)]);
    return contact;
  }

  identity({ id, sealed }: Contact): ContactIdentity {
    return this.sealing.open<ContactIdentity>(sealed, placeOf(id));
  }

  view(contact: Contact, tree: OfficeTree): ContactView {
    const office = tree.find(contact.officeId);
    return {
      ...this.identity(contact),
      id: contact.id,
      office: { code: office?.code ?? '', name: office?.name ?? '' },
      disabled: contact.disabledAt !== null,
    };
  }

  private phoneKey(phone: string): Buffer {
    return this.index.digest(phoneIndex, phone);
  }

  private seal(id: Id, { name, phone, email, role }: ContactIdentity): Buffer {
    return this.sealing.seal({ name, phone, email, role }, placeOf(id));
  }
}

/** How many of an office are in use. */
export async function countContactsAt(transaction: Transaction, officeId: Id): Promise<number> {
  const rows = await transaction.query('select 1 from contact where office_id = ? and disabled_at is null', [
    toBinary(officeId),
  ]);
  return rows.length;
}

function placeOf(rowId: Id) {
  return { table: 'contact', column: 'sealed', rowId };
}
